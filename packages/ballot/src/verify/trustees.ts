import { keysOf, readTrustees, type Trustee, type TrusteeKey } from '../format/trustees.ts'
import type { Group } from '../group/group.ts'
import { attempt } from './ballot-text.ts'
import type { Findings, Place } from './findings.ts'
import type { Counts } from './judge.ts'
import { checkPedersen } from './pedersen.ts'
import { schnorr } from './schnorr.ts'

/** What later checks need of the trustees. */
export interface CheckedTrustees<E> {
  readonly trustees: readonly Trustee[]
  /** Keys by owner number less one; undefined where the key is no member of the group. */
  readonly keys: readonly (E | undefined)[]
  /** The election key that follows from them; undefined when one of them is not sound enough to say. */
  readonly product: E | undefined
}

/** What the checks of trustees share. */
export interface TrusteeCheck<E> {
  readonly group: Group<E>
  readonly findings: Findings
  readonly counts: Counts
  at(path: string): Place
  /** An element by its text, with a finding when it is none. */
  member(text: string, path: string): E | undefined
  /** Reduced numbers and the proof of knowledge of a key (4.5). */
  pok(key: TrusteeKey, element: E | undefined, path: string): void
}

/** Section 4.5 to 4.7: keys, their proofs, and how they make up the election key. */
export function checkTrustees<E>(
  group: Group<E>,
  text: string,
  place: Place,
  findings: Findings,
  counts: Counts,
): CheckedTrustees<E> | undefined {
  const { value: trustees, error } = attempt(() => readTrustees(text))
  const why = { ...place, path: error?.at ?? '' }
  if (!findings.require('trustee.form', trustees !== undefined, why, `expected: ${error?.expected}`)) return undefined

  const proofs = schnorr(group, group.table(group.generator))
  const at = (path: string): Place => ({ ...place, path })
  const check: TrusteeCheck<E> = {
    group,
    findings,
    counts,
    at,
    member(element, path) {
      counts.memberships++
      const decoded = group.decode(element)
      findings.require('trustee.membership', decoded !== undefined, at(path))
      return decoded
    },
    pok({ pok, public_key }, element, path) {
      findings.require('trustee.scalar', proofs.isReduced(pok), at(`${path}.pok`))
      if (element === undefined) return
      counts.proofs++
      // challenge = HZ(pok|group|str(X)|str(A))
      const prefix = `pok|${group.name}|${public_key}|`
      findings.require('trustee.pok', proofs.holds(element, pok, prefix), at(`${path}.pok`))
    },
  }

  const elements: (E | undefined)[] = []
  let product: E | undefined = group.neutral
  const multiply = (part: E | undefined) => {
    product = product === undefined || part === undefined ? undefined : group.multiply(product, part)
  }
  for (const [index, [kind, value]] of trustees!.entries()) {
    const path = `[${index}][1]`
    if (kind === 'Single') {
      const key = check.member(value.public_key, `${path}.public_key`)
      check.pok(value, key, path)
      findings.require('trustee.single', value.signature === undefined, at(`${path}.signature`))
      elements.push(key)
      multiply(key)
    } else {
      const pedersen = checkPedersen(check, proofs, value, path)
      elements.push(...pedersen.keys)
      multiply(pedersen.product)
    }
  }

  const neutral = group.encode(group.neutral)
  const seen = new Set<string>()
  for (const [index, trustee] of trustees!.entries()) {
    const own = keysOf([trustee]).map(({ public_key }) => public_key)
    const place = at(`[${index}][1]`)
    findings.require('trustee.neutral', !own.includes(neutral), place)
    // Where any one of several suffices they all have the same key: their polynomials are constant.
    const keys = trustee[0] === 'Pedersen' && trustee[1].threshold === 1 ? own.slice(0, 1) : own
    const isNew = new Set(keys).size === keys.length && !keys.some((key) => seen.has(key))
    findings.require('trustee.distinct', isNew, place)
    for (const key of keys) seen.add(key)
  }
  return { trustees: trustees!, keys: elements, product }
}
