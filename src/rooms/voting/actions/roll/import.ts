import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { localDay } from '../../domain/roll/day.ts'
import { checkRoll, type RollRow } from '../../domain/roll/row.ts'
import { nothing } from '../../forms.ts'
import { may } from '../../permissions.ts'
import { type HeldRoll, holdRoll } from '../../store/roll/fixed.ts'
import * as imports from '../../store/roll/import.ts'
import { insertVoters, type NewVoter, placesOf, placesWithVoters } from '../../store/roll/voter.ts'
import { openForChange } from './open.ts'

/** Keep the rows of an uploaded list, encrypted, until they are answered. The file itself is not kept. */
export const checkRollImport: Action<
  HeldRoll,
  { file: string; rows: RollRow[] },
  { id: string; file: string; count: number; rows: Unsaid<RollRow[]> },
  'roll-fixed' | 'not-preparing'
> = {
  name: 'voting.roll-file-checked',
  find: holdRoll,
  may: may.keepRoll,
  input: z.object({ file: z.string().max(200), rows: z.custom<RollRow[]>(Array.isArray) }),
  decide: (roll, { file, rows }) => {
    const closed = openForChange(roll)
    return closed ? refuse(closed) : decide({ id: newId(), file, count: rows.length, rows: new Unsaid(rows) })
  },
  save: (tx, { agency, id: election }, { id, file, rows }, { now, actor }) =>
    imports.addRollImport(tx, { id, agency, election, file, rows: rows.value, by: actor.id! }, now),
  tell: ({ count }) => ({ rows: count }),
  scope: ({ agency }) => agency,
  subject: ({ id }) => id,
}

type Held = NonNullable<Awaited<ReturnType<typeof holdImport>>>
async function holdImport(...[tx, actor, id]: Parameters<typeof imports.holdRollImport>) {
  const held = await imports.holdRollImport(tx, actor, id)
  if (!held) return undefined
  const places = await placesWithVoters(tx, held.roll.id)
  const listed = await placesOf(
    tx,
    held.roll.id,
    held.rows.map(({ nik }) => nik.replace(/\D/g, '')),
  )
  return { ...held, places, listed }
}

/** Take the rows that can be taken; those that cannot are left out and stay in the report that was shown. */
export const confirmRollImport: Action<
  Held,
  Record<string, never>,
  { taken: number; left: number; known: number; voters: Unsaid<NewVoter[]> },
  'import-done' | 'import-nothing-new' | 'roll-fixed' | 'not-preparing'
> = {
  name: 'voting.roll-imported',
  find: holdImport,
  may: (actor, { roll }) => may.keepRoll(actor, roll),
  input: nothing,
  decide: ({ roll, rows, done, places, listed }, _, { now }) => {
    if (done) return refuse('import-done')
    const closed = openForChange(roll)
    if (closed) return refuse(closed)
    const known = { tps: places.map(({ number }) => number), listed }
    const checked = checkRoll(rows, known, localDay(now, roll.profile.zone))
    if (checked.entries.length === 0) return refuse('import-nothing-new')
    const ids = new Map(places.map(({ id, number }) => [number, id]))
    const voters = checked.entries.map(({ entry: { tps, ...entry } }) => ({
      ...entry,
      tps: tps === null ? null : ids.get(tps)!,
      additional: false,
    }))
    const left = new Set(checked.problems.map(({ row }) => row)).size
    return decide({ taken: voters.length, left, known: checked.known, voters: new Unsaid(voters) })
  },
  save: async (tx, { roll, id }, { voters, taken }, { now }) => {
    await insertVoters(tx, roll, voters.value, now)
    await imports.endRollImport(tx, id, taken, now)
  },
  tell: ({ taken, left, known }) => ({ taken, left, known }),
  scope: ({ roll }) => roll.agency,
  subject: (_, { roll }) => roll.id,
}
