import type { Lang } from '#platform/text.ts'
import * as cases from './case.ts'
import * as service from './service.ts'

const id = { ...service.id, ...cases.id }
export type ServicesWords = typeof id
const en: ServicesWords = { ...service.en, ...cases.en }

export const words = (lang: Lang): ServicesWords => (lang === 'en' ? en : id)
