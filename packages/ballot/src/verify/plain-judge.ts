import { choicesOf, readElection } from '../format/election.ts'
import type { Group, GroupName } from '../group/group.ts'
import { base64Hash, hashScalar } from '../hash.ts'
import { type DecodedBallot, decodeBallots, readCandidate } from './ballot.ts'
import { FindingList, type Findings } from './findings.ts'
import { type BallotTask, type ChunkVerdict, type Counts, type Judge, type JudgeContext, noCounts } from './judge.ts'
import { type Statement, statementsOf } from './statements.ts'

/** Ballots whose commitments are computed and encoded together. */
const chunk = { ballots: 64, bytes: 8 * 1024 * 1024 } as const

/** Judges every ballot by its own formulas, in this thread. */
export function openPlainJudge(context: JudgeContext, openGroup: (name: GroupName) => Group<unknown>): Judge {
  const judge = plainJudge(context, openGroup)
  return { judge: async (tasks) => judge(tasks), width: 1, chunk, close: async () => {} }
}

/** The same as a function: what a batch falls back to. */
export function plainJudge(
  context: JudgeContext,
  openGroup: (name: GroupName) => Group<unknown>,
): (tasks: readonly BallotTask[]) => ChunkVerdict {
  const election = readElection(context.election)
  const group = openGroup(election.group)
  const fingerprint = base64Hash(context.election)
  const y = group.decode(election.public_key)
  if (y === undefined) throw new Error('the public key of the election is no member of its group')
  const commit = committer(group, y)

  return (tasks) => {
    const findings = new FindingList()
    const counts = noCounts()
    const candidates = tasks.flatMap(
      (task) => readCandidate(task, election, fingerprint, group.order, findings, counts) ?? [],
    )
    const decoded = decodeBallots(group, election, candidates, findings, counts).filter((each) => each !== undefined)
    const statements = decoded.map(({ ballot }) => statementsOf(election, fingerprint, group.order, ballot))
    judgeStatements(group, commit, decoded, statements, findings, counts)
    return {
      findings: findings.kept,
      classes: findings.classes,
      counts,
      product: productOf(group, election.questions.map(choicesOf), decoded),
      ...(context.alphas ? { alphas: decoded.map(alphasOf) } : {}),
    }
  }
}

/** Computes every commitment anew, hashes them and compares with the challenges. */
function judgeStatements<E>(
  group: Group<E>,
  commit: Commit<E>,
  decoded: readonly DecodedBallot<E>[],
  statements: readonly (readonly Statement[])[],
  findings: Findings,
  counts: Counts,
): void {
  // All commitments and products of the chunk get their texts together: on the curve they share one inversion.
  const computed = decoded.flatMap(({ elements }, b) => {
    // All disjuncts of a proof name one list: multiplied once, or long questions would take time by the square.
    const products = new Map<readonly number[], E>()
    const product = (numbers: readonly number[]): E => {
      const made =
        products.get(numbers) ??
        numbers.slice(1).reduce<E>((all, i) => group.multiply(all, elements[i]!), elements[numbers[0]!] as E)
      products.set(numbers, made)
      return made
    }
    return statements[b]!.flatMap(({ about, claims }) => [
      ...(about ? [product(about.alpha), product(about.beta)] : []),
      ...claims.map((claim) =>
        commit(claim.base, claim.response, product(claim.elements), claim.minus, claim.challenge),
      ),
    ])
  })
  const texts = group.encodeAll(computed)
  let next = 0
  for (const [b, { candidate }] of decoded.entries()) {
    for (const { rule, path, head, about, claims, challenge } of statements[b]!) {
      const subject = about ? `${texts[next++]},${texts[next++]}|` : ''
      const commitments = texts.slice(next, next + claims.length).join(',')
      next += claims.length
      const hash = hashScalar(`${head}${subject}${commitments}`, group.order)
      findings.require(rule, hash === challenge, { ...candidate.place, path })
      if (rule === 'ballot.signature') counts.signatures++
      else counts.proofs++
    }
  }
}

type Commit<E> = (base: 'g' | 'y', response: bigint, element: E, minus: number, challenge: bigint) => E

/** base^response · (element · g^-minus)^challenge, by tables of g and y. */
function committer<E>(group: Group<E>, y: E): Commit<E> {
  const tables = { g: group.table(group.generator), y: group.table(y) }
  // By their number, not up to it: a question may say "choose from 2^53 - 1 on", which is a finding of its own.
  const shifts = new Map<number, E>()
  const shift = (minus: number): E => {
    const made = shifts.get(minus) ?? tables.g.power(group.order - (BigInt(minus) % group.order))
    shifts.set(minus, made)
    return made
  }
  return (base, response, element, minus, challenge) => {
    const shifted = minus === 0 ? element : group.multiply(element, shift(minus))
    return tables[base].combine(response % group.order, shifted, challenge % group.order)
  }
}

/** ∏ choice^weight over the ballots, as texts. `choices`: how many each question has. */
export function productOf<E>(
  group: Group<E>,
  choices: readonly number[],
  decoded: readonly DecodedBallot<E>[],
): { alpha: string; beta: string }[][] {
  const length = 2 * choices.reduce((sum, each) => sum + each, 0)
  const product = Array.from({ length }, () => group.neutral)
  for (const { candidate, elements } of decoded) {
    const { weight } = candidate.task
    if (weight === 0n) continue
    for (let i = 0; i < length; i++) {
      const element = elements[i + 1]!
      product[i] = group.multiply(product[i]!, weight === 1n ? element : group.power(element, weight % group.order))
    }
  }
  const texts = group.encodeAll(product)
  let next = 0
  return choices.map((count) => Array.from({ length: count }, () => ({ alpha: texts[next++]!, beta: texts[next++]! })))
}

const alphasOf = ({ candidate, ballot }: DecodedBallot<unknown>) => ({
  ballot: candidate.task.number,
  alphas: ballot.answers.flatMap(({ choices }) => choices.map(({ alpha }) => alpha)),
})
