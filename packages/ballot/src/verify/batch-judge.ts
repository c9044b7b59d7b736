import { choicesOf, readElection } from '../format/election.ts'
import { decodeText, FormatError } from '../format/shape.ts'
import type { Group } from '../group/group.ts'
import { base64Hash } from '../hash.ts'
import type { BatchKernel } from '../kernel/batch.ts'
import type { Random } from '../random.ts'
import { ballotForm } from './ballot-form.ts'
import { FindingList } from './findings.ts'
import { ballotHints, type HintLayout, type HintSizes, hintLayout } from './hints.ts'
import { addHintsUse, type HintsUse, noHintsUse } from './hints-use.ts'
import { addCounts, type BallotTask, type ChunkVerdict, type JudgeContext, noCounts } from './judge.ts'
import { multiplyProducts, type Product, raiseProduct, shapeProduct } from './products.ts'
import { type Proven, sift } from './sift.ts'
import { type Stated, stateBallot } from './state.ts'
import type { ReadBallot } from './statements.ts'
import type { TextHash } from './text-hash.ts'

type Alphas = NonNullable<ChunkVerdict['alphas']>[number]

export type BatchVerdict = ChunkVerdict & { readonly hints: HintsUse }

export type BatchGround<E> = {
  readonly context: JudgeContext
  /** For public values only. */
  readonly group: Group<E>
  readonly kernel: BatchKernel<E>
  /**
   * The verifier's own randomness, never a seed that others could know. It is drawn for each batch when the ballots and
   * their hints are in memory, so nobody could have chosen them to fit.
   */
  readonly random: Random
  readonly hash: TextHash
  /** Judges without hints; what is not proven in a batch is decided there. */
  readonly plain: (tasks: readonly BallotTask[]) => ChunkVerdict
  /** Ballots in one batch at most; see `batchCapacity`. */
  readonly capacity: number
}

/** `hints`: records of these very ballots, one after the other (`HintsFile.read`); too few of them are no fault. */
export type BatchJudge = (tasks: readonly BallotTask[], hints: Uint8Array) => BatchVerdict

/** The form of an election's ballots and of their hints; undefined when they are beyond what batches are made for. */
export function hintedForm(electionText: string, order: bigint, codec: HintSizes) {
  const election = readElection(electionText)
  const form = ballotForm(election, base64Hash(electionText), order)
  return form && { form, layout: hintLayout(election, codec) }
}

/**
 * So many ballots a batch may have that it holds no more than `points` points. Larger batches are quicker, but little
 * so: at 3 candidates (24 points a ballot) 500 ballots take 9 % longer than 1000, and 100 half as long again.
 */
export const batchCapacity = ({ elements, commitments }: HintLayout, points: number): number =>
  Math.max(1, Math.floor(points / (elements + commitments)))

/**
 * Judges chunks of ballots with the help of hints: all claims of all ballots in one batch, halved until those that
 * spoil it are alone, and these, as well as those without hints, by the plain judge. The plain judge alone refuses.
 *
 * The error: a ballot that the plain judge would refuse is found sound with a probability of at most 2^-127 for each
 * batch asked (`Batch.holds`), whoever made ballots and hints; a sound ballot is never refused, whatever the hints are.
 */
export function batchJudge<E>(ground: BatchGround<E>): BatchJudge {
  const { context, group, kernel, random, hash, plain, capacity } = ground
  const hinted = hintedForm(context.election, group.order, kernel.hints)
  if (!hinted)
    return (tasks) => ({ ...plain(tasks), hints: { ...noHintsUse, plain: tasks.length, missing: tasks.length } })
  const { form, layout } = hinted
  const y = group.decode(form.election.public_key)
  if (y === undefined) throw new Error('the public key of the election is no member of its group')
  const batch = kernel.batch(y, capacity * (layout.elements + layout.commitments))
  const choices = form.election.questions.map(choicesOf)

  /** ∏ choice^weight of ballots that are in the batch. */
  function productsOf(proven: readonly Proven<Stated>[], tasks: readonly BallotTask[]): Product[] {
    const places = layout.elements - 1
    const lists = new Map<bigint, number[][]>()
    for (const { k, stated } of proven) {
      const { weight } = tasks[k]!
      if (weight === 0n) continue
      const of = lists.get(weight) ?? Array.from({ length: places }, () => [])
      lists.set(weight, of)
      for (let place = 0; place < places; place++) of[place]!.push(stated.elements[place + 1]!)
    }
    return [...lists].map(([weight, each]) => raiseProduct(group, batch.products(each), weight))
  }

  /** At most `capacity` ballots. */
  function judgeBatch(tasks: readonly BallotTask[], records: Uint8Array): BatchVerdict {
    const counts = noCounts()
    const parts: Product[] = []
    const alphas: Alphas[] = []
    const hasHints = (k: number) => ballotHints(layout, records, k, tasks[k]!.hash) !== undefined
    const state = (k: number): Stated | undefined => {
      const hints = ballotHints(layout, records, k, tasks[k]!.hash)
      const text = hints && asText(tasks[k]!.body)
      return text === undefined ? undefined : stateBallot(form, batch, text, hints!, hash)
    }
    const accept = (proven: readonly Proven<Stated>[]) => {
      parts.push(...productsOf(proven, tasks))
      for (const { k, stated } of proven) {
        counts.ballots++
        counts.memberships += stated.elements.length
        counts.proofs += stated.proofs
        counts.signatures++
        if (context.alphas) alphas.push({ ballot: tasks[k]!.number, alphas: alphasOf(stated.ballot) })
      }
    }
    const refused = sift(tasks.length, batch, random, state, accept)
    const verdict = plain(refused.map((k) => tasks[k]!))
    addCounts(counts, verdict.counts)
    if (verdict.counts.ballots > 0) parts.push(verdict.product.flat().flatMap(({ alpha, beta }) => [alpha, beta]))
    const guilty = new Set(verdict.findings.map(({ place }) => place.ballot))
    const all = Object.values(verdict.classes).reduce((sum, each) => sum + each, 0)
    const suspected = refused.filter((k) => hasHints(k) && !guilty.has(tasks[k]!.number)).length
    return {
      findings: verdict.findings,
      classes: verdict.classes,
      counts,
      product: shapeProduct(multiplyProducts(group, layout.elements - 1, parts), choices),
      ...(context.alphas ? { alphas: [...alphas, ...(verdict.alphas ?? [])].sort((a, b) => a.ballot - b.ballot) } : {}),
      hints: {
        batched: tasks.length - refused.length,
        plain: refused.length,
        missing: refused.filter((k) => !hasHints(k)).length,
        // With findings that are not kept nobody knows which of the ballots were sound.
        false: all > verdict.findings.length ? 0 : suspected,
      },
    }
  }

  return (tasks, hints) => {
    const parts: BatchVerdict[] = []
    for (let at = 0; at < Math.max(1, tasks.length); at += capacity) {
      const records = hints.subarray(at * layout.record, (at + capacity) * layout.record)
      parts.push(judgeBatch(tasks.slice(at, at + capacity), records))
    }
    return parts.length === 1 ? parts[0]! : joinVerdicts(group, choices, parts)
  }
}

/** Several verdicts as one. */
function joinVerdicts<E>(group: Group<E>, choices: readonly number[], parts: readonly BatchVerdict[]): BatchVerdict {
  const findings = new FindingList()
  const counts = noCounts()
  for (const part of parts) {
    findings.take(part)
    addCounts(counts, part.counts)
  }
  const hints = parts.map((part) => part.hints).reduce(addHintsUse)
  const products = parts.map(({ product }) => product.flat().flatMap(({ alpha, beta }) => [alpha, beta]))
  const alphas = parts.flatMap((part) => part.alphas ?? [])
  const product = shapeProduct(multiplyProducts(group, products[0]!.length, products), choices)
  const rest = parts.some((part) => part.alphas) ? { alphas } : {}
  return { findings: findings.kept, classes: findings.classes, counts, product, hints, ...rest }
}

const alphasOf = (ballot: ReadBallot): string[] =>
  ballot.answers.flatMap(({ choices }) => choices.map(({ alpha }) => alpha))

function asText(body: Uint8Array): string | undefined {
  try {
    return decodeText(body)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
