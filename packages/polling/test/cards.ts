export {
  insertCard,
  practicePin as testPin,
  quickWork,
  writePracticeCards as writeTestCards,
} from '../src/practice/cards.ts'
