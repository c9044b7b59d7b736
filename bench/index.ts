import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import path from 'node:path'

/**
 * `npm run bench`: everything that is measured, as one table; `npm run bench -- ranking` runs the sections whose name
 * contains the word. Each section runs in a process of its own, so that the memory of one is not counted for another.
 * Figures that compare (×) were taken in turns within the run; bare times depend on the machine and its other work.
 */
export type Figure = { name: string; value: number; unit: string; note: string }

const sections: readonly { title: string; file: string }[] = [
  { title: 'Deadline night', file: 'deadline-night.ts' },
  { title: 'Announcement day', file: 'announcement.ts' },
  { title: 'Assignment', file: 'assignment.ts' },
  { title: 'Ranking', file: 'ranking.ts' },
  { title: 'Near-duplicates', file: 'near-duplicates.ts' },
  { title: 'Search', file: 'search.ts' },
  { title: 'Sync', file: 'sync.ts' },
  { title: 'Case moves', file: 'case-moves.ts' },
  { title: 'Worklist', file: 'worklist.ts' },
  { title: 'Time limits', file: 'clocks.ts' },
  { title: 'Many cases', file: 'many-cases.ts' },
  { title: 'Roll-up', file: 'roll-up.ts' },
  { title: 'Booth', file: 'booth.ts' },
  { title: 'Close of the polls', file: 'close.ts' },
  { title: 'Polling day', file: 'polling-day.ts' },
]

const [order, ...rest] = process.argv.slice(2)
if (order === '--section') await runSection(rest[0]!)
else await runAll(process.argv.slice(2).map((word) => word.toLowerCase()))

async function runAll(wanted: string[]) {
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`,
  )
  const chosen = sections.filter(
    ({ title }) => wanted.length === 0 || wanted.some((word) => title.toLowerCase().includes(word)),
  )
  let failed = chosen.length === 0
  for (const { title, file } of chosen) {
    console.log(`\n${title}`)
    const figures = await measured(file)
    if (typeof figures === 'string') {
      failed = true
      console.log(`  NOT MEASURED: ${figures}`)
    } else for (const figure of figures) console.log(line(figure))
  }
  process.exitCode = failed ? 1 : 0
}

function measured(file: string): Promise<Figure[] | string> {
  if (!existsSync(path.join(import.meta.dirname, file))) return Promise.resolve(`bench/${file} is not there`)
  return new Promise((done) => {
    const child = fork(import.meta.filename, ['--section', file], {
      execArgv: ['--import', 'tsx', '--expose-gc', '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    let figures: Figure[] | undefined
    child.on('message', (message) => {
      figures = message as Figure[]
    })
    child.on('exit', (code) => done(figures ?? `bench/${file} ended with ${code}`))
  })
}

/** A section's file exports one function whose name begins with `bench`. */
async function runSection(file: string) {
  const section = (await import(`./${file}`)) as Record<string, () => Promise<Figure[]>>
  const name = Object.keys(section).find((key) => key.startsWith('bench'))
  const measure = name && section[name]
  if (!measure) throw new Error(`bench/${file} exports no function bench…`)
  const figures = await measure()
  process.send!(figures, () => process.exit(0))
}

function line({ name, value, unit, note }: Figure): string {
  const figure = Number.isNaN(value)
    ? '–'
    : new Intl.NumberFormat('en-GB', { maximumSignificantDigits: value >= 1000 ? 4 : 3 }).format(value)
  return `  ${name.padEnd(62)} ${figure.padStart(10)} ${unit.padEnd(6)} ${note}`.trimEnd()
}
