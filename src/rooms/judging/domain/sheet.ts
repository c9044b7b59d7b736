import type { Criterion } from './score.ts'

export type Mark = { criterion: string; points: number | null; comment: string; revision: number }
export type OwnSheet = {
  agency: string
  proposal: string
  evaluator: string
  round: string
  purpose: string
  /** Own deadline of the wave that this reading is of. */
  waveUntil: Date | null
  ended: Date | null
  finished: Date | null
  note: string
  noteRevision: number
  commentsForEntrant: boolean
  marks: Mark[]
}

/** One line of an evaluator's worklist; `given` is how many points were given so far. */
export type Work = {
  proposal: string
  round: string
  number: number | null
  title: string
  category: string | null
  group: string
  agencyName: string
  purpose: string
  waveUntil: Date | null
  given: number
  finished: Date | null
}

type Present = { note: string; noteRevision: number; commentsForEntrant: boolean; marks: readonly Mark[] }
type Parts = {
  marks: readonly { criterion: string; points: number | null; comment: string; base: number }[]
  note?: { text: string; share: boolean; base: number } | undefined
}

/** What became of one field that was sent; `note` is the field of the confidential note. */
export type FieldFate =
  | { field: string; fate: 'saved' | 'same'; revision: number }
  /** Somebody (another device of the same person) was quicker: this is what stands there now. */
  | { field: string; fate: 'behind'; revision: number; points?: number | null; comment?: string; note?: string }
  | { field: string; fate: 'unknown' }

/**
 * Decide each field by its revision. What stands there already is the same, whatever revision was named, so a resend
 * changes nothing; what started from the present revision is saved as the next one; anything else is behind.
 */
export function mergeParts(criteria: readonly string[], present: Present, parts: Parts) {
  const fates: FieldFate[] = []
  const marks: Mark[] = []
  for (const { criterion, points, comment, base } of parts.marks) {
    if (!criteria.includes(criterion)) {
      fates.push({ field: criterion, fate: 'unknown' })
      continue
    }
    const now = present.marks.find((mark) => mark.criterion === criterion) ?? {
      criterion,
      points: null,
      comment: '',
      revision: 0,
    }
    if (now.points === points && now.comment === comment)
      fates.push({ field: criterion, fate: 'same', revision: now.revision })
    else if (now.revision !== base)
      fates.push({ field: criterion, fate: 'behind', revision: now.revision, points: now.points, comment: now.comment })
    else {
      marks.push({ criterion, points, comment, revision: base + 1 })
      fates.push({ field: criterion, fate: 'saved', revision: base + 1 })
    }
  }
  let note: { note: string; noteRevision: number; commentsForEntrant: boolean } | undefined
  if (parts.note) {
    const { text, share, base } = parts.note
    if (present.note === text && present.commentsForEntrant === share)
      fates.push({ field: 'note', fate: 'same', revision: present.noteRevision })
    else if (present.noteRevision !== base)
      fates.push({ field: 'note', fate: 'behind', revision: present.noteRevision, note: present.note })
    else {
      note = { note: text, noteRevision: base + 1, commentsForEntrant: share }
      fates.push({ field: 'note', fate: 'saved', revision: base + 1 })
    }
  }
  return { fates, marks, note }
}

/** Weighted criteria without points: until there are none, a sheet cannot be finished. */
export function missingMarks(criteria: readonly Criterion[], marks: readonly Mark[]): string[] {
  const given = new Set(marks.filter((mark) => mark.points !== null).map((mark) => mark.criterion))
  return criteria.filter(({ id, weight }) => weight > 0 && !given.has(id)).map(({ id }) => id)
}
