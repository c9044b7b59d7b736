/** What the centre needs of a key ceremony: to order one, and to believe nothing of its answer that can be checked. */
export { newBox, openBox } from '../seal/sealed-box.ts'
export { type CeremonyAnswer, ceremonyKind, readAnswer, rollKeyAbout } from './answer.ts'
export { type CeremonyFault, type CeremonyRule, ceremonyRules, checkCeremony } from './check.ts'
export {
  announcedOf,
  type OpenedTally,
  opensWithout,
  type TakeFault,
  type TakenDecryption,
  TallyOpening,
  type TallyTexts,
} from './opening.ts'
export { type CeremonyOrder, type OrderFault, readOrder } from './order.ts'
