import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bytesSource } from '../src/archive/index.ts'
import { type Progress, verify } from '../src/verify/verify.ts'
import { archives } from './archives/list.ts'
import { quickGroup } from './quick-group.ts'

const read = (name: string) => readFileSync(new URL(`./archives/${name}.bel`, import.meta.url))
/** Above 2^30 - 1 a number of votes is a text. */
const written = (votes: number) => (votes > 1_073_741_823 ? `${votes}` : votes)

for (const { name, election, expected } of archives) {
  test(`${name}: ${expected.unsupported ? 'of another kind, said to be so' : `sound, ${expected.stage}, every number as voted`}`, async () => {
    // Those of 3.3.0 are left to the groups without a kernel.
    const options = name.startsWith('3.3.0') ? {} : { openGroup: quickGroup }
    const report = await verify(bytesSource(read(name)), options)
    if (expected.unsupported) {
      assert.equal(report.verdict, 'unusable')
      assert.deepEqual(
        report.findings.map(({ rule, place }) => [rule, place.kind, place.record]),
        [['election.unsupported', 'election', 2]],
      )
      return
    }
    assert.deepEqual([report.verdict, report.findings], ['sound', []])
    assert.equal(report.stage, expected.stage)
    assert.equal(report.counted, expected.counted)
    assert.equal(report.weight, written(expected.weight))
    assert.equal(report.counts.ballots, expected.ballots)
    assert.deepEqual(report.counts, report.expected)
    assert.equal(report.election?.group, election.group)
    assert.equal(report.election?.credentials, election.weights.length)
    const { single, pedersen } = election.trustees
    assert.equal(report.election?.trustees, single + (pedersen?.of ?? 0))
    const result = report.result?.map(({ blank, answers }) => [
      ...(blank === undefined ? [] : [blank]),
      ...answers.map(({ votes }) => votes),
    ])
    assert.deepEqual(
      result,
      expected.result?.map((numbers) => numbers.map(written)),
    )
  })
}

test('what was checked is counted: three ballots of one question with three answers, one trustee', async () => {
  const report = await verify(bytesSource(read('3.0-single')))
  // Three individual proofs and an overall one for each ballot, one of knowledge, three of decryption; seven elements
  // for each ballot, four credentials, one key, six in the tally, three factors.
  assert.deepEqual(report.counts, {
    records: 1 + 5 + 3 * 2 + 1 + 3 + 3 + 2,
    hashes: 5 + 3 * 2 + 1 + 3 + 3 + 2,
    ballots: 3,
    proofs: 3 * 4 + 1 + 3,
    memberships: 3 * 7 + 4 + 1 + 6 + 3,
    signatures: 3,
  })
})

test('progress grows to all bytes and all ballots', async () => {
  const steps: Progress[] = []
  const bytes = read('3.0-questions')
  await verify(bytesSource(bytes), { progress: (step) => void steps.push({ ...step }) })
  assert.deepEqual(steps.at(-1), { bytes: bytes.length, size: bytes.length, judged: 3, ballots: 3 })
  for (const [i, step] of steps.entries()) assert.ok(i === 0 || step.judged >= steps[i - 1]!.judged)
})
