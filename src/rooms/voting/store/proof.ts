import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Election } from '../domain/election.ts'
import type { Proof, Unrecorded } from '../domain/proof.ts'

/** What the results that count in an election rest on, by number of the polling place. One query. */
export async function proofsOf(db: Db | Tx, election: string): Promise<Proof[]> {
  const { rows } = await sql<Omit<Proof, 'unrecorded'> & { [K in keyof Unrecorded]: Unrecorded[K] | null }>`
    select t.id as tps, t.number, encode(c.head, 'hex') as head, r.how, encode(r.archive, 'hex') as archive,
      coalesce((select jsonb_agg(jsonb_build_object('sha256', encode(f.sha256, 'hex'), 'kind', f.kind, 'verdict', f.verdict))
        from voting.record f where f.tps = t.id), '[]') as files,
      u.text, u.by, b.name as "byName", u.confirmed, k.name as "confirmedBy"
    from voting.tps_count c join voting.tps t on t.agency = c.agency and t.id = c.tps
    join voting.result r on r.agency = c.agency and r.hash = c.head
    left join voting.unrecorded u on u.agency = c.agency and u.tps = c.tps and u.result = c.head
    left join people.person b on b.id = u.by left join people.person k on k.id = u.confirmed_by
    where c.election = ${election} order by t.number`.execute(db)
  return rows.map(({ text, by, byName, confirmed, confirmedBy, ...row }) => ({
    ...row,
    unrecorded: text !== null && by !== null && byName !== null ? { text, by, byName, confirmed, confirmedBy } : null,
  }))
}

type Of = Pick<Election, 'agency' | 'id'>
type By = { by: string; at: Date }
const of = (proof: Pick<Proof, 'tps' | 'head'>) => ({ tps: proof.tps, result: Buffer.from(proof.head, 'hex') })

export async function insertUnrecorded(
  tx: Tx,
  { agency, id }: Of,
  proof: Pick<Proof, 'tps' | 'head'>,
  text: string,
  { by, at }: By,
): Promise<void> {
  await tx
    .insertInto('voting.unrecorded')
    .values({ agency, election: id, ...of(proof), text, made: at, by })
    .execute()
}

export async function saveUnrecorded(
  tx: Tx,
  { agency }: Of,
  proof: Pick<Proof, 'tps' | 'head'>,
  { by, at }: By,
): Promise<void> {
  const { tps, result } = of(proof)
  await tx
    .updateTable('voting.unrecorded')
    .set({ confirmed: at, confirmed_by: by })
    .where('agency', '=', agency)
    .where('tps', '=', tps)
    .where('result', '=', result)
    .execute()
}
