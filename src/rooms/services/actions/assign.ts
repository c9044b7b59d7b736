import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { type Db, retrying, type Tx } from '#platform/db.ts'
import { type Event, record } from '#platform/log.ts'
import { decide, refuse } from '#platform/result.ts'
import { assignableBy, nextOf, type Ranked } from '../domain/assigning.ts'
import { chargeRoles } from '../domain/charge.ts'
import { answerForm, caseOfferForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { type Held, holdCase, holdForTime } from '../store/held.ts'
import * as store from '../store/offer.ts'

type Offering = Held & { assigns: boolean; ranked: Ranked[]; offers: store.Offer[] }

/** Offer a case to one person of a role: to the one that is named, or to the next in the order of the package. */
export const offerCase = (
  role: string,
): Action<
  Offering,
  z.output<typeof caseOfferForm>,
  { post: string; person: string; until: string },
  'offer-closed' | 'offer-waits' | 'offer-nobody' | 'offer-unknown' | 'offer-full'
> => ({
  name: 'services.case-offered',
  find: async (tx, actor, id) => {
    const held = await holdCase(tx, actor, id)
    if (!held || held.through) return undefined
    const assigns = assignableBy(held.pkg, held.roles).some((one) => one.id === role)
    return { ...held, assigns, ranked: await store.rankedFor(tx, held, role), offers: await store.offersOf(tx, held) }
  },
  may: may.assignCase,
  input: caseOfferForm,
  decide: ({ it, pkg, ranked, offers }, { post }, { now }) => {
    if (it.closedAt !== undefined || !chargeRoles(pkg, it.flow).includes(role)) return refuse('offer-closed')
    const own = offers.filter((offer) => offer.role === role)
    if (own.some(({ answer }) => answer === null)) return refuse('offer-waits')
    const chosen =
      post === '' ? nextOf(ranked, new Set(own.map((offer) => offer.post))) : ranked.find((one) => one.post === post)
    if (!chosen) return refuse(post === '' ? 'offer-nobody' : 'offer-unknown')
    if (chosen.full) return refuse('offer-full')
    const { minutes } = pkg.roles.find(({ id }) => id === role)!.assign!
    return decide({
      post: chosen.post,
      person: chosen.person,
      until: new Date(now.getTime() + minutes * 60_000).toISOString(),
    })
  },
  save: (tx, held, { post, until }, { actor, now }) =>
    store.saveOffer(tx, held, { role, post, until: new Date(until) }, { person: actor.id, at: now }),
  tell: ({ person }, { it, pkg }) => ({ number: it.number, role, roleNames: namesOf(pkg, role), person }),
  scope: ({ agency }) => agency,
})

const namesOf = (pkg: Held['pkg'], role: string) => pkg.roles.find(({ id }) => id === role)?.names ?? role

type Answering = { offer: NonNullable<Awaited<ReturnType<typeof store.holdOffer>>>; held: Held; mine: boolean }

/** Take a case that was offered, or leave it to the next. */
export const answerCase: Action<
  Answering,
  z.output<typeof answerForm>,
  { answer: 'accepted' | 'declined'; case: string },
  'offer-over'
> = {
  name: 'services.offer-answered',
  find: async (tx, actor, id) => {
    const offer = await store.holdOffer(tx, actor, id)
    const held = offer && (await holdForTime(tx, offer.case))
    return held && { offer, held, mine: true }
  },
  may: may.answerOffer,
  input: answerForm,
  decide: ({ offer }, { answer }, { now }) =>
    offer.answer !== null || offer.until <= now ? refuse('offer-over') : decide({ answer, case: offer.case }),
  save: async (tx, { offer, held }, { answer }, { actor, now }) => {
    await store.answerOffer(tx, offer, answer, now)
    if (answer === 'accepted') await store.takeCharge(tx, held, offer, { person: actor.id, at: now })
    else await store.offerNext(tx, held, offer.role, now)
  },
  tell: ({ answer }, { held, offer }) => ({
    number: held.it.number,
    role: offer.role,
    roleNames: namesOf(held.pkg, offer.role),
    answer,
  }),
  scope: ({ held }) => held.agency,
  subject: ({ case: id }) => id,
}

/** A new case is offered by itself where the package says so. */
export async function offerOnOpening(tx: Tx, of: store.Assigned, at: Date): Promise<void> {
  for (const { id, assign } of of.pkg.roles) if (assign?.opening) await store.offerNext(tx, of, id, at)
}

/** Offers that nobody answered in time go to the next. Returns how many. */
export async function passOffers(db: Db, now: Date): Promise<number> {
  let passed = 0
  for (;;) {
    const n = await retrying(db, async (tx) => {
      const late = await store.holdLate(tx, now, 50)
      const events: Event[] = []
      for (const offer of late) {
        const held = await holdForTime(tx, offer.case)
        if (!held) continue
        await store.answerOffer(tx, offer, 'timed-out', now)
        await store.offerNext(tx, held, offer.role, now)
        const particulars = {
          ...{ number: held.it.number, role: offer.role },
          ...{ roleNames: namesOf(held.pkg, offer.role), answer: 'timed-out' },
        }
        events.push({
          at: now,
          actor: null,
          name: 'services.offer-answered',
          subject: held.id,
          scope: held.agency,
          particulars,
        })
      }
      await record(tx, events)
      return late.length
    })
    passed += n
    if (n === 0) return passed
  }
}
