import {
  encryptedTally,
  type Group,
  readBallot,
  readElection,
  readTrustees,
  type Tallied,
  writeEncryptedTally,
} from '@melayani/ballot'
import { ArchiveWriter } from '@melayani/ballot/archive'
import { type Missing, missingDecryptions } from '@melayani/ballot/trustee'
import { type TakenDecryption, TallyOpening } from '../ceremony/opening.ts'
import { type ElectionPackage, hashOf } from '../format/index.ts'

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

/** A trustee's part as it is kept: the archive's text and the stronger proof. */
export type Share = TakenDecryption

/** The opening of this tally with the parts that were taken so far; they are judged anew. `group`: public values only. */
export const openingOf = (
  { ballot }: Pick<ElectionPackage, 'ballot'>,
  { text: tally, tallied }: Pick<ClosedTally, 'text' | 'tallied'>,
  shares: readonly Share[],
  group: Group<unknown>,
): TallyOpening =>
  new TallyOpening(
    { election: ballot.election, trustees: ballot.trustees, tally, ballots: tallied.numTallied },
    shares,
    group,
  )

/** How many more parts are needed, and of whom; empty when a result can be made. */
export const missingShares = (content: ElectionPackage, owners: readonly number[]): readonly Missing[] =>
  missingDecryptions(readTrustees(content.ballot.trustees), new Set(owners))

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
  /** `result`: the archive's text of it. */
  opened?: { readonly shares: readonly Share[]; readonly result: string },
): Uint8Array {
  const writer = new ArchiveWriter()
  const parts = [writer.begin(archiveTime(content)), writer.setup(content.ballot)]
  const sorted = ballots.map((ballot) => ({ ballot, hash: hashOf(ballot) })).sort((a, b) => (a.hash < b.hash ? -1 : 1))
  for (const { ballot } of sorted) parts.push(writer.ballot(ballot))
  parts.push(writer.endBallots(), writer.encryptedTally(text, tallied))
  if (opened) {
    const shares = [...opened.shares].sort((a, b) => a.owner - b.owner)
    for (const { owner, decryption } of shares) parts.push(writer.partialDecryption(owner, decryption))
    parts.push(writer.result(opened.result))
  }
  return Buffer.concat(parts)
}
