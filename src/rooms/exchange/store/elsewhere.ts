import type { Db } from '#platform/db.ts'
import { type Offered, type Standing, standingOf } from '../domain/catalogue.ts'
import { listSubscribed, type Peer } from './peer.ts'

/** A package that another installation offers, as one agency here sees it. */
export type FromElsewhere = { peer: Peer; entry: Offered; installed: string | null; standing: Standing }

/** What others offer, for an agency. Two queries. */
export async function listElsewhere(db: Db, agency: string): Promise<FromElsewhere[]> {
  const peers = await listSubscribed(db)
  const running = await db
    .selectFrom('services.service as s')
    .innerJoin('services.release as r', 'r.hash', 's.release')
    .select(['s.package', 'r.version'])
    .where('s.agency', '=', agency)
    .where('s.retired', 'is', null)
    .execute()
  const versions = new Map(running.map((row) => [row.package, row.version]))
  return peers.flatMap((peer) =>
    peer.packages.map((entry) => {
      const installed = versions.get(entry.id) ?? null
      return { peer, entry, installed, standing: standingOf(entry.version, installed) }
    }),
  )
}

/** The same for the page on which an agency installs packages. */
export const offersFor = async (db: Db, agency: string) =>
  (await listElsewhere(db, agency)).map(({ peer, entry, installed, standing }) => ({
    href: `/exchange/agencies/${agency}/packages/${peer.id}/${entry.id}`,
    names: entry.names,
    version: entry.version,
    from: peer.name,
    installed,
    newer: standing === 'newer',
  }))
