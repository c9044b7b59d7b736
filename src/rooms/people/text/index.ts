import type { Lang } from '#platform/text.ts'
import * as account from './account.ts'
import * as agency from './agency.ts'
import * as audit from './audit.ts'
import * as factor from './factor.ts'
import * as invitation from './invitation.ts'
import * as profile from './profile.ts'
import * as unitImport from './unit-import.ts'

const id = { ...account.id, ...agency.id, ...invitation.id, ...factor.id, ...audit.id, ...profile.id, ...unitImport.id }
const en: typeof id = {
  ...account.en,
  ...agency.en,
  ...invitation.en,
  ...factor.en,
  ...audit.en,
  ...profile.en,
  ...unitImport.en,
}
export type PeopleWords = typeof id
export const words = (lang: Lang): PeopleWords => (lang === 'en' ? en : id)
