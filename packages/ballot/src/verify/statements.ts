import type { Answer } from '../format/ballot.ts'
import { choicesOf, type Election, type Question } from '../format/election.ts'
import type { Proof } from '../format/proof.ts'
import { modulo } from '../scalar.ts'
import type { RuleId } from './rules.ts'

/**
 * One commitment that a verifier computes anew, since the format holds challenge and response only:
 *
 *     base^response · (∏ elements · g^-minus)^challenge
 *
 * Elements are named by their number in the ballot (`elementsOf`).
 */
export interface Claim {
  readonly base: 'g' | 'y'
  readonly response: bigint
  readonly challenge: bigint
  readonly elements: readonly number[]
  /** M of β/g^M: a number of choices. */
  readonly minus: number
}

/**
 * What one proof of a ballot says, as data: the plain judge computes the claims, a batch tests them together. It holds
 * when HZ(head, the texts of the products `about`, "|", the commitments joined by commas) = challenge.
 */
export interface Statement {
  readonly rule: RuleId
  /** Where in the ballot. */
  readonly path: string
  readonly head: string
  /** The ciphertext that the proof is about when it is a product: its text must be computed. Elements by number. */
  readonly about?: { readonly alpha: readonly number[]; readonly beta: readonly number[] }
  /** In the order in which their commitments are hashed. */
  readonly claims: readonly Claim[]
  /** The sum of the proof's challenges modulo q. */
  readonly challenge: bigint
}

/** A ballot as its statements need it: canonical texts, checked in number by `hasShape`. */
export interface ReadBallot {
  readonly credential: string
  readonly answers: readonly Answer[]
  /** Hash of the unsigned text, recomputed. */
  readonly hash: string
  readonly signature: Proof
}

/** The elements of a ballot in their numbers: 0 the credential, then alpha and beta of each choice of each answer. */
export const elementsOf = (ballot: Pick<ReadBallot, 'credential' | 'answers'>): string[] => [
  ballot.credential,
  ...ballot.answers.flatMap(({ choices }) => choices.flatMap(({ alpha, beta }) => [alpha, beta])),
]

/** The path of the element of that number, as in `answers[0].choices[2].alpha`. */
export function pathOf(questions: readonly Question[], element: number): string {
  if (element === 0) return 'credential'
  let left = element - 1
  let answer = 0
  while (left >= 2 * choicesOf(questions[answer]!)) left -= 2 * choicesOf(questions[answer++]!)
  return `answers[${answer}].choices[${left >> 1}].${left & 1 ? 'beta' : 'alpha'}`
}

/** How many disjuncts the overall proof has: one for each allowed number of choices (perhaps none), and one for blank. */
export const disjunctsOf = (q: Question): number => Math.max(0, q.max - q.min + 1) + (q.blank ? 1 : 0)

/** Does an answer have as many choices and proofs as its question demands (4.11.1)? */
export function hasShape(q: Question, answer: Answer): boolean {
  const choices = choicesOf(q)
  return (
    answer.choices.length === choices &&
    answer.individual_proofs.length === choices &&
    answer.individual_proofs.every((each) => each.length === 2) &&
    answer.overall_proof.length === disjunctsOf(q) &&
    answer.blank_proof?.length === (q.blank ? 2 : undefined)
  )
}

/** Everything that a ballot must prove. `order` is q; `fingerprint` is φ. */
export function statementsOf(election: Election, fingerprint: string, order: bigint, ballot: ReadBallot): Statement[] {
  const S0 = `${fingerprint}|${ballot.credential}`
  const sum = (proofs: readonly Proof[]) =>
    modulo(
      proofs.reduce((total, { challenge }) => total + challenge, 0n),
      order,
    )
  const statements: Statement[] = []
  let first = 1
  for (const [index, q] of election.questions.entries()) {
    const answer = ballot.answers[index]!
    const at = `answers[${index}]`
    const alphas = answer.choices.map((_, i) => first + 2 * i)
    const betas = answer.choices.map((_, i) => first + 2 * i + 1)
    first += 2 * answer.choices.length
    const texts = answer.choices.map(({ alpha, beta }) => `${alpha},${beta}`)
    const S = `${S0}|${texts.join(',')}`

    // 4.12, iprove(S0, r, m, 0, 1): each choice is 0 or 1.
    for (const [i, proofs] of answer.individual_proofs.entries())
      statements.push({
        rule: 'ballot.individual-proof',
        path: `${at}.individual_proofs[${i}]`,
        head: `prove|${S0}|${texts[i]}|`,
        claims: proofs.flatMap((proof, M) => disjunct([alphas[i]!], [betas[i]!], M, proof)),
        challenge: sum(proofs),
      })

    if (!q.blank) {
      // 4.12, iprove(S, R, M - min, min … max): the sum of the choices is within the limits.
      statements.push({
        rule: 'ballot.overall-proof',
        path: `${at}.overall_proof`,
        head: `prove|${S}|`,
        about: { alpha: alphas, beta: betas },
        claims: answer.overall_proof.flatMap((proof, j) => disjunct(alphas, betas, q.min + j, proof)),
        challenge: sum(answer.overall_proof),
      })
      continue
    }

    // 4.13.3: m_0, the flag "blank", is choice 0; m_Σ the sum of the others.
    const [alpha0, beta0] = [alphas.slice(0, 1), betas.slice(0, 1)]
    const [alphaSum, betaSum] = [alphas.slice(1), betas.slice(1)]
    const [zero, none] = answer.blank_proof!
    statements.push({
      rule: 'ballot.blank-proof',
      path: `${at}.blank_proof`,
      head: `bproof0|${S}|`,
      // m_0 = 0 or m_Σ = 0
      claims: [...disjunct(alpha0, beta0, 0, zero!), ...disjunct(alphaSum, betaSum, 0, none!)],
      challenge: sum(answer.blank_proof!),
    })
    const [blank, ...within] = answer.overall_proof
    statements.push({
      rule: 'ballot.overall-proof',
      path: `${at}.overall_proof`,
      head: `bproof1|${S}|`,
      // m_0 = 1 or m_Σ in [min, max]
      claims: [
        ...disjunct(alpha0, beta0, 1, blank!),
        ...within.flatMap((proof, j) => disjunct(alphaSum, betaSum, q.min + j, proof)),
      ],
      challenge: sum(answer.overall_proof),
    })
  }

  // 4.14: A = g^response · credential^challenge, challenge = HZ(sig|hash|A).
  const { challenge, response } = ballot.signature
  statements.push({
    rule: 'ballot.signature',
    path: 'signature.proof',
    head: `sig|${ballot.hash}|`,
    claims: [{ base: 'g', response, challenge, elements: [0], minus: 0 }],
    challenge,
  })
  return statements
}

/** A = g^response · α^challenge and B = y^response · (β/g^M)^challenge: that (α, β) holds M. */
const disjunct = (
  alpha: readonly number[],
  beta: readonly number[],
  M: number,
  { challenge, response }: Proof,
): [Claim, Claim] => [
  { base: 'g', response, challenge, elements: alpha, minus: 0 },
  { base: 'y', response, challenge, elements: beta, minus: M },
]
