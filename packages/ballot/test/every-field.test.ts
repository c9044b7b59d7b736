import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesSource } from '../src/archive/index.ts'
import type { Group } from '../src/group/group.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { verifyReference } from '../src/reference/index.ts'
import { verify } from '../src/verify/index.ts'
import { everyField } from './archives/every-field.ts'

const kernel = (await openEdwardsKernel()) as Group<unknown>
/** The object that a rule is about. */
const about = (rules: readonly string[]) => new Set(rules.map((rule) => rule.split('.')[0]))

test('every field changed, removed, put there twice, exchanged with its neighbour: both verifiers refuse it, or it is the same vote in another spelling', async () => {
  const seen = { refused: 0, sound: 0, unsupported: 0 }
  const spellings: Record<string, number> = {}
  for (const { name, bytes, inAnswers } of everyField()) {
    const report = verifyReference(bytes)
    const other = await verify(bytesSource(bytes), { openGroup: () => kernel })
    seen[report.verdict]++
    if (report.verdict === 'refused') {
      assert.ok(['refused', 'unusable'].includes(other.verdict), `${name}: ${other.verdict}`)
      const others = about(other.findings.map(({ rule }) => rule))
      const shared = [...about(report.faults.map(({ rule }) => rule))].filter((object) => others.has(object))
      assert.ok(shared.length > 0, `${name}: ${report.faults[0]?.rule} and ${other.findings[0]?.rule}`)
    } else if (report.verdict === 'unsupported') {
      assert.equal(other.verdict, 'unusable', name)
    } else {
      // Nothing outside the answers of a ballot is neutral.
      assert.ok(inAnswers, name)
      const [spelling, ...more] = report.notCanonical.map(({ what }) => what)
      assert.deepEqual(more, [], name)
      spellings[spelling!] = (spellings[spelling!] ?? 0) + 1
      if (spelling !== 'member twice') assert.equal(other.verdict, 'not-canonical', name)
    }
  }
  // Twice: 2 members of 2 ciphertexts and of 8 proofs, 4 of the answer. Exchanged: each pair, and 3 in the answer.
  assert.deepEqual(spellings, { 'member twice': 24, 'order of members': 13 })
  // Not judged here: another version, another group.
  assert.deepEqual(seen, { refused: 321, sound: 37, unsupported: 2 })
})
