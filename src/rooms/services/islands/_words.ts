import type { Lang } from '#platform/text.ts'
import * as cases from '../text/case.ts'
import * as field from '../text/field.ts'
import * as service from '../text/service.ts'

const id = { ...service.id, ...cases.id, ...field.id }
export type FieldWords = typeof id
const en: FieldWords = { ...service.en, ...cases.en, ...field.en }

/** The app's words, in either language, without a server. */
export const words = (lang: Lang): FieldWords => (lang === 'en' ? en : id)

/** Words of a package in the reader's language, or in the package's first. */
export const say = (said: Record<string, string>, lang: string): string => said[lang] ?? Object.values(said)[0] ?? ''
