import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { type AdoptRefusal, judgeAdoption } from '../domain/improving.ts'
import type { Package } from '../domain/package/format/index.ts'
import { adoptForm, declineForm, offerForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/improvement.ts'
import { holdUpgradable, saveSwitch, type Upgradable } from '../store/upgrade.ts'

type Offering = Upgradable & { origin: { id: string; name: string } | undefined; offered: boolean; own: boolean }

/** Offer what was changed here to the agency from which the package comes. */
export const offerImprovement: Action<
  Offering,
  z.output<typeof offerForm>,
  { id: string; upstream: string; reason: string },
  'no-local-changes' | 'origin-unknown' | 'own-package' | 'offered-already'
> = {
  name: 'services.improvement-offered',
  find: async (tx, actor, id) => {
    const running = await holdUpgradable(tx, actor, id)
    if (!running) return undefined
    const origin = await store.findOrigin(tx, running.base)
    return {
      ...running,
      origin,
      own: (origin && (await store.findRunningOf(tx, origin.id, running.pkg.manifest.id)))?.id === id,
      offered: await store.wasOffered(tx, id, running.hash),
    }
  },
  may: may.offerImprovement,
  input: offerForm,
  decide: ({ hash, base, origin, own, offered }, { reason }) => {
    if (hash === base.hash) return refuse('no-local-changes')
    if (!origin) return refuse('origin-unknown')
    if (own) return refuse('own-package')
    if (offered) return refuse('offered-already')
    return decide({ id: newId(), upstream: origin.id, reason })
  },
  save: (tx, running, offer, { actor, now }) =>
    store.saveImprovement(tx, running, offer, { person: actor.id, at: now }),
  tell: ({ upstream }, { pkg }) => ({ package: pkg.manifest.id, version: pkg.manifest.version, upstream }),
  scope: ({ agency }) => agency,
  also: ({ id, upstream }, { pkg, agencyName }) => [
    {
      name: 'services.improvement-received',
      subject: id,
      scope: upstream,
      particulars: { package: pkg.manifest.id, version: pkg.manifest.version, from: agencyName },
    },
  ],
}

type Answering = store.OfferedImprovement & { running: Upgradable | undefined }

/** Take an improvement over into the next version of one's own package; whoever made it is named in the manifest. */
export const adoptImprovement: Action<
  Answering,
  z.output<typeof adoptForm>,
  { service: string; version: string; hash: string; what: () => { pkg: Package; settings: Record<string, unknown> } },
  AdoptRefusal
> = {
  name: 'services.improvement-adopted',
  find: async (tx, actor, id) => {
    const known = await store.findImprovement(tx, actor, id)
    if (!known) return undefined
    // The service first, as every act on versions does, then the offer.
    const own = await store.findRunningOf(tx, known.upstream, known.package)
    const running = own && (await holdUpgradable(tx, actor, own.id))
    const improvement = await store.holdImprovement(tx, actor, id)
    return improvement && { ...improvement, running }
  },
  may: may.answerImprovement,
  input: adoptForm,
  decide: ({ running, basePkg, offered, agencyName, answered }, { credit, choices }) => {
    const improvement = { base: basePkg, offered, agencyName, answered: answered !== null }
    const judged = judgeAdoption(running, improvement, { change: credit }, choices)
    if (!judged.ok) return judged
    const { pkg, hash } = judged.change
    return decide({ service: running!.id, version: pkg.manifest.version, hash, what: () => judged.change })
  },
  save: async (tx, { running, ...improvement }, { hash, what }, { actor, now }) => {
    const by = { person: actor.id, at: now }
    await saveSwitch(tx, running!, { ...what(), hash, base: null, key: null, seal: null }, by)
    await store.saveAnswer(tx, improvement, { answer: 'adopted', adopted: Buffer.from(hash, 'hex') }, by)
  },
  tell: ({ version, hash }, { package: id, agencyName }) => ({ package: id, version, hash, from: agencyName }),
  scope: ({ upstream }) => upstream,
  also: ({ version, hash, service }, { agency, service: own, upstream, upstreamName, package: id }) => [
    {
      name: 'services.improvement-answered',
      subject: own,
      scope: agency,
      particulars: { package: id, version, answer: 'adopted', by: upstreamName },
    },
    {
      name: 'services.package-installed',
      subject: service,
      scope: upstream,
      particulars: { package: id, version, hash },
    },
  ],
}

/** Say why an improvement is not taken over. */
export const declineImprovement: Action<
  store.OfferedImprovement,
  z.output<typeof declineForm>,
  z.output<typeof declineForm>,
  'answered-already'
> = {
  name: 'services.improvement-declined',
  find: store.holdImprovement,
  may: may.answerImprovement,
  input: declineForm,
  decide: ({ answered }, given) => (answered ? refuse('answered-already') : decide(given)),
  save: (tx, improvement, { reason }, { actor, now }) =>
    store.saveAnswer(tx, improvement, { answer: 'declined', answer_reason: reason }, { person: actor.id, at: now }),
  tell: (_, { package: id, version, agencyName }) => ({ package: id, version, from: agencyName }),
  scope: ({ upstream }) => upstream,
  also: (_, { agency, service, upstreamName, package: id, version }) => [
    {
      name: 'services.improvement-answered',
      subject: service,
      scope: agency,
      particulars: { package: id, version, answer: 'declined', by: upstreamName },
    },
  ],
}
