import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { type PaperContent, type PaperKind, paperNumber } from '../domain/paper.ts'
import type { Given } from '../domain/shown.ts'

const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** The next number of its kind and year. Taken in the act that uses it: an act that fails gives it back. */
async function nextNumber(tx: Tx, kind: PaperKind, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into replication.counter (kind, year, last) values (${kind}, ${year}, 1)
    on conflict (kind, year) do update set last = replication.counter.last + 1 returning last`.execute(tx)
  return rows[0]!.last
}

/** Give a paper its number and keep what stands on it. */
export async function savePaper(
  tx: Tx,
  of: { agency: string; id: string },
  { kind, year, content }: { kind: PaperKind; year: number; content: PaperContent },
  by: { person: string | null; at: Date },
): Promise<void> {
  const n = await nextNumber(tx, kind, year)
  const code = Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')
  await tx
    .insertInto('replication.paper')
    .values({
      kind,
      year,
      n,
      agency: of.agency,
      process: of.id,
      code,
      content: JSON.stringify(content),
      at: by.at,
      by: by.person,
    })
    .execute()
}

/** What was given for a replication, by kind. */
export async function papersOf(db: Db | Tx, process: string) {
  const rows = await db.selectFrom('replication.paper').selectAll().where('process', '=', process).execute()
  const given = (kind: PaperKind): (Given & { content: PaperContent }) | undefined => {
    const row = rows.find((one) => one.kind === kind)
    return (
      row && {
        number: paperNumber(kind, row.year, row.n),
        at: row.at,
        code: row.code,
        content: row.content as PaperContent,
      }
    )
  }
  return { agreement: given('agreement'), certificate: given('certificate') }
}

/** A certificate by its number and the code that stands on it. Both must fit. */
export async function findCertificate(db: Db, number: { year: number; n: number }, code: string) {
  const row = await db
    .selectFrom('replication.paper as p')
    .innerJoin('replication.process as c', 'c.id', 'p.process')
    .select(['p.content', 'p.at', 'c.innovation', 'c.state'])
    .where('p.kind', '=', 'certificate')
    .where('p.year', '=', number.year)
    .where('p.n', '=', number.n)
    .where('p.code', '=', code)
    .executeTakeFirst()
  return row && { at: row.at, innovation: row.innovation, content: row.content as PaperContent }
}
