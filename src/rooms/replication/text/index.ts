import type { Lang } from '#platform/text.ts'
import * as adopting from './adopting.ts'
import * as process from './process.ts'
import * as shown from './shown.ts'

const id = { ...shown.id, ...adopting.id, ...process.id }
export type ReplicationWords = typeof id
const en: ReplicationWords = { ...shown.en, ...adopting.en, ...process.en }

export const words = (lang: Lang): ReplicationWords => (lang === 'en' ? en : id)
