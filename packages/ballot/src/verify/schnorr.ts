import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Proof } from '../format/proof.ts'
import type { Group, Table } from '../group/group.ts'
import { hashScalar, type Sha256, sha256 } from '../hash.ts'

/** Proofs that somebody knows the logarithm of `key`: A = g^response · key^challenge, challenge = HZ(prefix, str(A)). */
export interface Schnorr<E> {
  holds(key: E, proof: Proof, prefix: string): boolean
  /** 4.6.1: a signature over a text, with that prefix; the text may have a long beginning in common with others. */
  signs(key: E, proof: Proof, text: string, beginning?: Beginning): boolean
  isReduced(proof: Proof): boolean
}

/** How many texts to be signed begin, hashed once for all of them. */
export type Beginning = { readonly hashRest: Sha256 }

export function beginningOf(text: string): Beginning {
  const begun = sha256.create().update(utf8ToBytes(`sigmsg|${text}`))
  return { hashRest: (rest) => begun.clone().update(rest).digest() }
}

export function schnorr<E>(group: Group<E>, g: Table<E>): Schnorr<E> {
  const isReduced = ({ challenge, response }: Proof) => challenge < group.order && response < group.order
  const holds = (key: E, { challenge, response }: Proof, prefix: string, hash?: Sha256) => {
    const commitment = g.combine(response % group.order, key, challenge % group.order)
    return hashScalar(`${prefix}${group.encode(commitment)}`, group.order, hash) === challenge % group.order
  }
  const signs = (key: E, proof: Proof, text: string, beginning?: Beginning) =>
    beginning ? holds(key, proof, `${text}|`, beginning.hashRest) : holds(key, proof, `sigmsg|${text}|`)
  return { holds: (key, proof, prefix) => holds(key, proof, prefix), signs, isReduced }
}
