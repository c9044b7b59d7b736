import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesSource } from '../src/archive/index.ts'
import type { Group, GroupName } from '../src/group/group.ts'
import { openGroup as openOwnGroup } from '../src/group/index.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { ruleNames } from '../src/reference/findings.ts'
import { verifyReference } from '../src/reference/index.ts'
import { verify } from '../src/verify/index.ts'
import { alter, type BallotText, blank } from './archives/alter.ts'
import { putTogether, readEntries, takeApart } from './archives/draft.ts'
import { archives } from './archives/list.ts'
import { mutations } from './archives/mutations.ts'
import { readFixture } from './archives/read.ts'

/** Ed25519 on the kernel, whose texts, sums and memberships are compared with noble's here as well. */
const kernel = (await openEdwardsKernel()) as Group<unknown>
const openGroup = (name: GroupName) => (name === kernel.name ? kernel : openOwnGroup(name))

test('an archive taken apart and put together is the same archive, byte for byte', () => {
  for (const { name } of archives) {
    const bytes = readFixture(name)
    assert.deepEqual(putTogether(takeApart(bytes)), bytes, name)
  }
})

for (const { name, bytes, rules, or, verdict = 'refused', notCanonical } of mutations) {
  const expected = rules.length > 0 ? rules.join(', ') : (notCanonical ?? 'nothing wrong')
  const sorted = [...rules].sort()
  test(`${name}: ${expected}`, async () => {
    const archive = bytes()
    const report = verifyReference(archive)
    assert.deepEqual([...new Set(report.faults.map(({ rule }) => rule))].sort(), sorted)
    assert.equal(report.verdict, verdict)
    assert.deepEqual([...new Set(report.notCanonical.map(({ what }) => what))], notCanonical ? [notCanonical] : [])

    // The other verifier comes to the same verdict. It may find more that follows from a fault.
    const other = await verify(bytesSource(archive), { openGroup })
    const named = other.findings.map(({ rule }): string => rule)
    if (verdict === 'refused') {
      assert.ok(['refused', 'unusable'].includes(other.verdict), other.verdict)
      assert.ok(
        [...rules, or].some((rule) => rule && named.includes(rule)),
        named.join(', '),
      )
    } else if (verdict === 'unsupported') {
      assert.equal(other.verdict, 'unusable')
    } else {
      assert.deepEqual([...new Set(named)], notCanonical ? ['ballot.answers-canonical'] : [])
      assert.equal(other.stage, report.stage)
      const { records, ballots, proofs, memberships, signatures } = report.counts
      const { hashes: _, ...counts } = other.counts
      assert.deepEqual(counts, { records, ballots, proofs, memberships, signatures })
    }
  })
}

test('every rule is broken by some alteration, and every rule that is named is known', () => {
  const broken = new Set(mutations.flatMap(({ rules }) => rules))
  assert.deepEqual([...broken].sort(), [...ruleNames].sort())
})

test('a ballot nested a hundred thousand deep is refused, and the rest is judged', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const nested = alter(blank, ({ events, forge }) => {
    const text = events[1]!.texts[0]!
    events[1]!.texts = [forge.sign(text.replace('"overall_proof"', `"note":${deep},"overall_proof"`))]
    return undefined
  })
  const rules = verifyReference(nested()).faults.map(({ rule }) => rule)
  // Without that ballot there is none.
  const follow = ['tally.num-tallied', 'tally.total-weight', 'tally.product', 'result.range']
  assert.deepEqual([...new Set(rules)], ['archive.limits', ...follow])
})

test('several things wrong are all found, each at its place', () => {
  const bytes = alter('3.0-known', ({ events }) => {
    for (const k of [1, 2]) {
      const ballot = JSON.parse(events[k]!.texts[0]!) as BallotText
      ballot.signature.proof.response = '1'
      events[k]!.texts = [JSON.stringify(ballot)]
    }
    events.at(-1)!.texts = ['{"result":[[3,1]]}']
    return undefined
  })
  assert.deepEqual(verifyReference(bytes()).faults, [
    { rule: 'ballot.signature', place: 'ballot 0' },
    { rule: 'ballot.signature', place: 'ballot 1' },
    { rule: 'result.value', place: 'question 0, choice 0' },
  ])
})

test('any one byte changed in a setup is refused', () => {
  // The shortest sound archive: of an open election in which nobody has voted yet.
  const bytes = alter(blank, ({ events }) => {
    events.splice(1)
    return undefined
  })()
  assert.equal(verifyReference(bytes).verdict, 'sound')
  for (let at = 0; at < bytes.length; at += 17) {
    const changed = Uint8Array.from(bytes)
    changed[at]! ^= 1 << (at % 8)
    assert.equal(verifyReference(changed).verdict, 'refused', `byte ${at}`)
  }
})

test('cut short after any record, an archive is refused or is one of an earlier stage', () => {
  const bytes = readFixture(blank)
  const found: string[] = []
  let length = 0
  for (const { name, text } of readEntries(bytes).slice(0, -1)) {
    length += 512 + Math.ceil(Buffer.byteLength(text) / 512) * 512
    const { verdict, stage } = verifyReference(bytes.subarray(0, length))
    found.push(verdict === 'sound' ? stage : verdict)
    assert.equal(verdict === 'sound', name.endsWith('event.json'), name)
  }
  const no = (times: number) => Array.from({ length: times }, () => 'refused')
  const then = [...no(1), 'open', 'ended', ...no(2), 'tallied', ...no(2), 'tallied', ...no(1)]
  assert.deepEqual(found, [...no(5), 'open', ...then])
})
