import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { bytesSource } from '../src/archive/index.ts'
import type { Group } from '../src/group/group.ts'
import { openKernel } from '../src/kernel/open.ts'
import { platformRandom } from '../src/random.ts'
import { verify } from '../src/verify/index.ts'
import { ask } from './keyed-election.ts'
import { makeArchive } from './make.ts'

const kernel = (await openKernel('Ed25519', platformRandom)) as Group<unknown>

test('a roll of 50,000 credentials of which three voted is verified, each credential a member and none left out', async () => {
  const { bytes, result } = makeArchive(
    {
      group: 'Ed25519',
      questions: [ask(2, 1, 1, 1)],
      voters: 50_000,
      votes: [
        { voter: 0, choices: [[0, 1, 0]] },
        { voter: 24_999, choices: [[1, 0, 0]] },
        { voter: 49_999, choices: [[0, 1, 0]] },
      ],
      trustees: { single: 1 },
      stage: 'final',
    },
    kernel,
  )
  const report = await verify(bytesSource(bytes), { openGroup: () => kernel, final: true })
  equal(report.verdict, 'sound')
  deepEqual([report.election?.credentials, report.counted, report.counts.ballots], [50_000, 3, 3])
  // Credentials, seven elements of each ballot, the trustee's key, three pairs of the tally and their three factors.
  equal(report.counts.memberships, 50_000 + 3 * 7 + 1 + 3 * 2 + 3)
  deepEqual(report.counts, report.expected)
  deepEqual(result, [[1n, 2n, 0n]])
  equal(report.result![0]!.blank, 1)
})
