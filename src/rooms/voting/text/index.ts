import type { Lang } from '#platform/text.ts'
import * as election from './election.ts'
import * as intake from './intake.ts'
import * as profile from './profile.ts'
import * as wave from './wave.ts'

const id = { ...wave.id, ...election.id, ...profile.id, ...intake.id }
export type VotingWords = typeof id
const en: VotingWords = { ...wave.en, ...election.en, ...profile.en, ...intake.en }

export const words = (lang: Lang): VotingWords => (lang === 'en' ? en : id)
