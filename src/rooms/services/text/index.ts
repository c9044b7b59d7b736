import type { Lang } from '#platform/text.ts'
import * as cases from './case.ts'
import * as channel from './channel.ts'
import * as duplicate from './duplicate.ts'
import * as elsewhere from './elsewhere.ts'
import * as field from './field.ts'
import * as figures from './figures.ts'
import * as gap from './gap.ts'
import * as hook from './hook.ts'
import * as running from './running.ts'
import * as service from './service.ts'
import * as talk from './talk.ts'
import * as upgrade from './upgrade.ts'

const id = {
  ...cases.id,
  ...duplicate.id,
  ...elsewhere.id,
  ...field.id,
  ...figures.id,
  ...running.id,
  ...channel.id,
  ...gap.id,
  ...hook.id,
  ...service.id,
  ...talk.id,
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
  ...channel.en,
  ...gap.en,
  ...hook.en,
  ...service.en,
  ...talk.en,
  ...upgrade.en,
}
export const words = (lang: Lang): ServicesWords => (lang === 'en' ? en : id)
