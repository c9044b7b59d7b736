import type { FixedRule, Settings } from './reading.ts'
import type { RunResult, RunSettings } from './run.ts'
import type { Mark } from './sheet.ts'
import type { RankingResultRow } from './standing.ts'
import type { MinimumProof } from './waves.ts'

/** What the room keeps, as its pages see it: plain rows, whatever tables they were put together from. */
export type Purpose = 'first' | 'manual' | 'replacement' | 'third' | 'wave'

export type EndedAs = 'recused' | 'moved' | 'withdrawn'

export type Assignment = {
  agency: string
  proposal: string
  evaluator: string
  round: string
  purpose: Purpose
  wave: number | null
  reason: string | null
  at: Date
  ended: Date | null
  ended_as: EndedAs | null
  ended_reason: string | null
  finished: Date | null
}

export type Evaluator = {
  round: string
  person: string
  name: string
  email: string
  university: string | null
  sector: string | null
  expertise: string[]
  homeRegion: string | null
  homeRegionName: string | null
  employer: string | null
  employerName: string | null
  minLoad: number
  maxLoad: number
  confirmed: Date | null
  withdrawn: Date | null
  withdrawnReason: string | null
}

/** The reading of a round: its settings until they are fixed, the fixed rule, and when it was opened, closed, released. */
export type Reading = {
  round: string
  settings: Settings
  rule: FixedRule | null
  ruleHash: Buffer | null
  opened: Date | null
  until: Date | null
  closed: Date | null
  released: Date | null
}

export type RunState =
  | 'running'
  | 'proposed'
  | 'impossible'
  | 'undecided'
  | 'cancelled'
  | 'failed'
  | 'accepted'
  | 'superseded'

export type Progress = { phase?: 'prices' | 'paths' | 'search' | 'reasons'; done?: number; of?: number }

export type Run = {
  round: string
  id: string
  settings: RunSettings
  state: RunState
  progress: Progress
  beat: Date
  result: RunResult | null
  begun: Date
  ended: Date | null
}

/** A computed ranking as it was kept. */
export type RankingSnapshot = {
  round: string
  id: string
  at: Date
  method: string
  rule: FixedRule
  result: RankingResultRow
  hash: Buffer
}

export type OwnSheet = {
  agency: string
  proposal: string
  evaluator: string
  round: string
  ended: Date | null
  finished: Date | null
  note: string
  noteRevision: number
  commentsForEntrant: boolean
  marks: Mark[]
}

export type Work = {
  proposal: string
  round: string
  number: number | null
  title: string
  category: string | null
  group: string
  agencyName: string
  purpose: string
  given: number
  finished: Date | null
}

export type StoredWave = {
  seq: number
  extra: number
  proposals: { proposal: string; chance: number }[]
  basis: 'corrected' | 'raw'
  minimum: MinimumProof
  at: Date
}
