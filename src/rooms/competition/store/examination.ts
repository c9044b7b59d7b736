import { sql } from 'kysely'
import type { AgencyKind } from '#people'
import type { Db, Tx } from '#platform/db.ts'
import type { Finding } from '../domain/admission-finding.ts'
import type { Registered } from '../domain/prior-award.ts'
import type { Content } from '../domain/proposal.ts'
import { normaliseTitle, titleParts } from '../domain/title.ts'

/** A submission as the machine examines and compares it. */
export type Submitted = {
  agency: string
  id: string
  round: string
  title: string
  group: string
  category: string | null
  startedOn: string | null
  source: string | null
  winner: string | null
  agencyName: string
  unitName: string
  agencyKind: AgencyKind
  content: Content
  begun: Date
  arrived: Date
  /** Other submissions of the agency in this group and round that arrived before this one and still stand. */
  earlier: number
}

const submitted = (db: Db | Tx) =>
  db
    .selectFrom('competition.submission as s')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 's.agency').onRef('p.id', '=', 's.proposal'),
    )
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .innerJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'p.agency').onRef('u.id', '=', 'p.unit'))
    .select(['p.agency', 'p.id', 'p.round', 'p.title', 'p.group_key as group', 'p.category', 'p.source', 'p.winner'])
    .select(['p.started_on as startedOn', 'a.name as agencyName', 'a.kind as agencyKind', 'u.name as unitName'])
    .select(['s.content', 's.begun', 's.arrived'])
    .select(
      sql<number>`(select count(*)::int from competition.proposal q
        join competition.submission t on t.agency = q.agency and t.proposal = q.id
        where q.agency = p.agency and q.round = p.round and q.group_key = p.group_key
          and q.state in ('submitted', 'passed', 'failed') and (t.arrived, q.id) < (s.arrived, p.id))`.as('earlier'),
    )

/** These submissions, by id. */
export async function listSubmitted(db: Db | Tx, ids: readonly string[]): Promise<Submitted[]> {
  if (ids.length === 0) return []
  const rows = await submitted(db).where('p.id', 'in', ids).orderBy('p.id').execute()
  return rows.map((row) => ({ ...row, content: row.content as Content }))
}

/** The ids of a round's submissions that still stand, in a fixed order. */
export async function listSubmittedIds(db: Db | Tx, round: string): Promise<string[]> {
  const rows = await db
    .selectFrom('competition.proposal')
    .select('id')
    .where('round', '=', round)
    .where('state', 'in', ['submitted', 'passed', 'failed'])
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Sizes of the stored files, in bytes, by id. */
export async function fileSizes(db: Db | Tx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('log.file').select(['id', 'size']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, size }) => [id, Number(size)]))
}

/** An earlier award that a title brings to mind. */
export type NearWinner = Registered & {
  name: string
  agencyName: string
  agency: string | null
  summary: string
  source: string
  /** The proposal that won it, where it was one of ours. */
  proposal: string | null
  /** The title that was asked about. */
  asked: string
}

/**
 * Awards of the register whose names are near these titles, by the trigram index: like the whole title, or standing in
 * it where the title says its acronym and its long name. One query for all titles.
 */
export async function winnersNear(db: Db | Tx, titles: readonly string[], before: number): Promise<NearWinner[]> {
  const asked = titles.flatMap((title) => {
    const { name, expansion } = titleParts(title)
    return [...new Set([normaliseTitle(title), name, expansion ?? ''])]
      .filter((phrase) => phrase.length >= 3)
      .map((phrase) => ({ title, phrase }))
  })
  if (asked.length === 0) return []
  const { rows } = await sql<NearWinner>`
    select distinct on (t.title, w.id) w.id, w.innovation, w.name, w.agency_name as "agencyName", w.agency, w.level, w.year,
      w.summary, w.source, w.proposal, t.title as asked
    from unnest(${asked.map((a) => a.title)}::text[], ${asked.map((a) => a.phrase)}::text[]) as t (title, phrase)
    join competition.winner w on (lower(w.name) % t.phrase or lower(w.name) %> t.phrase)
    where coalesce(w.year, 0) < ${before}
    order by t.title, w.id`.execute(db)
  return rows
}

/** Every award of these innovations. */
export async function awardsOfInnovations(db: Db | Tx, innovations: readonly string[]): Promise<Registered[]> {
  if (innovations.length === 0) return []
  return db
    .selectFrom('competition.winner')
    .select(['id', 'innovation', 'level', 'year'])
    .where('innovation', 'in', innovations)
    .execute()
}

/** The innovation of each of these rows of the register. */
export async function innovationsOf(db: Db | Tx, winners: readonly string[]): Promise<Map<string, string>> {
  if (winners.length === 0) return new Map()
  const rows = await db
    .selectFrom('competition.winner')
    .select(['id', 'innovation'])
    .where('id', 'in', winners)
    .execute()
  return new Map(rows.map(({ id, innovation }) => [id, innovation]))
}

export type Examined = {
  agency: string
  proposal: string
  round: string
  version: number
  findings: readonly Finding[]
}

/** Keep what the machine found, in place of what it found before. */
export async function saveExaminations(tx: Db | Tx, examined: readonly Examined[], at: Date): Promise<void> {
  if (examined.length === 0) return
  const count = (findings: readonly Finding[], severity: string) =>
    findings.filter((each) => each.severity === severity).length
  const rows = examined.map(({ findings, ...of }) => ({
    ...of,
    findings: JSON.stringify(findings),
    rules: [...new Set(findings.filter((each) => each.severity !== 'pass').map((each) => each.rule))],
    fails: count(findings, 'fail'),
    warnings: count(findings, 'warning'),
    hints: count(findings, 'hint'),
    at,
  }))
  await tx
    .insertInto('competition.examination')
    .values(rows)
    .onConflict((c) =>
      c.columns(['agency', 'proposal']).doUpdateSet((eb) => ({
        version: eb.ref('excluded.version'),
        findings: eb.ref('excluded.findings'),
        rules: eb.ref('excluded.rules'),
        fails: eb.ref('excluded.fails'),
        warnings: eb.ref('excluded.warnings'),
        hints: eb.ref('excluded.hints'),
        at: eb.ref('excluded.at'),
      })),
    )
    .execute()
}

export type Examination = { findings: Finding[]; version: number; at: Date }

export async function findExamination(
  db: Db | Tx,
  of: { agency: string; id: string },
): Promise<Examination | undefined> {
  const row = await db
    .selectFrom('competition.examination')
    .select(['findings', 'version', 'at'])
    .where('agency', '=', of.agency)
    .where('proposal', '=', of.id)
    .executeTakeFirst()
  return row && { ...row, findings: row.findings as Finding[] }
}

/** An award of the register, to be named. */
export function findAward(db: Db | Tx, id: string) {
  return db
    .selectFrom('competition.winner')
    .select(['id', 'name', 'agency_name as agencyName', 'year'])
    .where('id', '=', id)
    .executeTakeFirst()
}
