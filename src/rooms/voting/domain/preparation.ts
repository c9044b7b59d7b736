import { type Candidate, candidatesAllowed, type Drawn, proofState } from './candidate.ts'
import type { CommitteeRole, Election } from './election.ts'
import { type Officer, officerGaps, type Place, trusteesAt } from './place.ts'
import { isReady, type SignedReadiness } from './readiness.ts'
import { kindHolds, registrationHolds } from './registration.ts'

/** What is fixed of the roll of a polling place. */
export type RollCount = { tps: string; count: number; additional: number; hash: string }

/** Everything that decides how far an election is. */
export type Prepared = {
  election: Election
  committee: readonly { role: CommitteeRole }[]
  candidates: readonly Candidate[]
  draw: { numbers: readonly Drawn[]; confirmed: Date | null } | undefined
  places: readonly Place[]
  officers: readonly Officer[]
  readiness: SignedReadiness | undefined
  /** None while the roll is not fixed. */
  roll: readonly RollCount[] | undefined
  order: { version: number } | undefined
  ceremony: { version: number } | undefined
  /** Of each polling place the package that holds, or the next one that the committee has not signed yet. */
  packages: readonly { tps: string; drafted: boolean }[]
}

export type Gap = {
  code:
    | 'no-chair-of-committee'
    | 'two-members'
    | 'candidates'
    | 'kind'
    | 'registration'
    | 'photos'
    | 'draw'
    | 'draw-confirm'
    | 'draw-moved'
    | 'proofs'
    | 'proofs-stale'
    | 'places'
    | 'officers'
    | 'trustees-differ'
    | 'roll'
    | 'roll-place'
    | 'readiness'
    | 'order'
    | 'ceremony'
    | 'packages'
    | 'committee-signature'
  values?: Record<string, string | number>
  /** Codes of officers' gaps, to be said in the reader's language. */
  gaps?: readonly string[]
}

export const steps = [
  'committee',
  'candidates',
  'draw',
  'proofs',
  'places',
  'officers',
  'roll',
  'readiness',
  'order',
  'ceremony',
  'packages',
] as const
export type Step = (typeof steps)[number]
export type StepState = { step: Step; state: 'done' | 'open' | 'waiting'; gaps: Gap[] }

const one = (code: Gap['code'], wrong: boolean): Gap[] => (wrong ? [{ code }] : [])

/** Whether what stands on the ballot is what was drawn: Batanghari 2016 had two names changed about (R37). */
export const asDrawn = (candidates: readonly Candidate[], numbers: readonly Drawn[]): boolean =>
  candidates.length === numbers.length &&
  candidates.every((candidate) =>
    numbers.some(
      ({ candidate: id, number, name }) =>
        id === candidate.id && number === candidate.number && name === candidate.name,
    ),
  )

const named = (candidates: readonly Candidate[]) => ({ names: candidates.map(({ name }) => name).join(', ') })

/** What each step still lacks. */
function gapsOf(prepared: Prepared): Record<Step, Gap[]> {
  const { election, committee, candidates, draw, places, officers, readiness, roll } = prepared
  const people = candidates.filter(({ emptyBox }) => !emptyBox)
  const { least, most } = candidatesAllowed(election.kind, election.profile.rules)
  const inState = (...states: string[]) => people.filter((candidate) => states.includes(proofState(candidate)))
  const numbers = candidates.flatMap(({ number, emptyBox }) => (number === null || emptyBox ? [] : [number]))
  const trusteeCounts = new Set(places.map(({ id }) => trusteesAt(officers, id).length))
  return {
    committee: [
      ...one('no-chair-of-committee', !committee.some(({ role }) => role === 'chair')),
      ...one('two-members', committee.length < 2),
    ],
    candidates: [
      ...one('candidates', people.length < least || people.length > most),
      ...one('kind', !kindHolds(election.kind, election.profile)),
      ...one('registration', election.kind !== 'contest' && !registrationHolds(election.profile)),
      ...one(
        'photos',
        people.some(({ photoHash }) => photoHash === null),
      ),
    ],
    draw: [
      ...one('draw', draw === undefined),
      ...one('draw-confirm', draw !== undefined && draw.confirmed === null),
      ...one('draw-moved', draw !== undefined && draw.confirmed !== null && !asDrawn(candidates, draw.numbers)),
    ],
    proofs: [
      ...(inState('none', 'half').length > 0
        ? [{ code: 'proofs' as const, values: named(inState('none', 'half')) }]
        : []),
      ...(inState('stale').length > 0 ? [{ code: 'proofs-stale' as const, values: named(inState('stale')) }] : []),
    ],
    places: one('places', places.length === 0),
    officers: [
      ...places.flatMap(({ id, number }): Gap[] => {
        const gaps = officerGaps(officers, id, numbers, election.needed)
        return gaps.length === 0 ? [] : [{ code: 'officers', values: { number }, gaps }]
      }),
      ...one('trustees-differ', trusteeCounts.size > 1),
    ],
    roll: [
      ...one('roll', roll === undefined),
      ...places.flatMap(({ id, number }): Gap[] =>
        roll === undefined || roll.some(({ tps, count }) => tps === id && count > 0)
          ? []
          : [{ code: 'roll-place', values: { number } }],
      ),
    ],
    readiness: one('readiness', !isReady(readiness)),
    order: one('order', prepared.order === undefined),
    ceremony: one('ceremony', prepared.order === undefined || prepared.ceremony?.version !== prepared.order.version),
    packages: packageGaps(prepared),
  }
}

function packageGaps({ places, packages }: Prepared): Gap[] {
  const missing = places.length === 0 || places.some(({ id }) => !packages.some(({ tps }) => tps === id))
  const unsigned = packages.some(({ drafted }) => drafted)
  return [...one('packages', missing), ...one('committee-signature', !missing && unsigned)]
}

/** Which steps must be done before this one can be. */
const needs: Record<Step, readonly Step[]> = {
  committee: [],
  candidates: ['committee'],
  draw: ['candidates'],
  proofs: ['draw'],
  places: [],
  officers: ['places', 'draw'],
  roll: ['places'],
  readiness: ['committee'],
  order: ['proofs', 'officers', 'roll', 'readiness'],
  ceremony: ['order'],
  packages: ['ceremony'],
}

/** How far an election is, in the order in which it is prepared. By deliberation there is nothing to seal. */
export function stepsOf(prepared: Prepared): StepState[] {
  const gaps = gapsOf(prepared)
  const done = (step: Step): boolean => gaps[step].length === 0 && needs[step].every(done)
  return steps.map((step) => ({
    step,
    state: done(step) ? 'done' : needs[step].every(done) ? 'open' : 'waiting',
    gaps: gaps[step],
  }))
}

/** What stands against an order for the ceremony, or against packages: every gap of the steps before it. */
export const gapsBefore = (prepared: Prepared, step: 'order' | 'packages'): Gap[] => {
  const gaps = gapsOf(prepared)
  const before = (of: Step): Step[] => needs[of].flatMap((each) => [...before(each), each])
  return [...new Set(before(step))].flatMap((each) => gaps[each])
}
