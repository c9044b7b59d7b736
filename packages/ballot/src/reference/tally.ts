import type { Event } from './archive.ts'
import { type Ballot, lastOfEach } from './ballots.ts'
import type { Findings } from './findings.ts'
import type { Element } from './groups.ts'
import { type Ciphertext, decrypts, product, readCiphertext, readProof } from './proofs.ts'
import { choices, type Setup } from './setup.ts'
import { Reader } from './texts.ts'
import { combine } from './trustees.ts'

/** What the ballots add up to, computed from them alone: ∏ choice^weight over the ballots counted. */
export function addUp(ballots: Ballot[], { election, weights }: Setup) {
  const counted = lastOfEach(ballots).map((ballot) => ({ ...ballot, weight: weights.get(ballot.credential) ?? 0n }))
  const tally = election.questions.map((question, q) =>
    Array.from({ length: choices(question) }, (_, c) =>
      product(
        election.group,
        counted.map(({ choices, weight }) => {
          const { alpha, beta } = choices[q]![c]!
          return { alpha: alpha.power(weight), beta: beta.power(weight) }
        }),
      ),
    ),
  )
  return { tally, counted: counted.length, weight: counted.reduce((sum, { weight }) => sum + weight, 0n) }
}

/** The published tally against the computed one. What is decrypted later is the published one. */
export function judgeTally({ data }: Event, ballots: Ballot[], setup: Setup, findings: Findings): Ciphertext[][] {
  const { group, questions } = setup.election
  const place = 'encrypted tally'
  const reader = new Reader('tally', place)
  const record = new Reader('record', place, 'record.shape')
  const sized = record.members(
    record.parse(data[1]!.text, 'record.canonical'),
    'num_tallied total_weight encrypted_tally',
  )
  const expected = addUp(ballots, setup)
  findings.expect(sized.encrypted_tally === data[0]!.hash, 'record.missing', place)
  findings.expect(record.whole(sized.num_tallied) === expected.counted, 'tally.num-tallied', place)
  findings.expect(record.count(sized.total_weight) === expected.weight, 'tally.total-weight', place)
  const published = reader
    .list(reader.parse(data[0]!.text), questions.length, 'tally.product')
    .map((list, q) =>
      reader
        .list(list, choices(questions[q]!), 'tally.product')
        .map((value) => readCiphertext(value, group, reader, 'tally.product')),
    )
  for (const [q, list] of published.entries()) {
    for (const [c, { alpha, beta }] of list.entries()) {
      const sum = expected.tally[q]![c]!
      const equal = alpha.text === sum.alpha.text && beta.text === sum.beta.text
      findings.expect(equal, 'tally.product', `question ${q}, choice ${c}`)
      findings.counts.memberships += 2
    }
  }
  return published
}

export type Decryption = { owner: number; factors: Element[][] }

/** {"owner":k,"payload":HASH} and {"decryption_factors":[[G…]…],"decryption_proofs":[[proof…]…]} */
export function judgeDecryption(
  { place, data }: Event,
  tally: Ciphertext[][],
  setup: Setup,
  findings: Findings,
): Decryption {
  const { group, phi } = setup.election
  const { keys } = setup.trustees
  const reader = new Reader('decryption', place)
  const record = new Reader('record', place, 'record.shape')
  const owned = record.members(record.parse(data[1]!.text, 'record.canonical'), 'owner payload')
  findings.expect(owned.payload === data[0]!.hash, 'record.missing', place)
  const owner = record.whole(owned.owner)
  const X = keys[owner - 1] ?? reader.refuse('decryption.owner')
  const value = reader.members(reader.parse(data[0]!.text), 'decryption_factors decryption_proofs')
  const rows = reader.list(value.decryption_factors, tally.length)
  const proofRows = reader.list(value.decryption_proofs, tally.length)
  const factors = tally.map((list, q) => {
    const texts = reader.list(rows[q], list.length)
    const proofs = reader.list(proofRows[q], list.length)
    return list.map(({ alpha }, c) => {
      const f = reader.element(texts[c], group)
      const proof = readProof(proofs[c], group.q, reader)
      const holds = decrypts(group, phi, X, alpha, f, proof)
      findings.expect(holds, 'decryption.proof', `${place}, question ${q}, choice ${c}`)
      findings.counts.memberships += 1
      findings.counts.proofs += 1
      return f
    })
  })
  return { owner, factors }
}

/** g^n = beta/F for every choice, that is g^n · F = beta, and n is at most the sum of the weights. */
export function judgeResult(
  { data }: Event,
  tally: Ciphertext[][],
  decryptions: Decryption[],
  setup: Setup,
  findings: Findings,
): bigint[][] {
  const { group } = setup.election
  const reader = new Reader('result', 'result')
  const { result } = reader.members(reader.parse(data[0]!.text), 'result')
  const counts = reader
    .list(result, tally.length)
    .map((list, q) => reader.list(list, tally[q]!.length).map((n) => reader.count(n)))
  for (const [q, list] of counts.entries()) {
    for (const [c, n] of list.entries()) {
      const place = `question ${q}, choice ${c}`
      const factors = new Map(decryptions.map(({ owner, factors }) => [owner, factors[q]![c]!]))
      const F = combine(group, setup.trustees, factors) ?? reader.refuse('decryption.missing')
      findings.expect(group.g.power(n).times(F).text === tally[q]![c]!.beta.text, 'result.value', place)
      // g^n = g^(n+q)
      findings.expect(n <= findings.counts.weight, 'result.range', place)
    }
  }
  return counts
}
