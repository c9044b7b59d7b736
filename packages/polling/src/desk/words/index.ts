import type { Lang } from '../../screen/index.ts'
import { beginWords } from './begin.ts'
import { homeWords } from './home.ts'
import { listWords } from './list.ts'
import { personWords } from './person.ts'
import { tokenWords } from './token.ts'

const id = { ...beginWords.id, ...homeWords.id, ...personWords.id, ...tokenWords.id, ...listWords.id }
const en: typeof id = { ...beginWords.en, ...homeWords.en, ...personWords.en, ...tokenWords.en, ...listWords.en }
const all = { id, en }
/** The words of a check-in desk. */
export const deskWords = (lang: Lang): typeof id => all[lang]
