import type { Field, Form, PlainField } from './package/format/form.ts'
import { form as schema } from './package/format/form.ts'
import { type Problem, problem, type Reading, refuses, warning } from './package/problem.ts'
import { toFeel, toXPath } from './xpath.ts'

/**
 * A form as the three sheets of an XLSForm (xlsform.org), the field's convention: ODK, Kobo and spreadsheets can read it.
 * What XLSForm has no column for stands in columns of our own, which others pass over, so that a form comes back as it
 * went. Each sheet is rows of texts; the first row names the columns.
 */
export type Sheets = { survey: string[][]; choices: string[][]; settings: string[][] }

const languages: Record<string, string> = { id: 'Bahasa Indonesia (id)', en: 'English (en)' }
const types: Record<Field['type'], string> = {
  text: 'text',
  digits: 'text',
  int: 'integer',
  decimal: 'decimal',
  date: 'date',
  choice: 'select_one',
  multi: 'select_multiple',
  bool: 'select_one',
  phone: 'text',
  nik: 'text',
  kk: 'text',
  region: 'text',
  gps: 'geopoint',
  photo: 'image',
  voice: 'audio',
  signature: 'image',
  calculated: 'calculate',
  hidden: 'calculate',
  group: 'begin repeat',
}

export function toXlsForm(form: Form): Sheets {
  const langs = Object.keys(form.names)
  const fields = new Set(
    form.fields.flatMap((field) => [field.id, ...(field.type === 'group' ? field.fields.map(({ id }) => id) : [])]),
  )
  const survey = [surveyColumns(langs)]
  const choices = [['list_name', 'name', ...langs.map((lang) => `label::${languageOf(lang)}`), 'melayani']]
  const add = (field: Field | PlainField) => {
    survey.push(rowOf(field, langs, fields))
    if (field.type === 'bool')
      for (const [name, id, en] of [
        ['true', 'Ya', 'Yes'],
        ['false', 'Tidak', 'No'],
      ])
        choices.push([field.id, name!, ...langs.map((lang) => (lang === 'id' ? id! : en!)), ''])
    if (field.type === 'choice' || field.type === 'multi')
      for (const { id, label, alone } of field.options)
        choices.push([field.id, id, ...langs.map((lang) => label[lang] ?? ''), alone ? '{"alone":true}' : ''])
    if (field.type !== 'group') return
    field.fields.forEach(add)
    survey.push(['end repeat', ...Array.from({ length: survey[0]!.length - 1 }, () => '')])
  }
  form.fields.forEach(add)
  const { fields: _, names, ...rest } = form
  return {
    survey,
    choices,
    settings: [
      ['form_title', 'form_id', 'default_language', 'melayani'],
      [Object.values(names)[0]!, form.id, languageOf(langs[0]!), JSON.stringify({ names, ...rest })],
    ],
  }
}

function surveyColumns(langs: string[]): string[] {
  return [
    'type',
    'name',
    ...langs.map((lang) => `label::${languageOf(lang)}`),
    ...langs.map((lang) => `hint::${languageOf(lang)}`),
    'required',
    'relevant',
    'constraint',
    'calculation',
    'appearance',
    'melayani',
  ]
}

function rowOf(field: Field | PlainField, langs: string[], fields: ReadonlySet<string>): string[] {
  const { id, label, hint, ...rest } = field
  const selects = field.type === 'choice' || field.type === 'multi' || field.type === 'bool'
  const own: Record<string, unknown> = { ...rest }
  delete own.options
  if (field.type === 'group') delete own.fields
  const { required, relevant, constraint, calculation } = written(field, fields)
  return [
    selects ? `${types[field.type]} ${id}` : types[field.type],
    id,
    ...langs.map((lang) => label[lang] ?? ''),
    ...langs.map((lang) => hint?.[lang] ?? ''),
    required,
    relevant,
    constraint,
    calculation,
    field.type === 'signature' ? 'signature' : '',
    JSON.stringify(own),
  ]
}

/** What stands in the columns for conditions; empty where XPath cannot say it. */
function written(field: Partial<Field | PlainField>, fields: ReadonlySet<string>) {
  const turned = (feel: unknown) => (typeof feel === 'string' ? (toXPath(feel, fields) ?? '') : '')
  return {
    required: field.required === true ? 'yes' : turned(field.required),
    relevant: turned(field.when),
    constraint: constraintOf(field),
    calculation:
      field.type === 'calculated' ? turned(field.value) : field.type === 'hidden' ? JSON.stringify(field.value) : '',
  }
}

function constraintOf(field: Partial<Field | PlainField>): string {
  if (field.type === 'digits') return `regex(., '^[0-9]{${field.length}}$')`
  if (field.type === 'nik' || field.type === 'kk') return "regex(., '^[0-9]{16}$')"
  if (field.type !== 'int' && field.type !== 'decimal') return ''
  return [field.min === undefined ? '' : `. >= ${field.min}`, field.max === undefined ? '' : `. <= ${field.max}`]
    .filter(Boolean)
    .join(' and ')
}

/**
 * A form from an XLSForm that we or somebody else wrote. What cannot be turned is said with its row, never dropped in
 * silence: a condition that we do not understand is an error, a picture or a note in between is a warning.
 */
export function fromXlsForm({ survey, choices, settings }: Sheets): Reading<Form> {
  const problems: Problem[] = []
  const rows = records(survey)
  const names = new Set(rows.map(({ name }) => name ?? ''))
  const options = Map.groupBy(records(choices), (row) => row.list_name ?? '')
  const [about = {}] = records(settings)
  const top: Record<string, unknown>[] = []
  let into = top
  rows.forEach((row, i) => {
    const at = `survey[${i + 2}]`
    const [type = '', list = ''] = (row.type ?? '').trim().split(/\s+(?!repeat|group)/)
    if (type === '' || /^(?:start|end|deviceid|today|username)$/.test(type)) return
    if (type === 'end repeat') into = top
    else if (/^(?:note|begin group|end group)$/.test(type))
      problems.push(warning('xlsform-left-out', `“${type}” is left out`, '', at))
    else {
      const field = fieldOf(row, type, options.get(list) ?? [], names, (rule, says) =>
        problems.push(problem(rule, says, '', at)),
      )
      if (!field) return
      into.push(field)
      if (field.type === 'group') into = field.fields as Record<string, unknown>[]
    }
  })
  if (refuses(problems)) return { ok: false, problems }
  const own = json(about.melayani)
  const title = about.form_title ?? 'Formulir'
  const read = schema.safeParse({ id: identifier(about.form_id ?? title), names: { id: title }, ...own, fields: top })
  if (!read.success)
    return {
      ok: false,
      problems: [
        ...problems,
        ...read.error.issues.map(({ message, path }) => problem('not-the-schema', message, '', path)),
      ],
    }
  return { ok: true, value: read.data, problems }
}

type Row = Record<string, string>

function records([head = [], ...rows]: string[][]): Row[] {
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name.trim(), (row[i] ?? '').trim()])))
}

function fieldOf(
  row: Row,
  type: string,
  options: Row[],
  names: ReadonlySet<string>,
  say: (rule: string, says: string) => void,
): Record<string, unknown> | undefined {
  const kind = kindOf(type, row, options)
  if (!kind) return void say('xlsform-type', `“${type}” has no kind of question here`)
  const id = identifier(row.name ?? '')
  const turned = (column: string) => {
    const text = row[column]
    if (!text) return undefined
    const feel = toFeel(text, id)
    if (feel === undefined) say('xlsform-expression', `“${text}” cannot be turned into FEEL: write it anew`)
    return feel
  }
  const own = json(row.melayani)
  const field: Record<string, unknown> = { id, type: kind, label: words(row, 'label', id) }
  const hint = words(row, 'hint')
  if (hint) field.hint = hint
  Object.assign(field, own)
  // A column says what it says, also where somebody has changed it in the sheet since it was written.
  const wrote = written(own as Partial<Field>, names)
  if ((row.required ?? '') !== wrote.required)
    field.required = isYes(row.required) || (isNo(row.required) ? false : turned('required'))
  if ((row.relevant ?? '') !== wrote.relevant) field.when = turned('relevant')
  if (kind === 'calculated' && (row.calculation ?? '') !== wrote.calculation) field.value = turned('calculation')
  if ((row.constraint ?? '') !== wrote.constraint) {
    delete field.min
    delete field.max
    Object.assign(field, bounds(kind, row.constraint ?? '', say))
  }
  if (kind === 'choice' || kind === 'multi')
    field.options = options.map((option) => ({
      id: identifier(option.name ?? ''),
      label: words(option, 'label', option.name ?? ''),
      ...json(option.melayani),
    }))
  if (kind === 'group') field.fields = []
  return field
}

const isYes = (text = '') => /^(?:yes|true|true\(\))$/i.test(text)
const isNo = (text = '') => text === '' || /^(?:no|false|false\(\))$/i.test(text)

function kindOf(type: string, row: Row, options: Row[]): string | undefined {
  const own = json(row.melayani).type
  if (typeof own === 'string') return own
  if (type === 'select_one')
    return options.length === 2 && options.every(({ name }) => name === 'true' || name === 'false') ? 'bool' : 'choice'
  if (type === 'image') return row.appearance === 'signature' ? 'signature' : 'photo'
  const kinds: Record<string, string> = {
    text: 'text',
    integer: 'int',
    decimal: 'decimal',
    date: 'date',
    select_multiple: 'multi',
    geopoint: 'gps',
    audio: 'voice',
    calculate: 'calculated',
    'begin repeat': 'group',
  }
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined
}

/** `. >= 10 and . <= 55` as the bounds of a number; anything else is said. */
function bounds(kind: string, constraint: string, say: (rule: string, says: string) => void): Record<string, number> {
  if (constraint === '') return {}
  const parts = constraint.split(/\s+and\s+/).map((part) => /^\.\s*(<=|>=)\s*(-?\d+(?:\.\d+)?)$/.exec(part.trim()))
  if ((kind !== 'int' && kind !== 'decimal') || parts.some((part) => part === null)) {
    say('xlsform-expression', `the constraint “${constraint}” is not turned: write it as a check`)
    return {}
  }
  return Object.fromEntries(parts.map((part) => [part![1] === '>=' ? 'min' : 'max', Number(part![2])]))
}

function words(row: Row, column: string, otherwise?: string): Record<string, string> | undefined {
  const found: Record<string, string> = {}
  for (const [name, text] of Object.entries(row)) {
    if (text === '') continue
    if (name === column) found.id ??= text
    const lang = name.startsWith(`${column}::`) ? /\(([a-z]{2,3})\)$/.exec(name)?.[1] : undefined
    if (lang) found[lang] = text
  }
  if (Object.keys(found).length > 0) return found
  return otherwise === undefined ? undefined : { id: otherwise }
}

function identifier(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^[a-z]/.test(plain) ? plain.slice(0, 50) : `q_${plain}`.slice(0, 50)
}

function json(text: string | undefined): Record<string, unknown> {
  if (!text) return {}
  try {
    const read: unknown = JSON.parse(text)
    if (/__proto__|constructor|prototype/.test(text)) return {}
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function languageOf(lang: string): string {
  return languages[lang] ?? `${lang} (${lang})`
}
