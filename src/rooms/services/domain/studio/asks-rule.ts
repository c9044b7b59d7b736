import type { Ask } from './ask.ts'
import { type Around, fixed, id, known, names, privacies, roleChoices } from './choices.ts'

/** The questions about a rule. */
export const ruleAsks = (around: Around): Ask[] => [
  id,
  names,
  { at: 'kind', kind: 'choice', choices: fixed('rule', ['table', 'sum', 'value']) },
  { at: 'privacy', kind: 'choice', choices: privacies, default: 'personal' },
  { at: 'only', kind: 'many', choices: roleChoices(around), hint: 'h-only' },
  { at: 'asOf', kind: 'feel' },
  { at: 'clinical', kind: 'yes', head: 'clinical' },
  { at: 'approvedBy.who', kind: 'text' },
  { at: 'approvedBy.document', kind: 'text' },
  { at: 'approvedBy.date', kind: 'day' },
  { at: 'versions', kind: 'list', head: 'versions' },
]

/** The questions about one version of a rule, by its kind. */
export function versionAsks(kind: unknown): Ask[] {
  const valid: Ask[] = [
    { at: 'validFrom', kind: 'day' },
    { at: 'validTo', kind: 'day' },
    { at: 'known', kind: 'choice', choices: known, default: 'ours' },
    { at: 'source', kind: 'text' },
  ]
  if (kind === 'value') return [...valid, { at: 'value', kind: 'feel' }, { at: 'says', kind: 'words' }]
  if (kind === 'sum')
    return [
      ...valid,
      { at: 'base', kind: 'number' },
      {
        at: 'factors',
        kind: 'rows',
        head: 'factors',
        columns: [id, { at: 'when', kind: 'feel' }, { at: 'points', kind: 'value' }, { at: 'says', kind: 'words' }],
      },
      {
        at: 'bands',
        kind: 'rows',
        head: 'bands',
        columns: [{ at: 'from', kind: 'number' }, id, { at: 'label', kind: 'words' }, { at: 'colour', kind: 'text' }],
      },
      { at: 'atMost', kind: 'number', head: 'more' },
      { at: 'neverFalls', kind: 'feel' },
      { at: 'exclusive', kind: 'anything', hint: 'h-exclusive' },
    ]
  return [
    ...valid,
    { at: 'hit', kind: 'choice', choices: fixed('hit', ['first', 'unique']) },
    { at: 'table', kind: 'table', head: 'table', hint: 'h-table' },
  ]
}
