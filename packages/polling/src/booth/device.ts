import { type Act, type ElectionPackage, newSigningKey, type Signature, type SigningKey } from '../format/index.ts'
import { type Box, BoxLost, openBox } from '../media/box.ts'
import { BoxError } from '../media/box-file.ts'
import { type Chain, openChain } from '../media/chain.ts'
import { type Medium, MediumLost } from '../media/medium.ts'
import { boxPlan } from '../media/slot-size.ts'
import { canPrint, type PrinterStatus } from '../print/index.ts'
import { type HubLink, openHubLink } from './hub-link.ts'
import { type Keeper, openKeeper } from './keeper.ts'
import type { BoothStatus } from './link.ts'
import { openVoters, type Voters } from './voters.ts'

/** The booth's own key, made at its first start on the first medium (the SSD). It is nobody's vote and opens none. */
export function deviceKey([first]: readonly Medium[]): SigningKey {
  const file = 'device.json'
  const bytes = first!.read(file)
  if (bytes) return JSON.parse(new TextDecoder().decode(bytes)) as SigningKey
  const key = newSigningKey()
  first!.replace(file, new TextEncoder().encode(JSON.stringify(key)))
  return key
}

/** Why an admitted booth does not begin. */
export class BoothRefused extends Error {
  override name = 'BoothRefused'
  readonly why: 'foreign-box' | 'box-gone'
  constructor(why: BoothRefused['why']) {
    super(
      why === 'foreign-box'
        ? 'the stick holds the ballot box of another booth: take it in at the station, and give this booth an empty one'
        : 'the log says that this booth has worked, but no medium holds its ballot box',
    )
    this.why = why
  }
}

/** A box without its log is another booth's (R54); a log without its box is a booth whose ballots are elsewhere. */
export const boxRefusal = (lines: number, box: Pick<Box, 'made' | 'all'>): BoothRefused['why'] | undefined =>
  lines === 0 && box.all().length > 0 ? 'foreign-box' : lines > 0 && box.made ? 'box-gone' : undefined

export type DevicePlan = {
  readonly packageText: string
  readonly package: ElectionPackage
  readonly packageHash: string
  readonly media: readonly Medium[]
  readonly key: SigningKey
  /** "booth-2". */
  readonly device: string
  readonly number: number
  readonly mobile: boolean
  readonly hub: string
  readonly printer: string
  readonly sessionPort: number
  /** Address of the officers' page. */
  readonly officers: string
  readonly software: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A booth that was admitted: box, log, line to the station, and the voters' processes. */
export async function openDevice(plan: DevicePlan) {
  const { package: content, packageHash, media, key, device } = plan
  const log: Chain = openChain(media, device, key, packageHash, {
    now: () => new Date(plan.now()),
    zone: content.rules.zone,
  })
  const box: Box = openBox(media, boxPlan(content, packageHash))
  const refused = boxRefusal(log.entries.length, box)
  if (refused) throw new BoothRefused(refused)
  log.append({ kind: 'started', software: plan.software, package: packageHash })
  let printer: PrinterStatus = 'ok'
  let paperTest: 'printed' | 'failed' | undefined
  let failure: unknown
  let voters: Voters | undefined
  const changed = () => voters?.tell()
  const hub: HubLink = openHubLink({ ...plan, address: plan.hub, box, log, changed })
  const keeper: Keeper = openKeeper({
    package: content,
    packageHash,
    box,
    log,
    outside: hub.outside,
    now: plan.now,
  })
  await hub.exchange()

  const status = (): BoothStatus => ({
    number: plan.number,
    mobile: plan.mobile,
    practice: content.mode === 'practice',
    tps: content.tps.number,
    village: content.election.village.name,
    packageHash,
    stage: failure ? 'paused' : hub.outside.stage(),
    standing: keeper.standing(),
    media: box.media(),
    printer: keeper.standing().paper === 'unreadable' && canPrint(printer) ? 'wrong-paper' : printer,
    officers: plan.officers,
  })
  const fail = (error: unknown) => {
    if (!(error instanceof BoxLost || error instanceof MediumLost)) throw error
    failure = error
    changed()
  }
  voters = openVoters({
    packageText: plan.packageText,
    printer: plan.printer,
    port: plan.sessionPort,
    status,
    answer: async (ask) => {
      const answer = await keeper.answer(ask)
      // The other booths hear of a used token as soon as they can.
      if (ask.ask === 'take' && answer.ok) void hub.exchange().catch(fail)
      return answer
    },
    printerSays: (said) => {
      if (said === printer) return
      printer = said
      if (said === 'paper-out' || said === 'cover-open') {
        keeper.paperChanged()
        paperTest = undefined
      }
      changed()
    },
    gone: () => keeper.abandon(),
    failed: fail,
  })
  const exchanges = setInterval(() => void hub.exchange().catch(fail), 1500)
  exchanges.unref()
  const sessionPort = await voters.ready
  /** What officers did is shown to the voter at once. */
  const told = <T>(result: T): T => {
    changed()
    return result
  }
  return {
    status,
    box,
    log,
    hub,
    keeper,
    sessionPort,
    failure: () => failure,
    processes: voters.processes,
    async agreeReprint(id: string, act: Act, by: readonly Signature[]): Promise<boolean> {
      const agreed = await keeper.agreeReprint(id, act, by)
      if (agreed) voters.order('agreed')
      return told(agreed)
    },
    agreeVoid(id: string, by: readonly Signature[]): boolean {
      const ended = keeper.agreeVoid(id, by)
      if (ended) voters.order('void')
      return told(ended)
    },
    resolve: async (id: string, as: 'cast' | 'void', by: readonly Signature[]) =>
      told((await keeper.resolve(id, as, by)).ok),
    switched: (on: boolean, by: readonly Signature[]) => told(keeper.switched(on, by)),
    /** Of the self-test that was printed last and that nobody has judged yet. */
    paperTest: () => paperTest,
    async testPaper(): Promise<void> {
      paperTest = (await voters!.testPaper()) ? 'printed' : 'failed'
    },
    paperTested(readable: boolean, by: readonly Signature[]): boolean {
      if (paperTest !== 'printed') return false
      keeper.paperTested(readable, by)
      paperTest = undefined
      return told(true)
    },
    /** After a stick was put back, or an empty one in its place. The answer is a fault, or nothing. */
    attach(): string | undefined {
      for (const medium of media) {
        if (box.media().find(({ name }) => name === medium.name)?.held) continue
        try {
          box.attach(medium)
        } catch (error) {
          if (error instanceof BoxError) return error.fault.code
          if (error instanceof MediumLost) return medium.name
          throw error
        }
      }
      log.rejoin()
      return told(undefined)
    },
    close(): void {
      clearInterval(exchanges)
      voters.close()
    },
  }
}
export type BoothDevice = Awaited<ReturnType<typeof openDevice>>
