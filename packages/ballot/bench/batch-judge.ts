import { hash } from 'node:crypto'
import { drawCredential } from '../src/cast/credential.ts'
import { openBoothWith } from '../src/cast/encrypt.ts'
import { drawUuid, makeElection } from '../src/election.ts'
import { readElection } from '../src/format/election.ts'
import type { GroupName } from '../src/group/group.ts'
import { base64Hash } from '../src/hash.ts'
import type { Batch } from '../src/kernel/batch.ts'
import { openKernel } from '../src/kernel/open.ts'
import { nodeTextHash } from '../src/node/text-hash.ts'
import { platformRandom, randomScalar } from '../src/random.ts'
import { ballotForm, readForm } from '../src/verify/ballot-form.ts'
import { batchJudge } from '../src/verify/batch-judge.ts'
import { recomputeHints } from '../src/verify/commitments.ts'
import { ballotHints, hintLayout } from '../src/verify/hints.ts'
import type { BallotTask } from '../src/verify/judge.ts'
import { plainJudge } from '../src/verify/plain-judge.ts'
import { stateBallot } from '../src/verify/state.ts'
import { elementsOf, statementsOf } from '../src/verify/statements.ts'
import { plainTextHash, type TextHash } from '../src/verify/text-hash.ts'

/**
 * `node bench/batch-judge.ts [ballots] [candidates] [group]`: what judging a ballot with hints costs, and where. µs of CPU of
 * this thread for each ballot, the best of several rounds in which all rows take their turn. The machine may be shared.
 */
const [count, candidates] = [Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 3)]
const name = (process.argv[4] ?? 'Ed25519') as GroupName
const rounds = Number(process.env.ROUNDS ?? 5)

const kernel = await openKernel(name, platformRandom)
const group = kernel
const y = group.power(group.generator, randomScalar(group.order, platformRandom))
const answers = Array.from({ length: candidates }, (_, k) => `${k}`)
const { text: election } = makeElection(
  {
    ...{ name: 'Bench', description: '', group: kernel.name, publicKey: group.encode(y) },
    questions: [{ answers, min: 1, max: 1, question: '?' }],
  },
  drawUuid(platformRandom),
)
const form = ballotForm(readElection(election), base64Hash(election), group.order)!
const layout = hintLayout(form.election, kernel.hints)
const [g, yTable] = [group.table(group.generator), group.table(y)]
const maker = { group, codec: kernel.hints, form, layout, hash: nodeTextHash, g, y: yTable }
// Nobody's vote: so the quick group may encrypt.
const booth = openBoothWith(kernel, election)
const tasks: BallotTask[] = []
const texts: string[] = []
const hints = new Uint8Array(count * layout.record)
for (let k = 0; k < count; k++) {
  const chosen = answers.map((_, i) => (i === k % candidates ? 1 : 0))
  const { text } = booth.encrypt(drawCredential(platformRandom), [chosen], platformRandom)
  const body = new TextEncoder().encode(text)
  texts.push(text)
  tasks.push({ number: k + 1, record: k, offset: 0, hash: hash('sha256', body, 'hex'), body, weight: 1n })
  hints.set(recomputeHints(maker, text, tasks[k]!.hash), k * layout.record)
}

type Row = { readonly name: string; readonly of: number; readonly run: () => unknown; best: number }
const rows: Row[] = []
const measure = (name: string, run: () => unknown, of = count) =>
  rows.push({ name, of, run, best: Number.POSITIVE_INFINITY })

const context = { election, alphas: false }
const plain = plainJudge(context, () => group)
const ground = {
  context,
  group,
  kernel,
  random: platformRandom,
  hash: nodeTextHash,
  plain,
  capacity: 1365,
}
const judge = batchJudge(ground)
const each = (hash: TextHash, batch: Batch) => () => {
  batch.clear()
  for (const [k, text] of texts.entries()) {
    const given = ballotHints(layout, hints, k, tasks[k]!.hash)!
    if (!stateBallot(form, batch, text, given, hash)) throw new Error('not stated')
  }
}
const batch = kernel.batch(y, count * (layout.elements + layout.commitments))
const heads = texts.map((text) => readForm(form, text, nodeTextHash)!.ballot)

measure('whole: batch judge with hints', () => {
  const { hints: use } = judge(tasks, hints)
  if (use.batched !== count) throw new Error('not batched')
})
for (const size of [100, 250, 500, 1000].filter((size) => size <= count)) {
  const small = batchJudge({ ...ground, capacity: size })
  measure(`whole, in batches of ${size}`, () => small(tasks, hints))
}
measure('whole: plain judge, same kernel', () => plain(tasks.slice(0, 50)), 50)
measure('read: one walk, numbers, the hash under the signature', () => {
  for (const text of texts) readForm(form, text, nodeTextHash)
})
measure('statements', () => {
  for (const ballot of heads) statementsOf(form.election, form.fingerprint, form.order, ballot)
})
measure('elements into the batch', () => {
  batch.clear()
  for (const [k, ballot] of heads.entries()) {
    const given = ballotHints(layout, hints, k, tasks[k]!.hash)!
    const list = elementsOf(ballot)
    for (let i = 1; i <= list.length; i++) batch.element(list[i % list.length]!, given.element())
  }
})
measure('commitments into the batch', () => {
  batch.clear()
  for (const [k] of heads.entries()) {
    const given = ballotHints(layout, hints, k, tasks[k]!.hash)!
    for (let i = 0; i < layout.commitments; i++) batch.commitment(given.commitment())
  }
})
measure('stated, Node’s SHA-256', each(nodeTextHash, batch))
measure('stated, @noble/hashes (browsers)', each(plainTextHash, batch))
measure('holds', () => {
  if (!batch.holds(platformRandom)) throw new Error('does not hold')
})

for (let round = 0; round < rounds; round++)
  for (const row of rows) {
    const before = process.cpuUsage()
    row.run()
    const { user, system } = process.cpuUsage(before)
    row.best = Math.min(row.best, (user + system) / row.of)
  }
console.log(`${kernel.name}, ${count} ballots, ${candidates} candidates, µs a ballot`)
for (const { name, best } of rows) console.log(`${best.toFixed(1).padStart(8)}  ${name}`)
