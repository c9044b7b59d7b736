import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawCredential } from '../src/cast/credential.ts'
import { openBooth } from '../src/cast/encrypt.ts'
import { boothHints } from '../src/cast/hints.ts'
import { groupNames } from '../src/group/group.ts'
import { hexHash } from '../src/hash.ts'
import { openKernel } from '../src/kernel/open.ts'
import { batchJudge } from '../src/verify/batch-judge.ts'
import { recomputeHints } from '../src/verify/commitments.ts'
import { plainTextHash } from '../src/verify/text-hash.ts'
import { hintMaker } from '../src/verify/write-hints.ts'
import { groundOf, task } from './hinted.ts'
import { allChoices, ask, keyedElection } from './keyed-election.ts'
import { seeded } from './seeded.ts'

const questions = [ask(3), ask(2, 0, 2, 1), ask(1), ask(1, 0, 1, 1)]
/** Powers of RFC-3526-2048 take their time. */
const few = [ask(2), ask(1, 0, 1, 1)]

for (const name of groupNames)
  test(`${name}: what a booth knows for nothing is, byte for byte, what a verifier computes anew, and a batch is content with it`, async () => {
    const asked = name === 'Ed25519' ? questions : few
    const { text } = keyedElection(name, asked)
    const kernel = await openKernel(name, seeded(`kernel ${name}`))
    const maker = (await hintMaker(text, { openKernel: () => kernel, hash: plainTextHash }))!
    const booth = openBooth(text)
    const made = Array.from({ length: name === 'Ed25519' ? 5 : 2 }, (_, k) => {
      const random = seeded(`booth hints ${k}`)
      const choices = asked.map((question) => {
        const all = allChoices(question)
        return all[k % all.length]!
      })
      const ballot = booth.encrypt(drawCredential(random), choices, random)
      const record = boothHints(maker, hexHash(ballot.text), ballot.commitments)
      assert.deepEqual(record, recomputeHints(maker, ballot.text, hexHash(ballot.text)))
      return { record, task: task(ballot.text, k + 1) }
    })
    const judged = batchJudge(groundOf({ group: kernel, kernel }, { election: text, alphas: false }))(
      made.map((each) => each.task),
      Uint8Array.of(...made.flatMap(({ record }) => [...record])),
    )
    assert.deepEqual(judged.findings, [])
    assert.deepEqual(judged.hints, { batched: made.length, plain: 0, missing: 0, false: 0 })
  })
