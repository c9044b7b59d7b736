import { drawUuid, type ElectionDraft, makeElection } from '../src/election.ts'
import type { Question } from '../src/format/election.ts'
import type { Group, GroupName } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { randomScalar } from '../src/random.ts'
import { seeded } from './seeded.ts'

/** A question with answers A, B, C …; a third number allows blank when it is 1. */
export const ask = (answers: number, min = 1, max = 1, blank = 0): Question => ({
  answers: Array.from({ length: answers }, (_, at) => String.fromCharCode(65 + at)),
  ...(blank ? { blank: true } : {}),
  min,
  max,
  question: `${min} … ${max} / ${answers}${blank ? ' / blank' : ''}`,
})

/** An election whose secret key the test knows. */
export function keyedElection(name: GroupName, questions: readonly Question[], seed = 'election') {
  const random = seeded(`${seed}|${name}`)
  const group: Group<unknown> = openGroup(name)
  const x = randomScalar(group.order, random)
  const draft: ElectionDraft = {
    name: 'Percobaan',
    description: '',
    group: name,
    publicKey: group.encode(group.power(group.generator, x)),
    questions,
  }
  return { group, x, draft, random, ...makeElection(draft, drawUuid(random)) }
}

/** All allowed choices of a question. */
export function allChoices({ answers, blank, min, max }: Question): number[][] {
  const all: number[][] = blank ? [[1, ...answers.map(() => 0)]] : []
  for (let bits = 0; bits < 1 << answers.length; bits++) {
    const picked = answers.map((_, at) => (bits >> at) & 1)
    const sum = picked.reduce((total, each) => total + each, 0)
    if (sum >= min && sum <= max) all.push(blank ? [0, ...picked] : picked)
  }
  return all
}

/** g^m for m up to 100, found by trying. */
export function decrypt<E>(group: Group<E>, x: bigint, { alpha, beta }: { alpha: string; beta: string }): number {
  const mask = group.power(group.decode(alpha)!, x)
  const found = group.multiply(group.decode(beta)!, group.inverse(mask))
  let power = group.neutral
  for (let m = 0; m <= 100; m++, power = group.multiply(power, group.generator)) if (group.equal(power, found)) return m
  throw new Error('more than 100, or nonsense')
}
