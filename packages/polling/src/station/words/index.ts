import type { Lang } from '../../screen/index.ts'
import { closingWords } from './closing.ts'
import { dayWords } from './day.ts'
import { overviewWords } from './overview.ts'
import { problemWords } from './problem.ts'
import { resultWords } from './result.ts'

const id = { ...overviewWords.id, ...problemWords.id, ...dayWords.id, ...closingWords.id, ...resultWords.id }
const en: typeof id = { ...overviewWords.en, ...problemWords.en, ...dayWords.en, ...closingWords.en, ...resultWords.en }
const all = { id, en }
/** The words of the station. */
export const stationWords = (lang: Lang): typeof id => all[lang]
