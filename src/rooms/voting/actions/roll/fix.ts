import type { z } from 'zod'
import type { Action, Actor } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { type Counted, type Fixed, inOrder, rollTextOf, wholeHash } from '../../domain/roll/fixed.ts'
import { signingForm } from '../../forms/roll.ts'
import { nothing } from '../../forms.ts'
import { may } from '../../permissions.ts'
import * as store from '../../store/roll/fixed.ts'
import { dropWaiting } from '../../store/roll/import.ts'
import { questionsIn } from '../../store/roll/question.ts'
import * as signatures from '../../store/roll/signature.ts'
import { placesWithVoters, type Voter } from '../../store/roll/voter.ts'

type Held = store.HeldRoll & {
  open: number
  voters: Voter[]
  places: Awaited<ReturnType<typeof placesWithVoters>>
  keys: Map<string, string>
}

async function hold(tx: Tx, actor: Actor, id: string): Promise<Held | undefined> {
  const roll = await store.holdRoll(tx, actor, id)
  if (!roll) return undefined
  const { open, voters } = await questionsIn(tx, roll)
  const places = await placesWithVoters(tx, id)
  // Keys are made when they are first asked for: not again in an election that is over.
  const keys = roll.state === 'preparing' ? await store.rollKeysOf(tx, roll) : new Map<string, string>()
  return { ...roll, open: open.length, voters: [...voters.values()], places, keys }
}

type Numbers = { id: string; no: number }[]
type Change = {
  kind: store.FixedKind
  count: number
  additional: number
  hash: string
  counted: Counted[]
  numbers: Unsaid<Numbers>
}
export type FixRefusal =
  | 'not-preparing'
  | 'roll-fixed'
  | 'roll-closed'
  | 'roll-empty'
  | 'questions-open'
  | 'voters-unplaced'
  | 'place-empty'
  | 'nobody-added'

/** Number everybody who has none yet, polling place by polling place, behind those who have one. */
function numberAll(held: Held): Map<string, number> {
  const numbers = new Map<string, number>()
  for (const { id } of held.places) {
    const own = held.voters.filter(({ tps }) => tps === id)
    let last = Math.max(0, ...own.map(({ no }) => no ?? 0))
    for (const voter of own) if (voter.no !== null) numbers.set(voter.id, voter.no)
    for (const voter of inOrder(own.filter(({ no }) => no === null))) numbers.set(voter.id, ++last)
  }
  return numbers
}

/**
 * Fix the roll (penetapan DPT): everybody gets a number, each polling place a count and the hash that its zero report will
 * print, the village one hash of these lines. Done again it counts those who were added since, with a hash of its own.
 */
export const fixRoll: Action<Held, Record<string, never>, Change, FixRefusal> = {
  name: 'voting.roll-fixed',
  find: hold,
  may: may.fixRoll,
  input: nothing,
  decide: (held) => {
    if (held.state !== 'preparing') return refuse('not-preparing')
    if (held.fixed.length > 1) return refuse('roll-closed')
    const kind = held.fixed.length === 0 ? ('fixed' as const) : ('additional' as const)
    if (kind === 'additional' && !held.voters.some(({ additional }) => additional)) return refuse('nobody-added')
    if (held.voters.length === 0) return refuse('roll-empty')
    if (held.voters.some(({ tps }) => tps === null)) return refuse('voters-unplaced')
    if (held.places.some(({ voters }) => voters === 0)) return refuse('place-empty')
    if (held.open > 0) return refuse('questions-open')
    const given = numberAll(held)
    const voters = held.voters.map((voter) => ({ ...voter, no: given.get(voter.id)! }) as Fixed)
    const numbers = new Map(held.places.map(({ id, number }) => [id, number]))
    const counted = held.places.map(({ id, number }): Counted => {
      const { count, additional, hash } = rollTextOf(voters, id, numbers, held.keys.get(id)!)
      return { number, count, additional, hash }
    })
    return decide({
      kind,
      count: voters.length,
      additional: voters.filter(({ additional }) => additional).length,
      hash: wholeHash(counted),
      counted,
      numbers: new Unsaid(held.voters.flatMap(({ id, no }) => (no === null ? [{ id, no: given.get(id)! }] : []))),
    })
  },
  save: async (tx, held, { numbers, counted, ...fixed }, { now, actor }) => {
    await store.saveNumbers(tx, numbers.value)
    await dropWaiting(tx, held.id, now, now)
    await store.insertFixed(tx, held, { ...fixed, places: counted }, { by: actor.id!, at: now })
  },
  tell: ({ kind, count, additional, hash }) => ({ kind, count, additional, hash }),
  scope: ({ agency }) => agency,
}

type Signed = store.HeldRoll & { signings: signatures.Signing[] }
async function holdSignings(tx: Tx, actor: Actor, id: string): Promise<Signed | undefined> {
  const roll = await store.holdRoll(tx, actor, id)
  const last = roll?.fixed.at(-1)
  return roll && { ...roll, signings: last ? await signatures.signingsOf(tx, id, last.kind) : [] }
}

type Noted = { kind: store.FixedKind; candidate: string; signed: boolean; note: string | null }

/** Note that a candidate signed the printed sheet, or would not and why. Another of the committee confirms it. */
export const noteSigning: Action<
  Signed,
  z.output<typeof signingForm>,
  Noted,
  'roll-open' | 'signing-unknown' | 'signing-confirmed'
> = {
  name: 'voting.roll-signing-noted',
  find: holdSignings,
  may: may.signRoll,
  input: signingForm,
  decide: ({ fixed, signings }, noted) => {
    const last = fixed.at(-1)
    if (!last) return refuse('roll-open')
    const one = signings.find(({ candidate }) => candidate === noted.candidate)
    if (!one) return refuse('signing-unknown')
    return one.confirmed ? refuse('signing-confirmed') : decide({ kind: last.kind, ...noted })
  },
  save: (tx, held, noted, { now, actor }) => signatures.saveSigning(tx, held, noted, { by: actor.id!, at: now }),
  tell: ({ kind, candidate, signed }) => ({ kind, candidate, signed }),
  scope: ({ agency }) => agency,
}

export const confirmSigning = (
  candidate: string,
): Action<
  Signed,
  Record<string, never>,
  { kind: store.FixedKind; candidate: string },
  'roll-open' | 'signing-unknown' | 'signing-confirmed' | 'own-signing'
> => ({
  name: 'voting.roll-signing-confirmed',
  find: holdSignings,
  may: may.signRoll,
  input: nothing,
  decide: ({ fixed, signings }, _, { actor }) => {
    const last = fixed.at(-1)
    if (!last) return refuse('roll-open')
    const one = signings.find((each) => each.candidate === candidate)
    if (!one || one.signed === null) return refuse('signing-unknown')
    if (one.confirmed) return refuse('signing-confirmed')
    return one.byId === actor.id ? refuse('own-signing') : decide({ kind: last.kind, candidate })
  },
  save: (tx, { id }, { kind }, { now, actor }) =>
    signatures.confirmSigning(tx, { election: id, kind, candidate }, { by: actor.id!, at: now }),
  tell: (change) => change,
  scope: ({ agency }) => agency,
})
