import type { Lang } from '#platform/text.ts'
import { en } from './en.ts'
import { id, type PeopleWords } from './id.ts'

export const words = (lang: Lang): PeopleWords => (lang === 'en' ? en : id)
export type { PeopleWords } from './id.ts'
