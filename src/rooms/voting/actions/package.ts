import { readAnswer } from '@melayani/polling/ceremony'
import { hashOf, packageKind, sign } from '@melayani/polling/format'
import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { publicOrigin } from '#platform/address.ts'
import { decide, refuse } from '#platform/result.ts'
import { type Draft, draftFaults, type Photos, packageOf, sealedBy, type Voices } from '../domain/package.ts'
import { gapsBefore } from '../domain/preparation.ts'
import { packagesForm, signaturesForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as ceremony from '../store/ceremony.ts'
import { draftsOf, packagesOf, saveDrafts, saveSealed } from '../store/package.ts'
import { rollOf } from '../store/roll/fixed.ts'
import { centreKey } from '../store/self.ts'

type Ordered = ceremony.Ordered
const moves = ({ state }: Ordered) => state === 'preparing' || state === 'sealed'

/**
 * The package of each polling place, built and signed by the centre; it waits for the committee. `photos`: the bytes of the
 * candidates' photographs by their hash, as they were read from the disk; `voices`: their names as spoken, where they could be.
 */
export const makePackages = (
  photos: Photos,
  voices: Voices,
): Action<
  Ordered,
  z.output<typeof packagesForm>,
  { drafts: () => Draft[]; hashes: string[]; reason: string | null },
  'not-preparing' | 'not-ready' | 'reason-needed' | 'photo-lost' | 'roll-not-signed' | 'package-wrong'
> => ({
  name: 'voting.packages-made',
  find: ceremony.holdOrdered,
  may: may.makePackages,
  input: packagesForm,
  decide: async (ordered, { reason }, { now }) => {
    const { tx, prepared, ...election } = ordered
    if (!moves(ordered)) return refuse('not-preparing')
    if (gapsBefore(prepared, 'packages').length > 0) return refuse('not-ready')
    const before = await packagesOf(tx, election.id)
    if (before.length > 0 && !reason) return refuse('reason-needed')
    const { answer } = readAnswer((await ceremony.answerTo(tx, election.id))!.text)!
    const key = await centreKey(tx, now)
    const centre = { name: election.agencyName, key: key.key, address: publicOrigin() }
    const { candidates, places, officers } = prepared
    // What lies on the disk must still be what was signed for.
    for (const { photoHash } of candidates)
      if (photoHash && hashOf(new Uint8Array(Buffer.from(photos.get(photoHash) ?? '', 'base64'))) !== photoHash)
        return refuse('photo-lost')
    const drafts: Draft[] = []
    for (const place of places) {
      const roll = await rollOf(tx, place.id)
      if (!roll.ok) return refuse('roll-not-signed')
      const content = packageOf({
        election,
        place,
        candidates,
        photos,
        voices,
        officers,
        roll: roll.change,
        answer,
        centre,
      })
      const text = JSON.stringify(content)
      const signatures = [sign(packageKind, text, { role: 'centre', signer: centre.name }, key.secret)]
      if (draftFaults({ text, signatures }).length > 0) return refuse('package-wrong')
      const version = Math.max(0, ...before.filter(({ tps }) => tps === place.id).map((each) => each.version)) + 1
      drafts.push({ tps: place.id, version, text, signatures, reason: version === 1 ? null : reason })
    }
    return decide({ drafts: () => drafts, hashes: drafts.map(({ text }) => hashOf(text)), reason })
  },
  save: (tx, election, { drafts }, { actor, now }) =>
    saveDrafts(tx, election, drafts(), { person: actor.id!, at: now }),
  tell: ({ hashes, reason }) => ({ packages: hashes, reason }),
  scope: ({ agency }) => agency,
})

/** The committee's card signed every package: the election is sealed, and what held before is superseded. */
export const sealPackages: Action<
  Ordered,
  z.output<typeof signaturesForm>,
  { hashes: string[]; sealed: () => (Draft & { hash: string })[] },
  'not-preparing' | 'not-ready' | 'drafts-none' | 'signatures-wrong'
> = {
  name: 'voting.packages-sealed',
  find: ceremony.holdOrdered,
  may: may.sealPackages,
  input: signaturesForm,
  decide: async (ordered, { signatures }) => {
    if (!moves(ordered)) return refuse('not-preparing')
    const drafts = await draftsOf(ordered.tx, ordered.id)
    if (drafts.length === 0) return refuse('drafts-none')
    // Between making and signing nothing may have moved: a swap in between stops here (R37).
    if (gapsBefore(ordered.prepared, 'packages').length > 0) return refuse('not-ready')
    const { answer } = readAnswer((await ceremony.answerTo(ordered.tx, ordered.id))!.text)!
    const sealed = sealedBy(drafts, signatures, answer.committee.key)
    if (!sealed) return refuse('signatures-wrong')
    return decide({ hashes: sealed.map(({ hash }) => hash), sealed: () => sealed })
  },
  save: (tx, election, { sealed }, { actor, now }) =>
    saveSealed(tx, election, sealed(), { person: actor.id!, at: now }),
  tell: ({ hashes }) => ({ packages: hashes }),
  scope: ({ agency }) => agency,
}
