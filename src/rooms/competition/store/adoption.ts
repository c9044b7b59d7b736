import type { Db, Tx } from '#platform/db.ts'
import type { Adopted, AdoptedAward } from '../domain/adoption.ts'
import { awardsOfInnovations } from './examination.ts'
import { innovationsByCode } from './register-code.ts'

export type FindAdopted = (db: Db | Tx, agency: string, now: Date) => Promise<Adopted[]>
let find: FindAdopted = async () => []

/** Told once at start: who copied what is the business of a room that this one may not know. */
export function knowAdoptions(adoptedBy: FindAdopted) {
  find = adoptedBy
}

/** What the agency adopted from others, each with its last award in the register. Two queries besides the other room's. */
export async function adoptedBy(db: Db | Tx, agency: string, now: Date): Promise<AdoptedAward[]> {
  const adopted = await find(db, agency, now)
  const codes = await innovationsByCode(
    db,
    adopted.map(({ innovation }) => innovation),
  )
  const awards = await awardsOfInnovations(db, [...codes.values()])
  return adopted.map((one) => {
    const own = awards.filter(({ innovation }) => innovation === codes.get(one.innovation))
    const last = own.sort((a, b) => (b.year ?? 0) - (a.year ?? 0) || (a.id < b.id ? -1 : 1))[0]
    return { ...one, award: last ? { id: last.id, year: last.year } : null }
  })
}

/** The adoption of the innovation that this row of the register names; undefined where the agency has none. */
export async function adoptionOf(
  db: Db | Tx,
  { agency, source }: { agency: string; source: string | null },
  now: Date,
): Promise<Adopted | undefined> {
  if (source === null) return undefined
  const named = await db
    .selectFrom('competition.winner')
    .select('innovation')
    .where('id', '=', source)
    .executeTakeFirst()
  const adopted = named ? await find(db, agency, now) : []
  const codes = await innovationsByCode(
    db,
    adopted.map(({ innovation }) => innovation),
  )
  return adopted.find(({ innovation }) => codes.get(innovation) === named?.innovation)
}
