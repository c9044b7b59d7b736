import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Signed } from '../domain/signed.ts'

/** A service that came from another installation, with what it reported last. */
export type Adoption = {
  agency: string
  agencyName: string
  region: string | null
  service: string
  package: string
  version: string
  peer: string
  peerKey: string
  sequence: number
  /** What was reported last, and when. */
  last: { content: Signed; made: Date } | null
}

/** Adoptions: of one agency, of one service, or all. One query. */
export async function listAdoptions(
  db: Db | Tx,
  only: { agency?: string; service?: string } = {},
): Promise<Adoption[]> {
  const rows = await db
    .selectFrom('exchange.adoption as d')
    .innerJoin('services.service as s', (join) =>
      join.onRef('s.agency', '=', 'd.agency').onRef('s.id', '=', 'd.service'),
    )
    .innerJoin('services.release as r', 'r.hash', 's.release')
    .innerJoin('people.agency as a', 'a.id', 'd.agency')
    .innerJoin('exchange.peer as p', 'p.id', 'd.peer')
    .leftJoin('exchange.report as last', (join) =>
      join
        .onRef('last.agency', '=', 'd.agency')
        .onRef('last.service', '=', 'd.service')
        .onRef('last.sequence', '=', 'd.sequence'),
    )
    .select([
      'd.agency',
      'd.service',
      'd.package',
      'd.peer',
      'd.sequence',
      'p.key as peerKey',
      'a.name as agencyName',
      'a.region',
      'r.version',
      'last.content',
      'last.made',
    ])
    .$if(only.agency !== undefined, (query) => query.where('d.agency', '=', only.agency!))
    .$if(only.service !== undefined, (query) => query.where('d.service', '=', only.service!))
    .orderBy('a.name')
    .orderBy('d.package')
    .execute()
  return rows.map(({ content, made, ...row }) => ({
    ...row,
    last: content && made ? { content: content as unknown as Signed, made } : null,
  }))
}

/** The service that was just adopted, or taken again from the same place in a newer version. */
export async function saveAdoption(
  tx: Tx,
  { agency, service, peer, package: name }: { agency: string; service: string; peer: string; package: string },
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto('exchange.adoption')
    .values({ agency, service, peer, package: name, at: by.at, by: by.person })
    .onConflict((c) => c.columns(['agency', 'service']).doUpdateSet({ peer }))
    .execute()
}

/** The adoption as one that reports, held so that reports are made one after the other. */
export async function holdAdoption(tx: Tx, _actor: Actor, service: string): Promise<Adoption | undefined> {
  const held = await tx
    .selectFrom('exchange.adoption')
    .select('service')
    .where('service', '=', service)
    .forUpdate()
    .executeTakeFirst()
  return held && (await listAdoptions(tx, { service }))[0]
}

export async function saveReport(
  tx: Tx,
  { agency, service, peer }: Adoption,
  { sequence, content }: { sequence: number; content: Signed },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('exchange.report')
    .values({ agency, service, peer, sequence, content: JSON.stringify(content), made: at, next: at })
    .execute()
  await tx
    .updateTable('exchange.adoption')
    .set({ sequence })
    .where('agency', '=', agency)
    .where('service', '=', service)
    .execute()
}

/** The next report that may be sent: of each service the oldest that waits. Held; others take another. */
export const holdNextReport = (tx: Tx, now: Date) =>
  tx
    .selectFrom('exchange.report as r')
    .innerJoin('exchange.peer as p', 'p.id', 'r.peer')
    .select(['r.agency', 'r.service', 'r.sequence', 'r.content', 'r.tries', 'p.origin', 'p.key'])
    .where('r.sent', 'is', null)
    .where('r.next', '<=', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('exchange.report as e')
            .select('e.sequence')
            .whereRef('e.agency', '=', 'r.agency')
            .whereRef('e.service', '=', 'r.service')
            .whereRef('e.sequence', '<', 'r.sequence')
            .where('e.sent', 'is', null),
        ),
      ),
    )
    .orderBy('r.next')
    .limit(1)
    .forUpdate('r')
    .skipLocked()
    .executeTakeFirst()

export async function saveTry(
  tx: Tx,
  report: { agency: string; service: string; sequence: number; tries: number },
  outcome: { sent: Date } | { failure: string; next: Date },
): Promise<void> {
  await tx
    .updateTable('exchange.report')
    .set({ tries: report.tries + 1, ...('sent' in outcome ? { sent: outcome.sent, failure: null } : outcome) })
    .where('agency', '=', report.agency)
    .where('service', '=', report.service)
    .where('sequence', '=', report.sequence)
    .execute()
}

/** Reports of these services, newest first: at most twenty of each. */
export const listReports = (db: Db, service: string) =>
  db
    .selectFrom('exchange.report')
    .select(['sequence', 'content', 'made', 'tries', 'next', 'sent', 'failure'])
    .where('service', '=', service)
    .orderBy('sequence', 'desc')
    .limit(20)
    .execute()
