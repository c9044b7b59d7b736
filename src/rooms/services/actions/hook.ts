import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { askOutside, mayReach, OutsideError } from '#platform/outside.ts'
import { decide, refuse } from '#platform/result.ts'
import { seal, unseal } from '#platform/secret.ts'
import { newSecret, signedHeaders } from '#platform/signature.ts'
import { bothSign, nextTry } from '../domain/hook.ts'
import { hookForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/hook.ts'

type Nothing = Record<string, never>
const hostOf = (address: string) => new URL(address).host

/** An agency has so many addresses at most. */
const mostHooks = 10

/** From now on this address is told of events of the agency's services. */
export const makeHook: Action<
  { agency: string; hooks: number },
  z.output<typeof hookForm>,
  { id: string; address: string; shown: string },
  'address-not-allowed' | 'too-many-hooks'
> = {
  name: 'services.hook-made',
  find: store.holdAgency,
  may: may.manageHook,
  input: hookForm,
  decide: ({ hooks }, { address }) => {
    if (!mayReach(address)) return refuse('address-not-allowed')
    if (hooks >= mostHooks) return refuse('too-many-hooks')
    return decide({ id: newId(), address, shown: seal(newSecret()) })
  },
  save: (tx, { agency }, { id, address, shown }, { actor, now }) =>
    store.addHook(tx, { agency, id, address, secret: unseal(shown) }, { person: actor.id, at: now }),
  tell: ({ address }) => ({ host: hostOf(address) }),
  scope: ({ agency }) => agency,
}

type Hook = NonNullable<Awaited<ReturnType<typeof store.holdHook>>>

/** The address is told of nothing any more; what waits for it is dropped. */
export const endHook: Action<Hook, Nothing, { id: string }, 'over-already'> = {
  name: 'services.hook-ended',
  find: store.holdHook,
  may: may.manageHook,
  input: nothing,
  decide: ({ id, ended }) => (ended ? refuse('over-already') : decide({ id })),
  save: (tx, hook, _, { now }) => store.endHook(tx, hook, now),
  tell: (_, { address }) => ({ host: hostOf(address) }),
  scope: ({ agency }) => agency,
  subject: (_, { agency }) => agency,
}

/** A new secret signs from now on; for a day the old one signs beside it. */
export const changeHookSecret: Action<Hook, Nothing, { id: string; shown: string }, 'over-already'> = {
  name: 'services.hook-secret-changed',
  find: store.holdHook,
  may: may.manageHook,
  input: nothing,
  decide: ({ id, ended }) => (ended ? refuse('over-already') : decide({ id, shown: seal(newSecret()) })),
  save: (tx, hook, { shown }, { now }) =>
    store.changeSecret(tx, hook, unseal(shown), new Date(now.getTime() + bothSign)),
  tell: (_, { address }) => ({ host: hostOf(address) }),
  scope: ({ agency }) => agency,
  subject: (_, { agency }) => agency,
}

type Delivery = NonNullable<Awaited<ReturnType<typeof store.holdDelivery>>>

/** What was given up is sent again, for three days. */
export const retryDelivery: Action<Delivery, Nothing, { id: string }, 'not-given-up'> = {
  name: 'services.delivery-retried',
  find: store.holdDelivery,
  may: may.manageHook,
  input: nothing,
  decide: ({ id, state }) => (state === 'dead' ? decide({ id }) : refuse('not-given-up')),
  save: (tx, delivery, _, { now }) => store.retryDelivery(tx, delivery, now),
  tell: (_, { name }) => ({ name }),
  scope: ({ agency }) => agency,
  subject: (_, { agency }) => agency,
}

/**
 * Tell all addresses what is new, each event at least once and those of one case in their order. A message is held while it
 * is sent, so that two workers never send it at once. Returns how many arrived.
 */
export async function deliver(db: Db, now: Date): Promise<number> {
  while (await db.transaction().execute((tx) => store.gather(tx, now))) {}
  let arrived = 0
  for (;;) {
    const went = await db.transaction().execute(async (tx) => {
      const next = await store.holdNextDelivery(tx, now)
      if (!next) return undefined
      const failure = await tell(next, now)
      const [first, attempts] = [next.first ?? now, next.attempts + 1]
      const again = failure === null || failure === 'status 410' ? undefined : nextTry(first, now, attempts)
      const state = failure === null ? 'sent' : again ? 'waiting' : 'dead'
      await store.settleDelivery(tx, next, { state, attempts, first, failure, ...(again ? { due: again } : {}) }, now)
      return failure === null
    })
    if (went === undefined) return arrived
    if (went) arrived++
  }
}

/** Send one message; null when it was taken, else why not. */
async function tell(
  { id, address, body, secrets }: { id: string; address: string; body: string; secrets: readonly string[] },
  now: Date,
): Promise<string | null> {
  try {
    const headers = { ...signedHeaders(secrets, id, now, body) }
    const { status } = await askOutside(address, { method: 'POST', body, headers, most: 64_000, seconds: 10 })
    return status >= 200 && status < 300 ? null : `status ${status}`
  } catch (error) {
    return error instanceof OutsideError ? error.reason : 'no-answer'
  }
}
