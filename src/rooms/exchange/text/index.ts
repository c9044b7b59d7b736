import type { Lang } from '#platform/text.ts'
import * as adoption from './adoption.ts'
import * as peer from './peer.ts'

const id = { ...peer.id, ...adoption.id }
export type ExchangeWords = typeof id
const en: ExchangeWords = { ...peer.en, ...adoption.en }

export const words = (lang: Lang): ExchangeWords => (lang === 'en' ? en : id)
