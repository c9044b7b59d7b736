import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { judgePublication, type PublishRefusal } from '../domain/adopting.ts'
import { publishForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/publication.ts'

type Published = { package: string; version: string; hash: string; unit: string | null }

/** Offer a release that the agency runs, so that others can install it; later a newer one of the same package. */
export const publishPackage = (
  code: string,
): Action<store.Publisher, z.output<typeof publishForm>, Published, PublishRefusal | 'service-unknown'> => ({
  name: 'replication.package-published',
  find: (tx) => store.holdPublisher(tx, code),
  may: (actor, innovation) => may.publishPackage(actor, innovation),
  input: publishForm,
  decide: async (at, { service: chosen, unit }) => {
    const service = at.services.find(({ id }) => id === chosen)
    if (!service) return refuse('service-unknown')
    const { origin } = await at.manifestOf(service.release)
    const owner = unit ?? service.unit
    const published = at.publication && { package: at.publication.package, agency: at.publication.agency }
    const judged = judgePublication(
      {
        innovation: { agency: at.agency, published },
        service: { ...service, origin },
        agency: at.owner,
        units: at.units,
        publishedFor: await at.publishedFor(service.package),
        code,
      },
      owner,
    )
    if (!judged.ok) return judged
    const { package: id, version, release } = service
    return decide({ package: id, version, hash: release.toString('hex'), unit: owner })
  },
  save: (tx, { owner }, { package: id, hash, unit }, { actor, now }) =>
    store.savePublication(
      tx,
      { agency: owner.id, innovation: code, package: id, release: Buffer.from(hash, 'hex'), unit },
      { person: actor.id, at: now },
    ),
  tell: ({ package: id, version, hash, unit }) => ({ innovation: code, package: id, version, hash, unit }),
  scope: ({ agency }) => agency,
})
