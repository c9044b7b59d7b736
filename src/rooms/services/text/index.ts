import type { Lang } from '#platform/text.ts'
import * as cases from './case.ts'
import * as duplicate from './duplicate.ts'
import * as figures from './figures.ts'
import * as service from './service.ts'
import * as upgrade from './upgrade.ts'

const id = {
  ...cases.id,
  ...figures.id,
  ...duplicate.id,
  ...service.id,
  ...upgrade.id,
}
export type ServicesWords = typeof id
const en: ServicesWords = {
  ...cases.en,
  ...figures.en,
  ...duplicate.en,
  ...service.en,
  ...upgrade.en,
}
export const words = (lang: Lang): ServicesWords => (lang === 'en' ? en : id)
