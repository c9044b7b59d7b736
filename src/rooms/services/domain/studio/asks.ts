import { type Kind as DocumentKind, kindOf } from '../package/format/index.ts'
import { internal, published } from '../package/format/manifest.ts'
import type { Ask } from './ask.ts'
import { exampleAsks, flowAsks, flowItems } from './asks-flow.ts'
import { ruleAsks, versionAsks } from './asks-rule.ts'
import {
  type Around,
  fieldChoices,
  fixed,
  id,
  inFolder,
  known,
  named,
  names,
  privacies,
  roleChoices,
} from './choices.ts'
import { at, type Place } from './documents.ts'

export const fieldTypes = [
  ...['text', 'choice', 'multi', 'bool', 'int', 'decimal', 'date', 'phone', 'region', 'nik', 'kk', 'digits', 'gps'],
  ...['photo', 'voice', 'signature', 'group', 'calculated', 'hidden'],
]
const purposes = (around: Around) => named(around, 'consents', 'purposes')

const column = (around: Around): Ask[] => [
  { at: 'label', kind: 'words', name: 'question' },
  { at: 'type', kind: 'choice', choices: fixed('type', fieldTypes) },
  { at: 'required', kind: 'condition', hint: 'h-condition' },
  { at: 'options', kind: 'options', hint: 'h-options' },
  { at: 'when', kind: 'feel' },
  { at: 'privacy', kind: 'choice', choices: privacies, default: 'personal' },
  { at: 'consent', kind: 'choice', choices: purposes(around), empty: 'c-none' },
  id,
]

/** Everything about one question of a form; what its type does not have is left empty. */
function fieldAsks(around: Around, type: unknown, inGroup: boolean): Ask[] {
  const of = (types: string, ...asks: Ask[]) => (types.split(' ').includes(String(type)) ? asks : [])
  return [
    id,
    { at: 'label', kind: 'words', name: 'question' },
    { at: 'hint', kind: 'words' },
    {
      at: 'type',
      kind: 'choice',
      choices: fixed('type', inGroup ? fieldTypes.filter((one) => one !== 'group') : fieldTypes),
    },
    { at: 'required', kind: 'condition', hint: 'h-condition' },
    { at: 'when', kind: 'feel', hint: 'h-when' },
    ...of('choice multi', { at: 'options', kind: 'options', hint: 'h-options' }),
    ...of('text int decimal', { at: 'min', kind: 'number' }, { at: 'max', kind: 'number' }),
    ...of('text', { at: 'pattern', kind: 'text', hint: 'h-pattern' }),
    ...of('digits', { at: 'length', kind: 'number' }),
    ...of('decimal', { at: 'places', kind: 'number' }),
    ...of('date', { at: 'estimated', kind: 'yes' }, { at: 'earliest', kind: 'feel' }, { at: 'latest', kind: 'feel' }),
    ...of('multi group', { at: 'atLeast', kind: 'number' }, { at: 'atMost', kind: 'number' }),
    ...of('region', {
      at: 'level',
      kind: 'choice',
      choices: fixed('level', ['province', 'regency', 'district', 'village']),
    }),
    ...of('gps', { at: 'accuracy', kind: 'number' }),
    ...of('photo', { at: 'kilobytes', kind: 'number' }),
    ...of('voice', { at: 'seconds', kind: 'number' }),
    ...of('calculated', { at: 'value', kind: 'feel' }),
    ...of('hidden', { at: 'value', kind: 'value' }),
    { at: 'privacy', kind: 'choice', choices: privacies, default: 'personal', head: 'who' },
    { at: 'only', kind: 'many', choices: roleChoices(around), hint: 'h-only' },
    { at: 'consent', kind: 'choice', choices: purposes(around), empty: 'c-none' },
    ...of('group', { at: 'fields', kind: 'rows', columns: column(around), more: true, head: 'fields' }),
  ]
}

const roleAsks: Ask[] = [
  names,
  { at: 'reach', kind: 'choice', choices: fixed('reach', ['area', 'own', 'all']) },
  { at: 'sees', kind: 'many', choices: privacies },
  { at: 'public', kind: 'yes' },
  { at: 'offline', kind: 'yes' },
  id,
]

/** How cases are given to one person of a role. */
const assignAsks = (around: Around): Ask[] => [
  {
    at: 'assign.by',
    kind: 'choice',
    choices: fixed('assign', ['area', 'load', 'nearest']),
    empty: 'c-none',
    head: 'assign',
  },
  { at: 'assign.roles', kind: 'many', choices: roleChoices(around) },
  { at: 'assign.opening', kind: 'yes' },
  { at: 'assign.minutes', kind: 'number' },
]

const manifest = (): Ask[] => [
  { ...names, head: 'about' },
  { at: 'summary', kind: 'long-words' },
  { at: 'id', kind: 'text', name: 'package-id', hint: 'h-package-id' },
  { at: 'version', kind: 'text', hint: 'h-version' },
  { at: 'languages', kind: 'lines', hint: 'h-languages' },
  { at: 'licence', kind: 'text', hint: 'h-licence' },
  ...published.map(
    (part, i): Ask => ({
      at: `standard.${part}`,
      kind: 'long-words',
      ...(i === 0 ? { head: 'published' } : {}),
    }),
  ),
  ...internal.map(
    (part, i): Ask => ({
      at: `standard.${part}`,
      kind: 'long-words',
      ...(i === 0 ? { head: 'internal' } : {}),
    }),
  ),
  { at: 'origin.innovation', kind: 'text', head: 'origin' },
  { at: 'origin.agency', kind: 'text' },
  { at: 'origin.region', kind: 'text' },
  { at: 'origin.year', kind: 'number' },
  { at: 'origin.award', kind: 'text' },
  { at: 'origin.fidelity', kind: 'long-words' },
  { at: 'origin.sources', kind: 'lines' },
]

const indicatorAsks = (around: Around): Ask[] => [
  id,
  names,
  { at: 'kind', kind: 'choice', choices: fixed('indicator', ['count', 'share', 'median', 'p90']) },
  { at: 'value', kind: 'feel', hint: 'h-indicator' },
  { at: 'over', kind: 'feel' },
  { at: 'by', kind: 'choice', choices: fieldChoices(around), empty: 'c-none' },
  { at: 'unit', kind: 'text' },
  { at: 'better', kind: 'choice', choices: fixed('better', ['neither', 'more', 'less']), default: 'neither' },
  { at: 'target', kind: 'number' },
  { at: 'flow', kind: 'choice', choices: inFolder(around, 'flows'), empty: 'c-main' },
  { at: 'public', kind: 'choice', choices: fixed('public', ['true', 'false']), default: 'true' },
]

const messageAsks = (around: Around): Ask[] => [
  id,
  {
    at: 'to',
    kind: 'holder',
    choices: [
      ...named(around, 'roles', 'roles', 'role:', 'c-to-role'),
      ...fieldChoices(around, 'phone', 'phone:', 'c-to-phone'),
    ],
    empty: 'c-choose',
  },
  ...['sms', 'whatsapp', 'voice', 'letter'].map((channel): Ask => ({ at: `text.${channel}`, kind: 'long-words' })),
  { at: 'with', kind: 'with', hint: 'h-with' },
  { at: 'urgent', kind: 'yes' },
]

const settingAsks = (type: unknown): Ask[] => [
  id,
  { at: 'label', kind: 'words' },
  { at: 'why', kind: 'words' },
  { at: 'type', kind: 'choice', choices: fixed('setting', ['number', 'text', 'bool', 'choice']) },
  { at: 'default', kind: type === 'text' || type === 'choice' ? 'text' : 'value' },
  ...(type === 'number'
    ? ([
        { at: 'min', kind: 'number' },
        { at: 'max', kind: 'number' },
      ] as Ask[])
    : []),
  ...(type === 'choice' ? ([{ at: 'options', kind: 'options', hint: 'h-options' }] as Ask[]) : []),
  { at: 'known', kind: 'choice', choices: known, default: 'ours' },
]

/** The questions about a whole document. */
export function documentAsks(around: Around): Ask[] | undefined {
  const kind = kindOf(`${around.path}.yaml`)?.kind
  const list = (key: string): Ask[] => [{ at: key, kind: 'list' }]
  switch (kind) {
    case 'manifest':
      return [
        ...manifest(),
        { at: 'main', kind: 'choice', choices: inFolder(around, 'flows'), head: 'more' },
        ...['nik', 'name', 'birth', 'area'].map(
          (part, i): Ask => ({
            at: `identity.${part}`,
            kind: 'choice',
            choices: fieldChoices(around),
            empty: 'c-none',
            ...(i === 0 ? { head: 'identity' } : {}),
          }),
        ),
      ]
    case 'roles':
      return [{ at: 'roles', kind: 'rows', more: true, columns: roleAsks }]
    case 'form':
      return [
        { at: 'fields', kind: 'rows', columns: column(around), more: true },
        { ...id, head: 'form' },
        names,
        { at: 'seconds', kind: 'number' },
        {
          at: 'checks',
          kind: 'rows',
          head: 'checks',
          columns: [
            { at: 'level', kind: 'choice', choices: fixed('level', ['warning', 'error']) },
            { at: 'field', kind: 'choice', choices: named(around, around.path, 'fields'), empty: 'c-choose' },
            { at: 'when', kind: 'feel', name: 'wrong-when' },
            { at: 'says', kind: 'words' },
            id,
          ],
        },
      ]
    case 'flow':
      return flowAsks(around)
    case 'example':
      return exampleAsks()
    case 'rule':
      return ruleAsks(around)
    case 'messages':
      return list('messages')
    case 'consents':
      return list('purposes')
    case 'indicators':
      return list('indicators')
    case 'settings':
      return list('settings')
    case 'calendars':
      return list('calendars')
    default:
      return undefined
  }
}

/** Where a part has a page of its own, by the kind of its document. */
const ownPages: Partial<Record<DocumentKind, RegExp>> = {
  form: /^fields\.\d+(?:\.fields\.\d+)?/,
  flow: /^(?:moves|limits|states)\.\d+/,
  roles: /^roles\.\d+/,
  rule: /^versions\.\d+/,
  example: /^steps\.\d+/,
  messages: /^messages\.\d+/,
  consents: /^purposes\.\d+/,
  indicators: /^indicators\.\d+/,
  settings: /^settings\.\d+/,
  calendars: /^calendars\.\d+/,
}

/** The nearest part with a page of its own around a place: `fields.3.label.id` → `fields.3`; '' for the document's page. */
export function partOf(path: string, place: string): string {
  const kind = kindOf(`${path}.yaml`)?.kind
  return (kind && ownPages[kind]?.exec(place)?.[0]) ?? ''
}

/** The questions about a part of a document. */
export function partAsks(around: Around, place: Place): Ask[] | undefined {
  const kind = kindOf(`${around.path}.yaml`)?.kind
  const document = around.documents[around.path]
  const part = at(document, place)
  if (part === undefined || !kind || partOf(around.path, place.join('.')) !== place.join('.')) return undefined
  switch (kind) {
    case 'form':
      return fieldAsks(around, at(part, ['type']), place.length > 2)
    case 'flow':
    case 'example':
      return flowItems(around, kind, place)
    case 'rule':
      return versionAsks(at(document, ['kind']))
    case 'roles':
      return [...roleAsks, ...assignAsks(around)]
    case 'messages':
      return messageAsks(around)
    case 'indicators':
      return indicatorAsks(around)
    case 'settings':
      return settingAsks(at(part, ['type']))
    case 'consents':
      return [
        id,
        names,
        { at: 'text', kind: 'long-words', name: 'consent-text' },
        { at: 'version', kind: 'number' },
        { at: 'askedBy', kind: 'choice', choices: fieldChoices(around), empty: 'c-choose' },
        { at: 'givenWhen', kind: 'feel', hint: 'h-given' },
        { at: 'kept', kind: 'long-words' },
      ]
    case 'calendars':
      return [
        id,
        names,
        { at: 'kind', kind: 'choice', choices: fixed('calendar', ['working', 'always']) },
        { at: 'hours', kind: 'hours', hint: 'h-hours' },
        { at: 'holidays', kind: 'choice', choices: fixed('closed', ['true', 'false']), default: 'true' },
        { at: 'jointLeave', kind: 'choice', choices: fixed('closed', ['true', 'false']), default: 'true' },
      ]
    default:
      return undefined
  }
}
