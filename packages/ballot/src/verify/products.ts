import type { Group } from '../group/group.ts'

/** Products of choice^weight, one for each part of the tally: alpha, beta of each choice of each question, as texts. */
export type Product = readonly string[]

/** Multiplies products place by place; `length` places, and those of no product at all are the neutral element. */
export function multiplyProducts<E>(group: Group<E>, length: number, products: readonly Product[]): Product {
  if (products.length === 1) return products[0]!
  const sums = Array.from({ length }, () => group.neutral)
  for (const elements of chunked(decodeAll(group, products.flat()), length))
    for (const [k, element] of elements.entries()) sums[k] = group.multiply(sums[k]!, element)
  return group.encodeAll(sums)
}

/** Each element of a product to that power. */
export const raiseProduct = <E>(group: Group<E>, product: Product, exponent: bigint): Product =>
  exponent === 1n
    ? product
    : group.encodeAll(decodeAll(group, product).map((element) => group.power(element, exponent % group.order)))

/** By question and choice, as verdicts have it. `choices`: how many each question has. */
export function shapeProduct(product: Product, choices: readonly number[]): { alpha: string; beta: string }[][] {
  let next = 0
  return choices.map((count) =>
    Array.from({ length: count }, () => ({ alpha: product[next++]!, beta: product[next++]! })),
  )
}

/** What a judge has found to be members, so none is missing. */
function decodeAll<E>(group: Group<E>, texts: readonly string[]): E[] {
  return group.decodeAll(texts).map((element) => {
    if (element === undefined) throw new Error('a product of members is no member')
    return element
  })
}

function* chunked<T>(list: readonly T[], length: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += length) yield list.slice(at, at + length)
}
