import type { Db, Tx } from '#platform/db.ts'
import { type Heartbeat, withSmallHidden } from '../domain/heartbeat.ts'
import type { Signed } from '../domain/signed.ts'

/** What was received of a service elsewhere under this number, and the last number of it. */
export async function findReceived(tx: Tx, peer: string, service: string, sequence: number) {
  const rows = await tx
    .selectFrom('exchange.heartbeat')
    .select(['sequence', 'content'])
    .where('peer', '=', peer)
    .where('service', '=', service)
    .orderBy('sequence', 'desc')
    .execute()
  const same = rows.find((row) => row.sequence === sequence)
  return { last: rows[0]?.sequence ?? 0, same: same ? (same.content as unknown as Signed) : null }
}

export async function saveHeartbeat(
  tx: Tx,
  peer: string,
  { service, sequence, package: name, version }: Heartbeat,
  text: string,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('exchange.heartbeat')
    .values({ peer, service, sequence, package: name, version, content: text, received: at })
    .execute()
}

/** An adopter in another installation, by its last report. */
export type Adopter = {
  peer: string
  from: string
  origin: string
  /** When the key was found at its address or compared; none: nobody knows yet whose it is. */
  verified: Date | null
  received: Date
  said: Heartbeat
}

/** Who elsewhere runs this package (or any), by the last report of each. One query. */
export async function listAdopters(db: Db, name?: string): Promise<Adopter[]> {
  const rows = await db
    .selectFrom('exchange.heartbeat as h')
    .innerJoin('exchange.peer as p', 'p.id', 'h.peer')
    .distinctOn(['h.peer', 'h.service'])
    .select(['h.peer', 'p.name as from', 'p.origin', 'p.verified', 'h.received', 'h.content'])
    .$if(name !== undefined, (query) => query.where('h.package', '=', name!))
    .orderBy('h.peer')
    .orderBy('h.service')
    .orderBy('h.sequence', 'desc')
    .limit(5000)
    .execute()
  return rows
    .map(({ content, ...row }) => ({
      ...row,
      said: withSmallHidden((content as unknown as { content: Heartbeat }).content),
    }))
    .sort((a, b) => (a.said.installed < b.said.installed ? -1 : 1))
}

/** Who elsewhere runs these packages, by package: those alone whose key was verified. One query. */
export async function adoptersOf(db: Db, packages: readonly string[]) {
  const all = (await listAdopters(db)).filter(
    ({ verified, said }) => verified !== null && packages.includes(said.package),
  )
  const shown = ({ from, said }: Adopter) => ({
    name: said.agency.name,
    from,
    since: said.installed,
    stage: said.stage,
    asleep: said.asleep !== null,
  })
  return new Map([...Map.groupBy(all, ({ said }) => said.package)].map(([name, rows]) => [name, rows.map(shown)]))
}
