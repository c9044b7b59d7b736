import { records } from '../src/archive/index.ts'
import { bytesSource } from '../src/archive/source.ts'
import { drawCredential, secretExponent } from '../src/cast/credential.ts'
import { type Opened, openBoothWith } from '../src/cast/encrypt.ts'
import { type Ballot, readBallot, writeBallot, writeUnsigned } from '../src/format/ballot.ts'
import { type Question, readElection } from '../src/format/election.ts'
import type { Group } from '../src/group/group.ts'
import { base64Hash, hashScalar, hexHash } from '../src/hash.ts'
import type { BatchKernel } from '../src/kernel/batch.ts'
import { randomScalar } from '../src/random.ts'
import { ballotForm } from '../src/verify/ballot-form.ts'
import { type BatchGround, batchJudge } from '../src/verify/batch-judge.ts'
import { type HintMaker, recomputeHints } from '../src/verify/commitments.ts'
import { type HintLayout, hintLayout } from '../src/verify/hints.ts'
import type { BallotTask, JudgeContext } from '../src/verify/judge.ts'
import { plainJudge } from '../src/verify/plain-judge.ts'
import { plainTextHash } from '../src/verify/text-hash.ts'
import { realArchive } from './archive-made.ts'
import { allChoices, keyedElection } from './keyed-election.ts'
import { seeded } from './seeded.ts'

/** An election's text and its ballots, as a judge is given them. */
export type Ballots = { readonly context: JudgeContext; readonly tasks: readonly BallotTask[] }

const utf8 = new TextEncoder()

export const task = (text: string, number: number, weight = 1n): BallotTask => {
  const body = utf8.encode(text)
  return { number, record: number + 5, offset: number * 512, hash: hexHash(body), body, weight }
}
export const textOf = ({ body }: BallotTask): string => new TextDecoder().decode(body)

/** Election and ballots of a real archive. */
export async function ballotsOf(name: string): Promise<Ballots> {
  let election = ''
  const tasks: BallotTask[] = []
  for await (const record of records(bytesSource(realArchive(`${name}.bel`)))) {
    if (record.kind !== 'data') continue
    const text = new TextDecoder().decode(record.body)
    if (text.startsWith('{"version":')) election = text
    if (text.startsWith('{"election_uuid":')) tasks.push(task(text, tasks.length + 1))
  }
  return { context: { election, alphas: false }, tasks }
}

/** An election of ours with ballots for allowed choices in turn; the secret exponent of each voter. */
export function madeBallots<E>(kit: Kit<E>, questions: readonly Question[], count: number, seed = 'ballots'): Signed {
  const { text: election } = keyedElection(kit.group.name, questions, seed)
  const value = readElection(election)
  const random = seeded(`${seed}|voters`)
  // Nobody's secrets: any group may be used.
  const booth = openBoothWith(kit.group, election)
  const secrets: bigint[] = []
  const opened: (readonly Opened[])[][] = []
  const tasks = Array.from({ length: count }, (_, k) => {
    const credential = drawCredential(random)
    secrets.push(secretExponent(booth.group.order, value.uuid, credential))
    const choices = questions.map((question) => {
      const all = allChoices(question)
      return all[k % all.length]!
    })
    const ballot = booth.encrypt(credential, choices, random)
    opened.push([...ballot.secrets])
    return task(ballot.text, k + 1)
  })
  return { context: { election, alphas: false }, tasks, secrets, opened }
}

/** A kernel with a group that suits it, as `batchJudge` wants it. */
export type Kit<E> = { readonly group: Group<E>; readonly kernel: BatchKernel<E> }

export function groundOf<E>(kit: Kit<E>, context: JudgeContext): BatchGround<E> {
  const random = seeded('judge')
  return { context, ...kit, random, hash: plainTextHash, plain: plainJudge(context, () => kit.group), capacity: 500 }
}

export function hintMaker<E>({ group, kernel }: Kit<E>, { election: text }: JudgeContext): HintMaker<E> {
  const election = readElection(text)
  const form = ballotForm(election, base64Hash(text), group.order)!
  const [g, y] = [group.table(group.generator), group.table(group.decode(election.public_key)!)]
  return { group, codec: kernel.hints, form, layout: hintLayout(election, kernel.hints), hash: plainTextHash, g, y }
}

/** Honest hints of all ballots, one record after the other. */
export const honestHints = <E>(kit: Kit<E>, ballots: Ballots): Uint8Array =>
  joinRecords(hintAll(kit, ballots).map(({ record }) => record))

export function joinRecords(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export const recordOf = (layout: HintLayout, hints: Uint8Array, k: number): Uint8Array =>
  hints.subarray(k * layout.record, (k + 1) * layout.record)

/** The verdicts of both judges on the same ballots; without the judge's own word on its use of hints. */
export function bothVerdicts<E>(kit: Kit<E>, { context, tasks }: Ballots, hints: Uint8Array) {
  const { hints: use, ...batched } = batchJudge(groundOf(kit, context))(tasks, hints)
  return { use, batched, plain: plainJudge(context, () => kit.group)(tasks) }
}

/** Signs a ballot anew with the credential's secret exponent. `shiftText` may change the text of the commitment that is hashed. */
export function resign<E>(group: Group<E>, ballot: Ballot, s: bigint, shiftText = (a: E) => group.encode(a)): string {
  const random = seeded(`sign ${ballot.credential}`)
  const hash = base64Hash(writeUnsigned(ballot))
  const w = randomScalar(group.order, random)
  const challenge = hashScalar(`sig|${hash}|${shiftText(group.power(group.generator, w))}`, group.order)
  const response = (w + s * (group.order - challenge)) % group.order
  return writeBallot({ ...ballot, signature: { hash, proof: { challenge, response } } })
}

/**
 * A dishonest voter's work: the first individual proof is made for commitments out of the blue, its challenges fit their
 * hash, the ballot is signed. Everything is right but the equations. Text of the ballot and the commitments that were hashed.
 */
export function forge<E>(group: Group<E>, text: string, s: bigint): { text: string; commitments: E[] } {
  const random = seeded(`forge ${hexHash(text)}`)
  const draw = () => randomScalar(group.order, random)
  const ballot = readBallot(text)
  const { alpha, beta } = ballot.answers[0]!.choices[0]!
  const commitments = Array.from({ length: 4 }, () => group.power(group.generator, draw()))
  const head = `prove|${ballot.election_hash}|${ballot.credential}|${alpha},${beta}|`
  const sum = hashScalar(head + group.encodeAll(commitments).join(','), group.order)
  const first = draw()
  const proofs = [
    { challenge: first, response: draw() },
    { challenge: (sum + group.order - first) % group.order, response: draw() },
  ]
  const [answer, ...others] = ballot.answers
  const forged = { ...answer!, individual_proofs: [proofs, ...answer!.individual_proofs.slice(1)] }
  return { text: resign(group, { ...ballot, answers: [forged, ...others] }, s), commitments }
}

/** `secrets`: exponent of each voter; `opened`: r and m of each choice of each question. */
export type Signed = Ballots & {
  readonly secrets: readonly bigint[]
  readonly opened: readonly (readonly (readonly Opened[])[])[]
}
/** Ballots and their hints, one by one. */
export type Hinted = { readonly task: BallotTask; readonly record: Uint8Array }

/** Each ballot forged, with hints that hold what the forger hashed: each proof fits its hash. */
export function forgeAll<E>(kit: Kit<E>, { context, tasks, secrets }: Signed): Hinted[] {
  const { group, kernel } = kit
  const maker = hintMaker(kit, context)
  const { layout } = maker
  return tasks.map((each, k) => {
    const { text, commitments } = forge(group, textOf(each), secrets[k]!)
    const forged = task(text, each.number, each.weight)
    const record = recomputeHints(maker, text, forged.hash)
    const start = 32 + layout.elements * layout.elementLength
    for (const [i, commitment] of commitments.entries())
      record.set(kernel.hints.writeCommitment(commitment), start + i * layout.commitmentLength)
    return { task: forged, record }
  })
}

/** Each ballot with its honest hints. */
export function hintAll<E>(kit: Kit<E>, { context, tasks }: Ballots): Hinted[] {
  const maker = hintMaker(kit, context)
  return tasks.map((each) => ({ task: each, record: recomputeHints(maker, textOf(each), each.hash) }))
}
