import type { Lang } from '../text.ts'
import { en } from './en.ts'
import { id, type PlatformWords } from './id.ts'

export const platformWords = (lang: Lang): PlatformWords => (lang === 'en' ? en : id)
export type { PlatformWords } from './id.ts'
