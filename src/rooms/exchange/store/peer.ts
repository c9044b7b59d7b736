import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Catalogue, Offered } from '../domain/catalogue.ts'

/** Another installation. */
export type Peer = {
  id: string
  key: string
  origin: string
  name: string
  met: Date
  verified: Date | null
  verified_by: string | null
  subscribed: Date | null
  sequence: number | null
  digest: Buffer | null
  packages: readonly Offered[]
  until: Date | null
  fetched: Date | null
  tried: Date | null
  failure: string | null
  other_key: string | null
  failures: number
}

const peers = (db: Db | Tx) =>
  db
    .selectFrom('exchange.peer')
    .select([
      'id',
      'key',
      'origin',
      'name',
      'met',
      'verified',
      'verified_by',
      'subscribed',
      'sequence',
      'digest',
      'catalogue',
      'until',
      'fetched',
      'tried',
      'failure',
      'other_key',
      'failures',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof peers>['executeTakeFirstOrThrow']>>
const asPeer = ({ catalogue, sequence, ...row }: Row): Peer => ({
  ...row,
  sequence: sequence === null ? null : Number(sequence),
  packages: (catalogue as { content: Catalogue } | null)?.content.packages ?? [],
})

export async function findPeer(db: Db | Tx, id: string): Promise<Peer | undefined> {
  const row = await peers(db).where('id', '=', id).executeTakeFirst()
  return row && asPeer(row)
}
export async function holdPeer(tx: Tx, _actor: Actor, id: string): Promise<Peer | undefined> {
  const row = await peers(tx).where('id', '=', id).forUpdate().executeTakeFirst()
  return row && asPeer(row)
}
export const listPeers = async (db: Db): Promise<Peer[]> =>
  (await peers(db).orderBy('origin').limit(1000).execute()).map(asPeer)
export const listSubscribed = async (db: Db): Promise<Peer[]> =>
  (await peers(db).where('subscribed', 'is not', null).orderBy('origin').execute()).map(asPeer)

/** Installations to be looked at again: hourly; after a failure later and later, up to six hours; strangers for a week. */
export async function listDue(db: Db, now: Date): Promise<Peer[]> {
  const rows = await peers(db)
    .where((eb) =>
      eb.or([
        eb('subscribed', 'is not', null),
        eb.and([eb('verified', 'is', null), eb('met', '>', new Date(now.getTime() - 7 * 86_400_000))]),
      ]),
    )
    .where((eb) =>
      eb.or([
        eb('tried', 'is', null),
        sql<boolean>`tried < ${now}::timestamptz - make_interval(mins => case when failures = 0 then 60 else least(360, (2 ^ least(failures, 10))::int) end)`,
      ]),
    )
    .orderBy(sql`tried nulls first`)
    .limit(50)
    .execute()
  return rows.map(asPeer)
}

/** What is known of this key and of this address; both are held, so that two who meet the same stranger do so in turn. */
export async function holdMeeting(tx: Tx, { key, origin }: { key: string; origin: string }) {
  await sql`select pg_advisory_xact_lock(7025, 0)`.execute(tx)
  const rows = (
    await peers(tx)
      .where((eb) => eb.or([eb('key', '=', key), eb.and([eb('origin', '=', origin), eb('verified', 'is not', null)])]))
      .forUpdate()
      .execute()
  ).map(asPeer)
  return {
    byKey: rows.find((row) => row.key === key),
    byOrigin: rows.find((row) => row.origin === origin && row.verified !== null),
  }
}
export type Meeting = Awaited<ReturnType<typeof holdMeeting>>

export const countStrangers = async (tx: Tx): Promise<number> =>
  Number(
    (
      await tx
        .selectFrom('exchange.peer')
        .select((eb) => eb.fn.countAll().as('n'))
        .where('verified', 'is', null)
        .executeTakeFirstOrThrow()
    ).n,
  )

/** Keep an installation that was not known; its id. */
export async function newPeer(
  tx: Tx,
  peer: { id: string; key: string; origin: string; name: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('exchange.peer')
    .values({ ...peer, met: at })
    .execute()
}
export const peerId = newId

type Edition = { catalogue: Catalogue; text: string; digest: Buffer }
const edition = ({ catalogue: { installation, sequence, until }, text, digest }: Edition, at: Date) => ({
  name: installation.name,
  sequence,
  digest,
  catalogue: text,
  until: new Date(until),
  fetched: at,
  tried: at,
  failure: null,
  other_key: null,
  failures: 0,
})

export async function saveSubscription(
  tx: Tx,
  id: string,
  { person, at, ...taken }: Edition & { origin: string; person: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('exchange.peer')
    .set({
      ...edition(taken, at),
      origin: taken.origin,
      verified: at,
      verified_by: person,
      subscribed: at,
      subscribed_by: person,
    })
    .where('id', '=', id)
    .execute()
}
export async function saveSubscriptionEnd(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('exchange.peer').set({ subscribed: null, subscribed_by: null }).where('id', '=', id).execute()
}
export async function saveConfirmed(tx: Tx, id: string, by: { person: string | null; at: Date }): Promise<void> {
  await tx.updateTable('exchange.peer').set({ verified: by.at, verified_by: by.person }).where('id', '=', id).execute()
}

/** A catalogue of the known key was found at its address. Of those who only report to us, that is all we keep. */
export async function saveEditionOf(tx: Tx, peer: Peer, taken: Edition, at: Date): Promise<void> {
  const { name, tried, failure, other_key, failures, ...rest } = edition(taken, at)
  await tx
    .updateTable('exchange.peer')
    .set({
      name,
      tried,
      failure,
      other_key,
      failures,
      verified: peer.verified ?? at,
      ...(peer.subscribed && rest),
    })
    .where('id', '=', peer.id)
    .execute()
}
export async function saveFailure(
  tx: Tx,
  peer: Peer,
  { failure, otherKey, at }: { failure: string; otherKey: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('exchange.peer')
    .set({ failure, other_key: otherKey, tried: at, failures: peer.failures + 1 })
    .where('id', '=', peer.id)
    .execute()
}

/** The house's dealings with others as a thing that acts are done to, before it is known with whom. */
export const exchangeId = '00000000-0000-7000-8000-000000007024'
