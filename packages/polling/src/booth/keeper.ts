import { readBallot, readCredentials } from '@melayani/ballot'
import {
  type Act,
  type ElectionPackage,
  type PaperState,
  paperOf,
  type Signature,
  stampFault,
} from '../format/index.ts'
import { type Box, BoxFull } from '../media/box.ts'
import type { Slot } from '../media/slot.ts'
import type { Answer, Ask, Refusal } from './ask.ts'

/** The booth's own log, as far as it is written to here: `openChain` of media/chain.ts. */
export type Log = {
  readonly entries: readonly { readonly act: Act }[]
  append(act: Act, by?: readonly Signature[]): unknown
}

/** What is known of the world outside: from the last state that the station signed. */
export type Outside = {
  /** The last stage that was seen. */
  stage(): 'preparing' | 'open' | 'paused' | 'closed'
  /** Key of an admitted desk. */
  deskKey(desk: string): string | undefined
  /** Public credentials that were used at other booths, as far as is known. */
  usedElsewhere(credential: string): boolean
  /** Sends slots to the station; true when they are durable there. False when it cannot be reached. */
  give(slots: readonly Uint8Array[]): Promise<boolean>
}

export type KeeperPlan = {
  readonly package: ElectionPackage
  readonly packageHash: string
  readonly box: Box
  readonly log: Log
  readonly outside: Outside
  readonly now: () => number
}

/** What goes on at the booth, without what the voter does. `session`: four digits by which people name an open session. */
export type Standing = {
  readonly stopped?: 'two-slips' | 'repeated' | 'officers'
  readonly unresolved: readonly { readonly session: string; readonly id: string; readonly state: 'open' | 'pending' }[]
  readonly current?: Current
  readonly paper: PaperState
}
/** The session with a voter. `over`: what its ballot is already, for good; only a second copy may be missing. */
export type Current = {
  readonly id: string
  readonly session: string
  readonly help?: Help
  readonly over?: 'cast' | 'void'
}
export type Help = { readonly what: 'receipt' | 'slip'; readonly paper: boolean; readonly agreed: boolean }

export const sessionName = (id: string): string => id.slice(0, 4).toUpperCase()

/** Notes of a booth's log. Officers stop and start a booth; the two others stop it for good. */
export const boothIncidents = {
  stopped: 'booth-stopped',
  started: 'booth-started',
  repeated: 'randomness-repeated',
  receipt: 'receipt-reprinted',
} as const
export type BoothIncident = (typeof boothIncidents)[keyof typeof boothIncidents]

/**
 * Keeps the box of one booth: the only one who writes to it. Each act is written to the log before it is done, so that none is
 * ever done without; a cut between the two leaves a session that is named and resolved by officers.
 */
export function openKeeper({ package: content, packageHash, box, log, outside, now }: KeeperPlan) {
  const roll = new Set(readCredentials(content.ballot.credentials).map(({ element }) => element))
  const alphas = new Set<string>()
  const alphasOf = (ballot: string) =>
    readBallot(ballot).answers.flatMap(({ choices }) => choices.map(({ alpha }) => alpha))
  for (const { ballot } of box.all()) if (ballot) for (const alpha of alphasOf(ballot)) alphas.add(alpha)
  /** `ended`: two officers have signed that it is void; its process is about to ask for it. */
  let current: { id: string; help?: Help; ended?: boolean } | undefined
  /** Slots that were changed and are not known to be on two media or at the station. */
  const thin = new Set<string>()

  const live = () => box.all().filter(({ state }) => state === 'open' || state === 'pending')
  const unresolved = () => live().filter(({ id }) => id !== current?.id)
  const stopped = (): Standing['stopped'] => {
    let reports = 0
    let officers = false
    for (const { act } of log.entries) {
      if (act.kind === 'slip-reported') reports++
      if (act.kind !== 'incident') continue
      if (act.what === boothIncidents.repeated) return 'repeated'
      if (act.what === boothIncidents.stopped) officers = true
      if (act.what === boothIncidents.started) officers = false
    }
    return reports >= 2 ? 'two-slips' : officers ? 'officers' : undefined
  }
  const paper = () => paperOf(log.entries.map(({ act }) => act))
  // UJI ends one slot and opens the next: a cut between the two must not make the token look unused.
  for (const { state, credential, proof } of box.all())
    if (state === 'spoiled' && !box.all().some((slot) => slot.credential === credential && slot.state !== 'spoiled'))
      box.put(credential, proof)

  /** True when the changes are on two media, or on one and at the station (R50). */
  async function durable(): Promise<boolean> {
    if (copies() >= 2) thin.clear()
    if (thin.size === 0) return true
    const sent = [...thin]
    if (!(await outside.give(box.export(sent)))) return false
    for (const id of sent) thin.delete(id)
    return true
  }
  const copies = () => box.media().filter(({ held }) => held).length
  const settled = async (slot: Slot): Promise<Answer> => {
    thin.add(slot.id)
    return (await durable()) ? { ok: true } : no('copies')
  }
  const no = (why: Refusal): Answer => ({ ok: false, why })
  const here = () => {
    const slot = current && box.get(current.id)
    if (!slot) throw new Error('no session is open')
    return slot
  }

  async function take({ credential, stamp, proof }: Extract<Ask, { ask: 'take' }>): Promise<Answer> {
    if (stopped()) return no('stopped')
    if (paper() !== 'readable') return no('paper')
    if (current || unresolved().length > 0) return no('unresolved')
    if (outside.stage() !== 'open') return no('not-open')
    if (!roll.has(credential)) return no('unknown')
    const known = box.all().some((slot) => slot.credential === credential)
    if (known || outside.usedElsewhere(credential)) return no('used')
    const fault = stampFault(stamp, outside.deskKey, packageHash, content.rules.tokenMinutes, now())
    if (fault) return no(`stamp-${fault}`)
    // Asked before anything is written: without a second copy the voter keeps the token and goes to another booth.
    if (copies() < 2 && !(await outside.give([]))) return no('copies')
    try {
      const slot = box.put(credential, proof)
      const answer = await settled(slot)
      if (answer.ok) current = { id: slot.id }
      else box.move(slot.id, { state: 'void' })
      return answer
    } catch (error) {
      if (error instanceof BoxFull) return no('full')
      throw error
    }
  }

  async function store({ ballot }: Extract<Ask, { ask: 'store' }>): Promise<Answer> {
    const slot = here()
    if (slot.state === 'pending' && slot.ballot === ballot) return settled(slot)
    const read = readBallot(ballot)
    if (read.credential !== slot.credential) throw new Error('the ballot is of another credential')
    const fresh = alphasOf(ballot)
    if (fresh.some((alpha) => alphas.has(alpha)) || new Set(fresh).size < fresh.length) {
      log.append({ kind: 'incident', what: boothIncidents.repeated, note: '' })
      return no('repeated')
    }
    const moved = box.move(slot.id, { state: 'pending', ballot })
    for (const alpha of fresh) alphas.add(alpha)
    return settled(moved)
  }

  async function spoil({ opening }: Extract<Ask, { ask: 'spoil' }>): Promise<Answer> {
    let slot = here()
    if (slot.state === 'pending') {
      box.move(slot.id, { state: 'spoiled', opening })
      thin.add(slot.id)
      slot = box.put(slot.credential, slot.proof)
      helped()
      current = { ...current, id: slot.id }
    }
    return settled(slot)
  }

  async function slip(): Promise<Answer> {
    const slot = here()
    helped()
    return settled(slot.slip === 'printed' ? slot : box.move(slot.id, { slip: 'printed' }))
  }

  async function cast(): Promise<Answer> {
    const slot = here()
    // The press and the officers' signatures may cross: what stands in the log first holds.
    if (current?.ended) return no('ended')
    const answer = await settled(slot.state === 'cast' ? slot : box.move(slot.id, { state: 'cast' }))
    if (answer.ok) current = undefined
    return answer
  }

  async function end(report: 'slip-reported' | undefined, paper: boolean): Promise<Answer> {
    const slot = here()
    if (slot.state !== 'void') {
      if (report) log.append({ kind: report })
      box.move(slot.id, { state: 'void', slip: paper || slot.slip === 'printed' ? 'void' : slot.slip })
    }
    const answer = await settled(box.get(slot.id)!)
    if (answer.ok) current = undefined
    return answer
  }

  /** No help is asked for any more. */
  const helped = () => {
    const { help: _, ...rest } = current!
    current = rest
  }
  const over = (): Current['over'] => {
    const { state } = here()
    return current?.ended || state === 'void' ? 'void' : state === 'cast' ? 'cast' : undefined
  }

  async function help({ what, paper }: Extract<Ask, { ask: 'help' }>): Promise<Answer> {
    current = { ...current!, help: { what, paper, agreed: false } }
    return { ok: true }
  }

  const describe = ({ id, help }: { id: string; help?: Help }): Current => {
    const done = over()
    return { id, session: sessionName(id), ...(help ? { help } : {}), ...(done ? { over: done } : {}) }
  }

  return {
    /** Does what the voter's process asks. Throws BoxLost and MediumLost: then the booth must stop. */
    answer: (ask: Ask): Promise<Answer> => {
      if (ask.ask === 'take') return take(ask)
      if (ask.ask === 'store') return store(ask)
      if (ask.ask === 'spoil') return spoil(ask)
      if (ask.ask === 'slip') return slip()
      if (ask.ask === 'cast') return cast()
      if (ask.ask === 'wrong') return end('slip-reported', true)
      if (ask.ask === 'void') return end(undefined, ask.paper)
      return help(ask)
    },
    standing(): Standing {
      const why = stopped()
      return {
        paper: paper(),
        ...(why ? { stopped: why } : {}),
        unresolved: unresolved().map(({ id, state }) => ({
          id,
          session: sessionName(id),
          state: state as 'open' | 'pending',
        })),
        ...(current ? { current: describe(current) } : {}),
      }
    },
    /** The process with the voter is gone: its session is one that officers resolve. */
    abandon(): void {
      current = undefined
    },
    /** The act of a reprint that two officers sign; undefined when none is to be agreed to. */
    reprintAct(): Act | undefined {
      // A blank reprint would make an honest voter report a wrong slip, and two reports end a booth.
      if (!current?.help || current.help.agreed || paper() !== 'readable') return undefined
      return current.help.what === 'slip'
        ? { kind: 'slip-reprinted' }
        : { kind: 'incident', what: boothIncidents.receipt, note: '' }
    },
    /**
     * Two officers have signed `signed` for the session `id`: of another voter's it says nothing, though the line they signed may be
     * the same, nor of another paper. What came out of the printer before is void from now on. A second copy that is missing
     * is asked for when the voter goes on, not here: what is signed cannot be signed again.
     */
    async agreeReprint(id: string, signed: Act, by: readonly Signature[]): Promise<boolean> {
      const act = this.reprintAct()
      if (!act || !current?.help || current.id !== id || act.kind !== signed.kind) return false
      const { what, paper } = current.help
      log.append(act, by)
      current = { ...current, help: { ...current.help, agreed: true } }
      const slot = here()
      await settled(what === 'slip' && paper ? box.move(slot.id, { reprints: slot.reprints + 1 }) : slot)
      return true
    },
    /** The act of ending the running session that two officers sign; undefined when there is none, or it is over. */
    voidAct: (): Act | undefined => (current && !over() ? { kind: 'session-void' } : undefined),
    /**
     * Two officers have signed `voidAct` for the session `id`. The voter's process then asks for `void` itself, at the first moment
     * at which nothing is being printed or stored. False, and nothing is noted, when that session is gone or over: a cast
     * ballot stays cast.
     */
    agreeVoid(id: string, by: readonly Signature[]): boolean {
      const act = this.voidAct()
      if (!act || !current || current.id !== id) return false
      log.append(act, by)
      current = { ...current, ended: true }
      return true
    },
    /** What two officers sign to resolve a session that a cut left behind. */
    resolveAct: (as: 'cast' | 'void'): Act => ({ kind: 'resolved', as }),
    /** `cast`: a good slip is in hand. Only a pending session can be: an open one has no ballot. */
    async resolve(id: string, as: 'cast' | 'void', by: readonly Signature[]): Promise<Answer> {
      const slot = unresolved().find((each) => each.id === id)
      if (!slot || (as === 'cast' && slot.state !== 'pending')) return no('unresolved')
      log.append({ kind: 'resolved', as }, by)
      return settled(
        as === 'cast'
          ? box.move(id, { slip: 'printed', state: 'cast' })
          : box.move(id, { state: 'void', slip: slot.slip === 'printed' ? 'void' : slot.slip }),
      )
    },
    /** What two officers sign to stop the booth or to start it again; one that stopped for a reason is not started again. */
    switchAct: (on: boolean): Act => ({
      kind: 'incident',
      what: on ? boothIncidents.started : boothIncidents.stopped,
      note: '',
    }),
    switched(on: boolean, by: readonly Signature[]): boolean {
      if (on && stopped() !== 'officers') return false
      log.append(this.switchAct(on), by)
      return true
    },
    /** What two officers sign who have looked at the paper self-test (R42). */
    paperAct: (readable: boolean): Act => ({ kind: 'paper-tested', readable }),
    paperTested(readable: boolean, by: readonly Signature[]): void {
      log.append(this.paperAct(readable), by)
    },
    /** The paper ran out or the cover was opened: nobody is let in before it was tested again. */
    paperChanged(): void {
      if (paper() === 'readable') log.append({ kind: 'paper-changed' })
    },
    durable,
  }
}
export type Keeper = ReturnType<typeof openKeeper>
