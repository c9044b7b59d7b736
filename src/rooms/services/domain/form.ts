import { isDay, readKk, readNik } from '#platform/nik.ts'
import { asDate, holds, type Scope, value } from './expression.ts'
import type { Field, Form, PlainField } from './package/format/form.ts'
import { fits } from './package/pattern.ts'

export type Answers = Record<string, unknown>

/** Something about an answer, by the name of what says so: `required:desa`, `range:umur`, or the name of a check. */
export type Objection = { rule: string; field: string; level: 'error' | 'warning' }

export type Filled = {
  /** What may leave the device: asked, agreed to, and put into one way of writing. */
  data: Answers
  /** Fields that were filled in and go nowhere, because their consent was not given. */
  dropped: string[]
  /** The questions that apply, in their order. */
  asked: string[]
  objections: Objection[]
}

export type FormSurroundings = {
  /** What is known already: the case's data, settings, rule results, today and now. */
  scope: Scope
  today: string
  /** Whether a purpose is agreed to, judged on the answers so far. */
  agreed: (purpose: string, answers: Scope) => boolean
  knowsRegion?: (code: string) => boolean
  allowSynthetic?: boolean
}

/**
 * Judge a filled-in form, from top to bottom. The same function runs on the phone before anything is kept to be sent, and
 * on the server: a value whose consent is missing does not get past either.
 */
export function fillIn(form: Form, answers: Answers, around: FormSurroundings): Filled {
  const data: Answers = {}
  const dropped: string[] = []
  const asked: string[] = []
  const objections: Objection[] = []
  const scope: Scope = { ...around.scope }
  // What this form asks is what it says now, not what an earlier filling said.
  for (const { id, type } of form.fields) scope[id] = unanswered(type)
  const says = (rule: string, field: string) => objections.push({ rule: `${rule}:${field}`, field, level: 'error' })
  for (const id of Object.keys(answers)) if (!form.fields.some((field) => field.id === id)) says('not-asked', id)

  for (const field of form.fields) {
    if (field.when !== undefined && !holds(field.when, scope)) continue
    const given = own(answers, field.id)
    if (field.consent && !around.agreed(field.consent, scope)) {
      if (given !== undefined && given !== null && given !== '') dropped.push(field.id)
      continue
    }
    asked.push(field.id)
    const kept = read(field, given, scope, around, says)
    if (kept === undefined) continue
    data[field.id] = kept
    scope[field.id] = inScope(field.type, kept)
  }
  for (const { id, level, field, when } of form.checks)
    if (holds(when, scope)) objections.push({ rule: id, field, level })
  return { data, dropped, asked, objections: [...objections, ...numberWarnings(form, data, around)] }
}

function own(answers: Answers, id: string): unknown {
  return Object.hasOwn(answers, id) ? answers[id] : undefined
}

type Says = (rule: string, field: string) => void

function read(field: Field | PlainField, given: unknown, scope: Scope, around: FormSurroundings, says: Says): unknown {
  if (field.type === 'calculated') return value(field.value, scope) ?? undefined
  if (field.type === 'hidden') return field.value
  if (
    given === undefined ||
    given === null ||
    given === '' ||
    (Array.isArray(given) && given.length === 0 && field.type === 'multi')
  ) {
    if (holds(field.required, scope)) says('required', field.id)
    else if (field.type === 'group' && field.atLeast > 0) says('too-few', field.id)
    return undefined
  }
  if (field.type === 'group') return readGroup(field, given, scope, around, says)
  const read = readOne(field, given, around)
  if (typeof read === 'object' && read !== null && 'wrong' in read) {
    says(String(read.wrong), field.id)
    return undefined
  }
  if (field.type === 'date') {
    const [earliest, latest] = [field.earliest, field.latest].map((bound) => (bound ? value(bound, scope) : undefined))
    const day = middle(String(read))
    if ((typeof earliest === 'string' && day < earliest) || (typeof latest === 'string' && day > latest))
      says('range', field.id)
  }
  return read
}

function readGroup(
  field: Field & { type: 'group' },
  given: unknown,
  scope: Scope,
  around: FormSurroundings,
  says: Says,
): unknown {
  if (!Array.isArray(given)) return void says('kind', field.id)
  if (given.length < field.atLeast) says('too-few', field.id)
  if (given.length > field.atMost) return void says('too-many', field.id)
  return given.map((row: unknown, i) => {
    const answers = typeof row === 'object' && row !== null ? (row as Answers) : {}
    const inner: Scope = { ...scope }
    const kept: Answers = {}
    for (const id of Object.keys(answers))
      if (!field.fields.some((column) => column.id === id)) says('not-asked', `${field.id}.${i}.${id}`)
    for (const column of field.fields) {
      if (column.when !== undefined && !holds(column.when, inner)) continue
      const one = read(column, own(answers, column.id), inner, around, (rule, id) =>
        says(rule, `${field.id}.${i}.${id}`),
      )
      if (one === undefined) continue
      kept[column.id] = one
      inner[column.id] = inScope(column.type, one)
    }
    return kept
  })
}

type Wrong = { wrong: string }

function readOne(
  field: Exclude<PlainField, { type: 'calculated' | 'hidden' }>,
  given: unknown,
  around: FormSurroundings,
): unknown | Wrong {
  switch (field.type) {
    case 'text':
      return readText(field, given)
    case 'digits':
      return typeof given === 'string' && /^\d+$/.test(given) && given.length === field.length
        ? given
        : { wrong: 'digits' }
    case 'int':
    case 'decimal':
      return readNumber(field, given)
    case 'date':
      return readDate(field.estimated, given)
    case 'choice':
      return field.options.some(({ id }) => id === given) ? given : { wrong: 'choice' }
    case 'multi':
      return readMulti(field, given)
    case 'bool':
      return typeof given === 'boolean' ? given : { wrong: 'kind' }
    case 'phone':
      return typeof given === 'string' ? (phoneOf(given) ?? { wrong: 'phone' }) : { wrong: 'kind' }
    case 'nik':
      return typeof given === 'string' && readNik(given, nikQuestion(around)).ok ? given : { wrong: 'nik' }
    case 'kk':
      return typeof given === 'string' && readKk(given, around.today).ok ? given : { wrong: 'kk' }
    case 'region':
      return readRegion(field.level, given, around)
    case 'gps':
      return readGps(given)
    case 'photo':
      return readMedia(given, 'kilobytes', field.kilobytes)
    case 'voice':
      return readMedia(given, 'seconds', field.seconds)
    case 'signature':
      return readMedia(given, 'kilobytes', 200)
  }
}

function nikQuestion({ today, knowsRegion, allowSynthetic }: FormSurroundings) {
  return { today, allowSynthetic: allowSynthetic ?? false, ...(knowsRegion ? { knowsRegion } : {}) }
}

function readText(field: PlainField & { type: 'text' }, given: unknown): unknown | Wrong {
  if (typeof given !== 'string') return { wrong: 'kind' }
  const text = given.normalize('NFC').trim()
  if (text.length < field.min || text.length > field.max) return { wrong: 'length' }
  return field.pattern === undefined || fits(field.pattern, text) ? text : { wrong: 'pattern' }
}

function readNumber(field: PlainField & { type: 'int' | 'decimal' }, given: unknown): unknown | Wrong {
  if (typeof given !== 'number' || !Number.isFinite(given)) return { wrong: 'kind' }
  if (field.type === 'int' && !Number.isSafeInteger(given)) return { wrong: 'kind' }
  if (field.type === 'decimal' && Number(given.toFixed(field.places)) !== given) return { wrong: 'places' }
  return given < (field.min ?? -Infinity) || given > (field.max ?? Infinity) ? { wrong: 'range' } : given
}

/** `2026-03-02`; told roughly, where the field allows it: `2010~` or `2010-05~` (EDTF). */
function readDate(estimated: boolean, given: unknown): unknown | Wrong {
  if (typeof given !== 'string') return { wrong: 'kind' }
  if (given.endsWith('~')) return estimated && isDay(middle(given)) ? given : { wrong: 'date' }
  return isDay(given) ? given : { wrong: 'date' }
}

/** The day in the middle of a date that is known roughly. */
export function middle(date: string): string {
  const text = date.replace(/~$/, '')
  if (/^\d{4}$/.test(text)) return `${text}-07-01`
  return /^\d{4}-\d{2}$/.test(text) ? `${text}-15` : text
}

function readMulti(field: PlainField & { type: 'multi' }, given: unknown): unknown | Wrong {
  if (!Array.isArray(given) || new Set(given).size !== given.length) return { wrong: 'choice' }
  const chosen = field.options.filter(({ id }) => given.includes(id))
  if (chosen.length !== given.length) return { wrong: 'choice' }
  if (chosen.length > 1 && chosen.some(({ alone }) => alone)) return { wrong: 'alone' }
  if (chosen.length < field.atLeast) return { wrong: 'too-few' }
  return chosen.length > (field.atMost ?? Infinity) ? { wrong: 'too-many' } : chosen.map(({ id }) => id)
}

/** E.164 of an Indonesian number: `0812…`, `62812…`, `+62 812-…` → `+62812…`; 8 to 12 digits after the country. */
export function phoneOf(given: string): string | undefined {
  const rest = given.replace(/[\s().-]/g, '').replace(/^(?:\+?62|0)/, '')
  return /^[1-9]\d{7,11}$/.test(rest) ? `+62${rest}` : undefined
}

const digitsOf = { province: 2, regency: 4, district: 6, village: 10 } as const

function readRegion(level: keyof typeof digitsOf, given: unknown, { knowsRegion }: FormSurroundings): unknown | Wrong {
  if (typeof given !== 'string') return { wrong: 'kind' }
  const code = given.replaceAll('.', '')
  const right = /^\d+$/.test(code) && code.length === digitsOf[level] && (knowsRegion?.(code) ?? true)
  return right ? code : { wrong: 'region' }
}

function readGps(given: unknown): unknown | Wrong {
  const { lat, lon, accuracy } = (given ?? {}) as Record<string, unknown>
  const right = [lat, lon, accuracy].every((x) => typeof x === 'number' && Number.isFinite(x))
  if (!right || Math.abs(lat as number) > 90 || Math.abs(lon as number) > 180 || (accuracy as number) < 0)
    return { wrong: 'gps' }
  return { lat, lon, accuracy }
}

/** A picture or a sound is kept elsewhere; the form holds its SHA-256 and its size. */
function readMedia(given: unknown, size: 'kilobytes' | 'seconds', most: number): unknown | Wrong {
  const { sha256, [size]: is } = (given ?? {}) as Record<string, unknown>
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256) || typeof is !== 'number') return { wrong: 'media' }
  return is > 0 && is <= most ? { sha256, [size]: is } : { wrong: 'too-large' }
}

/** A value as an expression sees it. */
export function inScope(type: Field['type'], kept: unknown): unknown {
  if (type === 'date' && typeof kept === 'string') return asDate(middle(kept))
  if (type === 'calculated' && typeof kept === 'string' && isDay(kept)) return asDate(kept)
  return kept
}

/** A list that was not filled in is an empty one, so that "it does not hold x" is true of it; all else is not known. */
export function unanswered(type: Field['type']): [] | null {
  return type === 'multi' || type === 'group' ? [] : null
}

/** What a NIK says of its region, and a place that is known too roughly: never more than a warning. */
function numberWarnings(form: Form, data: Answers, around: FormSurroundings): Objection[] {
  return form.fields.flatMap((field): Objection[] => {
    const kept = data[field.id]
    if (field.type === 'nik' && typeof kept === 'string') {
      const birth = form.fields.find(({ id, type }) => type === 'date' && /lahir|birth/.test(id))?.id
      const declared = birth && typeof data[birth] === 'string' && isDay(data[birth]) ? data[birth] : undefined
      const { warnings } = readNik(kept, { ...nikQuestion(around), declared: { birthDate: declared } })
      return warnings.map((warning) => ({ rule: `nik-${warning}:${field.id}`, field: field.id, level: 'warning' }))
    }
    const accuracy = field.type === 'gps' ? (kept as { accuracy: number } | undefined)?.accuracy : undefined
    if (field.type === 'gps' && field.accuracy && accuracy !== undefined && accuracy > field.accuracy)
      return [{ rule: `accuracy:${field.id}`, field: field.id, level: 'warning' }]
    return []
  })
}
