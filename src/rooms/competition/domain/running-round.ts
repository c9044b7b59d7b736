import type { Rules } from './round.ts'

export type RoundState = 'draft' | 'published' | 'finished' | 'archived'

/** A round with the rules in force and the recorded extensions of its closing time. */
export type Round = {
  id: string
  key: string
  state: RoundState
  demo: boolean
  version: number
  rules: Rules
  extensions: { until: string; reason: string; at: Date }[]
}

/** Where a round stands: a stage of its rules, when it was opened and closed. */
export type StageRow = { seq: number; kind: string; opened: Date | null; closed: Date | null }
