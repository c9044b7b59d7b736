import type { AuditWhy, Drawn, PileShown, Reading, Verdict } from '../../domain/audit.ts'

/** An audit as pages show it. `readings`: what two agreed on, by number of the draw. */
export type AuditShown = {
  version: number
  kind: 'full' | 'poll'
  why: AuditWhy | null
  risk: number
  announced: { votes: readonly number[]; blank: number }
  expected: number | null
  planned: Date
  by: string | null
  dice: string | null
  seen: Date | null
  dicedBy: string | null
  seenBy: string | null
  witnesses: string | null
  escalated: Date | null
  outcome: 'confirmed' | 'differs' | null
  ended: Date | null
  slips: number
  /** The numbers that it began with are still those that count. */
  current: boolean
  verdict: Verdict['kind']
  adoption: {
    ground: string
    by: string
    byName: string
    confirmed: Date | null
    confirmedBy: string | null
  } | null
  piles: readonly PileShown[]
  drawn: readonly (Drawn & { agreed: Reading | undefined; different: boolean })[]
  /** Numbers of polling places so small that their figures and slips are not shown one by one (R28). */
  hidden: ReadonlySet<number>
}
