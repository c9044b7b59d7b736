import { readCoefficients, type Trustee } from '../format/trustees.ts'
import type { Group } from '../group/group.ts'

/**
 * The sub-key of one entry of the record: X of a Single; for a Pedersen the product of the constant terms A_{i,0} of all
 * its trustees (specification 4.6.4). Throws on an element outside the group.
 */
export function subKey<E>(group: Group<E>, trustee: Trustee): E {
  if (trustee[0] === 'Single') return member(group, trustee[1].public_key)
  return trustee[1].coefexps
    .map(({ message }) => member(group, readCoefficients(message).coefexps[0]!))
    .reduce((product, factor) => group.multiply(product, factor))
}

/** y, the product of all sub-keys: str(y) is `public_key` of the election. */
export const electionKey = <E>(group: Group<E>, trustees: readonly Trustee[]): string => {
  if (trustees.length === 0) throw new RangeError('an election without trustees has no key')
  return group.encode(
    trustees.map((each) => subKey(group, each)).reduce((product, factor) => group.multiply(product, factor)),
  )
}

export function member<E>(group: Group<E>, text: string): E {
  const element = group.decode(text)
  if (element === undefined) throw new Error(`not an element of ${group.name}: ${text.slice(0, 80)}`)
  return element
}
