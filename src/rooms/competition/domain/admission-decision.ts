import { type Decision, decide, refuse } from '#platform/result.ts'
import type { AdmissionRule } from './admission-finding.ts'

/**
 * Why a person fails an entry in the administrative selection (seleksi administrasi). Sources: competition.md 3.7, which
 * gathers REVIEW20, DECK21, MENPAN17, MENPAN18, MENPAN22 and NTT. `other` is for what a later year brings.
 */
export const failReasons = [
  'age',
  'incomplete',
  'evidence',
  'same-innovation',
  'careless',
  'theme',
  'prior-award',
  'title',
  'decree',
  'group',
  'quota',
  'late',
  'other',
] as const
export type FailReason = (typeof failReasons)[number]

/** The reason under which a machine's finding would be told to the owners; null: it is no reason to fail by itself. */
export const reasonOf: Readonly<Record<AdmissionRule, FailReason | null>> = {
  group: 'group',
  category: 'theme',
  submission: 'late',
  age: 'age',
  unanswered: 'incomplete',
  'answer-kind': 'incomplete',
  'word-limit': null,
  'missing-evidence': 'evidence',
  'evidence-count': null,
  'evidence-type': 'evidence',
  'evidence-size': null,
  'same-title': 'same-innovation',
  'near-title': 'same-innovation',
  'near-text': 'same-innovation',
  'prior-award': 'prior-award',
  'award-needed': 'group',
  invitation: 'group',
  source: 'group',
  'source-award': 'group',
  statement: 'evidence',
  quota: 'quota',
  'title-meaningless': 'title',
  'title-blocked-word': 'title',
  'identical-answers': 'careless',
  'short-answer': 'careless',
  'repetitive-answer': 'careless',
}

export type Verdict = 'pass' | 'fail'
export type Reason = { rule: FailReason; note: string }
/** One reading. `reading` 1 is the first, 2 the second reader's, later ones are changes of the outcome. */
export type Reading = {
  reading: number
  verdict: Verdict
  reasons: Reason[]
  note: string | null
  by: string
  at: Date
}

/**
 * Where an entry stands in the selection. `second-reading`: the first reader failed it, so another person must read it
 * and decides. `passed` and `failed` stand until somebody else changes them with a reason.
 */
export type Standing = 'unread' | 'second-reading' | 'passed' | 'failed'

/** The standing that follows from the readings, in their order. */
export function standingOf(readings: readonly Pick<Reading, 'reading' | 'verdict'>[]): Standing {
  const last = readings.at(-1)
  if (!last) return 'unread'
  if (last.verdict === 'pass') return 'passed'
  return last.reading === 1 ? 'second-reading' : 'failed'
}

/** What a reading needs to know of the entry and its round. */
export type Readable = { state: string; stage: StageTime; readings: readonly Reading[] }
export type StageTime = 'not-yet' | 'open' | 'over' | 'none'

export type ReadingRefusal =
  | 'admission-not-yet'
  | 'admission-over'
  | 'admission-not-entered'
  | 'admission-same-reader'
  | 'admission-decided'
  | 'admission-undecided'
  | 'admission-no-change'
  | 'admission-no-reason'

export type NewReading = {
  reading: number
  verdict: Verdict
  reasons: Reason[]
  note: string | null
  source: string | null
  /** The state the entry now has; null: it waits for the second reader. */
  outcome: 'passed' | 'failed' | null
}

type Typed = { verdict: Verdict; reasons: readonly Reason[]; note: string | null; source: string | null }

/**
 * A first or second reading. A first pass decides; a first fail waits for a second person, whose verdict decides.
 * Nobody is both readers of one entry. A fail names at least one reason.
 */
export function giveReading(entry: Readable, typed: Typed, by: string): Decision<NewReading, ReadingRefusal> {
  const closed = closedBecause(entry.stage)
  if (closed) return refuse(closed)
  const standing = standingOf(entry.readings)
  if (standing === 'passed' || standing === 'failed') return refuse('admission-decided')
  if (entry.state !== 'submitted') return refuse('admission-not-entered')
  if (entry.readings.some((each) => each.by === by)) return refuse('admission-same-reader')
  if (typed.verdict === 'fail' && typed.reasons.length === 0) return refuse('admission-no-reason')
  const reading = entry.readings.length + 1
  const outcome = typed.verdict === 'pass' ? 'passed' : reading === 1 ? null : 'failed'
  return decide({ ...written(typed), reading, outcome })
}

/**
 * A late change of the outcome, recorded as one more reading: by somebody else than whoever decided last, with the
 * reason, also after the stage was closed (an objection upheld, a mistake found).
 */
export function changeOutcome(entry: Readable, typed: Typed, by: string): Decision<NewReading, ReadingRefusal> {
  const closed = entry.stage === 'over' ? null : closedBecause(entry.stage)
  if (closed) return refuse(closed)
  const last = entry.readings.at(-1)
  const standing = standingOf(entry.readings)
  if (!last || standing === 'unread' || standing === 'second-reading') return refuse('admission-undecided')
  if (last.by === by) return refuse('admission-same-reader')
  if (last.verdict === typed.verdict) return refuse('admission-no-change')
  if (typed.verdict === 'fail' && typed.reasons.length === 0) return refuse('admission-no-reason')
  // Reading 2 is the second reader's; a change after a first pass is one more than that.
  const reading = Math.max(last.reading + 1, 3)
  return decide({ ...written(typed), reading, outcome: typed.verdict === 'pass' ? 'passed' : 'failed' })
}

/** A pass carries no reasons, whatever was ticked before it was chosen. */
const written = ({ verdict, reasons, note, source }: Typed) => ({
  verdict,
  reasons: verdict === 'pass' ? [] : [...reasons],
  note,
  source,
})

function closedBecause(stage: StageTime): ReadingRefusal | null {
  if (stage === 'open') return null
  return stage === 'over' ? 'admission-over' : 'admission-not-yet'
}

/** Where the stage of this kind stands, by its row; `none` when the round has no such row yet. */
export function stageTime(row: { opened: Date | null; closed: Date | null } | undefined): StageTime {
  if (!row) return 'none'
  if (row.closed) return 'over'
  return row.opened ? 'open' : 'not-yet'
}
