import type { Lang } from '#platform/text.ts'
import * as candidate from './candidate.ts'
import * as ceremony from './ceremony.ts'
import * as election from './election.ts'
import * as intake from './intake.ts'
import * as office from './office.ts'
import * as place from './place.ts'
import * as profile from './profile.ts'
import * as readiness from './readiness.ts'
import * as invitation from './roll/invitation.ts'
import * as queue from './roll/queue.ts'
import * as roll from './roll/roll.ts'
import * as wave from './wave.ts'

const id = {
  ...wave.id,
  ...election.id,
  ...profile.id,
  ...candidate.id,
  ...place.id,
  ...readiness.id,
  ...office.id,
  ...ceremony.id,
  ...intake.id,
  ...roll.id,
  ...invitation.id,
  ...queue.id,
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
  ...ceremony.en,
  ...intake.en,
  ...roll.en,
  ...invitation.en,
  ...queue.en,
}

export const words = (lang: Lang): VotingWords => (lang === 'en' ? en : id)
