import type { Lang } from '#platform/text.ts'
import * as admission from './admission.ts'
import * as adoption from './adoption.ts'
import * as dashboard from './dashboard.ts'
import * as duplicate from './duplicate.ts'
import * as invitation from './invitation.ts'
import * as live from './live-figure.ts'
import * as proposal from './proposal.ts'
import * as register from './register.ts'
import * as round from './round.ts'
import * as submission from './submission.ts'

const id = {
  ...admission.id,
  ...duplicate.id,
  ...dashboard.id,
  ...round.id,
  ...invitation.id,
  ...adoption.id,
  ...live.id,
  ...proposal.id,
  ...submission.id,
  ...register.id,
}
export type CompetitionWords = typeof id
const en: CompetitionWords = {
  ...admission.en,
  ...duplicate.en,
  ...dashboard.en,
  ...round.en,
  ...invitation.en,
  ...adoption.en,
  ...live.en,
  ...proposal.en,
  ...submission.en,
  ...register.en,
}

export const words = (lang: Lang): CompetitionWords => (lang === 'en' ? en : id)
