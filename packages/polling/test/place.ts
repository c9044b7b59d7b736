import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openBooth } from '@melayani/ballot/cast'
import { publicHalf } from '../src/booth/token.ts'
import { makeStamp, type SigningKey, stampText } from '../src/format/index.ts'
import { readBox } from '../src/media/box.ts'
import { openMedium } from '../src/media/medium.ts'
import { boxPlan } from '../src/media/slot-size.ts'
import { boothProgram } from './booth-program.ts'
import { insertCard, testPin, writeTestCards } from './cards.ts'
import { agree, type DeskProcess, openRollAt, rowsOf, serve, startDesk, until } from './desk-rig.ts'
import { type MadeTps, makeTps } from './village.ts'

const main = path.join(import.meta.dirname, '../src/main.ts')
type Answer = { at: string; status: number; text: string }

/** A form or a page of a program, following its redirects. */
async function ask(base: string, target: string, form?: Record<string, string>): Promise<Answer> {
  const answer = await fetch(base + target, {
    redirect: 'manual',
    ...(form ? { method: 'POST', body: new URLSearchParams(form), headers: { origin: base } } : {}),
  })
  const to = answer.headers.get('location')
  if (to && answer.status === 303) return ask(base, to)
  // The station begins anew in an empty memory: it is asked until it is there.
  if (!form && answer.status === 503) return until(() => ask(base, target).catch(() => undefined), `${base} is there`)
  return { at: target, status: answer.status, text: await answer.text() }
}

/** Which of the three devices, and the file that says in which of its writes it dies (see cutFrom). */
export type Part = 'station' | 'desk' | 'booth'

/**
 * One polling place as three programs, each with its own two media, on one machine: a station, a desk and a booth, and the
 * people who use them. Everything people do goes through the programs' pages.
 */
export async function openPlace(root: string, voters: number) {
  const made: MadeTps = makeTps({
    voters,
    reserve: voters,
    candidates: ['Sari Wulandari', 'Budi Santoso'],
    booths: 1,
    desks: 1,
    rules: { slipSeconds: 0, tokenMinutes: 900, cutOff: 'two-officers', smallGroup: 1 },
  })
  // Keys and group tables once more, so that nothing of it is measured below.
  openBooth(made.package.ballot.election)
  const at = (...names: string[]) => path.join(root, ...names)
  mkdirSync(at('station'), { recursive: true })
  writeFileSync(at('package.json'), JSON.stringify(made.signed))
  writeFileSync(at('clock'), `${made.package.election.date}T00:30:00Z`)
  writeTestCards(made, at('station', 'cards'))
  const cutFile = (part: Part) => at(`${part}.cut`)
  let arms = 0
  const arm = (part: Part, plan: string) => writeFileSync(cutFile(part), plan && `${plan} ${++arms}`)
  for (const part of ['station', 'desk', 'booth'] as const) arm(part, '')

  // Station
  let station: ChildProcess | undefined
  let stationSaid = ''
  const stationUrl = 'http://127.0.0.1:4753'
  const hub = '127.0.0.1:4754'
  const alive = (child: ChildProcess | undefined) => child !== undefined && child.exitCode === null && !child.signalCode
  const ended = (child: ChildProcess) =>
    new Promise<void>((resolve) => (alive(child) ? child.once('exit', () => resolve()) : resolve()))
  async function startStation() {
    stationSaid = ''
    const child = spawn(
      process.execPath,
      [
        ...['--import', 'tsx', main, 'station', '--package', at('package.json')],
        ...['--media', at('station', 'ssd'), '--media', at('station', 'usb'), '--reader', at('station', 'reader')],
        ...['--printer', `sim:${at('station', 'paper')}`, '--port', '4753', '--hub', hub],
      ],
      {
        env: {
          ...process.env,
          MELAYANI_CUT: `@${cutFile('station')}`,
          MELAYANI_CLOCK: at('clock'),
          MELAYANI_ONE_DISK: '1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    station = child
    child.stderr!.on('data', (bytes: Buffer) => {
      stationSaid += bytes
    })
    await new Promise<void>((resolve) => {
      let out = ''
      child.stdout!.on('data', (bytes: Buffer) => {
        out += bytes
        if (out.includes('station: screen')) resolve()
      })
      child.once('exit', () => resolve())
    })
    return alive(child)
  }
  const atStation = (target: string, form?: Record<string, string>) => ask(stationUrl, target, form)
  const agreeAtStation = async (target: string, form: Record<string, string>, officers: readonly string[]) => {
    let last = await atStation(target, form)
    const { at: act } = last
    for (const officer of officers) {
      insertCard(at('station', 'cards'), at('station', 'reader'), officer)
      last = await atStation(act, { pin: testPin })
    }
    insertCard(at('station', 'cards'), at('station', 'reader'), undefined)
    return last
  }
  const two = ['petugas-1', 'petugas-2']
  const witness = made.officers.find(({ role }) => role === 'witness')!.id

  // Desk
  let desk: DeskProcess | undefined
  const startDeskAgain = async (): Promise<boolean> => {
    try {
      desk = await startDesk(made, {
        root,
        name: 'desk',
        port: 4755,
        lan: 4756,
        hub,
        cut: `@${cutFile('desk')}`,
      })
      return true
    } catch {
      return false
    }
  }
  /** The desk's process died before it served; so there is no DeskProcess to ask. */
  const deskAlive = () => alive(desk?.process)

  // Booth
  mkdirSync(at('booth'), { recursive: true })
  const booth = boothProgram(made, at('booth'), { address: hub }, 4757)
  writeTestCards(made, booth.at('cards'))
  let boothEnded: Promise<void> | undefined
  let boothUp = false
  const startBooth = async (): Promise<boolean> => {
    const { ended: gone } = await booth.start({ MELAYANI_CUT: `@${cutFile('booth')}` })
    boothUp = true
    boothEnded = gone.then(() => {
      boothUp = false
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    return boothUp
  }
  const voterPage = booth.voters.slice(0, -1)
  const officerPage = booth.officers.slice(0, -1)
  const agreeAtBooth = async (target: string) => {
    let last = await ask(officerPage, target, {})
    const { at: act } = last
    for (const officer of two) {
      insertCard(booth.at('cards'), booth.at('reader'), officer)
      last = await ask(officerPage, act, { pin: testPin })
    }
    insertCard(booth.at('cards'), booth.at('reader'), undefined)
    return last
  }

  const boxAt = (folder: string, file: string) => {
    try {
      return readBox(openMedium('look', folder), boxPlan(made.package, made.hash), file).slots
    } catch {
      return []
    }
  }
  const deskKey = () => {
    const held = JSON.parse(readFileSync(path.join(at('desk', 'ssd'), 'key.json'), 'utf8')) as unknown
    return ((held as { value?: SigningKey }).value ?? held) as SigningKey
  }

  return {
    made,
    at,
    arm,
    two,
    witness,
    hub,
    booth,
    /** What a device said on standard error: the names of its writes, where they are listed. */
    said: (part: Part) => (part === 'station' ? stationSaid : part === 'desk' ? (desk?.errors() ?? '') : booth.said()),
    alive: (part: Part) => (part === 'station' ? alive(station) : part === 'desk' ? deskAlive() : boothUp),
    start: (part: Part) => (part === 'station' ? startStation() : part === 'desk' ? startDeskAgain() : startBooth()),
    async kill(part: Part) {
      if (part === 'station' && station) {
        station.kill('SIGKILL')
        await ended(station)
      }
      if (part === 'desk' && deskAlive()) await desk!.kill()
      if (part === 'booth') {
        await booth.kill()
        await boothEnded
      }
    },
    station: atStation,
    agreeAtStation,
    agreeAtBooth,
    atVoter: (target: string, form?: Record<string, string>) => ask(voterPage, target, form),
    atOfficers: (target: string, form?: Record<string, string>) => ask(officerPage, target, form),
    desk: () => desk!,
    openDesk: () => openRollAt(desk!),
    serveAtDesk: (no: number) => serve(desk!, { nik: made.niks[no - 1]!, name: `Pemilih ${no}` }),
    agreeAtDesk: (act: string) => agree(desk!, act, two),
    deskRows: () => rowsOf({ folder: at('desk') }, 'desk-1'),
    /** A token as it is scanned at a booth, with a stamp of the desk. */
    scanned: (token: number) =>
      `${made.tokens[token]!} ${stampText(makeStamp('desk-1', deskKey(), made.hash, Date.now()))}`,
    credential: (token: number) => publicHalf(made.package.ballot.election, made.tokens[token]!.slice(0, -3)),
    boothSlots: () => boxAt(booth.at('ssd'), 'box'),
    stationSlots: () => boxAt(at('station', 'ssd'), 'box-booth-1'),
    stationRows: (device: string) => rowsOf({ folder: at('station') }, device),
    /** Slips that lie in the tray, whole ones. */
    slips: () => booth.papers('slip').length,
    clock: (time: string) => writeFileSync(at('clock'), `${made.package.election.date}T${time}Z`),
    papers: (folder: string) => readdirSync(folder),
    until,
    async close() {
      await this.kill('booth')
      await this.kill('desk')
      await this.kill('station')
    },
  }
}
export type Place = Awaited<ReturnType<typeof openPlace>>
