import type { Rules, StageKind } from '#competition'

/** Which of the two plenaries: the one that chooses the finalists (Top 99), or the last one (top levels). */
export const plenaryKinds = ['finalists', 'levels'] as const
export type PlenaryKind = (typeof plenaryKinds)[number]

export type Plenary = {
  kind: PlenaryKind
  opened: Date
  closed: Date | null
  minutes: string
  announced: Date | null
}

/** Places of one group in one cluster. */
export type Cell = { cluster: string; group: string }
export const cellKey = ({ cluster, group }: Cell): string => `${cluster}/${group}`

export type PlacesDecision = {
  id: string
  kind: 'set' | 'move'
  changes: (Cell & { places: number })[]
  reason: string
  at: Date
  byName: string
}

/** A tie at the line of the nominees that people have settled. */
export type SettledTie = Cell & {
  id: string
  score: number
  places: number
  tied: string[]
  chosen: string[]
  deciders: string
  reason: string
  at: Date
}

export type Decree = { number: string; dated: string; about: string; file: string | null; at: Date }

/** A round as the panel's work sees it. */
export type PanelRound = {
  id: string
  key: string
  state: 'draft' | 'published' | 'finished' | 'archived'
  rules: Rules
  stages: readonly { kind: string; opened: Date | null; closed: Date | null }[]
  places: readonly PlacesDecision[]
  ties: readonly SettledTie[]
  plenaries: readonly Plenary[]
  decree: Decree | undefined
}

/** Is a stage of this kind open now? Stages are opened and closed by the secretariat. */
export const isStageOpen = (round: Pick<PanelRound, 'stages'>, kind: StageKind): boolean =>
  round.stages.some((stage) => stage.kind === kind && stage.opened !== null && stage.closed === null)

export const hasStage = (rules: Rules, kind: StageKind): boolean => rules.stages.some((stage) => stage.kind === kind)

/** The stage in which finalists are chosen: the panel's own, or where a round has none (2025) that of the announcement. */
export const finalistStage = (rules: Rules): StageKind => (hasStage(rules, 'panel') ? 'panel' : 'announcement')

export const stageOfPlenary = (rules: Rules, kind: PlenaryKind): StageKind =>
  kind === 'finalists' ? finalistStage(rules) : 'final-plenary'

export const plenaryOf = (round: Pick<PanelRound, 'plenaries'>, kind: PlenaryKind): Plenary | undefined =>
  round.plenaries.find((plenary) => plenary.kind === kind)

/** Are the finalists public? Until then nobody outside the panel and the secretariat learns who they are. */
export const areFinalistsPublic = (round: Pick<PanelRound, 'plenaries'>): boolean =>
  plenaryOf(round, 'finalists')?.announced != null

export const areResultsPublic = (round: Pick<PanelRound, 'plenaries'>): boolean =>
  plenaryOf(round, 'levels')?.announced != null
