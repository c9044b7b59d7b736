import type { z } from 'zod'
import type { Action, Actor } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { localDay } from '../../domain/roll/day.ts'
import { checkRoll, type Entry, type RollRow } from '../../domain/roll/row.ts'
import { strikeForm, voterForm } from '../../forms/roll.ts'
import { may } from '../../permissions.ts'
import { insertChange, type NewChange } from '../../store/roll/change.ts'
import { type HeldRoll, holdRoll } from '../../store/roll/fixed.ts'
import * as store from '../../store/roll/voter.ts'
import { openForAdditional, openForChange } from './open.ts'

type Held = HeldRoll & { tx: Tx; places: store.Place[] }
async function hold(tx: Tx, actor: Actor, id: string): Promise<Held | undefined> {
  const roll = await holdRoll(tx, actor, id)
  return roll && { ...roll, tx, places: await store.placesWithVoters(tx, id) }
}

type Typed = z.output<typeof voterForm>
type Why = Pick<NewChange, 'reason' | 'note'>
export type VoterRefusal = 'nik-known' | 'nik-impossible' | 'born-impossible' | 'roll-place-unknown'

/** What was typed as one row of a list: the same checks as for a file. `but`: this voter, who may keep their own NIK. */
async function entryOf(held: Held, typed: Typed, now: Date, but?: string): Promise<Entry | VoterRefusal> {
  const place = held.places.find(({ id }) => id === typed.tps)
  if (!place) return 'roll-place-unknown'
  const row: RollRow = { row: 1, ...typed, tps: String(place.number) }
  const listed = typed.nik === but ? new Map() : await store.placesOf(held.tx, held.id, [typed.nik])
  if (listed.size > 0) return 'nik-known'
  const today = localDay(now, held.profile.zone)
  const { entries, problems } = checkRoll([row], { tps: [place.number], listed }, today)
  if (entries[0]) return entries[0].entry
  return problems[0]?.column === 'nik' ? 'nik-impossible' : 'born-impossible'
}

/** A voter is added: to the roll while it is open, to those added later (pemilih tambahan) once it is fixed. */
export const addVoter: Action<
  Held,
  Typed,
  { voter: Unsaid<store.NewVoter>; additional: boolean; why: Why },
  VoterRefusal | 'not-preparing' | 'roll-closed'
> = {
  name: 'voting.voter-added',
  find: hold,
  may: may.keepRoll,
  input: voterForm,
  decide: async (held, { reason, note, ...typed }, { now }) => {
    const closed = openForAdditional(held)
    if (closed) return refuse(closed)
    const entry = await entryOf(held, { ...typed, reason, note }, now)
    if (typeof entry === 'string') return refuse(entry)
    const additional = held.fixed.length > 0
    const voter = { ...entry, tps: typed.tps, additional }
    return decide({ voter: new Unsaid(voter), additional, why: { reason, note } })
  },
  save: async (tx, held, { voter, why }, { now, actor }) => {
    const [id] = await store.insertVoters(tx, held, [voter.value], now)
    await insertChange(tx, held, { voter: id!, kind: 'added', fields: [], ...why }, { by: actor.id!, at: now })
  },
  tell: ({ additional, why }) => ({ additional, reason: why.reason }),
  scope: ({ agency }) => agency,
}

type HeldVoter = Held & { voter: store.Voter }
async function holdOne(tx: Tx, actor: Actor, id: string): Promise<HeldVoter | undefined> {
  const election = await store.electionOf(tx, id)
  const roll = election && (await hold(tx, actor, election))
  const voter = roll && (await store.holdVoter(tx, id))
  return roll && voter ? { ...roll, voter } : undefined
}
/** Whether this voter can still be changed: those added later as long as they are not counted. */
const closedFor = (held: HeldVoter) => (held.voter.additional ? openForAdditional(held) : openForChange(held))

export const strikeVoter: Action<
  HeldVoter,
  z.output<typeof strikeForm>,
  { why: Why },
  'not-preparing' | 'roll-fixed' | 'roll-closed'
> = {
  name: 'voting.voter-struck',
  find: holdOne,
  may: may.keepRoll,
  input: strikeForm,
  decide: (held, why) => {
    const closed = closedFor(held)
    return closed ? refuse(closed) : decide({ why })
  },
  save: async (tx, held, { why }, { now, actor }) => {
    const { id } = held.voter
    await store.strike(tx, id)
    await insertChange(tx, held, { voter: id, kind: 'struck', fields: [], ...why }, { by: actor.id!, at: now })
  },
  tell: ({ why }, { id }) => ({ election: id, reason: why.reason }),
  scope: ({ agency }) => agency,
}

const compared = ['nik', 'name', 'born', 'sex', 'marital', 'address', 'hamlet', 'rt', 'rw', 'tps'] as const

export const changeVoter: Action<
  HeldVoter,
  Typed,
  { voter: Unsaid<store.NewVoter>; kind: 'changed' | 'moved'; fields: string[]; why: Why },
  VoterRefusal | 'not-preparing' | 'roll-fixed' | 'roll-closed' | 'nothing-changed'
> = {
  name: 'voting.voter-changed',
  find: holdOne,
  may: may.keepRoll,
  input: voterForm,
  decide: async (held, { reason, note, ...typed }, { now }) => {
    const closed = closedFor(held)
    if (closed) return refuse(closed)
    const { nik, additional } = held.voter
    // The form shows the NIK masked, so an untouched one comes back empty.
    const whole = { ...typed, nik: typed.nik || nik, reason, note }
    const entry = await entryOf(held, whole, now, nik)
    if (typeof entry === 'string') return refuse(entry)
    const voter = { ...entry, tps: typed.tps, additional }
    const fields = compared.filter((field) => voter[field] !== held.voter[field])
    if (fields.length === 0) return refuse('nothing-changed')
    const kind = fields.length === 1 && fields[0] === 'tps' ? 'moved' : 'changed'
    return decide({ voter: new Unsaid(voter), kind, fields: [...fields], why: { reason, note } })
  },
  save: async (tx, held, { voter, kind, fields, why }, { now, actor }) => {
    const { additional: _, ...rest } = voter.value
    await store.saveVoter(tx, held.voter.id, rest)
    await insertChange(tx, held, { voter: held.voter.id, kind, fields, ...why }, { by: actor.id!, at: now })
  },
  tell: ({ kind, fields, why }, { id }) => ({ election: id, kind, fields, reason: why.reason }),
  scope: ({ agency }) => agency,
}
