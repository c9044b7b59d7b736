import type { Proof } from '../format/proof.ts'
import type { Group, Table } from '../group/group.ts'
import { hashScalar } from '../hash.ts'

/** Proofs that somebody knows the logarithm of `key`: A = g^response · key^challenge, challenge = HZ(prefix, str(A)). */
export interface Schnorr<E> {
  holds(key: E, proof: Proof, prefix: string): boolean
  /** 4.6.1: a signature over a text, with that prefix. */
  signs(key: E, proof: Proof, text: string): boolean
  isReduced(proof: Proof): boolean
}

export function schnorr<E>(group: Group<E>, g: Table<E>): Schnorr<E> {
  const isReduced = ({ challenge, response }: Proof) => challenge < group.order && response < group.order
  const holds = (key: E, { challenge, response }: Proof, prefix: string) => {
    const commitment = g.combine(response % group.order, key, challenge % group.order)
    return hashScalar(`${prefix}${group.encode(commitment)}`, group.order) === challenge % group.order
  }
  return { holds, signs: (key, proof, text) => holds(key, proof, `sigmsg|${text}|`), isReduced }
}
