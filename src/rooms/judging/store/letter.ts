import { type Entry, findEntry, listPassed, questionsFor } from '#competition'
import { isLocalAdminOf, isNational, isUnitOf } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { finalistLevel } from '../domain/decision.ts'
import { type LetterContent, type LetterMark, type Reached, type SentLetter, writeLetter } from '../domain/letter.ts'
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

/** How many entries that passed have no letter yet. */
export async function countLettersOwed(db: Db | Tx, round: string): Promise<number> {
  const sent = await lettersOf(db, round)
  return (await listPassed(db, round)).filter(({ id }) => !sent.has(id)).length
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

const sent = (db: Db | Tx) =>
  db
    .selectFrom('judging.letter as l')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'l.agency').onRef('p.id', '=', 'l.proposal'),
    )
    .leftJoin('competition.submission as s', (join) =>
      join.onRef('s.agency', '=', 'l.agency').onRef('s.proposal', '=', 'l.proposal'),
    )
    .select(['l.agency', 'l.proposal', 'l.content', 'l.at', 'l.code as check', 'p.unit'])
    .select((eb) => eb.fn.coalesce('s.number', eb.val('')).as('receipt'))

const owns = (actor: Actor, of: { agency: string; unit: string }) =>
  isLocalAdminOf(actor, of.agency) || isUnitOf(actor, of.agency, of.unit)

/** A released letter, for the owners of the entry and the secretariat; `unread` when an owner opens it for the first time. */
export async function findLetter(
  db: Db,
  actor: Actor,
  proposal: string,
): Promise<(SentLetter & { unread: boolean }) | undefined> {
  const row = await sent(db)
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('judging.letter_reader as r')
            .select('r.at')
            .whereRef('r.agency', '=', 'l.agency')
            .whereRef('r.proposal', '=', 'l.proposal')
            .where('r.person', '=', actor.id),
        )
        .as('read'),
    )
    .where('l.proposal', '=', proposal)
    .executeTakeFirst()
  if (!row) return undefined
  const owner = owns(actor, row)
  if (!owner && !isNational(actor)) return undefined
  const { at, receipt, check } = row
  return { content: row.content as LetterContent, at, receipt, check, unread: owner && !row.read }
}

/** The letter with this code on it, for whoever holds it. */
export async function findLetterByCode(db: Db, code: string): Promise<SentLetter | undefined> {
  const row = await sent(db).where('l.code', '=', code).executeTakeFirst()
  return row && { content: row.content as LetterContent, at: row.at, receipt: row.receipt, check: row.check }
}

export type LetterHeld = { agency: string; proposal: string; unit: string; read: boolean }

/** A letter that its owner opens, held, so that two windows count as one reading. */
export async function holdOwnLetter(tx: Tx, actor: Actor, proposal: string): Promise<LetterHeld | undefined> {
  const row = await tx
    .selectFrom('judging.letter as l')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'l.agency').onRef('p.id', '=', 'l.proposal'),
    )
    .select(['l.agency', 'l.proposal', 'p.unit'])
    .where('l.proposal', '=', proposal)
    .forUpdate('l')
    .executeTakeFirst()
  if (!row || !owns(actor, row)) return undefined
  const reader = await tx
    .selectFrom('judging.letter_reader')
    .select('at')
    .where('agency', '=', row.agency)
    .where('proposal', '=', proposal)
    .where('person', '=', actor.id)
    .executeTakeFirst()
  return { ...row, read: reader !== undefined }
}

export async function saveLetterReader(tx: Tx, of: LetterHeld, person: string, at: Date): Promise<void> {
  await tx
    .insertInto('judging.letter_reader')
    .values({ agency: of.agency, proposal: of.proposal, person, at })
    .execute()
}

/** When each of these entries' feedback letters went out and when an owner first opened it. */
export async function sentLetters(
  db: Db,
  proposals: readonly string[],
): Promise<ReadonlyMap<string, { at: Date; read: Date | null }>> {
  if (proposals.length === 0) return new Map()
  const rows = await db
    .selectFrom('judging.letter as l')
    .leftJoin('judging.letter_reader as r', (join) =>
      join.onRef('r.agency', '=', 'l.agency').onRef('r.proposal', '=', 'l.proposal'),
    )
    .select(['l.proposal', 'l.at'])
    .select((eb) => eb.fn.min('r.at').as('read'))
    .where((eb) => eb('l.proposal', '=', eb.fn.any(eb.val([...proposals]))))
    .groupBy(['l.agency', 'l.proposal', 'l.at'])
    .execute()
  return new Map(rows.map(({ proposal, at, read }) => [proposal, { at, read }]))
}
