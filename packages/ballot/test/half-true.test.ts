import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { readBallot } from '../src/format/ballot.ts'
import { hashScalar, hexHash } from '../src/hash.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { randomScalar } from '../src/random.ts'
import { recomputeHints } from '../src/verify/commitments.ts'
import { bothVerdicts, hintAll, hintMaker, joinRecords, madeBallots, resign, task, textOf } from './hinted.ts'
import { ask } from './keyed-election.ts'
import { seeded } from './seeded.ts'

/** Ballots that are wrong in one point only, signed by their voters, with hints that fit all the rest. */
const group = await openEdwardsKernel(seeded('kernel'))
const kit = { group, kernel: group }
const q = group.order
const made = madeBallots(kit, [ask(2)], 3, 'half true')
const maker = hintMaker(kit, made.context)
const { layout } = maker
const random = seeded('half true')
const draw = () => randomScalar(q, random)
const mod = (value: bigint) => ((value % q) + q) % q
const y = group.decode(maker.form.election.public_key)!
const ballot = readBallot(textOf(made.tasks[1]!))
const [answer] = ballot.answers
const r = made.opened[1]![0]!.map((each) => each.r)
const S0 = `${ballot.election_hash}|${ballot.credential}`
const S = `${S0}|${answer!.choices.map(({ alpha, beta }) => `${alpha},${beta}`).join()}`

/** Judges the altered ballot among two good ones; `hinted` are commitments, from the given place on, that were hashed. */
function judge(text: string, place: number, hinted: readonly (typeof y)[]) {
  const altered = task(text, 2)
  const record = recomputeHints(maker, text, hexHash(text))
  const start = 32 + layout.elements * layout.elementLength
  for (const [i, each] of hinted.entries())
    record.set(group.hints.writeCommitment(each), start + (place + i) * layout.commitmentLength)
  const all = hintAll(kit, made).map((each, k) => (k === 1 ? { task: altered, record } : each))
  const tasks = all.map((each) => each.task)
  const { use, batched, plain } = bothVerdicts(
    kit,
    { context: made.context, tasks },
    joinRecords(all.map((each) => each.record)),
  )
  deepEqual(batched, plain)
  deepEqual(use, { batched: 2, plain: 1, missing: 0, false: 0 })
  return batched.findings.map(({ rule, place }) => `${rule} ${place.ballot} ${place.path}`)
}
const withAnswer = (changed: Partial<NonNullable<typeof answer>>) =>
  resign(group, { ...ballot, answers: [{ ...answer!, ...changed }] }, made.secrets[1]!)

test('Equations that hold for commitments whose hash is not the challenge: the sum of challenges is looked at', () => {
  const [first, second] = answer!.individual_proofs
  const wrong = [{ ...first![0]!, response: 7n }, first![1]!]
  deepEqual(judge(withAnswer({ individual_proofs: [wrong, second!] }), 0, []), [
    'ballot.individual-proof 2 answers[0].individual_proofs[0]',
  ])
  deepEqual(judge(withAnswer({ overall_proof: [{ ...answer!.overall_proof[0]!, response: 7n }] }), 0, []), [
    'ballot.overall-proof 2 answers[0].overall_proof',
  ])
})

test('Commitments A that are true beside commitments B that are not: both equations are looked at', () => {
  const { alpha, beta } = answer!.choices[0]!
  const [c0, response0, w] = [draw(), draw(), draw()]
  const A0 = maker.g.combine(response0, group.decode(alpha)!, c0)
  const A1 = maker.g.power(w)
  const [B0, B1] = [maker.g.power(draw()), maker.g.power(draw())]
  const commitments = [A0, B0, A1, B1]
  const sum = hashScalar(`prove|${S0}|${alpha},${beta}|${group.encodeAll(commitments).join()}`, q)
  const c1 = mod(sum - c0)
  const forged = [
    { challenge: c0, response: response0 },
    { challenge: c1, response: mod(w - c1 * r[0]!) },
  ]
  const text = withAnswer({ individual_proofs: [forged, answer!.individual_proofs[1]!] })
  deepEqual(judge(text, 0, commitments), ['ballot.individual-proof 2 answers[0].individual_proofs[0]'])
})

test('An overall proof whose equations hold, made for another product than that of the choices: the product is looked at', () => {
  const products = [maker.g.power(draw()), maker.g.power(draw())]
  const w = draw()
  const commitments = [maker.g.power(w), maker.y.power(w)]
  const [Q, AB] = [products, commitments].map((each) => group.encodeAll(each).join())
  const challenge = hashScalar(`prove|${S}|${Q}|${AB}`, q)
  const proof = { challenge, response: mod(w - challenge * (r[0]! + r[1]!)) }
  const text = withAnswer({ overall_proof: [proof] })
  deepEqual(judge(text, 8, [...products, ...commitments]), ['ballot.overall-proof 2 answers[0].overall_proof'])
  // The same with the true product is a sound proof: nothing else was wrong.
  const honest = (part: 'alpha' | 'beta') =>
    answer!.choices.map((each) => group.decode(each[part])!).reduce((a, b) => group.multiply(a, b))
  const truth = group.encodeAll([honest('alpha'), honest('beta')]).join()
  const c = hashScalar(`prove|${S}|${truth}|${AB}`, q)
  const sound = withAnswer({ overall_proof: [{ challenge: c, response: mod(w - c * (r[0]! + r[1]!)) }] })
  const tasks = made.tasks.map((each, k) => (k === 1 ? task(sound, 2) : each))
  const hints = joinRecords(hintAll(kit, { context: made.context, tasks }).map(({ record }) => record))
  equal(bothVerdicts(kit, { context: made.context, tasks }, hints).use.batched, 3)
})

test('A hash under the signature that is not the ballot’s, though the proof beside it is for the true one: it is compared', () => {
  const text = textOf(made.tasks[1]!)
  const { hash } = ballot.signature
  const other = `${hash[0] === 'A' ? 'B' : 'A'}${hash.slice(1)}`
  deepEqual(judge(text.replace(hash, other), 0, []), ['ballot.hash 2 signature.hash'])
})
