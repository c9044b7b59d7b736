import type { Lang } from '#platform/text.ts'
import * as cases from './case.ts'
import * as duplicate from './duplicate.ts'
import * as elsewhere from './elsewhere.ts'
import * as field from './field.ts'
import * as figures from './figures.ts'
import * as running from './running.ts'
import * as service from './service.ts'
import * as upgrade from './upgrade.ts'

const id = {
  ...cases.id,
  ...duplicate.id,
  ...elsewhere.id,
  ...field.id,
  ...figures.id,
  ...running.id,
  ...service.id,
  ...upgrade.id,
}
export type ServicesWords = typeof id
const en: ServicesWords = {
  ...cases.en,
  ...duplicate.en,
  ...elsewhere.en,
  ...field.en,
  ...figures.en,
  ...running.en,
  ...service.en,
  ...upgrade.en,
}
export const words = (lang: Lang): ServicesWords => (lang === 'en' ? en : id)
