/** What a booth, a maker of credentials and whoever checks a spoiled ballot need. */
export { type BallotFault, ballotFaults } from './check.ts'
export { ChoiceError, type ChoiceFault, type Choices, choiceFault, choose, chosenNames } from './choices.ts'
export {
  type CredentialFault,
  type CredentialForm,
  credentialForm,
  drawCredential,
  publicCredential,
  publicCredentials,
  readCredential,
  secretExponent,
  type TypedCredential,
  withCheck,
} from './credential.ts'
export {
  type Booth,
  type BoothOptions,
  type Commitments,
  type Encrypted,
  type Opened,
  openBooth,
  openBoothWith,
  type Shown,
} from './encrypt.ts'
export {
  checkOpening,
  checkOpeningWith,
  mayBeCast,
  type Opening,
  type OpeningFault,
  type OpeningVerdict,
  readOpening,
  type Sealed,
  sayChosen,
  sealBallot,
  writeOpening,
} from './spoil.ts'
