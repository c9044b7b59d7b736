import { sql } from 'kysely'
import { administered, isLocalAdminOf, isUnitOf, unitsOf } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { ResultLetter } from '../domain/result-letter.ts'
import { listReadings } from './admission.ts'
import { findAward } from './examination.ts'
import { findProposal, listMoves } from './proposal.ts'
import { findRound } from './round.ts'
import { receiptOf } from './submission.ts'

/**
 * The letter with the result of an entry, as its owners and the secretariat may read it; undefined until there is a
 * result. `unread` when an owner opens it for the first time.
 */
export async function findResultLetter(
  db: Db,
  actor: Actor,
  id: string,
): Promise<(ResultLetter & { unread: boolean }) | undefined> {
  const proposal = await findProposal(db, actor, id)
  if (!proposal || !['passed', 'failed', 'withdrawn'].includes(proposal.state)) return undefined
  const [receipt, round] = [await receiptOf(db, proposal), await findRound(db, proposal.round)]
  if (!receipt || !round) return undefined
  const kind = proposal.state as ResultLetter['kind']
  const { agency, title, unitName, agencyName, since: at } = proposal
  const about = { kind, agency, proposal: id, title, unitName, agencyName, at, receipt: receipt.number }
  const entry = { ...about, number: proposal.number ?? 0, round: round.rules.name }
  if (kind === 'withdrawn') {
    const note = (await listMoves(db, proposal)).findLast((move) => move.to === 'withdrawn')?.note ?? null
    return { ...entry, reading: 0, reasons: [], note, source: undefined, unread: false }
  }
  const last = (await listReadings(db, proposal)).at(-1)
  const source = last?.source ? await findAward(db, last.source) : undefined
  const reading = last?.reading ?? 0
  const owner = isLocalAdminOf(actor, agency) || isUnitOf(actor, agency, proposal.unit)
  const unread = owner && reading > 0 && !(await hasOpened(db, { agency, id, reading }, actor))
  return { ...entry, reading, reasons: last?.reasons ?? [], note: last?.note ?? null, source, unread }
}

async function hasOpened(db: Db | Tx, of: { agency: string; id: string; reading: number }, actor: Actor) {
  const row = await db
    .selectFrom('competition.result_reader')
    .select('at')
    .where('agency', '=', of.agency)
    .where('proposal', '=', of.id)
    .where('reading', '=', of.reading)
    .where('person', '=', actor.id)
    .executeTakeFirst()
  return row !== undefined
}

export type ResultHeld = { agency: string; unit: string; id: string; reading: number; read: boolean }

/** An entry with a result whose owner opens the letter, held, so that two windows count as one reading. */
export async function holdOwnResult(tx: Tx, actor: Actor, id: string): Promise<ResultHeld | undefined> {
  const row = await tx
    .selectFrom('competition.proposal as p')
    .select(['p.agency', 'p.unit', 'p.id', lastReading.as('reading')])
    .where('p.id', '=', id)
    .where('p.state', 'in', ['passed', 'failed'])
    .forUpdate('p')
    .executeTakeFirst()
  if (!row?.reading || !(isLocalAdminOf(actor, row.agency) || isUnitOf(actor, row.agency, row.unit))) return undefined
  const held = { ...row, reading: row.reading }
  return { ...held, read: await hasOpened(tx, held, actor) }
}

export async function saveResultReader(tx: Tx, of: ResultHeld, person: string, at: Date): Promise<void> {
  await tx
    .insertInto('competition.result_reader')
    .values({ agency: of.agency, proposal: of.id, reading: of.reading, person, at })
    .execute()
}

const lastReading = sql<number | null>`(select max(d.reading) from competition.admission d
  where d.agency = p.agency and d.proposal = p.id)`

/** An entry that was handed in, whatever became of it, with its letter of the administrative selection. */
export type HandedIn = {
  agency: string
  id: string
  unit: string
  round: string
  number: number
  title: string
  state: 'submitted' | 'passed' | 'failed' | 'withdrawn'
  agencyName: string
  unitName: string
  receipt: string
  /** When the letter with the result went out, and when an owner first opened it. Null while there is no result. */
  result: { at: Date; read: Date | null } | null
  withdrawn: Date | null
}

const handedIn = (db: Db) =>
  db
    .selectFrom('competition.proposal as p')
    .innerJoin('competition.submission as s', (join) =>
      join.onRef('s.agency', '=', 'p.agency').onRef('s.proposal', '=', 'p.id'),
    )
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .innerJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'p.agency').onRef('u.id', '=', 'p.unit'))

/** Entries handed in: of a round, or of whoever asks over all rounds. A page of them by number, newest round first. */
export async function listHandedIn(
  db: Db,
  of: { round: string } | { owner: Actor },
  at: { page: number; size: number },
): Promise<{ rows: HandedIn[]; total: number }> {
  const mine = 'owner' in of ? { units: unitsOf(of.owner), agencies: administered(of.owner) } : undefined
  const wanted = handedIn(db)
    .$if('round' in of, (q) => q.where('p.round', '=', 'round' in of ? of.round : ''))
    .$if(mine !== undefined, (q) =>
      q.where((eb) =>
        eb.or([
          eb('p.agency', '=', eb.fn.any(eb.val(mine!.agencies))),
          ...mine!.units.map(({ agency, unit }) => eb.and([eb('p.agency', '=', agency), eb('p.unit', '=', unit)])),
        ]),
      ),
    )
  const { n } = await wanted.select((eb) => eb.fn.countAll<string>().as('n')).executeTakeFirstOrThrow()
  const read = sql<Date | null>`(select min(r.at) from competition.result_reader r
    where r.agency = p.agency and r.proposal = p.id and r.reading = ${lastReading})`
  const rows = await wanted
    .innerJoin('competition.round as o', 'o.id', 'p.round')
    .select(['p.agency', 'p.id', 'p.unit', 'p.round', 'p.title', 'p.state', 'p.state_since as since'])
    .select(['a.name as agencyName', 'u.name as unitName', 's.number as receipt'])
    .select((eb) => eb.fn.coalesce('p.number', sql<number>`0`).as('number'))
    .select([lastReading.as('reading'), read.as('read')])
    .orderBy('o.closes', 'desc')
    .orderBy('p.number')
    .orderBy('p.id')
    .limit(at.size)
    .offset((at.page - 1) * at.size)
    .execute()
  return {
    total: Number(n),
    rows: rows.map(({ since, reading, read, ...row }) => {
      const state = row.state as HandedIn['state']
      const decided = reading !== null && (state === 'passed' || state === 'failed')
      return {
        ...row,
        state,
        result: decided ? { at: since, read } : null,
        withdrawn: state === 'withdrawn' ? since : null,
      }
    }),
  }
}
