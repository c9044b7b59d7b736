import {
  encryptedTally,
  openGroup,
  platformRandom,
  type Random,
  readBallot,
  readElection,
  readTrustees,
  writeEncryptedTally,
} from '@melayani/ballot'
import { openBooth, readCredential } from '@melayani/ballot/cast'
import type { DecryptionOrder } from '@melayani/ballot/trustee'
import { electionFingerprint, hashOf } from '../src/format/index.ts'
import type { MadeTps } from './village.ts'

/** The bare credential of a token's text. */
export const credentialOf = (token: string): string => {
  const read = readCredential(token)
  if (!('credential' in read)) throw new Error(`no credential: ${token}`)
  return read.credential
}

/** What votes become: ballot texts, their tally, and what trustees are asked. A vote is a candidate's number, or 0 for blank. */
export function tallied(made: MadeTps, votes: readonly number[], random: Random = platformRandom) {
  const { election, trustees } = made.package.ballot
  const booth = openBooth(election)
  const choices = (vote: number) => [
    Array.from({ length: made.package.candidates.length + 1 }, (_, at) => (at === vote ? 1 : 0)),
  ]
  const ballots = votes.map(
    (vote, at) => booth.encrypt(credentialOf(made.tokens[at]!), choices(vote) as (0 | 1)[][], random).text,
  )
  return { ballots, ...tallyOf(election, trustees, ballots) }
}

export function tallyOf(election: string, trustees: string, ballots: readonly string[]) {
  const { tally, totalWeight, numTallied } = encryptedTally(
    openGroup(readElection(election).group),
    readElection(election),
    ballots.map((text) => ({ ...readBallot(text), weight: 1n })),
  )
  const text = writeEncryptedTally(tally)
  const fingerprint = electionFingerprint(election)
  const order: DecryptionOrder = {
    election,
    trustees,
    tally: text,
    announced: { election: fingerprint, tally: hashOf(text) },
  }
  return { order, numTallied, board: { fingerprint, trustees: readTrustees(trustees), tally, totalWeight } }
}
