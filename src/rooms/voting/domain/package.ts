import type { CeremonyAnswer } from '@melayani/polling/ceremony'
import {
  type Candidate as Drawn,
  type ElectionPackage,
  hashOf,
  type PackageFault,
  packageKind,
  readPackage,
  type Signature,
  type Signed,
  sealRoll,
  signatureHolds,
} from '@melayani/polling/format'
import type { Candidate } from './candidate.ts'
import { committeeName, packageOfficers } from './ceremony.ts'
import type { Election } from './election.ts'
import type { Officer, Place } from './place.ts'
import type { Rules } from './profile.ts'

export type RollText = { text: string; hash: string; count: number; additional: number; rollKey: string }

/** Photographs by their hash, base64 of the JPEG. */
export type Photos = ReadonlyMap<string, string>

/** Names as the booths speak them, by candidate: WAV in base64. */
export type Voices = ReadonlyMap<string, string>

/** The rules of the profile as a polling place needs them. */
export function pollingRules(
  { name, zone, rules }: { name: string; zone: string; rules: Rules },
  witnesses: readonly string[],
): ElectionPackage['rules'] {
  return {
    name,
    opens: rules.opens.value,
    closes: rules.closes.value,
    zone,
    ...(rules.quorum.value && { quorum: rules.quorum.value }),
    extensions: rules.extensions.value,
    copies: [...rules.copies.value, ...witnesses],
    tokenMinutes: rules.tokenMinutes.value,
    smallGroup: rules.smallGroup.value,
    cutOff: rules.cutOff.value,
    slipSeconds: rules.slipSeconds.value,
  }
}

/** Everything a polling place needs, as one text: made of what was drawn, fixed, ordered and answered, and of nothing else. */
export function packageOf({
  election,
  place,
  candidates,
  photos,
  voices,
  officers,
  roll,
  answer,
  centre,
}: {
  election: Election
  place: Place
  candidates: readonly Candidate[]
  photos: Photos
  voices: Voices
  officers: readonly Officer[]
  roll: RollText
  answer: CeremonyAnswer
  centre: { name: string; key: string; address: string }
}): ElectionPackage {
  const made = answer.tps.find(({ id }) => id === place.id)!
  const keys = new Map(answer.officers.map(({ id, key }) => [id, key]))
  const named = candidates.map(({ id, number, name, photoHash, emptyBox }): Drawn => {
    const voice = voices.get(id)
    return {
      number: number!,
      name,
      ...(photoHash && { photo: photos.get(photoHash)!, photoHash }),
      ...(voice && { voice }),
      ...(emptyBox && { emptyBox: true as const }),
    }
  })
  const serving = packageOfficers(officers, place.id, keys)
  const witnesses = serving.flatMap(({ role, name, candidate }) =>
    role === 'witness' ? [`Saksi calon ${candidate} (${name})`] : [],
  )
  const others = answer.tps.flatMap(({ id, number, pool }) =>
    id === place.id ? [] : [{ tps: number, hash: pool.hash }],
  )
  const owners = made.owners.map(({ owner, name, outside }) => ({ owner, name, ...(outside && { outside }) }))
  return {
    format: 'melayani-election-package/1',
    mode: election.mode,
    election: {
      id: election.id,
      name: election.name,
      date: election.held,
      village: {
        code: election.village,
        name: election.villageName,
        district: election.districtName,
        regency: election.regencyName,
      },
    },
    tps: {
      id: place.id,
      number: place.number,
      place: place.place,
      colour: place.colour,
      desks: place.desks,
      booths: place.booths,
      mobile: place.mobile,
    },
    rules: pollingRules(election.profile, witnesses),
    candidates: named,
    blank: true,
    roll: {
      count: roll.count,
      additional: roll.additional,
      hash: roll.hash,
      sealed: sealRoll(roll.rollKey, roll.text),
    },
    ballot: { election: made.election, trustees: made.trustees, credentials: made.credentials },
    pool: made.pool,
    ...(others.length > 0 && { otherPools: others }),
    officers: serving,
    trustees: owners,
    threshold: { needed: election.needed, of: owners.filter(({ outside }) => !outside).length },
    centre,
    committee: { name: committeeName(election), key: answer.committee.key },
  }
}

/** What stands against a package before the committee has signed it: all that its readers would refuse, but that signature. */
export function draftFaults(signed: Signed): PackageFault[] {
  const read = readPackage(signed)
  return read.ok ? [] : read.faults.filter(({ rule }) => rule !== 'signature.committee')
}

export type Draft = { tps: string; version: number; text: string; signatures: Signature[]; reason: string | null }

/** What the committee's card wrote: a signature for each package, by the package's hash. */
export type GivenSignature = { package: string; signature: Signature }

/**
 * The drafts with the committee's signatures. Undefined when one has none, when one does not hold or is by another key than the
 * ceremony's, or when there is one for something else.
 */
export function sealedBy(
  drafts: readonly Draft[],
  given: readonly GivenSignature[],
  committee: string,
): (Draft & { hash: string })[] | undefined {
  if (given.length !== drafts.length) return undefined
  const sealed = drafts.map((draft) => {
    const hash = hashOf(draft.text)
    const own = given.filter((each) => each.package === hash)
    const signature = own[0]?.signature
    if (own.length !== 1 || !signature || signature.role !== 'committee' || signature.key !== committee)
      return undefined
    if (!signatureHolds(packageKind, draft.text, signature)) return undefined
    const signatures = [...draft.signatures, signature]
    return readPackage({ text: draft.text, signatures }).ok ? { ...draft, signatures, hash } : undefined
  })
  return sealed.every((each) => each !== undefined) ? (sealed as (Draft & { hash: string })[]) : undefined
}
