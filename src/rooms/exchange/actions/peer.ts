import { type Action, nobody } from '#platform/action.ts'
import { type Db, retrying } from '#platform/db.ts'
import { record } from '#platform/log.ts'
import { askOutside, OutsideError, type Unreachable } from '#platform/outside.ts'
import { decide, refuse } from '#platform/result.ts'
import { isPublisher, savePublisher } from '#services'
import { type CatalogueRefusal, claimedKey, judgeCatalogue } from '../domain/catalogue.ts'
import { fingerprintOf } from '../domain/signed.ts'
import { nothing, subscriptionForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/peer.ts'
import { selfOf } from '../store/self.ts'

/** Bytes of a catalogue: 500 packages with texts in several languages. */
const mostCatalogue = 4_000_000

/** What stands at the well-known address of an installation. Throws `OutsideError`. */
export async function askCatalogue(origin: string): Promise<string> {
  const { status, body } = await askOutside(`${origin}/.well-known/melayani`, { most: mostCatalogue, seconds: 10 })
  if (status !== 200) throw new OutsideError('no-answer')
  return new TextDecoder().decode(body)
}

type Taken = Extract<ReturnType<typeof judgeCatalogue>, { ok: true }>['change']

/** Read another installation's catalogue from now on, and trust its seal: somebody compared the fingerprint. */
export const subscribe = (
  text: string,
): Action<
  store.Meeting & { address: string; own: string },
  { address: string; key: string },
  { peer: string; fresh: boolean; what: () => Taken },
  CatalogueRefusal | 'ourselves'
> => ({
  name: 'exchange.peer-subscribed',
  find: async (tx, _actor, address, now) => {
    const key = claimedKey(text) ?? ''
    const own = (await selfOf(tx, now)).key
    return { ...(await store.holdMeeting(tx, { key, origin: address })), address, own }
  },
  may: may.subscribe,
  input: subscriptionForm,
  decide: ({ byKey, byOrigin, address, own }, { key }, { now }) => {
    if (key === own) return refuse('ourselves')
    // An address that answered with another key before is not simply met anew.
    const before = byOrigin && { key: byOrigin.key, sequence: byOrigin.sequence, digest: byOrigin.digest }
    const known = before ?? { key, sequence: byKey?.sequence ?? null, digest: byKey?.digest ?? null }
    const judged = judgeCatalogue(text, { address, known, now })
    if (!judged.ok) return judged
    if (judged.change.catalogue.installation.key !== key) return refuse('key-changed')
    return decide({ peer: byKey?.id ?? store.peerId(), fresh: !byKey, what: () => judged.change })
  },
  save: async (tx, { address }, { peer, fresh, what }, { actor, now }) => {
    const taken = what()
    const { key, name } = taken.catalogue.installation
    if (fresh) await store.newPeer(tx, { id: peer, key, origin: address, name }, now)
    await store.saveSubscription(tx, peer, { ...taken, origin: address, person: actor.id, at: now })
    if (!(await isPublisher(tx, key))) await savePublisher(tx, key, name, { person: actor.id, at: now })
  },
  tell: ({ what }) => {
    const { name, address, key } = what().catalogue.installation
    return { name, address, fingerprint: fingerprintOf(key) }
  },
  scope: () => null,
  subject: ({ peer }) => peer,
})

/** Read it no more. What was adopted stays, and goes on reporting. */
export const endSubscription: Action<store.Peer, Record<string, never>, { name: string }, 'not-subscribed'> = {
  name: 'exchange.subscription-ended',
  find: store.holdPeer,
  may: may.endSubscription,
  input: nothing,
  decide: ({ subscribed, name }) => (subscribed ? decide({ name }) : refuse('not-subscribed')),
  save: (tx, { id }) => store.saveSubscriptionEnd(tx, id),
  tell: (change) => change,
  scope: () => null,
}

/** An installation that reports to us but cannot be asked itself: somebody compared its fingerprint by telephone. */
export const confirmPeer: Action<
  store.Peer & { taken: boolean },
  Record<string, never>,
  { name: string },
  'verified-already' | 'key-changed'
> = {
  name: 'exchange.peer-confirmed',
  find: async (tx, actor, id) => {
    const peer = await store.holdPeer(tx, actor, id)
    if (!peer) return undefined
    const { byOrigin } = await store.holdMeeting(tx, peer)
    return { ...peer, taken: byOrigin !== undefined && byOrigin.id !== id }
  },
  may: may.confirmPeer,
  input: nothing,
  decide: ({ verified, taken, name }) =>
    verified ? refuse('verified-already') : taken ? refuse('key-changed') : decide({ name }),
  save: (tx, { id }, _, { actor, now }) => store.saveConfirmed(tx, id, { person: actor.id, at: now }),
  tell: (change) => change,
  scope: () => null,
}

/**
 * Look at an installation: take its catalogue when it can be believed, otherwise keep what we have and say why. A refusal
 * is told once, an address that does not answer is no event. Returns what was wrong.
 */
export async function refresh(db: Db, id: string, now: Date): Promise<CatalogueRefusal | Unreachable | undefined> {
  const asked = await store.findPeer(db, id)
  if (!asked) return undefined
  const answer = await askCatalogue(asked.origin).catch((error: unknown) => {
    if (error instanceof OutsideError) return error
    throw error
  })
  return retrying(db, async (tx) => {
    const peer = await store.holdPeer(tx, nobody, id)
    if (!peer) return undefined
    const event = (name: string, particulars: Record<string, unknown>) => ({
      at: now,
      actor: null,
      name,
      subject: peer.id,
      scope: null,
      particulars: { name: peer.name, ...particulars },
    })
    if (answer instanceof OutsideError) {
      await store.saveFailure(tx, peer, { failure: answer.reason, otherKey: peer.other_key, at: now })
      return answer.reason
    }
    const { byOrigin } = await store.holdMeeting(tx, peer)
    const judged = judgeCatalogue(answer, { address: peer.origin, known: peer, now })
    const refusal = !judged.ok ? judged.refusal : byOrigin && byOrigin.id !== peer.id ? 'key-changed' : undefined
    if (refusal || !judged.ok) {
      const why = refusal ?? 'not-a-catalogue'
      await store.saveFailure(tx, peer, {
        failure: why,
        otherKey: why === 'key-changed' ? claimedKey(answer) : null,
        at: now,
      })
      if (peer.failure !== why) await record(tx, [event('exchange.catalogue-refused', { rule: why })])
      return why
    }
    await store.saveEditionOf(tx, peer, judged.change, now)
    const { sequence } = judged.change.catalogue
    if (!peer.verified) await record(tx, [event('exchange.peer-verified', { fingerprint: fingerprintOf(peer.key) })])
    if (peer.subscribed && peer.sequence !== sequence)
      await record(tx, [event('exchange.catalogue-taken', { sequence })])
    return undefined
  })
}

/** Look at every installation that it is time to look at. */
export async function refreshAll(db: Db, now: Date): Promise<void> {
  for (const { id } of await store.listDue(db, now)) await refresh(db, id, now)
}
