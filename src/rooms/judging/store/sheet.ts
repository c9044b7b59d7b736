import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Sheet } from '../domain/score.ts'
import type { Mark, OwnSheet, Work } from '../domain/sheet.ts'
import { type RoundReading, shareReading } from './reading.ts'

const own = (db: Db | Tx, evaluator: string, proposal: string) =>
  db
    .selectFrom('judging.assignment as a')
    .leftJoin('judging.sheet as s', (join) =>
      join
        .onRef('s.agency', '=', 'a.agency')
        .onRef('s.proposal', '=', 'a.proposal')
        .onRef('s.evaluator', '=', 'a.evaluator'),
    )
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'a.agency').onRef('p.id', '=', 'a.proposal'),
    )
    .leftJoin('judging.wave as v', (join) => join.onRef('v.round', '=', 'a.round').onRef('v.seq', '=', 'a.wave'))
    .select(['a.agency', 'a.proposal', 'a.evaluator', 'a.round', 'a.purpose', 'v.until as waveUntil'])
    .select(['a.ended', 'p.group_key as group'])
    .select(['s.finished', 's.note', 's.note_revision', 's.comments_for_entrant'])
    .where('a.evaluator', '=', evaluator)
    .where('a.proposal', '=', proposal)

async function withMarks(db: Db | Tx, row: Awaited<ReturnType<ReturnType<typeof own>['executeTakeFirst']>>) {
  if (!row) return undefined
  const marks = await db
    .selectFrom('judging.score')
    .select(['criterion', 'points', 'comment', 'revision'])
    .where('agency', '=', row.agency)
    .where('proposal', '=', row.proposal)
    .where('evaluator', '=', row.evaluator)
    .execute()
  const sheet: OwnSheet = {
    agency: row.agency,
    proposal: row.proposal,
    evaluator: row.evaluator,
    round: row.round,
    purpose: row.purpose,
    waveUntil: row.waveUntil,
    ended: row.ended,
    finished: row.finished,
    note: row.note ?? '',
    noteRevision: row.note_revision ?? 0,
    commentsForEntrant: row.comments_for_entrant ?? false,
    marks,
  }
  return sheet
}

/** The own sheet of this reader for one entry, with the points given so far. Nobody else can be asked for. */
export async function findOwnSheet(db: Db, actor: Actor, proposal: string): Promise<OwnSheet | undefined> {
  if (!actor.id) return undefined
  return withMarks(db, await own(db, actor.id, proposal).executeTakeFirst())
}

/** `group` of the entry, which says by what criteria it is read. */
export type HeldSheet = RoundReading & { sheet: OwnSheet; group: string }

/**
 * The own sheet, held still. The reading of the round is held first, so that closing and saving cannot cross, and in
 * the same order as the secretariat's acts, so that they cannot lock each other out.
 */
export async function holdOwnSheet(tx: Tx, actor: Actor, proposal: string): Promise<HeldSheet | undefined> {
  if (!actor.id) return undefined
  const seen = await own(tx, actor.id, proposal).executeTakeFirst()
  const held = seen && (await shareReading(tx, seen.round))
  if (!held) return undefined
  const sheet = await withMarks(tx, await own(tx, actor.id, proposal).forUpdate('a').executeTakeFirst())
  return sheet && { ...held, sheet, group: seen.group }
}

type Pair = { agency: string; proposal: string; evaluator: string; round: string }

export async function beginSheet(tx: Tx, { agency, proposal, evaluator, round }: Pair, at: Date): Promise<void> {
  await tx
    .insertInto('judging.sheet')
    .values({ agency, proposal, evaluator, round, begun: at })
    .onConflict((c) => c.doNothing())
    .execute()
}

export async function saveMark(tx: Tx, { agency, proposal, evaluator }: Pair, mark: Mark, at: Date): Promise<void> {
  const { points, comment, revision } = mark
  await tx
    .insertInto('judging.score')
    .values({ agency, proposal, evaluator, ...mark, at })
    .onConflict((c) =>
      c.columns(['agency', 'proposal', 'evaluator', 'criterion']).doUpdateSet({ points, comment, revision, at }),
    )
    .execute()
}

export async function saveNote(
  tx: Tx,
  { agency, proposal, evaluator }: Pair,
  note: { note: string; noteRevision: number; commentsForEntrant: boolean },
): Promise<void> {
  await tx
    .updateTable('judging.sheet')
    .set({
      note: note.note,
      note_revision: note.noteRevision,
      comments_for_entrant: note.commentsForEntrant,
    })
    .where('agency', '=', agency)
    .where('proposal', '=', proposal)
    .where('evaluator', '=', evaluator)
    .execute()
}

export async function setFinished(tx: Tx, { agency, proposal, evaluator }: Pair, finished: Date | null): Promise<void> {
  await tx
    .updateTable('judging.sheet')
    .set({ finished })
    .where('agency', '=', agency)
    .where('proposal', '=', proposal)
    .where('evaluator', '=', evaluator)
    .execute()
}

/** What this evaluator has to read in a round, in the order of numbers, with how many points were given so far. */
export async function listWork(db: Db, evaluator: string, round: string): Promise<Work[]> {
  const rows = await db
    .selectFrom('judging.assignment as a')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'a.agency').onRef('p.id', '=', 'a.proposal'),
    )
    .innerJoin('people.agency as g', 'g.id', 'a.agency')
    .leftJoin('judging.sheet as s', (join) =>
      join
        .onRef('s.agency', '=', 'a.agency')
        .onRef('s.proposal', '=', 'a.proposal')
        .onRef('s.evaluator', '=', 'a.evaluator'),
    )
    .leftJoin('judging.wave as v', (join) => join.onRef('v.round', '=', 'a.round').onRef('v.seq', '=', 'a.wave'))
    .select([
      'a.proposal',
      'a.round',
      'p.number',
      'p.title',
      'p.category',
      'p.group_key as group',
      'g.name as agencyName',
      'a.purpose',
      'v.until as waveUntil',
    ])
    .select('s.finished')
    .select((eb) =>
      eb
        .selectFrom('judging.score as k')
        .select((k) => k.fn.count<string>('k.points').as('n'))
        .whereRef('k.agency', '=', 'a.agency')
        .whereRef('k.proposal', '=', 'a.proposal')
        .whereRef('k.evaluator', '=', 'a.evaluator')
        .as('given'),
    )
    .where('a.evaluator', '=', evaluator)
    .where('a.round', '=', round)
    .where('a.ended', 'is', null)
    .orderBy('p.number')
    .orderBy('a.proposal')
    .execute()
  return rows.map((row) => ({ ...row, given: Number(row.given) }))
}

/** The rounds in which somebody has readings, newest first. */
export async function roundsOf(db: Db, evaluator: string): Promise<string[]> {
  const rows = await db
    .selectFrom('judging.assignment')
    .select('round')
    .select((eb) => eb.fn.max('at').as('at'))
    .where('evaluator', '=', evaluator)
    .groupBy('round')
    .orderBy('at', 'desc')
    .execute()
  return rows.map((row) => row.round)
}

/**
 * Finished sheets of a round with their points, recused ones left out: for calculations of the machine only. Before
 * release nothing that is made of it may show a person any points.
 */
export async function sealedSheets(db: Db | Tx, round: string): Promise<(Sheet & { agency: string })[]> {
  const rows = await db
    .selectFrom('judging.sheet as s')
    .innerJoin('judging.assignment as a', (join) =>
      join
        .onRef('a.agency', '=', 's.agency')
        .onRef('a.proposal', '=', 's.proposal')
        .onRef('a.evaluator', '=', 's.evaluator'),
    )
    .innerJoin('judging.score as k', (join) =>
      join
        .onRef('k.agency', '=', 's.agency')
        .onRef('k.proposal', '=', 's.proposal')
        .onRef('k.evaluator', '=', 's.evaluator'),
    )
    .select(['s.agency', 's.proposal', 's.evaluator', 'k.criterion', 'k.points'])
    .where('s.round', '=', round)
    .where('s.finished', 'is not', null)
    .where((eb) => eb.or([eb('a.ended_as', 'is', null), eb('a.ended_as', '!=', 'recused')]))
    .orderBy('s.proposal')
    .orderBy('s.evaluator')
    .execute()
  const sheets: (Sheet & { agency: string; points: Record<string, number | null> })[] = []
  for (const { agency, proposal, evaluator, criterion, points } of rows) {
    let last = sheets.at(-1)
    if (!last || last.proposal !== proposal || last.evaluator !== evaluator) {
      last = { agency, proposal, evaluator, points: {} }
      sheets.push(last)
    }
    last.points[criterion] = points
  }
  return sheets
}
