import { platformRandom } from '@melayani/ballot'
import { type Booth, openBooth } from '@melayani/ballot/cast'
import type { Ask } from '../src/booth/ask.ts'
import { openKeeper } from '../src/booth/keeper.ts'
import { papersOf } from '../src/booth/papers.ts'
import { publicHalf } from '../src/booth/token.ts'
import { openVoter } from '../src/booth/voter.ts'
import { makeStamp, newSigningKey, sign, stampText } from '../src/format/index.ts'
import { openBox } from '../src/media/box.ts'
import { openChain } from '../src/media/chain.ts'
import { boxPlan } from '../src/media/slot-size.ts'
import type { Paper, Printed, Printer, PrinterFault, PrinterStatus } from '../src/print/index.ts'
import { memoryMedium, type Power, powerFailing } from './power.ts'
import { type MadeTps, makeTps } from './village.ts'

export const noFailure = (): Power => powerFailing(Number.POSITIVE_INFINITY, () => true)

/** A printer in memory: every whole paper lies in `tray`; `fail` says what happens to the next documents. */
export function trayPrinter() {
  const tray: Paper[] = []
  let fails: (Omit<PrinterFault, 'ok' | 'bytes' | 'lines'> | undefined)[] = []
  let state: PrinterStatus = 'ok'
  const printer: Printer = {
    name: 'tray',
    status: async () => state,
    async print(paper): Promise<Printed | PrinterFault> {
      const fault = fails.shift()
      if (fault) return { ok: false, bytes: 0, lines: 0, ...fault }
      tray.push(paper)
      return { ok: true, status: 'ok', bytes: 1, lines: 1 }
    },
    judged: () => {},
    close: async () => {},
  }
  return {
    printer,
    tray,
    fail: (...list: typeof fails) => {
      fails = list
    },
    be: (status: PrinterStatus) => {
      state = status
    },
  }
}

export type Files = readonly [Map<string, Uint8Array>, Map<string, Uint8Array>]
export const newFiles = (): Files => [new Map(), new Map()]

let shared: { made: MadeTps; booth: Booth } | undefined
/** One polling place for all tests of a file: making its keys takes a second. */
export function village() {
  if (!shared) {
    const candidates = ['Sari Wulandari', 'Budi Santoso', 'Made Artana']
    const otherPools = [2, 3].map((tps) => ({ tps, hash: String(tps).repeat(64) }))
    const made = makeTps({ voters: 8, reserve: 4, candidates, otherPools })
    shared = { made, booth: openBooth(made.package.ballot.election) }
  }
  return shared
}

const device = newSigningKey()
const desk = newSigningKey()
export const noon = Date.UTC(2026, 10, 22, 5, 0)

export type RigPlan = {
  files?: Files
  power?: Power
  printer?: ReturnType<typeof trayPrinter>
  stage?: 'preparing' | 'open' | 'paused' | 'closed'
  reachable?: () => boolean
  given?: Uint8Array[]
  now?: () => number
  random?: (length: number) => Uint8Array
  /** Public credentials that were used at other booths. */
  elsewhere?: readonly string[]
  /** Called with what the voter's process asks, before the keeper has it. */
  asking?: (ask: Ask) => void
  /** False: nobody has tested the paper yet. */
  paper?: boolean
}

/** Both halves of a booth in one process, on two media in memory. */
export function rig({
  files = newFiles(),
  power = noFailure(),
  printer = trayPrinter(),
  stage = 'open',
  reachable = () => true,
  given = [],
  now = () => noon,
  random = platformRandom,
  elsewhere = [],
  asking = () => {},
  paper = true,
}: RigPlan = {}) {
  const { made, booth } = village()
  const pulled = new Set<string>()
  const media = ['ssd', 'usb'].map((name, at) => memoryMedium(name, power, files[at]!, () => pulled.has(name)))
  const log = openChain(media, 'booth-1', device, made.hash, { now: () => new Date(now()) })
  const box = openBox(media, { ...boxPlan(made.package, made.hash), slots: 10 })
  const keeper = openKeeper({
    package: made.package,
    packageHash: made.hash,
    box,
    log,
    outside: {
      stage: () => stage,
      deskKey: (name) => (name === 'desk-1' ? desk.key : undefined),
      usedElsewhere: (credential) => elsewhere.includes(credential),
      give: async (slots) => {
        if (reachable()) given.push(...slots)
        return reachable()
      },
    },
    now,
  })
  const nextVoter = () =>
    openVoter({
      package: made.package,
      booth,
      printer: printer.printer,
      papers: papersOf(made.package),
      ask: (ask) => {
        asking(ask)
        return keeper.answer(ask)
      },
      random,
      now,
    })
  const officers = made.officers.slice(0, 2)
  /** Signatures of two officers under the next line. */
  const by = (act: Parameters<typeof log.textOf>[0]) =>
    officers.map((each) => sign('act/1', log.textOf(act), { role: each.role, signer: each.name }, each.secret))
  const session = () => keeper.standing().current!.id
  if (paper && keeper.standing().paper === 'untested') keeper.paperTested(true, by(keeper.paperAct(true)))
  return {
    made,
    files,
    power,
    ...printer,
    keeper,
    box,
    log,
    media,
    nextVoter,
    /** What the log says of the day: all but the paper test with which every booth begins. */
    noted: () => log.entries.filter(({ act }) => act.kind !== 'paper-tested'),
    deviceKey: device.key,
    pull: (name: 'ssd' | 'usb') => {
      pulled.add(name)
    },
    /** Puts a medium back, as the booth notices it. */
    plugIn: (name: 'ssd' | 'usb') => {
      pulled.delete(name)
      box.attach(media.find((each) => each.name === name)!)
      log.rejoin()
    },
    stamp: () => makeStamp('desk-1', desk, made.hash, now()),
    by,
    /** Two officers sign a reprint, or the end, of the session in the booth. */
    agreeReprint: () => {
      const act = keeper.reprintAct()!
      return keeper.agreeReprint(session(), act, by(act))
    },
    agreeVoid: () => keeper.agreeVoid(session(), by({ kind: 'session-void' })),
    /** Token and stamp as a scanner sends them. */
    token: (at: number) => `${made.tokens[at]!} ${stampText(makeStamp('desk-1', desk, made.hash, now()))}`,
    credential: (at: number) => publicHalf(made.package.ballot.election, made.tokens[at]!.slice(0, -3)),
  }
}
export type Rig = ReturnType<typeof rig>
