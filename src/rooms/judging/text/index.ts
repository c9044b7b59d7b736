import type { Lang } from '#platform/text.ts'
import * as assignment from './assignment.ts'
import * as evaluator from './evaluator.ts'
import * as notice from './notice.ts'
import * as ranking from './ranking.ts'
import * as reading from './reading.ts'
import * as sheet from './sheet.ts'
import * as team from './team-import.ts'

const id = { ...reading.id, ...evaluator.id, ...assignment.id, ...sheet.id, ...ranking.id, ...notice.id, ...team.id }
const en: typeof id = {
  ...reading.en,
  ...evaluator.en,
  ...assignment.en,
  ...sheet.en,
  ...ranking.en,
  ...notice.en,
  ...team.en,
}

export type JudgingWords = typeof id
/** The room's words in the reader's language. */
export const words = (lang: Lang): JudgingWords => (lang === 'en' ? en : id)
