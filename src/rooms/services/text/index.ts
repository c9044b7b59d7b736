import type { Lang } from '#platform/text.ts'
import * as cases from './case.ts'
import * as service from './service.ts'
import * as upgrade from './upgrade.ts'

const id = { ...service.id, ...cases.id, ...upgrade.id }
export type ServicesWords = typeof id
const en: ServicesWords = { ...service.en, ...cases.en, ...upgrade.en }

export const words = (lang: Lang): ServicesWords => (lang === 'en' ? en : id)
