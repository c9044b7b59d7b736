export { type Decrypted, type DecryptionOrder, decrypt, type Opened, type OrderRule, orderRules } from './decrypt.ts'
export { electionKey } from './election-key.ts'
export type { Fault, Outcome } from './fault.ts'
export { largestTotal } from './logarithm.ts'
export * from './pedersen.ts'
export {
  type Board,
  type Combined,
  combine,
  type DecryptionRule,
  decryptionFaults,
  type Missing,
  missingDecryptions,
} from './result.ts'
export { keyHolds, makeSingle, readSecret, readToolKey, type TrusteeSecret, writeSecret } from './single.ts'
