import { type Election, readElection } from '../format/election.ts'
import { parseText } from '../format/shape.ts'
import { groupNames } from '../group/group.ts'
import { attempt } from './ballot-text.ts'
import type { Findings, Place } from './findings.ts'

/**
 * Sections 4.9 and 4.10. Undefined when it cannot be judged. Limits that nobody can keep (at least two, at most one) are
 * no fault: Belenios makes such elections too, and no ballot proves that it kept them.
 */
export function checkElection(text: string, place: Place, findings: Findings): Election | undefined {
  const unsupported = unsupportedPart(text)
  if (!findings.require('election.unsupported', unsupported === undefined, place, unsupported)) return undefined
  const { value: election, error } = attempt(() => readElection(text))
  const why = { ...place, path: error?.at ?? '' }
  if (!findings.require('election.form', election !== undefined, why, `expected: ${error?.expected}`)) return undefined
  return election
}

/** What an election of another kind says plainly: another version, another group, questions that are not added up. */
function unsupportedPart(text: string): string | undefined {
  const given = attempt(() => parseText(text) as Record<string, unknown> | null).value
  if (typeof given !== 'object' || given === null) return undefined
  const { version, group, questions } = given
  if (typeof version === 'number' && version !== 1) return `version ${version}`
  if (typeof group === 'string' && !groupNames.some((name) => name === group)) return `group ${group.slice(0, 50)}`
  const types = (Array.isArray(questions) ? questions : []).map((q: { type?: unknown } | null) => q?.type)
  const other = types.findIndex((type) => typeof type === 'string')
  return other < 0 ? undefined : `questions[${other}] is of type ${String(types[other]).slice(0, 50)}`
}
