import { advanced, hashesIn, judge, movesOnPhone, screensOf } from '../domain/field.ts'
import { shownValue } from '../domain/showing.ts'
import { answersOf, typedOf } from '../domain/typed.ts'

/** The room's own engine, as the field app loads it: the same files that judge on the server. */
export const engine = { advanced, hashesIn, judge, movesOnPhone, screensOf, shownValue, answersOf, typedOf }

globalThis.melayaniEngine = engine
