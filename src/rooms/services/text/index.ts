import type { Lang } from '#platform/text.ts'
import * as ask from './ask.ts'
import * as cases from './case.ts'
import * as channel from './channel.ts'
import * as charge from './charge.ts'
import * as duplicate from './duplicate.ts'
import * as elsewhere from './elsewhere.ts'
import * as field from './field.ts'
import * as figures from './figures.ts'
import * as gap from './gap.ts'
import * as hook from './hook.ts'
import * as improvement from './improvement.ts'
import * as offer from './offer.ts'
import * as problem from './problem.ts'
import * as running from './running.ts'
import * as service from './service.ts'
import * as studio from './studio.ts'
import * as talk from './talk.ts'
import * as upgrade from './upgrade.ts'
import * as worklist from './worklist.ts'

const id = {
  ...ask.id,
  ...cases.id,
  ...channel.id,
  ...charge.id,
  ...duplicate.id,
  ...elsewhere.id,
  ...field.id,
  ...figures.id,
  ...gap.id,
  ...hook.id,
  ...improvement.id,
  ...problem.id,
  ...offer.id,
  ...running.id,
  ...service.id,
  ...studio.id,
  ...talk.id,
  ...upgrade.id,
  ...worklist.id,
}
export type ServicesWords = typeof id
const en: ServicesWords = {
  ...ask.en,
  ...cases.en,
  ...channel.en,
  ...charge.en,
  ...duplicate.en,
  ...elsewhere.en,
  ...field.en,
  ...figures.en,
  ...gap.en,
  ...hook.en,
  ...improvement.en,
  ...problem.en,
  ...offer.en,
  ...running.en,
  ...service.en,
  ...studio.en,
  ...talk.en,
  ...upgrade.en,
  ...worklist.en,
}
export const words = (lang: Lang): ServicesWords => (lang === 'en' ? en : id)
