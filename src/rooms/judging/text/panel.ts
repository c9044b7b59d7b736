import type { Lang } from '#platform/text.ts'
import * as bundle from './bundle.ts'
import * as interview from './interview.ts'
import * as letter from './letter.ts'
import * as nominee from './nominee.ts'
import * as objection from './objection.ts'
import * as reading from './panel-reading.ts'
import * as plenary from './plenary.ts'
import * as verification from './verification.ts'

const id = {
  ...nominee.id,
  ...plenary.id,
  ...objection.id,
  ...reading.id,
  ...interview.id,
  ...bundle.id,
  ...letter.id,
  ...verification.id,
}
const en: typeof id = {
  ...nominee.en,
  ...plenary.en,
  ...objection.en,
  ...reading.en,
  ...interview.en,
  ...bundle.en,
  ...letter.en,
  ...verification.en,
}

export type PanelWords = typeof id
/** The words of the panel's half of the room. Every refusal is a key of them. */
export const panelWords = (lang: Lang): PanelWords => (lang === 'en' ? en : id)
