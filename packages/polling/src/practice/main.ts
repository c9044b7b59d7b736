import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { speakName } from '../audio/index.ts'
import { listen } from '../screen/index.ts'
import { practiceApp } from './app.tsx'
import { usualCandidates } from './make-tps.ts'
import { openTable, type PracticeDevice } from './table.ts'

const usage = `npm run tps -- practice [--folder DIR] [--voters N] [--port N]
  A whole polling place to practise with on this laptop: station, desk, two booths, and a table with all cards, tokens and papers.
  Satu TPS lengkap untuk berlatih di laptop ini.
  --folder DIR   where it lies; ./latihan when not given. It is gone on with when it is there
  --port N       of the table; the devices take the 40 ports after it. 4700 when not given`

const program = path.join(import.meta.dirname, '../main.ts')

/** Starts a practice polling place and serves until the process ends; the devices end with it. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      folder: { type: 'string', default: 'latihan' },
      voters: { type: 'string', default: '12' },
      port: { type: 'string', default: '4700' },
      help: { type: 'boolean' },
    },
  })
  const [voters, port] = [Number(values.voters), Number(values.port)]
  if (values.help || !(voters >= 2 && voters <= 500) || !(port > 0 && port < 65_000)) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  const voices = await Promise.all(usualCandidates.map((name) => speakName(name)))
  if (voices.includes(undefined))
    console.log('practice: espeak-ng is not installed, so the booths say candidates’ numbers and not their names')
  const table = openTable(path.resolve(values.folder), voters, voices)
  const at = (...names: string[]) => path.join(table.folder, ...names)
  const address = (n: number) => `http://127.0.0.1:${port + n}/`
  const common = (device: string) => [
    '--package',
    at('package.json'),
    '--reader',
    at(device, 'reader'),
    '--printer',
    `sim:${at(device, 'tray')}`,
  ]
  const disks = (device: string) => ['--folder', at(device, 'ssd'), '--usb', at(device, 'usb')]
  const hub = `127.0.0.1:${port + 2}`
  const started: { device: PracticeDevice; args: string[] }[] = [
    {
      device: { name: 'station', as: 'station', screens: [address(1)] },
      args: [
        ...['station', ...common('station'), '--media', at('station', 'ssd'), '--media', at('station', 'usb')],
        ...['--stick', at('station', 'stick'), '--port', `${port + 1}`, '--hub', hub],
      ],
    },
    {
      device: { name: 'desk-1', as: 'desk', screens: [address(11)] },
      args: [
        ...['desk', ...common('desk-1'), ...disks('desk-1'), '--hub', hub, '--ektp', at('desk-1', 'ektp')],
        ...['--port', `${port + 11}`, '--lan', `127.0.0.1:${port + 12}`],
      ],
    },
    ...[1, 2].map((number) => ({
      device: {
        name: `booth-${number}`,
        as: 'booth' as const,
        screens: [address(11 + 10 * number), address(12 + 10 * number)],
      },
      args: [
        ...['booth', ...common(`booth-${number}`), ...disks(`booth-${number}`), '--hub', hub],
        ...['--port', `${port + 11 + 10 * number}`, '--session-port', `${port + 12 + 10 * number}`],
      ],
    })),
  ]
  await listen(
    practiceApp(
      table,
      started.map(({ device }) => device),
    ),
    port,
  )
  const children: ChildProcess[] = started.map(({ args: given }) =>
    // A practice is held on one computer: two folders stand for two media.
    spawn(process.execPath, ['--import', 'tsx', program, ...given], {
      env: { ...process.env, MELAYANI_ONE_DISK: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
  const end = () => {
    for (const child of children) child.kill()
    process.exit()
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  console.log(`practice: ${address(0)}`)
}
