import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { bytesSource } from '@melayani/ballot/archive'
import { readContainer, verifyRecord } from '../src/record/index.ts'
import { surveyRecord } from '../src/record/verify.ts'
import { makeRecord } from './recorded.ts'

const flips = process.env.LONG ? 10_000 : 1500
/** Every flip is looked for by the file's own survey; so many, and all in the manifest, also by the whole verifier. */
const wholly = process.env.LONG ? flips : 60

test(`each of ${flips} changed bytes is refused, and the entry or the byte in which it lies is named`, async () => {
  const { bytes } = makeRecord({
    tps: { voters: 3, reserve: 1, candidates: ['Sari Wulandari', 'Budi Santoso'] },
    votes: [1, 2],
  })
  const { entries } = await readContainer(bytesSource(bytes))
  const copy = bytes.slice()
  for (let n = 0; n < flips; n++) {
    const at = randomInt(bytes.length)
    const { name, offset } = entries.findLast((entry) => entry.offset <= at)!
    copy[at]! ^= randomInt(1, 256)
    const inManifest = name === 'manifest.json' && at >= offset + 512
    const findings =
      n < wholly || inManifest
        ? (await verifyRecord(bytesSource(copy))).findings
        : (await surveyRecord(bytesSource(copy))).context.findings
    // A header's own bytes are checked against one another: which of its 512 was changed cannot always be told.
    const last = at < offset + 512 ? offset + 511 : at
    const named = findings.some((each) => each.entry === name || (each.offset! >= offset && each.offset! <= last))
    assert.ok(named, `byte ${at} of ${name}, which begins at ${offset}: ${JSON.stringify(findings.slice(0, 3))}`)
    copy[at] = bytes[at]!
  }
  assert.deepEqual((await verifyRecord(bytesSource(copy))).findings, [])
})
