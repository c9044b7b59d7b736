import { type Entry, findEntry, listPassed, questionsFor } from '#competition'
import { isLocalAdminOf, isNational, isUnitOf } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { finalistLevel } from '../domain/decision.ts'
import { type LetterContent, type LetterMark, type Reached, writeLetter } from '../domain/letter.ts'
import type { PanelRound } from '../domain/panel.ts'
import { bundleCodes } from './bundle.ts'
import { listDecisions } from './decision.ts'
import { listOpenSheets } from './interview.ts'
import { listNominees } from './nominee.ts'
import { latestRanking } from './ranking.ts'

/** Every mark of the finished, counted sheets of a round, with the comments that entrants may read. */
async function releasedMarks(db: Db | Tx, round: string): Promise<LetterMark[]> {
  const rows = await db
    .selectFrom('judging.sheet as s')
    .innerJoin('judging.reading as r', 'r.round', 's.round')
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
    .select(['s.proposal', 'k.criterion', 'k.points', 'k.comment', 's.comments_for_entrant as open'])
    .where('s.round', '=', round)
    .where('r.released', 'is not', null)
    .where('s.finished', 'is not', null)
    .where((eb) => eb.or([eb('a.ended_as', 'is', null), eb('a.ended_as', '!=', 'recused')]))
    // By chance of the ids, not by evaluator: the order of two comments must not tell who wrote them.
    .orderBy('s.proposal')
    .orderBy('k.criterion')
    .orderBy('k.comment')
    .execute()
  return rows.map(({ comment, open, ...row }) => ({ ...row, comment: open ? comment : null }))
}

/** The letters of every entry that was scored, by entry. A fixed number of queries. */
export async function writeLetters(db: Db | Tx, round: PanelRound): Promise<ReadonlyMap<string, LetterContent>> {
  const entries = await listPassed(db, round.id)
  const ranking = await latestRanking(db, round.id)
  const marks = Map.groupBy(await releasedMarks(db, round.id), (mark) => mark.proposal)
  const sheets = await listOpenSheets(db, round.id)
  const decisions = await listDecisions(db, round.id)
  const nominees = new Set((await listNominees(db, round.id)).filter((n) => !n.removed).map((n) => n.proposal))
  const codes = await bundleCodes(db, round.id)
  const lines = new Map((ranking?.result.ranked ?? []).map((line) => [line.proposal, line]))
  const finalists = new Set(
    decisions.filter((d) => d.kind === 'finalists' && d.outcome === 'finalist').map((d) => d.proposal),
  )
  const levels = new Map(decisions.filter((d) => d.kind === 'levels').map((d) => [d.proposal, d.outcome]))
  return new Map(
    entries.map((entry) => {
      const line = lines.get(entry.id)
      const top = finalists.has(entry.id)
        ? round.rules.select.topLevels.find((level) => level.key === levels.get(entry.id))
        : undefined
      const finalist = finalistLevel(round.rules, entry.group)
      const reached: Reached = top
        ? 'level'
        : finalists.has(entry.id)
          ? 'finalist'
          : nominees.has(entry.id)
            ? 'nominee'
            : 'scored'
      const about = {
        id: entry.id,
        group: entry.group,
        round: { id: round.id, name: round.rules.name },
        number: entry.number,
        title: entry.title,
        agencyName: entry.agencyName,
        unitName: entry.unitName,
        reached,
        level: top?.label ?? (reached === 'finalist' ? { id: finalist, en: finalist } : null),
        code: codes[entry.id] ?? null,
      }
      const scores = [...lines.values()].flatMap((each) =>
        each.group === entry.group && each.raw !== null ? [each.raw] : [],
      )
      const questions = questionsFor(round.rules, entry.group).filter((question) => question.scored)
      const own = { mean: line?.raw ?? null, readers: line?.n ?? 0 }
      return [
        entry.id,
        writeLetter(round.rules, about, { questions, marks: marks.get(entry.id) ?? [], own, scores, sheets }),
      ]
    }),
  )
}

/** Entries of a round and which of them have their letter. */
export async function lettersOf(db: Db | Tx, round: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('judging.letter').select('proposal').where('round', '=', round).execute()
  return new Set(rows.map((row) => row.proposal))
}

/** An entry for its letter, held; only the secretariat finds one. */
export async function holdForLetter(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ entry: Entry; released: boolean } | undefined> {
  if (!isNational(actor)) return undefined
  const entry = await findEntry(tx, id)
  if (entry?.state !== 'passed') return undefined
  await tx
    .selectFrom('competition.proposal')
    .select('id')
    .where('agency', '=', entry.agency)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .execute()
  const there = await tx
    .selectFrom('judging.letter')
    .select('proposal')
    .where('agency', '=', entry.agency)
    .where('proposal', '=', id)
    .executeTakeFirst()
  return { entry, released: there !== undefined }
}

export async function saveLetter(tx: Tx, entry: Entry, content: LetterContent, by: string, at: Date): Promise<void> {
  await tx
    .insertInto('judging.letter')
    .values({ agency: entry.agency, proposal: entry.id, round: entry.round, content: JSON.stringify(content), by, at })
    .execute()
}

/** A released letter, for the owners of the entry and the secretariat. */
export async function findLetter(
  db: Db,
  actor: Actor,
  proposal: string,
): Promise<{ content: LetterContent; at: Date } | undefined> {
  const row = await db
    .selectFrom('judging.letter as l')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'l.agency').onRef('p.id', '=', 'l.proposal'),
    )
    .select(['l.agency', 'l.content', 'l.at', 'p.unit'])
    .where('l.proposal', '=', proposal)
    .executeTakeFirst()
  if (!row) return undefined
  const owner = isLocalAdminOf(actor, row.agency) || isUnitOf(actor, row.agency, row.unit)
  return owner || isNational(actor) ? { content: row.content as LetterContent, at: row.at } : undefined
}
