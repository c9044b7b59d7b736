import {
  type EncryptedTally,
  encryptedTally,
  type Group,
  keysOf,
  type PartialDecryption,
  readBallot,
  readElection,
  readPartialDecryption,
  readTrustees,
  type Tallied,
  writeEncryptedTally,
  writePartialDecryption,
  writeResult,
} from '@melayani/ballot'
import { ArchiveWriter } from '@melayani/ballot/archive'
import {
  type Combined,
  combine,
  type DecryptionOrder,
  decryptionFaults,
  missingDecryptions,
} from '@melayani/ballot/trustee'
import { strongerFaults } from '../card/stronger.ts'
import { type ElectionPackage, fingerprintOf, hashOf } from '../format/index.ts'

/** What is announced when the box is closed for ever: the product of the ballots, and its text's hash. */
export type ClosedTally = { readonly tallied: Tallied; readonly text: string; readonly hash: string }

export function tallyOf(content: ElectionPackage, group: Group<unknown>, ballots: readonly string[]): ClosedTally {
  const election = readElection(content.ballot.election)
  const tallied = encryptedTally(
    group,
    election,
    ballots.map((text) => ({ ...readBallot(text), weight: 1n })),
  )
  const text = writeEncryptedTally(tallied.tally)
  return { tallied, text, hash: hashOf(text) }
}

/** What each trustee's card is asked: the announced tally and no other. */
export const orderOf = (
  content: ElectionPackage,
  { text, hash }: Pick<ClosedTally, 'text' | 'hash'>,
): DecryptionOrder => ({
  election: content.ballot.election,
  trustees: content.ballot.trustees,
  tally: text,
  announced: { election: fingerprintOf(content.ballot.election), tally: hash },
})

/** A trustee's part as it is kept: the archive's text and the stronger proof. */
export type Share = { readonly owner: number; readonly decryption: string; readonly stronger: string }

export const shareOf = (owner: number, decryption: PartialDecryption, stronger: string): Share => ({
  owner,
  decryption: writePartialDecryption(decryption),
  stronger,
})

const boardOf = (content: ElectionPackage, tally: EncryptedTally) => ({
  fingerprint: fingerprintOf(content.ballot.election),
  trustees: readTrustees(content.ballot.trustees),
  tally,
})

/** Every reason not to take a trustee's part, the stronger proof included. Empty: it is sound. */
export function shareFaults(
  content: ElectionPackage,
  group: Group<unknown>,
  tally: EncryptedTally,
  share: Share,
): string[] {
  const board = boardOf(content, tally)
  if (share.owner < 1 || share.owner > keysOf(board.trustees).length) return ['owner']
  let decryption: PartialDecryption
  try {
    decryption = readPartialDecryption(share.decryption)
  } catch {
    return ['form']
  }
  return [
    ...decryptionFaults(group, board, share.owner, decryption),
    ...strongerFaults(group, board, share.owner, decryption, share.stronger),
  ].map(({ rule }) => rule)
}

/** How many more parts are needed, and of whom; empty when a result can be made. */
export const missingShares = (content: ElectionPackage, owners: readonly number[]) =>
  missingDecryptions(readTrustees(content.ballot.trustees), new Set(owners))

/** The result from all parts that are there. They were judged when they came, and are judged again here. */
export function combineShares(
  content: ElectionPackage,
  group: Group<unknown>,
  { tallied }: Pick<ClosedTally, 'tallied'>,
  shares: readonly Share[],
): Combined {
  const decryptions = new Map(
    shares.map(({ owner, decryption }) => [owner, readPartialDecryption(decryption)] as const),
  )
  return combine(group, { ...boardOf(content, tallied.tally), totalWeight: tallied.totalWeight }, decryptions)
}

/** One second for all records of an archive: midnight of the election's day, in universal time. It tells nothing (T15, T16). */
export const archiveTime = (content: ElectionPackage): number => Date.parse(`${content.election.date}T00:00:00Z`) / 1000

/**
 * The public archive, byte for byte the same whenever it is written from the same ballots: sorted by hash, one time for all.
 * Without shares it ends at the tally.
 */
export function writeArchive(
  content: ElectionPackage,
  ballots: readonly string[],
  { text, tallied }: ClosedTally,
  opened?: { readonly shares: readonly Share[]; readonly result: readonly (readonly bigint[])[] },
): Uint8Array {
  const writer = new ArchiveWriter()
  const parts = [writer.begin(archiveTime(content)), writer.setup(content.ballot)]
  const sorted = ballots.map((ballot) => ({ ballot, hash: hashOf(ballot) })).sort((a, b) => (a.hash < b.hash ? -1 : 1))
  for (const { ballot } of sorted) parts.push(writer.ballot(ballot))
  parts.push(writer.endBallots(), writer.encryptedTally(text, tallied))
  if (opened) {
    const shares = [...opened.shares].sort((a, b) => a.owner - b.owner)
    for (const { owner, decryption } of shares) parts.push(writer.partialDecryption(owner, decryption))
    parts.push(writer.result(writeResult(opened.result)))
  }
  return Buffer.concat(parts)
}
