import type { Lang } from '#platform/text.ts'
import * as candidate from './candidate.ts'
import * as election from './election.ts'
import * as intake from './intake.ts'
import * as office from './office.ts'
import * as place from './place.ts'
import * as profile from './profile.ts'
import * as readiness from './readiness.ts'
import * as wave from './wave.ts'

const id = {
  ...wave.id,
  ...election.id,
  ...profile.id,
  ...candidate.id,
  ...place.id,
  ...readiness.id,
  ...office.id,
  ...intake.id,
}
export type VotingWords = typeof id
const en: VotingWords = {
  ...wave.en,
  ...election.en,
  ...profile.en,
  ...candidate.en,
  ...place.en,
  ...readiness.en,
  ...office.en,
  ...intake.en,
}

export const words = (lang: Lang): VotingWords => (lang === 'en' ? en : id)
