import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import {
  bandKeys,
  estimateJaccard,
  signatureBytes,
  signatureFromBytes,
  signatureVersion,
} from '../domain/similarity.ts'

/** The list of the form's own wording that is in force, and its number. List 0 is empty. */
export type Wording = { id: number; shingles: Uint32Array }

/** The list in force. The first asker makes the empty list 0. */
export async function wordingInForce(db: Db | Tx, at: Date): Promise<Wording> {
  const row = await db
    .selectFrom('competition.wording')
    .select(['id', 'version', 'shingles'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row && row.version === signatureVersion) return { id: row.id, shingles: numbers(row.shingles) }
  return addWording(db, { round: null, shingles: new Uint32Array(0), texts: 0, at })
}

/** A new list, in force from now on. Signatures made with an older one are found no more until they are made anew. */
export async function addWording(
  db: Db | Tx,
  list: { round: string | null; shingles: Uint32Array; texts: number; at: Date },
): Promise<Wording> {
  const { rows } = await sql<{ id: number }>`
    insert into competition.wording (id, round, version, shingles, texts, at)
    select coalesce(max(id) + 1, 0), ${list.round}, ${signatureVersion}, ${bytes(list.shingles)}, ${list.texts}, ${list.at}
    from competition.wording
    on conflict do nothing returning id`.execute(db)
  // Two askers at once: the other's list stands.
  return rows[0] ? { id: rows[0].id, shingles: list.shingles } : wordingInForce(db, list.at)
}

function bytes(list: Uint32Array): Buffer {
  const buffer = Buffer.alloc(list.length * 4)
  list.forEach((value, i) => {
    buffer.writeUInt32LE(value, i * 4)
  })
  return buffer
}

const numbers = (buffer: Buffer) =>
  Uint32Array.from({ length: buffer.length / 4 }, (_, i) => buffer.readUInt32LE(i * 4))

export type Signed = {
  agency: string
  proposal: string
  round: string
  signature: Uint32Array
  words: number
}

/** Keep signatures with their bands, in place of earlier ones. */
export async function saveSignatures(tx: Tx, signed: readonly Signed[], wording: number, at: Date): Promise<void> {
  if (signed.length === 0) return
  const agencies = signed.map((each) => each.agency)
  const proposals = signed.map((each) => each.proposal)
  await sql`delete from competition.signature s using unnest(${agencies}::uuid[], ${proposals}::uuid[]) as t (agency, proposal)
    where s.agency = t.agency and s.proposal = t.proposal`.execute(tx)
  await tx
    .insertInto('competition.signature')
    .values(
      signed.map(({ signature, ...of }) => ({ ...of, wording, minhash: Buffer.from(signatureBytes(signature)), at })),
    )
    .execute()
  const bands = signed.flatMap((each) =>
    [...new Set(bandKeys(each.signature))].map((band) => ({ agency: each.agency, proposal: each.proposal, band })),
  )
  await sql`insert into competition.band (agency, proposal, wording, band)
    select agency, proposal, ${wording}::int, band
    from unnest(${bands.map((b) => b.agency)}::uuid[], ${bands.map((b) => b.proposal)}::uuid[], ${bands.map((b) => b.band)}::int[])
      as t (agency, proposal, band)`.execute(tx)
}

/** Submissions not signed with the list in force: up to `limit`, by id. */
export async function listUnsigned(db: Db | Tx, wording: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('competition.submission as s')
    .leftJoin('competition.signature as g', (join) =>
      join.onRef('g.agency', '=', 's.agency').onRef('g.proposal', '=', 's.proposal'),
    )
    .select('s.proposal as id')
    .where((eb) => eb.or([eb('g.wording', 'is', null), eb('g.wording', '!=', wording)]))
    .orderBy('s.proposal')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** The candidates' rows and signatures, by the band index; the query is exported so that a test can ask for its plan. */
export const candidatesQuery = (keys: readonly number[], wording: number) =>
  sql<{ agency: string; proposal: string; minhash: Buffer }>`
    select s.agency, s.proposal, s.minhash
    from competition.signature s
    where (s.agency, s.proposal) in (
      select b.agency, b.proposal from competition.band b where b.band = any (${[...keys]}::int[]) and b.wording = ${wording})`

export type TextMatch = { agency: string; proposal: string; likeness: number }

/** Submissions whose text is like this signature, from the threshold up, most alike first; never the proposal itself. */
export async function textsLike(
  db: Db | Tx,
  asked: { signature: Uint32Array; wording: number; not: string },
  threshold: number,
): Promise<TextMatch[]> {
  const keys = bandKeys(asked.signature)
  if (keys.length === 0) return []
  const { rows } = await candidatesQuery([...keys], asked.wording).execute(db)
  return rows
    .filter((row) => row.proposal !== asked.not)
    .map(({ agency, proposal, minhash }) => ({
      agency,
      proposal,
      likeness: estimateJaccard(asked.signature, signatureFromBytes(minhash)),
    }))
    .filter((match) => match.likeness >= threshold)
    .sort((a, b) => b.likeness - a.likeness || (a.proposal < b.proposal ? -1 : 1))
}

export type TitleMatch = { agency: string; proposal: string; title: string; asked: string }

/** Submissions with titles near these, by the trigram index; comparing them exactly is the caller's. */
export async function titlesNear(db: Db | Tx, titles: readonly string[]): Promise<TitleMatch[]> {
  if (titles.length === 0) return []
  const { rows } = await sql<TitleMatch>`
    select p.agency, p.id as proposal, p.title, t.title as asked
    from unnest(${[...new Set(titles)]}::text[]) as t (title)
    join competition.proposal p on lower(p.title) % lower(t.title)
    where p.number is not null and p.state in ('submitted', 'passed', 'failed')
    order by t.title, p.id`.execute(db)
  return rows
}

/** What a likeness is told with: enough of the other submission to decide whether it concerns this one. */
export type Other = {
  agency: string
  id: string
  round: string
  title: string
  state: string
  agencyName: string
  year: number | null
  /** It passed, and its round's administrative selection is closed: it stands on the published list. */
  published: boolean
}

export async function listOthers(db: Db | Tx, ids: readonly string[]): Promise<Map<string, Other>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Other>`
    select p.agency, p.id, p.round, p.title, p.state, a.name as "agencyName", (v.rules ->> 'year')::int as year,
      p.state = 'passed' and exists (select from competition.stage s
        where s.round = p.round and s.kind = 'admission' and s.closed is not null) as published
    from competition.proposal p
    join people.agency a on a.id = p.agency
    join competition.round r on r.id = p.round
    join competition.round_version v on v.round = r.id and v.version = r.version
    where p.id = any (${[...new Set(ids)]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

export type Likeness = {
  agency: string
  proposal: string
  other_agency: string
  other: string
  title: number
  text: number | null
}

/** Forget what the submissions of a round are like, before all of them are compared anew. */
export async function forgetLikenesses(tx: Db | Tx, round: string): Promise<void> {
  await sql`delete from competition.likeness l using competition.proposal p
    where p.agency = l.agency and p.id = l.proposal and p.round = ${round}`.execute(tx)
}

/** Keep likenesses; a pair within a round stands in both directions. What was submitted is frozen, so none becomes untrue. */
export async function saveLikenesses(
  tx: Tx,
  found: readonly (Likeness & { sameRound: boolean })[],
  at: Date,
): Promise<void> {
  const rows = found.flatMap(({ sameRound, ...row }) => [
    { ...row, at },
    ...(sameRound
      ? [{ ...row, agency: row.other_agency, proposal: row.other, other_agency: row.agency, other: row.proposal, at }]
      : []),
  ])
  if (rows.length > 0)
    await tx
      .insertInto('competition.likeness')
      .values(rows)
      // A pair that was found by its titles before the other text was signed gets its likeness of texts now.
      .onConflict((c) =>
        c.columns(['agency', 'proposal', 'other_agency', 'other']).doUpdateSet((eb) => ({
          title: eb.ref('excluded.title'),
          text: eb.fn.coalesce('excluded.text', 'competition.likeness.text'),
          at: eb.ref('excluded.at'),
        })),
      )
      .execute()
}

/** The likenesses of these proposals, most alike first. */
export async function listLikenesses(db: Db | Tx, proposals: readonly string[]): Promise<Likeness[]> {
  if (proposals.length === 0) return []
  return db
    .selectFrom('competition.likeness')
    .select(['agency', 'proposal', 'other_agency', 'other', 'title', 'text'])
    .where('proposal', 'in', proposals)
    .orderBy(sql`greatest(title, coalesce(text, 0))`, 'desc')
    .orderBy('other')
    .execute()
}

/** One comparison at a time: two texts that arrive together are compared one after the other, so that they meet. */
export async function holdComparing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(7018)`.execute(tx)
}

/** Whether the form's wording was learnt from this round already. */
export async function isLearnt(db: Db | Tx, round: string): Promise<boolean> {
  const row = await db.selectFrom('competition.wording').select('id').where('round', '=', round).executeTakeFirst()
  return row !== undefined
}

/** The award that this proposal of ours holds in the register, the latest. */
export function awardOfProposal(db: Db | Tx, proposal: string): Promise<{ id: string; name: string } | undefined> {
  return db
    .selectFrom('competition.winner')
    .select(['id', 'name'])
    .where('proposal', '=', proposal)
    .orderBy('year', 'desc')
    .limit(1)
    .executeTakeFirst()
}
