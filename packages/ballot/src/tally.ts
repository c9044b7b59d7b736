import { choicesOf, type Election } from './format/election.ts'
import type { Ciphertext } from './format/proof.ts'
import { type EncryptedTally, type SizedTally, writeEncryptedTally } from './format/tally.ts'
import type { Group } from './group/group.ts'
import { hexHash } from './hash.ts'

/** What the tally takes of a ballot that counts, and the weight of its credential. */
export type CountedBallot = {
  readonly answers: readonly { readonly choices: readonly Ciphertext[] }[]
  readonly weight: bigint
}

/**
 * Which ballots count: of each credential the last. Gives their positions, counted from 0, in the order of the board.
 * Holds one number per credential, so that the ballots themselves may pass by a second time without being held.
 */
export function lastOfEach(credentials: Iterable<string>): Set<number> {
  const last = new Map<string, number>()
  let position = 0
  for (const credential of credentials) last.set(credential, position++)
  return new Set([...last.values()].sort((a, b) => a - b))
}

/** A tally in the making. */
export interface Tallying {
  /** Multiplies these ballots in. Several at a time, because membership is tested for all their elements together. */
  add(ballots: readonly CountedBallot[]): void
  result(): Tallied
}
export type Tallied = { readonly tally: EncryptedTally; readonly numTallied: number; readonly totalWeight: bigint }

/**
 * The product of choice^weight over all ballots that count, for each choice (specification 4.16). Nothing is held but the
 * products. Only public values pass here, so the group may be a quick one. Throws, and names ballot (in the order
 * added, from 0), question and choice, when an element is not in the group or a ballot has not the shape of the election.
 */
export function openTally<E>(group: Group<E>, election: Pick<Election, 'questions'>): Tallying {
  type Pair = { alpha: E; beta: E }
  const sums: Pair[][] = election.questions.map((question) =>
    Array.from({ length: choicesOf(question) }, () => ({ alpha: group.neutral, beta: group.neutral })),
  )
  let numTallied = 0
  let totalWeight = 0n

  function elementsOf(ballot: CountedBallot, number: number): string[] {
    if (ballot.weight < 0n) throw new RangeError(`ballot ${number}: a weight below zero`)
    const fits =
      ballot.answers.length === sums.length &&
      ballot.answers.every(({ choices }, question) => choices.length === sums[question]!.length)
    if (!fits) throw new Error(`ballot ${number}: not as many answers or choices as the election has`)
    return ballot.answers.flatMap(({ choices }) => choices.flatMap(({ alpha, beta }) => [alpha, beta]))
  }

  return {
    add(ballots) {
      const texts = ballots.map((ballot, index) => elementsOf(ballot, numTallied + index))
      const elements = group.decodeAll(texts.flat())
      let next = 0
      const take = (place: () => string): E => {
        const element = elements[next++]
        if (element === undefined) throw new Error(`${place()}: not an element of ${group.name}`)
        return element
      }
      for (const { weight } of ballots) {
        for (const [question, choices] of sums.entries())
          for (const [choice, sum] of choices.entries()) {
            const place = (part: string) => () =>
              `ballot ${numTallied}, answers[${question}].choices[${choice}].${part}`
            sum.alpha = group.multiply(sum.alpha, publicPower(group, take(place('alpha')), weight))
            sum.beta = group.multiply(sum.beta, publicPower(group, take(place('beta')), weight))
          }
        numTallied++
        totalWeight += weight
      }
    },
    result: () => ({
      tally: sums.map((choices) =>
        choices.map(({ alpha, beta }) => ({ alpha: group.encode(alpha), beta: group.encode(beta) })),
      ),
      numTallied,
      totalWeight,
    }),
  }
}

/** Ballots whose elements are tested for membership together. */
const together = 64

/** The tally of ballots that pass by one after the other. */
export function encryptedTally<E>(
  group: Group<E>,
  election: Pick<Election, 'questions'>,
  ballots: Iterable<CountedBallot>,
): Tallied {
  const tallying = openTally(group, election)
  let waiting: CountedBallot[] = []
  for (const ballot of ballots) {
    waiting.push(ballot)
    if (waiting.length < together) continue
    tallying.add(waiting)
    waiting = []
  }
  tallying.add(waiting)
  return tallying.result()
}

/** The record that announces a tally: how many ballots, their weight, and the hash of the tally's text. */
export const sizedTally = ({ tally, numTallied, totalWeight }: Tallied): SizedTally => ({
  num_tallied: numTallied,
  total_weight: totalWeight,
  encrypted_tally: hexHash(writeEncryptedTally(tally)),
})

/** base^exponent for a small public exponent: as many steps as it has bits, where `power` takes as many as q has. */
export function publicPower<E>(group: Group<E>, base: E, exponent: bigint): E {
  if (exponent === 0n) return group.neutral
  let result = base
  for (const bit of exponent.toString(2).slice(1)) {
    result = group.multiply(result, result)
    if (bit === '1') result = group.multiply(result, base)
  }
  return result
}
