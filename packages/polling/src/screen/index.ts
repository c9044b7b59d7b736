/** The layout, words and forms of all screens of a polling place. */
export { mountActs, sayPresent, sayRoles } from './act-page.tsx'
export { beginAnew, canBeginAnew } from './anew.ts'
export { addAsset, assetPath } from './assets.ts'
export { Button, Choices, ErrorSummary, Notice, type Option, type Problems, TextArea, TextField } from './form.tsx'
export { fill, type Lang, languageFrom, languages, sayNumber } from './language.ts'
export {
  type ActDone,
  Acts,
  type Agreed,
  type CardSlot,
  type Need,
  type PendingAct,
  type PresentProblem,
  twoOfficers,
} from './officers.ts'
export { deviceName, Screen, type ScreenProps } from './page.tsx'
export { type PaperTest, PaperTested, paperWords } from './paper-test.tsx'
export { formOf, listen, openScreen, page, type ScreenEnv, type Served } from './serve.ts'
export type { MediumState, PrinterState, ScreenStatus } from './status.ts'
export { screenWords } from './words.ts'
