import type { Lang } from '#platform/text.ts'
import * as front from './front.ts'
import * as gallery from './gallery.ts'

const id = { ...gallery.id, ...front.id }
const en: typeof id = { ...gallery.en, ...front.en }
export type GalleryWords = typeof id

export const words = (lang: Lang): GalleryWords => (lang === 'en' ? en : id)
