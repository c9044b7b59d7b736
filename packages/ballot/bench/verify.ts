import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import type { GroupName } from '../src/group/group.ts'
import { openKernel } from '../src/kernel/open.ts'
import { platformRandom } from '../src/random.ts'
import { makeArchive } from '../test/make.ts'

/**
 * `node bench/verify.ts [--large]`: whole processes that verify whole archives (choose one, one Single trustee and two of
 * three, with the result), ours and belenios-tool's in turns. CPU seconds (user and system) of a process, best of several;
 * per ballot: what the largest archive costs more than the smallest one, divided by the ballots between them, so that
 * start-up and set-up do not count. BELENIOS_TOOL_ED25519 names a belenios-tool of 3.0 or later, which knows Ed25519; the
 * one of Debian 12 is used for BELENIOS-2048. `--large` adds 10,000 ballots; CANDIDATES, GROUPS and ROUNDS choose less.
 */
const root = path.join(import.meta.dirname, '..')
const folder = mkdtempSync(path.join(tmpdir(), 'bench-verify-'))
const sizes = [10, 100, 1000, ...(process.argv.includes('--large') ? [10_000] : [])]
const rounds = Number(process.env.ROUNDS ?? 3)
const tools: Record<string, string | undefined> = {
  Ed25519: process.env.BELENIOS_TOOL_ED25519,
  'BELENIOS-2048': process.env.BELENIOS_TOOL ?? '/usr/bin/belenios-tool',
}

/** CPU seconds, wall seconds and the largest resident size in MB of a command that must succeed. */
function spent(command: string, args: readonly string[], cwd: string): { cpu: number; wall: number } {
  const script = `TIMEFORMAT='%U %S %R'; time "$@" >/dev/null 2>errors || { cat errors >&2; exit 1; }`
  const { stderr, status } = spawnSync('bash', ['-c', script, 'bash', command, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, BELENIOS_USE_URANDOM: '1', LC_ALL: 'C' },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  const [user, system, wall] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number) as [number, number, number]
  return { cpu: user + system, wall }
}

const verify = path.join(root, 'bin/melayani-verify.mjs')
const ours = (...more: string[]) => ({
  command: process.execPath,
  args: [verify, 'FILE', '--quiet', '--final', ...more],
})
const rows: { name: string; run: { command: string; args: string[] } }[] = [
  { name: 'without hints, 1 thread', run: ours('--no-hints', '--threads', '1') },
  { name: 'with hints, 1 thread', run: ours('--hints', 'HINTS', '--threads', '1') },
  { name: 'without hints, 2 threads', run: ours('--no-hints', '--threads', '2') },
  { name: 'with hints, 2 threads', run: ours('--hints', 'HINTS', '--threads', '2') },
]

console.log(`${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}; CPU ms, best of ${rounds}`)
try {
  for (const name of (process.env.GROUPS ?? 'Ed25519,BELENIOS-2048').split(',') as GroupName[])
    for (const candidates of (process.env.CANDIDATES ?? '2,3,5').split(',').map(Number)) await table(name, candidates)
} finally {
  rmSync(folder, { recursive: true })
}

async function table(name: GroupName, candidates: number): Promise<void> {
  const kernel = await openKernel(name, platformRandom)
  const archives = sizes.map((ballots) => {
    const plan = {
      group: name,
      questions: [{ answers: Array.from({ length: candidates }, (_, k) => `${k + 1}`), min: 1, max: 1, question: '?' }],
      voters: ballots,
      votes: ballots,
      trustees: { single: 1, threshold: { t: 2, n: 3 } },
      stage: 'final' as const,
    }
    const { bytes, election } = makeArchive(plan, kernel)
    const home = path.join(folder, `${name}-${candidates}-${ballots}`)
    execFileSync('mkdir', [home])
    const file = path.join(home, `${election.uuid}.bel`)
    writeFileSync(file, bytes)
    spent(process.execPath, [verify, file, '--quiet', '--write-hints', `${file}.hints`], home)
    return { ballots, home, file, bytes: bytes.length, hints: statSync(`${file}.hints`).size }
  })
  const tool = tools[name]
  const all = [
    ...rows,
    ...(tool && existsSync(tool)
      ? [{ name: 'belenios-tool', run: { command: tool, args: ['election', 'verify', '--dir', '.'] } }]
      : []),
  ]
  const best = all.map(() => archives.map(() => ({ cpu: Number.POSITIVE_INFINITY, wall: Number.POSITIVE_INFINITY })))
  for (let round = 0; round < rounds; round++) {
    for (const [at, { ballots, home, file }] of archives.entries()) {
      for (const [row, { name: called, run }] of all.entries()) {
        // The tool's largest runs take minutes; one is enough.
        if (called === 'belenios-tool' && ballots > 100 && round > 0) continue
        const args = run.args.map((each) => (each === 'FILE' ? file : each === 'HINTS' ? `${file}.hints` : each))
        const { cpu, wall } = spent(run.command, args, home)
        const so = best[row]![at]!
        best[row]![at] = { cpu: Math.min(so.cpu, cpu), wall: Math.min(so.wall, wall) }
      }
    }
  }
  const last = archives.at(-1)!
  const between = last.ballots - archives[0]!.ballots
  const slope = best.map((row) => (1000 * (row.at(-1)!.cpu - row[0]!.cpu)) / between)
  const toolSlope = slope[rows.length]
  console.log(
    `\n${name}, ${candidates} candidates (${Math.round(last.bytes / last.ballots)} bytes a ballot, hints ${Math.round(last.hints / last.ballots)})`,
  )
  const head = [
    '',
    ...archives.map(({ ballots }) => `${ballots} ballots`),
    'wall of the last',
    'per ballot',
    'times the tool',
  ]
  const lines = all.map(({ name: called }, row) => [
    called,
    ...best[row]!.map(({ cpu }) => (1000 * cpu).toFixed(0)),
    (1000 * best[row]!.at(-1)!.wall).toFixed(0),
    slope[row]!.toFixed(2),
    toolSlope === undefined ? '–' : (toolSlope / slope[row]!).toFixed(1),
  ])
  for (const line of [head, ...lines])
    console.log(line.map((cell, at) => (at === 0 ? cell.padEnd(26) : cell.padStart(17))).join(''))
}
