import { candidateProofText, hashOf, shortHash } from '@melayani/polling/format'
import { type Decision, decide, refuse } from '#platform/result.ts'
import type { ElectionKind } from './election.ts'
import type { Rules } from './profile.ts'

export { shortHash }

/** Two of the committee compared the sheet that the candidate signed on paper with what stands here. */
export type Proof = {
  /** hashOf of number, name and photograph: `candidateProofText` of the polling place. */
  hash: string
  /** The scan of the signed sheet. */
  scan: string | null
  by: { person: string; name: string; at: string }[]
}

export type Candidate = {
  agency: string
  election: string
  id: string
  number: number | null
  name: string
  photoFile: string | null
  /** SHA-256 of the photograph's bytes, 64 hexadecimal digits. */
  photoHash: string | null
  emptyBox: boolean
  proof: Proof | null
}

/** What the candidate signs for: it changes with number, name or photograph (R37). None before the draw. */
export function proofHash({
  election,
  number,
  name,
  photoHash,
}: Pick<Candidate, 'election' | 'number' | 'name' | 'photoHash'>) {
  if (number === null) return undefined
  return hashOf(candidateProofText(election, { number, name, ...(photoHash && { photoHash }) }))
}

/** `none`: nobody compared it. `half`: one did. `stale`: something was changed since. */
export type ProofState = 'none' | 'half' | 'stale' | 'holds'
export function proofState(candidate: Candidate): ProofState {
  if (candidate.emptyBox) return 'holds'
  const { proof } = candidate
  if (!proof) return 'none'
  if (proof.hash !== proofHash(candidate)) return 'stale'
  return proof.by.length < 2 ? 'half' : 'holds'
}

/** What somebody typed from paper, against a hash: spaces and case do not count, and all 20 digits must be there. */
export const sameShortHash = (typed: string, hash: string): boolean =>
  typed.replace(/[\s-]/g, '').toLowerCase() === hash.slice(0, 20)

export type ProofRefusal = 'not-drawn' | 'proof-differs' | 'proof-same-person' | 'proof-complete' | 'proof-needless'

/** One of the committee typed the number under the signature of the sheet. A stale proof begins anew. */
export function judgeProof(
  candidate: Candidate,
  typed: string,
  scan: string | null,
  by: { person: string; name: string; at: string },
): Decision<Proof, ProofRefusal> {
  if (candidate.emptyBox) return refuse('proof-needless')
  const hash = proofHash(candidate)
  if (!hash) return refuse('not-drawn')
  const state = proofState(candidate)
  if (state === 'holds') return refuse('proof-complete')
  if (!sameShortHash(typed, hash)) return refuse('proof-differs')
  const before = state === 'half' ? candidate.proof! : { hash, scan: null, by: [] }
  if (before.by.some(({ person }) => person === by.person)) return refuse('proof-same-person')
  return decide({ hash, scan: scan ?? before.scan, by: [...before.by, by] })
}

/** How many candidates an election of this kind has: the empty box is not counted. */
export const candidatesAllowed = (
  kind: ElectionKind,
  { minCandidates, maxCandidates }: Pick<Rules, 'minCandidates' | 'maxCandidates'>,
): { least: number; most: number } =>
  kind === 'contest'
    ? { least: Math.max(2, minCandidates.value), most: maxCandidates.value }
    : // Those who deliberate may name the one candidate who registered.
      { least: kind === 'empty-box' ? 1 : 0, most: 1 }

/** A number for each candidate, as drawn. */
export type Drawn = { candidate: string; name: string; number: number }

/** Numbers must run from 1 without gaps, each once. A single candidate has 1, and the empty box comes after. */
export function judgeDraw(
  candidates: readonly Pick<Candidate, 'id' | 'name' | 'emptyBox'>[],
  numbers: Readonly<Record<string, number>>,
): Decision<Drawn[], 'draw-gaps'> {
  const people = candidates.filter(({ emptyBox }) => !emptyBox)
  const drawn = people.map(({ id, name }) => ({ candidate: id, name, number: numbers[id] ?? 0 }))
  const sorted = drawn.map(({ number }) => number).sort((a, b) => a - b)
  if (sorted.some((number, at) => number !== at + 1)) return refuse('draw-gaps')
  const box = candidates.find(({ emptyBox }) => emptyBox)
  return decide([
    ...drawn.sort((a, b) => a.number - b.number),
    ...(box ? [{ candidate: box.id, name: box.name, number: people.length + 1 }] : []),
  ])
}
