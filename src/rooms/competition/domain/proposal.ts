import type { Finding } from './admission-finding.ts'
import type { Lineage } from './adoption.ts'
import type { ProposalState } from './draft.ts'
import type { Relation } from './identity.ts'
import type { LiveFigures } from './live-figure.ts'

/** A proposal with the names of its owners. Dates of use are calendar dates, `YYYY-MM-DD`. */
export type Proposal = {
  agency: string
  id: string
  round: string
  unit: string
  /** Running number in the round, given at submission. */
  number: number | null
  title: string
  group: string
  category: string | null
  startedOn: string | null
  state: ProposalState
  since: Date
  /** When the local admin opened the submission. */
  begun: Date | null
  /** Grows with each change of title, group, category or date. */
  revision: number
  /** For a replication: the winner in the register that it adapts. */
  source: string | null
  /** The earlier winner that this is, when declared. */
  winner: string | null
  agencyName: string
  unitName: string
}

/** The present text of a question, who wrote it last and when. */
export type StoredAnswer = { question: string; value: string; revision: number; at: Date; by: string | null }

export type Saved =
  | { kind: 'saved'; revision: number; at: Date }
  | { kind: 'conflict'; revision: number; value: string; at: Date; by: string | null }
  | { kind: 'locked' }
  /** The round asks no such question, or no longer. */
  | { kind: 'not-asked' }

export type Evidence = {
  id: string
  proposal: string
  question: string
  kind: 'pdf' | 'photo' | 'link'
  file: string | null
  link: string | null
  label: string
  at: Date
  bytes: number
  /** Hexadecimal; null for a link. */
  sha256: string | null
}

/** Evidence of another proposal of the unit, which may be used once more. */
export type ReusableEvidence = Evidence & { title: string; round: string }

/** What the local admin asks for, on one question or in general. */
export type Comment = {
  id: string
  question: string | null
  text: string
  at: Date
  by: string
  settled: Date | null
  settledBy: string | null
}

export type MoveMade = { from: string; to: string; at: Date; note: string | null; by: string | null }

/** What was handed in, frozen at submission. Answers by question key; evidence by question key. */
export type Content = {
  title: string
  group: string
  category: string | null
  startedOn: string | null
  answers: Record<string, string>
  evidence: Record<
    string,
    { id: string; kind: 'pdf' | 'photo' | 'link'; label: string; link?: string; file?: string; sha256?: string }[]
  >
  /** Figures of running services as they were published by then; left out where none were chosen. */
  figures?: LiveFigures[]
  /** The original of a replication that the agency runs, by then; left out where services know of none. */
  lineage?: Lineage
}

export type Receipt = {
  agency: string
  number: string
  proposal: string
  content: Content
  hash: Buffer
  begun: Date
  arrived: Date
  verdict: 'in-time' | 'late-but-begun-in-time'
  state: ProposalState
  agencyName: string
  unitName: string
  round: string
}

/**
 * An earlier winner that a draft is like. `likeness` is 0 to 1; `relation` is what it may mean: the agency's own winner
 * again, somebody else's that is copied, or one that began later.
 */
export type LikeWinner = {
  id: string
  innovation: string
  name: string
  agencyName: string
  year: number | null
  likeness: number
  relation: Relation
}

/** A submission that a draft is like; likeness is 0 to 1. `agencyName` is null where it is not told. */
export type LikeProposal = {
  id: string
  title: string
  agencyName: string | null
  sameAgency: boolean
  sameRound: boolean
  year: number | null
  titleLikeness: number
  textLikeness: number | null
}

export type Similar = { winners: LikeWinner[]; proposals: LikeProposal[] }

/** Everything a machine can say of a proposal before its submission. */
export type Checked = {
  answers: StoredAnswer[]
  evidence: Evidence[]
  findings: Finding[]
  similar: Similar
  /** What running services show of what was chosen. */
  figures: LiveFigures[]
  /** The original that was declared, where the agency runs a copy of it. */
  lineage: Lineage | null
}

/** The signed statement of the owner of a copied innovation is kept as evidence under this name, which no question can have. */
export const statementKey = ':statement'
