import type { Reader } from '../card/index.ts'
import {
  type ElectionPackage,
  hashOf,
  openRoll,
  type PaperState,
  paperOf,
  type Roll,
  type Signature,
} from '../format/index.ts'
import type { Row } from '../media/chain.ts'
import type { Medium } from '../media/medium.ts'
import { type Printer, type PrinterStatus, refusalSlip, selfTest, stampStrip } from '../print/index.ts'
import { Acts, type Lang, type PaperTest, type PrinterState, type ScreenStatus } from '../screen/index.ts'
import type { CardReader } from './card-reader.ts'
import { Counter } from './counter.ts'
import { Desk } from './desk.ts'
import type { Link } from './link.ts'

const printerStates: Record<PrinterStatus, PrinterState> = {
  ok: 'ready',
  'near-end': 'paper-low',
  'paper-out': 'paper-out',
  'cover-open': 'cover-open',
  jam: 'jam',
  cutter: 'cutter-fault',
  'wrong-paper': 'jam',
  off: 'offline',
}

export type ServicePlan = {
  readonly content: ElectionPackage
  readonly hash: string
  readonly media: readonly Medium[]
  readonly key: { readonly secret: string; readonly key: string }
  readonly link: Link
  /** Of officers' cards. */
  readonly reader: Reader
  /** Of identity cards. */
  readonly cards: CardReader
  readonly printer: Printer
  /** Where the station is looked for. */
  readonly station: string
  readonly software: string
  /** Lines from the stick of the desk that this one replaces: what it had not sent to anybody. */
  readonly inherited?: readonly Row[]
  readonly now?: () => Date
}

/** A running desk: waiting for the station, then for the chair's card, then serving. */
export class DeskService {
  readonly plan: ServicePlan
  readonly acts: Acts
  #open: { desk: Desk; counter: Counter } | undefined
  #printer: PrinterState = 'ready'
  #test: PaperTest['test']

  constructor(plan: ServicePlan) {
    this.plan = plan
    this.acts = new Acts(() => plan.content.officers)
  }

  get open() {
    return this.#open
  }

  /**
   * Opens the roll with the key from the chair's card and starts serving. What others still hold of this desk's log is taken
   * back before its first line. undefined when all is well, otherwise why not.
   */
  async unlock(rollKey: string | undefined): Promise<'no-key' | 'wrong-key' | undefined> {
    const { content, hash, link } = this.plan
    const certificate = link.certificate()
    if (!certificate || this.#open) return undefined
    if (rollKey === undefined) return 'no-key'
    const text = openRoll(rollKey, content.roll.sealed)
    if (text === undefined || hashOf(text) !== content.roll.hash) return 'wrong-key'
    const { device, number } = certificate
    const desk = new Desk({
      ...this.plan,
      package: content,
      packageHash: hash,
      device,
      number,
      roll: JSON.parse(text) as Roll,
      rollKey,
      neighbours: link.neighbours,
    })
    link.serve(desk)
    await link.tick()
    if (this.plan.inherited) desk.absorb(this.plan.inherited)
    desk.write({ kind: 'started', software: this.plan.software, package: hash })
    this.#open = { desk, counter: new Counter(desk, this.plan.cards) }
    return undefined
  }

  status(): ScreenStatus {
    const { content, hash, link } = this.plan
    const { mode, tps, election } = content
    const number = link.certificate()?.number
    const media = this.#open?.desk.chain.media
    return {
      device: { as: 'desk', ...(number === undefined ? {} : { number }) },
      package: { mode, tps, election, hash },
      stage: link.neighbours.stage(),
      ...(media
        ? { media: media.map(({ name, state }) => ({ name, state: state === 'good' ? 'good' : 'lost' })) }
        : {}),
      printer: this.#printer,
    }
  }

  /** undefined when it came out, otherwise the printer's state. */
  async printRefusal(lang: Lang, reason: string, next: string): Promise<PrinterState | undefined> {
    const { content, link } = this.plan
    const desk = link.certificate()?.number ?? 0
    return this.#print(refusalSlip({ package: content, desk, reason, next: [next], lang }))
  }

  async printStamp(lang: Lang, text: string): Promise<PrinterState | undefined> {
    return this.#print(stampStrip({ package: this.plan.content, text, lang }))
  }

  /** What is known of this printer's paper, and of a self-test that waits for two officers (R42). */
  get paper(): PaperTest {
    return { state: this.#paper(), test: this.#test }
  }

  async testPaper(lang: Lang): Promise<void> {
    this.#test = (await this.#print(selfTest(this.plan.content, lang))) ? 'failed' : 'printed'
  }

  /** What two officers saw on the self-test. False when none lies there. */
  paperTested(readable: boolean, by: readonly Signature[]): boolean {
    if (this.#test !== 'printed' || !this.#open) return false
    this.#open.desk.write({ kind: 'paper-tested', readable }, by)
    this.plan.printer.judged(readable)
    this.#test = undefined
    return true
  }

  #paper(): PaperState {
    return paperOf(this.#open?.desk.chain.entries.map(({ act }) => act) ?? [])
  }

  async #print(paper: Parameters<Printer['print']>[0]): Promise<PrinterState | undefined> {
    const { ok, status } = await this.plan.printer.print(paper)
    this.#printer = printerStates[status]
    if (status === 'paper-out' || status === 'cover-open') {
      this.#test = undefined
      if (this.#paper() === 'readable') this.#open?.desk.write({ kind: 'paper-changed' })
    }
    return ok ? undefined : this.#printer
  }
}
