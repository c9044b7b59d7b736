import { createHash } from 'node:crypto'
import type { Election } from '../src/format/election.ts'
import type { Group } from '../src/group/group.ts'

/** A ballot as JSON.parse gives it. */
export type PlainProof = { challenge: string; response: string }
export type PlainBallot = {
  election_uuid: string
  election_hash: string
  credential: string
  answers: {
    choices: { alpha: string; beta: string }[]
    individual_proofs: PlainProof[][]
    overall_proof: PlainProof[]
    blank_proof?: PlainProof[]
  }[]
  signature: { hash: string; proof: PlainProof }
}

/**
 * The formulas of the specification (4.11 to 4.15) once more, as slowly and as plainly as they stand there, for the
 * tests of the booth. Shares the group with it and nothing else. Which formulas do not hold, by name, and the
 * commitments in the order in which they were computed.
 */
export function plainCheck<E>(group: Group<E>, electionText: string, text: string) {
  const election: Election = JSON.parse(electionText)
  const ballot: PlainBallot = JSON.parse(text)
  const q = group.order
  const b64 = (s: string) => createHash('sha256').update(s).digest('base64').slice(0, 43)
  const HZ = (s: string) => BigInt(`0x${createHash('sha256').update(s).digest('hex')}`) % q
  const wrong: string[] = []
  const texts: string[] = []
  const say = (what: string, holds: boolean) => {
    if (!holds) wrong.push(what)
  }
  const element = (s: string): E => {
    const found = group.decode(s)
    if (found !== undefined) return found
    wrong.push('member')
    return group.neutral
  }
  const times = (a: E, b: E) => group.multiply(a, b)
  const power = (base: E, exponent: string | bigint) => group.power(base, BigInt(exponent))
  const g = group.generator
  const y = element(election.public_key)
  const overG = (beta: E, M: number) => times(beta, group.inverse(power(g, BigInt(M))))
  const A = (proof: PlainProof, alpha: E) => times(power(g, proof.response), power(alpha, proof.challenge))
  const B = (proof: PlainProof, rest: E) => times(power(y, proof.response), power(rest, proof.challenge))
  const small = (proof: PlainProof) => BigInt(proof.challenge) < q && BigInt(proof.response) < q
  const oneOf = (name: string, proofs: PlainProof[], start: string, sides: { alpha: E; rest: E }[]) => {
    if (proofs.length !== sides.length) return say(`${name}: number`, false)
    const pairs = proofs.flatMap((proof, k) => [A(proof, sides[k]!.alpha), B(proof, sides[k]!.rest)])
    const commitments = pairs.map((each) => group.encode(each))
    texts.push(...commitments)
    const sum = proofs.reduce((total, { challenge }) => total + BigInt(challenge), 0n)
    say(name, proofs.every(small) && sum % q === HZ(`${start}|${commitments.join(',')}`))
  }

  const phi = b64(electionText)
  say('uuid', ballot.election_uuid === election.uuid)
  say('fingerprint', ballot.election_hash === phi)
  const S0 = `${phi}|${ballot.credential}`
  say('questions', ballot.answers.length === election.questions.length)
  for (const [k, { min, max, blank }] of election.questions.entries()) {
    const { choices, individual_proofs, overall_proof, blank_proof } = ballot.answers[k]!
    const pairs = choices.map(({ alpha, beta }) => ({ alpha: element(alpha), beta: element(beta) }))
    const S = `${S0}|${choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(',')}`
    say('choices', choices.length === election.questions[k]!.answers.length + (blank ? 1 : 0))
    say('individual proofs', individual_proofs.length === choices.length)
    for (const [at, { alpha, beta }] of pairs.entries()) {
      const sides = [0, 1].map((M) => ({ alpha, rest: overG(beta, M) }))
      const start = `prove|${S0}|${choices[at]!.alpha},${choices[at]!.beta}`
      oneOf(`individual ${k}.${at}`, individual_proofs[at] ?? [], start, sides)
    }
    const counted = blank ? pairs.slice(1) : pairs
    const alpha = counted.map((each) => each.alpha).reduce(times)
    const beta = counted.map((each) => each.beta).reduce(times)
    const range = Array.from({ length: max - min + 1 }, (_, at) => ({ alpha, rest: overG(beta, min + at) }))
    if (!blank) {
      say('no blank proof', blank_proof === undefined)
      oneOf(`overall ${k}`, overall_proof, `prove|${S}|${group.encode(alpha)},${group.encode(beta)}`, range)
      continue
    }
    const flag = pairs[0]!
    const none = [
      { alpha: flag.alpha, rest: flag.beta },
      { alpha, rest: beta },
    ]
    oneOf(`blank ${k}`, blank_proof ?? [], `bproof0|${S}`, none)
    oneOf(`overall ${k}`, overall_proof, `bproof1|${S}`, [{ alpha: flag.alpha, rest: overG(flag.beta, 1) }, ...range])
  }
  const { hash, proof } = ballot.signature
  say('hash', hash === b64(text.replace(/,"signature":.*$/, '}')))
  const commitment = group.encode(A(proof, element(ballot.credential)))
  texts.push(commitment)
  say('signature', small(proof) && BigInt(proof.challenge) === HZ(`sig|${hash}|${commitment}`))
  return { wrong, commitments: texts }
}
