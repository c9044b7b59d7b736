import type { Lang } from '#platform/text.ts'
import * as audit from './audit.ts'
import * as candidate from './candidate.ts'
import * as ceremony from './ceremony.ts'
import * as count from './count.ts'
import * as decision from './decision.ts'
import * as deliberation from './deliberation.ts'
import * as destruction from './destruction.ts'
import * as election from './election.ts'
import * as intake from './intake.ts'
import * as objection from './objection.ts'
import * as office from './office.ts'
import * as place from './place.ts'
import * as profile from './profile.ts'
import * as readiness from './readiness.ts'
import * as registration from './registration.ts'
import * as result from './result.ts'
import * as assistance from './roll/assistance.ts'
import * as invitation from './roll/invitation.ts'
import * as queue from './roll/queue.ts'
import * as roll from './roll/roll.ts'
import * as tps from './tps.ts'
import * as wave from './wave.ts'

const id = {
  ...candidate.id,
  ...ceremony.id,
  ...decision.id,
  ...deliberation.id,
  ...destruction.id,
  ...election.id,
  ...intake.id,
  ...office.id,
  ...place.id,
  ...profile.id,
  ...readiness.id,
  ...registration.id,
  ...count.id,
  ...objection.id,
  ...result.id,
  ...roll.id,
  ...assistance.id,
  ...invitation.id,
  ...queue.id,
  ...tps.id,
  ...wave.id,
  ...audit.id,
}
export type VotingWords = typeof id
const en: VotingWords = {
  ...candidate.en,
  ...ceremony.en,
  ...decision.en,
  ...deliberation.en,
  ...destruction.en,
  ...election.en,
  ...intake.en,
  ...office.en,
  ...place.en,
  ...profile.en,
  ...readiness.en,
  ...registration.en,
  ...count.en,
  ...objection.en,
  ...result.en,
  ...roll.en,
  ...assistance.en,
  ...invitation.en,
  ...queue.en,
  ...tps.en,
  ...wave.en,
  ...audit.en,
}
export const words = (lang: Lang): VotingWords => (lang === 'en' ? en : id)
