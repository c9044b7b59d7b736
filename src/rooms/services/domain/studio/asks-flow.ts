import type { Kind as DocumentKind } from '../package/format/index.ts'
import type { Ask, Choice } from './ask.ts'
import { type Around, fieldChoices, fixed, id, inFolder, named, names, roleChoices } from './choices.ts'
import type { Place } from './documents.ts'

const stateKinds = fixed('state', ['open', 'paused', 'final'])

/** What may follow from a move, as one list to choose from. */
function effectChoices(around: Around): Choice[] {
  return [
    ...inFolder(around, 'rules', 'rule:', 'c-effect-rule'),
    ...named(around, 'messages', 'messages', 'send:', 'c-effect-send').map((choice) => ({
      ...choice,
      label: choice.value.slice(5),
    })),
    ...named(around, around.path, 'tasks', 'task:', 'c-effect-task'),
    ...inFolder(around, 'flows', 'open:', 'c-effect-open').filter(
      ({ value }) => value !== `open:${around.path.slice(6)}`,
    ),
    ...named(around, 'consents', 'purposes', 'forget:', 'c-effect-forget'),
    ...fieldChoices(around, undefined, 'set:', 'c-effect-set'),
    { value: 'tell', label: 'c-effect-tell', group: 'c-effect-others' },
  ]
}

export function flowAsks(around: Around): Ask[] {
  return [
    {
      at: 'states',
      kind: 'rows',
      head: 'states',
      more: true,
      columns: [names, { at: 'kind', kind: 'choice', name: 'state-kind', choices: stateKinds }, id],
    },
    { at: 'moves', kind: 'list', head: 'moves' },
    { at: 'limits', kind: 'list', head: 'limits' },
    { at: 'tasks', kind: 'rows', head: 'tasks', columns: [{ at: 'label', kind: 'words' }, id] },
    { ...id, head: 'flow' },
    names,
    { at: 'only', kind: 'many', choices: roleChoices(around), hint: 'h-flow-only' },
  ]
}

/** The questions about a state, a move, a time limit, or a step of an example. */
export function flowItems(around: Around, kind: DocumentKind, [list]: Place): Ask[] | undefined {
  const states = named(around, around.path, 'states')
  const moves = named(around, around.path, 'moves')
  const messages = named(around, 'messages', 'messages').map(({ value }) => ({ value, label: value }))
  if (kind === 'example') return stepAsks(around)
  if (list === 'states')
    return [
      id,
      names,
      { at: 'kind', kind: 'choice', name: 'state-kind', choices: stateKinds },
      { at: 'told', kind: 'words', hint: 'h-told' },
    ]
  if (list === 'moves')
    return [
      names,
      {
        at: 'from',
        kind: 'from',
        choices: [{ value: 'new', label: 'c-from-new' }, { value: 'any', label: 'c-from-any' }, ...states],
      },
      { at: 'to', kind: 'choice', name: 'move-to', choices: [...states, { value: 'same', label: 'c-to-same' }] },
      { at: 'roles', kind: 'many', choices: roleChoices(around), name: 'move-roles', hint: 'h-roles' },
      { at: 'form', kind: 'choice', choices: inFolder(around, 'forms'), empty: 'c-none' },
      {
        at: 'effects',
        kind: 'rows',
        head: 'effects',
        columns: [{ at: 'effect', kind: 'effect', choices: effectChoices(around) }],
      },
      { at: 'guard', kind: 'feel', head: 'guard', hint: 'h-guard' },
      { at: 'refusal', kind: 'words' },
      { at: 'reasons', kind: 'options', hint: 'h-reasons' },
      { at: 'automatic', kind: 'yes' },
      id,
    ]
  return [
    names,
    { at: 'in', kind: 'many', choices: states },
    {
      at: 'time',
      kind: 'rows',
      head: 'time',
      columns: [
        { at: 'amount', kind: 'value' },
        { at: 'unit', kind: 'choice', choices: fixed('unit', ['working_days', 'days', 'hours', 'minutes', 'seconds']) },
        { at: 'when', kind: 'feel', name: 'if' },
      ],
    },
    { at: 'calendar', kind: 'choice', choices: named(around, 'calendars', 'calendars') },
    {
      at: 'steps',
      kind: 'rows',
      head: 'limit-steps',
      columns: [
        { at: 'at', kind: 'number', name: 'percent' },
        { at: 'task', kind: 'choice', choices: named(around, around.path, 'tasks'), empty: 'c-none' },
        { at: 'for', kind: 'choice', choices: roleChoices(around), empty: 'c-none' },
        { at: 'send', kind: 'choice', choices: messages, empty: 'c-none' },
        { at: 'move', kind: 'choice', choices: moves, empty: 'c-none' },
        { at: 'tell', kind: 'text' },
      ],
    },
    { at: 'restart', kind: 'many', choices: moves, head: 'more' },
    { at: 'known', kind: 'choice', choices: fixed('known', ['ours', 'sourced', 'unverified']), default: 'ours' },
    id,
  ]
}

export function exampleAsks(): Ask[] {
  return [
    id,
    names,
    { at: 'begins', kind: 'text', hint: 'h-begins' },
    {
      at: 'zone',
      kind: 'choice',
      choices: ['WIB', 'WITA', 'WIT'].map((value) => ({ value, label: value })),
      default: 'WIB',
    },
    { at: 'settings', kind: 'anything', hint: 'h-example-settings' },
    { at: 'steps', kind: 'list', head: 'steps' },
  ]
}

function stepAsks(around: Around): Ask[] {
  const flows = inFolder(around, 'flows')
  const moves = flows.flatMap(({ value, label }) => named(around, `flows/${value}`, 'moves', '', label))
  return [
    { at: 'after', kind: 'text', hint: 'h-after' },
    { at: 'in', kind: 'choice', choices: flows, empty: 'c-main' },
    { at: 'do', kind: 'choice', choices: moves, empty: 'c-nothing' },
    { at: 'as', kind: 'choice', choices: roleChoices(around), empty: 'c-nobody' },
    { at: 'with', kind: 'anything', name: 'answers', hint: 'h-yaml' },
    { at: 'reason', kind: 'text', name: 'chosen-reason' },
    { at: 'despite', kind: 'anything' },
    { at: 'withdraw', kind: 'choice', choices: named(around, 'consents', 'purposes'), empty: 'c-none' },
    { at: 'expect', kind: 'anything', hint: 'h-expect' },
  ]
}
