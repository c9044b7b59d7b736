import { z } from 'zod'
import type { Action, Circumstance } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { post } from '#platform/mail.ts'
import { type Decision, refuse } from '#platform/result.ts'
import {
  changeOutcome,
  failReasons,
  giveReading,
  type NewReading,
  type ReadingRefusal,
  standingOf,
} from '../domain/admission-decision.ts'
import { may } from '../permissions.ts'
import { type AdmissionEntry, holdForAdmission, readersOfResult, saveReading } from '../store/admission.ts'
import { findAward } from '../store/examination.ts'
import { lettersOfResult } from './admission-letter.ts'

/** A reason is told to the owners, so it must say something. Letters. */
const fewestLetters = 10

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((value) => (value === '' ? null : value))
    .nullable()
    .default(null)

/** What a reader types: the verdict, the reasons ticked with a note for each (`note-age`), a note and a source. */
export const readingInput = z
  .looseObject({
    verdict: z.enum(['pass', 'fail']),
    reasons: z.array(z.enum(failReasons)).default([]),
    note: text(4000),
    source: z
      .union([z.literal('').transform(() => null), z.uuid()])
      .nullable()
      .default(null),
  })
  .transform((typed, context) => {
    const reasons = [...new Set(typed.reasons)].map((rule) => {
      const note = String(typed[`note-${rule}`] ?? '').trim()
      if (typed.verdict === 'fail' && (note.length < fewestLetters || note.length > 4000))
        context.addIssue({
          code: 'custom',
          path: [`note-${rule}`],
          message: 'note-too-short',
          params: { limit: fewestLetters },
        })
      return { rule, note }
    })
    if (typed.verdict === 'fail' && reasons.length === 0)
      context.addIssue({ code: 'custom', path: ['reasons'], message: 'admission-no-reason' })
    return { verdict: typed.verdict, reasons, note: typed.note, source: typed.source }
  })
type Typed = z.output<typeof readingInput>

/** A change is always explained. */
const changeInput = readingInput.superRefine(({ note }, context) => {
  if ((note ?? '').length < fewestLetters)
    context.addIssue({ code: 'custom', path: ['note'], message: 'note-too-short', params: { limit: fewestLetters } })
})

type ReadingAction<Input, Refusal extends string> = Action<AdmissionEntry, Input, NewReading, Refusal>

const reading = <Input, Refusal extends string>(
  name: ReadingAction<Input, Refusal>['name'],
  input: z.ZodType<Input>,
  decide: (entry: AdmissionEntry, typed: Input, at: Circumstance) => Decision<NewReading, Refusal>,
): ReadingAction<Input, Refusal> => ({
  name,
  find: holdForAdmission,
  may: may.readForAdmission,
  input,
  decide,
  save: async (tx, entry, change, { actor, now }) => {
    await saveReading(tx, entry, change, { person: actor.id!, at: now })
    if (change.outcome) await tellOwners(tx, entry, change)
  },
  tell: ({ reading, verdict, reasons, outcome }, { title, number }) => ({
    title,
    number,
    reading,
    verdict,
    reasons: reasons.map(({ rule }) => rule),
    outcome,
  }),
  scope: () => null,
  // A first fail is no result yet, so it stands in the round's history and not in the proposal's, which its owners read.
  subject: ({ outcome }, entry) => (outcome ? entry.id : entry.round.id),
})

async function tellOwners(tx: Tx, entry: AdmissionEntry, change: NewReading) {
  const owners = await readersOfResult(tx, entry)
  const source = change.source ? await findAward(tx, change.source) : undefined
  const { id: proposal, title, number, unitName, agencyName, round } = entry
  const about = { proposal, title, number, unitName, agencyName, round: round.rules.name }
  const { reading, reasons, note } = change
  await post(tx, lettersOfResult(owners, { ...about, kind: change.outcome!, reading, reasons, note, source }))
}

/** A first or second reading of an entry. */
export const readForAdmission = reading<Typed, ReadingRefusal>(
  'competition.admission-read',
  readingInput,
  (entry, typed, { actor }) => giveReading(entry, typed, actor.id!),
)

/** Pass many at once: only entries on which the machine found nothing and which nobody has read. */
export const passWithoutFindings = reading<Record<string, never>, ReadingRefusal | 'admission-findings'>(
  'competition.admission-read',
  z.object({}),
  (entry, _, { actor }) => {
    const found = entry.examination?.findings.some(({ severity }) => severity !== 'pass') ?? true
    if (found) return refuse('admission-findings')
    if (standingOf(entry.readings) !== 'unread') return refuse('admission-decided')
    return giveReading(entry, { verdict: 'pass', reasons: [], note: null, source: null }, actor.id!)
  },
)

/** Change a result afterwards, by somebody else and with the reason. */
export const changeAdmission = reading<Typed, ReadingRefusal>(
  'competition.admission-changed',
  changeInput,
  (entry, typed, { actor }) => changeOutcome(entry, typed, actor.id!),
)
