import { type Draft, type DraftEvent, putTogether, type Tamper, takeApart } from './draft.ts'
import { base64Hash, ed, type Forger, forger, type ProofText } from './forge.ts'
import { readFixture } from './read.ts'

/** Of three voters' ballots (the third replaces the first, which weighs 2), 2 of 3 and one trustee; see `list.ts`. */
export const known = '3.0-known'
/** One ballot to a question that may be left blank, one trustee. */
export const blank = '3.0-known-blank'

export type Question = { answers: string[]; blank?: boolean; min: number; max: number; question: string }
export type ElectionText = {
  version: number
  name: string
  group: string
  public_key: string
  questions: Question[]
  uuid: string
}
export type Pair = { alpha: string; beta: string }
export type AnswerText = {
  choices: Pair[]
  individual_proofs: ProofText[][]
  overall_proof: ProofText[]
  blank_proof?: ProofText[]
}
export type BallotText = {
  election_uuid: string
  election_hash: string
  credential: string
  answers: AnswerText[]
  signature: { hash: string; proof: ProofText }
}
export type KeyText = { pok: ProofText; public_key: string; signature?: ProofText }
export type Signed = { message: string; signature: ProofText }
export type PedersenText = {
  threshold: number
  certs: Signed[]
  coefexps: Signed[]
  signatures?: ProofText[]
  verification_keys: KeyText[]
}
export type TrusteesText = [['Single', KeyText], ['Pedersen', PedersenText]]
/** To one question. */
export type DecryptionText = { decryption_factors: [string[]]; decryption_proofs: [ProofText[]] }

/** A text with what it says changed. */
export function edit<T>(text: string, change: (value: T) => void): string {
  const value: T = JSON.parse(text)
  change(value)
  return JSON.stringify(value)
}

export type Sheet = {
  draft: Draft
  events: DraftEvent[]
  setup: string[]
  forge: Forger
  phi: string
  uuid: string
}

export function openSheet(name: string): Sheet {
  const draft = takeApart(readFixture(name))
  const setup = draft.events[0]!.texts
  const { uuid } = JSON.parse(setup[0]!) as ElectionText
  return { draft, events: draft.events, setup, forge: forger(name, uuid), phi: base64Hash(setup[0]!), uuid }
}

/** The fixture with `change` made to it. */
export const alter = (name: string, change: (sheet: Sheet) => Tamper | undefined) => () => {
  const sheet = openSheet(name)
  return putTogether(sheet.draft, change(sheet))
}

/** The setup alone, so that nothing has been signed over the election yet. */
export const onlySetup = (name: string, change: (sheet: Sheet) => void) =>
  alter(name, (sheet) => {
    sheet.events.splice(1)
    change(sheet)
    return undefined
  })

/** The sum with (0, -1), the point of order 2: (-x, -y). It leaves the group of order q. */
export function leaveGroup(text: string): string {
  const [p, top, number] = [2n ** 255n - 19n, 2n ** 255n, BigInt(`0x${text}`)]
  const [sign, y] = [number / top, number % top]
  return (p - y + (1n - sign) * top).toString(16).padStart(64, '0')
}

/** text · g^n */
export const timesG = (text: string, n: bigint): string => ed.read(text)!.times(ed.g.power(n)).text

export const plusOne = (number: string): string => `${(BigInt(number) + 1n) % ed.q}`
