import type { Lang } from '#platform/text.ts'
import * as api from './api.ts'
import * as front from './front.ts'
import * as gallery from './gallery.ts'
import * as keeping from './keeping.ts'

const id = { ...gallery.id, ...front.id, ...keeping.id, ...api.id }
export type GalleryWords = typeof id
const en: GalleryWords = { ...gallery.en, ...front.en, ...keeping.en, ...api.en }

export const words = (lang: Lang): GalleryWords => (lang === 'en' ? en : id)

/** A Sustainable Development Goal by its number: "3 Kehidupan sehat dan sejahtera". */
export const goalName = (n: number, lang: Lang): string =>
  `${n} ${(words(lang) as Record<string, string>)[`goal${n}`] ?? ''}`.trim()
