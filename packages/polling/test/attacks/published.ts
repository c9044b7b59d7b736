import {
  lastOfEach,
  openGroup,
  openKernel,
  type PartialDecryption,
  platformRandom,
  readBallot,
  writePartialDecryption,
  writeResult,
} from '@melayani/ballot'
import { ArchiveWriter, bytesSource } from '@melayani/ballot/archive'
import { combine, decrypt } from '@melayani/ballot/trustee'
import { verify } from '@melayani/ballot/verify'
import { hashOf } from '../../src/format/index.ts'
import { tallyOf } from '../tallied.ts'
import type { MadeTps } from '../village.ts'

/**
 * The archive of these ballots, opened by honest trustees: what whoever holds the ballots can get published. `last`: of each
 * credential the last one counts, as the format has it.
 */
export function publish(
  made: MadeTps,
  ballots: readonly string[],
  { counted = 'all' }: { counted?: 'all' | 'last' } = {},
): { bytes: Uint8Array; votes: number[]; blank: number } {
  const list = [...ballots].sort((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1))
  const last = lastOfEach(list.map((text) => readBallot(text).credential))
  const { ballot } = made.package
  const group = openGroup('Ed25519')
  // A group of threshold keys and the one outside: what is needed and no more.
  const { order, board, numTallied } = tallyOf(
    ballot.election,
    ballot.trustees,
    list.filter((_, at) => counted === 'all' || last.has(at)),
  )
  const decryptions = new Map<number, PartialDecryption>()
  for (const secret of made.trusteeSecrets.slice(0, 1 + made.package.threshold.needed)) {
    const done = decrypt(group, secret, order, [], platformRandom)
    if (!done.ok) throw new Error(JSON.stringify(done.faults))
    decryptions.set(done.value.owner, done.value.decryption)
  }
  const combined = combine(group, board, decryptions)
  if (combined.state !== 'result') throw new Error(JSON.stringify(combined))
  const writer = new ArchiveWriter()
  const bytes = Buffer.concat([
    writer.begin(978_307_200),
    writer.setup(ballot),
    ...list.map((text) => writer.ballot(text)),
    writer.endBallots(),
    writer.encryptedTally(order.tally, { numTallied, totalWeight: board.totalWeight }),
    ...[...decryptions].map(([owner, each]) => writer.partialDecryption(owner, writePartialDecryption(each))),
    writer.result(writeResult(combined.result)),
  ])
  const [blank, ...votes] = combined.result[0]!.map(Number)
  return { bytes: new Uint8Array(bytes), votes, blank: blank! }
}

const kernel = await openKernel('Ed25519', platformRandom)

/** What our verifier says: the verdict, then each rule with its place. */
export async function judged(bytes: Uint8Array): Promise<string[]> {
  const { verdict, findings } = await verify(bytesSource(bytes), {
    final: true,
    profile: 'pilkades',
    openGroup: () => kernel,
  })
  return [verdict, ...new Set(findings.map(({ rule }) => rule))]
}
