import type { Move, Side, State } from './process.ts'
import type { Answer, Heartbeat } from './stage.ts'

/** An innovation of the gallery as this room knows it: whose it is, and the package that is published for it. */
export type Known = {
  code: string
  name: string
  agency: string | null
  agencyName: string
  demo: boolean
  publication: Publication | null
}
export type Publication = {
  id: string
  agency: string
  package: string
  release: Buffer
  version: string
  unit: string | null
  unitName: string | null
  since: Date
  changed: Date
}

/** One who runs it, or has copied it without a package. */
export type Runner = {
  process: string | null
  service: string | null
  agency: string
  agencyName: string
  unit: string | null
  unitName: string | null
  region: string | null
  demo: boolean
  owner: boolean
  expansion: boolean
  learntFrom: string | null
  state: State | null
  since: Date
  version: string | null
  casesLast30: number
  lastCase: Date | null
  /** Null where nothing is installed: then the letters are all there is. */
  heart: Heartbeat | null
  question: { answer: Answer; words: string | null; until: string | null } | null
  retired: Date | null
}
export const named = ({ agencyName, unitName }: { agencyName: string; unitName: string | null }) =>
  [unitName, agencyName].filter(Boolean).join(', ')

/** A replication as its page shows it. */
export type Process = {
  agency: string
  id: string
  innovation: string
  innovationName: string
  agencyName: string
  unit: string | null
  unitName: string | null
  areaName: string | null
  owner: string | null
  ownerName: string
  ownerUnit: string | null
  ownerUnitName: string | null
  region: string | null
  expansion: boolean
  state: State
  since: Date
  reason: string
  service: string | null
  installed: Date | null
  agreedOwner: Date | null
  agreedAdopter: Date | null
  begins: string | null
  demo: boolean
}
export type Step = { move: string; state: State; at: Date; note: string | null; who: string | null }
export type Given = { number: string; at: Date; code: string }
export type Doable = { moves: readonly Move[]; sides: readonly Side[] }
