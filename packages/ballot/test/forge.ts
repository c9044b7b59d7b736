import { drawCredential, publicCredential, secretExponent } from '../src/cast/credential.ts'
import { openBooth } from '../src/cast/encrypt.ts'
import { drawUuid } from '../src/election.ts'
import { type Question, writeElection } from '../src/format/election.ts'
import type { Proof } from '../src/format/proof.ts'
import { type Trustee, writeTrustees } from '../src/format/trustees.ts'
import type { Group } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { base64Hash, hashScalar } from '../src/hash.ts'
import { randomScalar } from '../src/random.ts'
import { modulo } from '../src/scalar.ts'
import { electionKey } from '../src/trustee/election-key.ts'
import { proveKey } from '../src/trustee/proof.ts'
import { makeSingle, secretOf } from '../src/trustee/single.ts'
import { latin1, putTogether, type Step } from './alter.ts'
import { seeded } from './seeded.ts'

/** What somebody who forges an election may have written in its set-up. */
export interface Forgery {
  questions?: readonly Question[]
  /** Trustees, when others than one honest one. */
  trustees?: (group: Group<unknown>) => Trustee[]
  /** The roll as texts, given the honest one. */
  roll?: (honest: string[]) => string[]
  /** The election key as a text, given the honest one. */
  key?: (honest: string) => string
}

const oneAnswer: Question = { answers: ['Setuju'], min: 0, max: 1, question: 'Setuju?' }

/**
 * An election over Ed25519 whose every secret is known to the test, set up as it is told to, right or wrong. Small: two
 * voters, one question with one answer.
 */
export function forge({ questions = [oneAnswer], trustees, roll = (all) => all, key = (y) => y }: Forgery = {}) {
  const random = seeded('forge')
  const group = openGroup('Ed25519')
  const uuid = drawUuid(random)
  const board = trustees?.(group) ?? [['Single', makeSingle(group, random).key] as const]
  const election = writeElection({
    version: 1,
    description: '',
    name: 'Percobaan',
    group: 'Ed25519',
    public_key: key(electionKey(group, board)),
    questions: [...questions],
    uuid,
  })
  const credentials = [drawCredential(random), drawCredential(random)]
  const elements = credentials.map((each) => publicCredential(group, uuid, each)).sort(group.compare)
  const stranger = drawCredential(random)
  let booth: ReturnType<typeof openBooth> | undefined
  const setup = {
    type: 'Setup' as const,
    texts: {
      election,
      trustees: writeTrustees(board),
      public_credentials: JSON.stringify(roll(elements)),
    },
  }

  /** An honest ballot of voter 0 or 1, or of a stranger who stands in no roll. */
  function ballot(voter: 0 | 1 | 'stranger', ...choices: number[][]): string {
    booth ??= openBooth(election)
    return booth.encrypt(voter === 'stranger' ? stranger : credentials[voter]!, choices, random).text
  }

  /** A ballot of a booth that has the same randomness as every other booth. */
  const cloned = (voter: 0 | 1, ...choices: number[][]): string =>
    openBooth(election).encrypt(credentials[voter]!, choices, seeded('clone')).text

  /** A ballot with its answers, or whatever stands before its signature, changed by its own voter, who signs again. */
  function resign(text: string, voter: 0 | 1, change: (unsigned: string) => string): string {
    const unsigned = `${text.slice(0, text.lastIndexOf(',"signature":'))}}`
    const changed = change(unsigned)
    const hash = base64Hash(changed)
    const proof = prove(secretExponent(group.order, uuid, credentials[voter]!), `sig|${hash}|`)
    return `${changed.slice(0, -1)},"signature":{"hash":"${hash}","proof":${json(proof)}}}`
  }

  /** Schnorr: that somebody knows the logarithm s. */
  function prove(s: bigint, prefix: string): Proof {
    const w = randomScalar(group.order, random)
    const A = group.encode(group.power(group.generator, w))
    const challenge = hashScalar(`${prefix}${A}`, group.order)
    return { challenge, response: modulo(w - s * challenge, group.order) }
  }

  /** The archive while it is open, with these ballots, byte by character. */
  const open = (...ballots: string[]): Uint8Array => {
    const steps: Step[] = ballots.map((ballot) => ({ type: 'Ballot', texts: { ballot } }))
    return putTogether({ timestamp: 1_795_332_664, steps: [setup, ...steps] }, latin1)
  }
  return { group, election, uuid, elements, ballot, cloned, resign, prove, open, setup }
}

/** Two trustees whose keys cancel each other: one person's, or two who agreed on it. */
export function cancelling(group: Group<unknown>): Trustee[] {
  const random = seeded('cancelling')
  const { secret, key } = makeSingle(group, random)
  const other = secretOf(group, 'Single', group.order - secret.exponent)
  const pok = proveKey(group, other.exponent, other.publicKey, random)
  return [
    ['Single', key],
    ['Single', { pok, public_key: other.publicKey }],
  ]
}

const json = ({ challenge, response }: Proof) => `{"challenge":"${challenge}","response":"${response}"}`
