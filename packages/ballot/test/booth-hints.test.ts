import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawCredential } from '../src/cast/credential.ts'
import { openBooth, openBoothWith } from '../src/cast/encrypt.ts'
import { boothHints, curveHints, hintOrder } from '../src/cast/hints.ts'
import { curveGroup } from '../src/group/curve.ts'
import { groupNames } from '../src/group/group.ts'
import { hexHash } from '../src/hash.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { batchJudge } from '../src/verify/batch-judge.ts'
import { recomputeHints } from '../src/verify/commitments.ts'
import { type Ballots, groundOf, hintMaker, task } from './hinted.ts'
import { allChoices, ask, keyedElection } from './keyed-election.ts'
import { seeded } from './seeded.ts'
import { slowKernel } from './slow-batch.ts'

const questions = [ask(3), ask(2, 0, 2, 1), ask(1), ask(1, 0, 1, 1)]

test('what a booth knows for nothing is, byte for byte, what a verifier computes anew from the ballot', async () => {
  const { text } = keyedElection('Ed25519', questions)
  const kernel = await openEdwardsKernel(seeded('kernel'))
  const kit = { group: kernel, kernel }
  const maker = hintMaker(kit, { election: text, alphas: false })
  const booth = openBoothWith(curveGroup, text)
  const all = questions.map(allChoices)
  const tasks: Ballots['tasks'][number][] = []
  const records: Uint8Array[] = []
  for (let k = 0; k < 5; k++) {
    const random = seeded(`booth hints ${k}`)
    const choices = all.map((each) => each[k % each.length]!)
    const ballot = booth.encrypt(drawCredential(random), choices, random)
    const record = boothHints(maker.layout, curveHints, ballot.text, ballot.commitments)
    assert.deepEqual(record, recomputeHints(maker, ballot.text, hexHash(ballot.text)))
    tasks.push(task(ballot.text, k + 1))
    records.push(record)
  }
  const judged = batchJudge(groundOf(kit, { election: text, alphas: false }))(
    tasks,
    Uint8Array.of(...records.flatMap((each) => [...each])),
  )
  assert.deepEqual(judged.findings, [])
  assert.equal(judged.counts.ballots, 5)
  assert.deepEqual(judged.hints, { batched: 5, plain: 0, missing: 0, false: 0 })
})

test('in every group the order is that of the hints file', () => {
  for (const name of groupNames) {
    const asked = name === 'Ed25519' ? questions : [ask(2), ask(1, 0, 1, 1)]
    const { text } = keyedElection(name, asked)
    const kernel = slowKernel(name)
    const random = seeded('order')
    const booth = openBooth(text)
    const ballot = booth.encrypt(
      drawCredential(random),
      asked.map((each) => allChoices(each)[0]!),
      random,
    )
    const maker = hintMaker({ group: booth.group, kernel }, { election: text, alphas: false })
    const { elements, commitments } = hintOrder(ballot.commitments)
    const slow = {
      elements: () => elements.map(({ element }) => kernel.hints.writeElement(element)),
      commitments: () => commitments.map(({ element }) => kernel.hints.writeCommitment(element)),
    }
    const record = boothHints(maker.layout, slow, ballot.text, ballot.commitments)
    assert.deepEqual(record, recomputeHints(maker, ballot.text, hexHash(ballot.text)))
  }
})
