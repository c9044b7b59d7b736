import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Election } from '../../domain/election.ts'
import type { FixedKind } from './fixed.ts'

/** What a candidate did with the printed sheet of a fixed roll. `signed` is null while nothing is noted. */
export type Signing = {
  candidate: string
  name: string
  number: number | null
  signed: boolean | null
  note: string | null
  by: string | null
  byId: string | null
  confirmed: Date | null
  confirmedBy: string | null
}

export async function signingsOf(db: Db | Tx, election: string, kind: FixedKind): Promise<Signing[]> {
  const { rows } = await sql<Signing>`
    select c.id as candidate, c.name, c.number, s.signed, s.note, a.name as by, s.by as "byId", s.confirmed,
      b.name as "confirmedBy"
    from voting.candidate c left join voting.roll_signature s on s.candidate = c.id and s.kind = ${kind}
    left join people.person a on a.id = s.by left join people.person b on b.id = s.confirmed_by
    where c.election = ${election} and not c.empty_box order by c.number, c.name, c.id`.execute(db)
  return rows
}

/** Note it, or note it anew as long as nobody confirmed it. */
export async function saveSigning(
  tx: Tx,
  { agency, id }: Pick<Election, 'agency' | 'id'>,
  noted: { kind: FixedKind; candidate: string; signed: boolean; note: string | null },
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.roll_signature')
    .values({ agency, election: id, ...noted, by, at })
    .onConflict((conflict) =>
      conflict
        .columns(['agency', 'election', 'kind', 'candidate'])
        .doUpdateSet({ signed: noted.signed, note: noted.note, by, at }),
    )
    .execute()
}

export async function confirmSigning(
  tx: Tx,
  { election, kind, candidate }: { election: string; kind: FixedKind; candidate: string },
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('voting.roll_signature')
    .set({ confirmed: at, confirmed_by: by })
    .where('election', '=', election)
    .where('kind', '=', kind)
    .where('candidate', '=', candidate)
    .execute()
}
