import { z } from 'zod'
import { inviteTeam } from '#people'
import type { Action } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { record } from '#platform/log.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { checkTeam, type PlannedEvaluator, type TeamRow } from '../domain/team-import.ts'
import { may } from '../permissions.ts'
import { addEvaluator, findEvaluator } from '../store/evaluator.ts'
import { holdReading, lockReading, type RoundReading } from '../store/reading.ts'
import * as store from '../store/team-import.ts'
import { recheckConflicts } from './recheck.ts'

/** Keep the rows of an uploaded table until they are confirmed. The file itself is not kept. */
export const checkTeamImport: Action<
  RoundReading,
  { file: string; rows: TeamRow[] },
  { id: string; file: string; rows: Unsaid<TeamRow[]> },
  'reading-over'
> = {
  name: 'judging.team-checked',
  find: holdReading,
  may: may.manageEvaluators,
  input: z.object({ file: z.string().max(200), rows: z.custom<TeamRow[]>(Array.isArray) }),
  decide: ({ reading }, { file, rows }) =>
    reading.closed ? refuse('reading-over') : decide({ id: newId(), file, rows: new Unsaid(rows) }),
  save: (tx, { round }, { id, file, rows }, { now, actor }) =>
    store.addTeamImport(tx, { round: round.id, id, file, by: actor.id!, rows: rows.value }, now),
  tell: ({ rows }) => ({ rows: rows.value.length }),
  scope: () => null,
}

type Imported = { joined: number; invited: number; people: Unsaid<PlannedEvaluator[]> }

/** Take everybody of a checked table into the team, and invite those who do not hold the role yet: all of it, or nothing. */
export const confirmTeamImport = (
  round: string,
): Action<store.HeldImport, object, Imported, 'reading-over' | 'import-done' | 'import-broken' | 'import-nothing'> => ({
  name: 'judging.team-imported',
  find: (tx, actor, id) => store.holdTeamImport(tx, actor, round, id),
  may: may.manageEvaluators,
  input: z.object({}),
  decide: (held) => {
    if (held.done) return refuse('import-done')
    if (held.reading.closed) return refuse('reading-over')
    const { people, problems } = checkTeam(held.rows, held.present)
    if (problems.length > 0) return refuse('import-broken')
    if (people.length === 0) return refuse('import-nothing')
    const joined = people.filter((each) => each.person !== null).length
    return decide({ joined, invited: people.length - joined, people: new Unsaid(people) })
  },
  save: async (tx, { id }, { people }, { now, actor }) => {
    for (const { person, row: _, name: __, email: ___, ...facts } of people.value)
      if (person !== null) await addEvaluator(tx, round, person, facts, now, actor.id!)
    const expected = people.value.filter((each) => each.person === null)
    await store.addExpected(tx, round, expected, actor.id!, now)
    await inviteTeam(tx, { actor, now }, 'evaluator', expected)
    await recheckConflicts(tx, round, undefined, now)
    await store.endTeamImport(tx, round, id, now)
  },
  tell: ({ joined, invited }) => ({ joined, invited }),
  scope: () => null,
  subject: () => round,
})

/** Somebody took the office of evaluator: wherever they were expected they join the team, identity not yet confirmed. */
export async function joinExpected(db: Db, person: string, at: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const { round, id, by, ...facts } of await store.expectedOf(tx, person)) {
      const held = await lockReading(tx, round)
      if (!held || held.reading.closed || !(await store.markJoined(tx, round, id, at))) continue
      if (await findEvaluator(tx, round, person)) continue
      await addEvaluator(tx, round, person, facts, at, by)
      await recheckConflicts(tx, round, person, at)
      const event = { at, actor: person, name: 'judging.evaluator-joined', subject: person, scope: null }
      await record(tx, [{ ...event, particulars: { round } }])
    }
  })
}
