import type { Lang } from '#platform/text.ts'
import * as reading from './reading.ts'

const id = { ...reading.id }
const en: typeof id = { ...reading.en }

export type JudgingWords = typeof id
/** The room's words in the reader's language. */
export const words = (lang: Lang): JudgingWords => (lang === 'en' ? en : id)
