import type { EventType } from '../archive/index.ts'
import { choicesOf, type Election } from '../format/election.ts'
import type { Trustee } from '../format/trustees.ts'
import type { Findings } from './findings.ts'
import { type Counts, noCounts } from './judge.ts'

/** Events of each type, as the archive has them. */
export type EventNumbers = { readonly [type in EventType]: number }

/** Records that belong to an event, itself included (4.4). */
const recordsOf: EventNumbers = {
  Setup: 5,
  Ballot: 2,
  EndBallots: 1,
  EncryptedTally: 3,
  Shuffle: 3,
  EndShuffles: 1,
  PartialDecryption: 3,
  Result: 2,
}

/**
 * What must have been checked, from the archive's own numbers alone: its events, questions, trustees and roll.
 * `extra`: records that a set-up may have beyond the usual (the certificate of 3.2).
 */
export function expectedCounts(
  events: EventNumbers,
  election: Election,
  trustees: readonly Trustee[],
  credentials: number,
  extra: number,
): Counts {
  const counts = noCounts()
  const types = Object.keys(recordsOf) as EventType[]
  counts.records = types.reduce((sum, type) => sum + events[type] * recordsOf[type], 1 + extra)
  counts.hashes = counts.records - 1

  const choices = election.questions.reduce((sum, q) => sum + choicesOf(q), 0)
  const blanks = election.questions.filter(({ blank }) => blank).length
  const { Ballot: ballots, PartialDecryption: decryptions, EncryptedTally: tallies } = events
  counts.ballots = ballots
  counts.proofs = ballots * (choices + election.questions.length + blanks) + decryptions * choices
  counts.memberships = ballots * (2 * choices + 1) + (2 * tallies + decryptions) * choices + credentials
  counts.signatures = ballots

  for (const [kind, value] of trustees) {
    const size = kind === 'Single' ? 1 : value.verification_keys.length
    counts.proofs += size
    counts.memberships += size
    if (kind === 'Single') continue
    counts.memberships += size * (2 + value.threshold)
    counts.signatures += 2 * size
    if (value.signatures) counts.signatures += 2 * size
  }
  return counts
}

/** Nothing goes unchecked, neither by a fault of ours nor because something could not be read. */
export function checkCounts(counts: Counts, expected: Counts, findings: Findings): void {
  const place = { kind: 'archive' } as const
  const said = (key: keyof Counts) => `${counts[key]} of ${expected[key]}`
  findings.require('count.records', counts.records === expected.records, place, said('records'))
  findings.require('count.hashes', counts.hashes === expected.hashes, place, said('hashes'))
  findings.require('count.ballots', counts.ballots === expected.ballots, place, said('ballots'))
  findings.require('count.proofs', counts.proofs === expected.proofs, place, said('proofs'))
  findings.require('count.memberships', counts.memberships === expected.memberships, place, said('memberships'))
  findings.require('count.signatures', counts.signatures === expected.signatures, place, said('signatures'))
}
