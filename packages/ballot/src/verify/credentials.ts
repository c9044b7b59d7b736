import { type PublicCredential, readCredentials } from '../format/credentials.ts'
import type { Group } from '../group/group.ts'
import { attempt } from './ballot-text.ts'
import type { Findings, Place } from './findings.ts'
import type { Counts } from './judge.ts'

/** The roll of allowed ballots. */
export interface Roll {
  readonly credentials: readonly PublicCredential[]
  /** Number in the list by the text of the element. */
  readonly indices: ReadonlyMap<string, number>
}

/** How many elements are tested together. */
const together = 4096

/**
 * Section 4.8: distinct members of the group. Belenios does not check their order, so neither do we (`pilkades.ts` does).
 * Undefined when the roll cannot be read.
 */
export async function checkCredentials<E>(
  group: Group<E>,
  text: string,
  place: Place,
  findings: Findings,
  counts: Counts,
  pause: () => Promise<void>,
): Promise<Roll | undefined> {
  const { value: credentials, error } = attempt(() => readCredentials(text))
  const why = { ...place, path: error?.at ?? '' }
  if (!findings.require('credential.form', credentials !== undefined, why, `expected: ${error?.expected}`))
    return undefined

  const indices = new Map<string, number>()
  const neutral = group.encode(group.neutral)
  let total = 0n
  for (const [index, { element, weight }] of credentials!.entries()) {
    const at = { ...place, path: `[${index}]` }
    findings.require('credential.duplicate', !indices.has(element), at)
    findings.require('credential.neutral', element !== neutral, at)
    if (!indices.has(element)) indices.set(element, index)
    total += weight
  }
  findings.require('credential.weight', total < group.order, place)

  for (let from = 0; from < credentials!.length; from += together) {
    const texts = credentials!.slice(from, from + together).map(({ element }) => element)
    for (const [i, element] of group.decodeAll(texts).entries())
      findings.require('credential.membership', element !== undefined, { ...place, path: `[${from + i}]` })
    counts.memberships += texts.length
    await pause()
  }
  return { credentials: credentials!, indices }
}
