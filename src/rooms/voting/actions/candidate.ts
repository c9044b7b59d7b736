import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import {
  type Candidate,
  candidatesAllowed,
  type Drawn,
  judgeDraw,
  judgeProof,
  type Proof,
  type ProofRefusal,
} from '../domain/candidate.ts'
import { registrationHolds } from '../domain/registration.ts'
import { candidateForm, drawForm, nothing, proofForm, reasonForm } from '../forms.ts'
import { may } from '../permissions.ts'
import type { Standing } from '../store/candidate.ts'
import * as store from '../store/candidate.ts'
import { versionsOf } from '../store/versions.ts'

/** While an order for the ceremony stands, or the poll has begun, nothing of the ballot moves. */
const closedFor = ({ state, fixed }: Standing) =>
  state !== 'preparing' && state !== 'sealed'
    ? ('not-preparing' as const)
    : fixed
      ? ('order-stands' as const)
      : undefined
type Closed = 'not-preparing' | 'order-stands'
/** Once the numbers are drawn, who stands and what kind of election it is stay too. */
export const settledFor = (standing: Standing) => closedFor(standing) ?? (standing.draw ? 'draw-stands' : undefined)
export type Settled = Closed | 'draw-stands'

export const people = (candidates: readonly Candidate[]) => candidates.filter(({ emptyBox }) => !emptyBox)

/** Somebody stands. In an election against the empty box it comes with the one candidate. */
export const addCandidate: Action<
  Standing,
  z.output<typeof candidateForm>,
  { id: string; name: string; box: string | null },
  Settled | 'candidates-enough' | 'candidate-known'
> = {
  name: 'voting.candidate-added',
  find: store.holdStanding,
  may: may.keepCandidate,
  input: candidateForm,
  decide: (standing, { name }) => {
    const settled = settledFor(standing)
    if (settled) return refuse(settled)
    const { most } = candidatesAllowed(standing.kind, standing.profile.rules)
    const standingNow = people(standing.candidates)
    if (standingNow.length >= most) return refuse('candidates-enough')
    if (standingNow.some((one) => one.name.toLowerCase() === name.toLowerCase())) return refuse('candidate-known')
    return decide({ id: newId(), name, box: standing.kind === 'empty-box' ? newId() : null })
  },
  save: async (tx, election, { id, name, box }, { now }) => {
    await store.insertCandidate(tx, election, { id, name, emptyBox: false }, now)
    if (box) await store.insertCandidate(tx, election, { id: box, name: 'Kotak kosong', emptyBox: true }, now)
  },
  tell: ({ id }) => ({ candidate: id }),
  scope: ({ agency }) => agency,
}

/** The candidate of an election with this id. */
const named = ({ candidates }: Standing, id: string) => people(candidates).find((candidate) => candidate.id === id)

/** Before the draw only: what is drawn is a number for a name. */
export const renameCandidate = (
  id: string,
): Action<
  Standing,
  z.output<typeof candidateForm>,
  { id: string; name: string },
  Settled | 'no-such-candidate' | 'candidate-known'
> => ({
  name: 'voting.candidate-renamed',
  find: store.holdStanding,
  may: may.keepCandidate,
  input: candidateForm,
  decide: (standing, { name }) => {
    const settled = settledFor(standing)
    if (settled) return refuse(settled)
    if (!named(standing, id)) return refuse('no-such-candidate')
    if (people(standing.candidates).some((one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase()))
      return refuse('candidate-known')
    return decide({ id, name })
  },
  save: (tx, { agency }, change) => store.saveName(tx, agency, change.id, change.name),
  tell: (change) => ({ candidate: change.id }),
  scope: ({ agency }) => agency,
})

/** The photograph that stands on the ballot; its bytes are already stored, without what a camera writes beside them. */
export const givePhoto = (
  id: string,
  photo: { file: string; hash: string },
): Action<Standing, Record<string, never>, { id: string; hash: string }, Closed | 'no-such-candidate'> => ({
  name: 'voting.photo-given',
  find: store.holdStanding,
  may: may.keepCandidate,
  input: nothing,
  decide: (standing) => {
    const closed = closedFor(standing)
    if (closed) return refuse(closed)
    return named(standing, id) ? decide({ id, hash: photo.hash }) : refuse('no-such-candidate')
  },
  save: (tx, { agency }) => store.savePhoto(tx, agency, id, photo),
  tell: (change) => ({ candidate: change.id, photo: change.hash }),
  scope: ({ agency }) => agency,
})

/** Before the draw only; after it the draw must be annulled first. */
export const removeCandidate = (
  id: string,
): Action<
  Standing,
  Record<string, never>,
  { id: string; box: string | null },
  Settled | 'no-such-candidate' | 'candidate-signed'
> => ({
  name: 'voting.candidate-removed',
  find: store.holdStanding,
  may: may.keepCandidate,
  input: nothing,
  decide: async (standing) => {
    const settled = settledFor(standing)
    if (settled) return refuse(settled)
    if (!named(standing, id)) return refuse('no-such-candidate')
    if (await store.signedRoll(standing.tx, id)) return refuse('candidate-signed')
    return decide({ id, box: standing.candidates.find(({ emptyBox }) => emptyBox)?.id ?? null })
  },
  save: async (tx, { agency }, change) => {
    for (const each of [change.id, change.box]) if (each) await store.removeCandidate(tx, agency, each)
  },
  tell: (change) => ({ candidate: change.id }),
  scope: ({ agency }) => agency,
})

/** What was drawn in the open meeting, written down by one of the committee. */
export const recordDraw: Action<
  Standing,
  z.output<typeof drawForm>,
  { version: number; numbers: Drawn[]; place: string; witnesses: string },
  Settled | 'no-ballot' | 'registration-unsaid' | 'candidates-few' | 'photo-missing' | 'draw-gaps'
> = {
  name: 'voting.numbers-drawn',
  find: store.holdStanding,
  may: may.drawNumbers,
  input: drawForm,
  decide: async (standing, { numbers, place, witnesses }) => {
    const settled = settledFor(standing)
    if (settled) return refuse(settled)
    if (standing.kind === 'deliberation') return refuse('no-ballot')
    if (standing.kind === 'empty-box' && !registrationHolds(standing.profile)) return refuse('registration-unsaid')
    const { least } = candidatesAllowed(standing.kind, standing.profile.rules)
    const all = people(standing.candidates)
    if (all.length === 0 || all.length < least) return refuse('candidates-few')
    if (all.some(({ photoHash }) => photoHash === null)) return refuse('photo-missing')
    const drawn = judgeDraw(standing.candidates, numbers)
    if (!drawn.ok) return drawn
    return decide({
      version: (await versionsOf(standing.tx, 'voting.draw', standing.id)) + 1,
      numbers: drawn.change,
      place,
      witnesses,
    })
  },
  save: (tx, election, draw, { actor, now }) => store.insertDraw(tx, election, draw, { person: actor.id!, at: now }),
  tell: ({ version, numbers }) => ({
    version,
    numbers: Object.fromEntries(numbers.map(({ candidate, number }) => [candidate, number])),
  }),
  scope: ({ agency }) => agency,
}

/** Another of the committee read it again: the numbers hold. */
export const confirmDraw: Action<
  Standing,
  Record<string, never>,
  { version: number; numbers: Drawn[] },
  Closed | 'draw-none' | 'draw-confirmed' | 'draw-same-person'
> = {
  name: 'voting.draw-confirmed',
  find: store.holdStanding,
  may: may.confirmDraw,
  input: nothing,
  decide: (standing, _, { actor }) => {
    const closed = closedFor(standing)
    if (closed) return refuse(closed)
    const { draw } = standing
    if (!draw) return refuse('draw-none')
    if (draw.confirmed) return refuse('draw-confirmed')
    if (draw.by === actor.id) return refuse('draw-same-person')
    return decide({ version: draw.version, numbers: draw.numbers })
  },
  save: (tx, election, draw, { actor, now }) => store.saveConfirmed(tx, election, draw, { person: actor.id!, at: now }),
  tell: ({ version }) => ({ version }),
  scope: ({ agency }) => agency,
}

/** The numbers go back; the draw and why it was annulled stay to be read. */
export const annulDraw: Action<
  Standing,
  z.output<typeof reasonForm>,
  { version: number; reason: string },
  Closed | 'draw-none'
> = {
  name: 'voting.draw-annulled',
  find: store.holdStanding,
  may: may.confirmDraw,
  input: reasonForm,
  decide: (standing, { reason }) => {
    const closed = closedFor(standing)
    if (closed) return refuse(closed)
    return standing.draw ? decide({ version: standing.draw.version, reason }) : refuse('draw-none')
  },
  save: (tx, election, { version, reason }, { actor, now }) =>
    store.saveAnnulled(tx, election, version, reason, { person: actor.id!, at: now }),
  tell: ({ version }) => ({ version }),
  scope: ({ agency }) => agency,
}

/** One of two who compare the sheet that the candidate signed with what stands here (R37). */
export const confirmProof = (
  id: string,
): Action<
  Standing,
  z.output<typeof proofForm>,
  { id: string; proof: () => Proof; hash: string; second: boolean },
  Closed | 'no-such-candidate' | ProofRefusal
> => ({
  name: 'voting.proof-confirmed',
  find: store.holdStanding,
  may: may.confirmProof,
  input: proofForm,
  decide: (standing, { short, scan }, { actor, now }) => {
    const closed = closedFor(standing)
    if (closed) return refuse(closed)
    const candidate = named(standing, id)
    if (!candidate) return refuse('no-such-candidate')
    const judged = judgeProof(candidate, short, scan, { person: actor.id!, name: actor.name, at: now.toISOString() })
    if (!judged.ok) return judged
    const proof = judged.change
    return decide({ id, proof: () => proof, hash: proof.hash, second: proof.by.length === 2 })
  },
  save: (tx, { agency }, change) => store.saveProof(tx, agency, change.id, change.proof()),
  tell: (change) => ({ candidate: change.id, hash: change.hash, second: change.second }),
  scope: ({ agency }) => agency,
})
