import type { Field, Form, PlainField } from './package/format/form.ts'

type Typed = Record<string, string | string[]>

/** The answers of a form as it was typed into a page, in the shapes that the engine judges. */
export function answersOf(form: Form, typed: Typed): Record<string, unknown> {
  return Object.fromEntries(
    form.fields.flatMap((field) => {
      const value = field.type === 'group' ? rowsOf(field, typed) : answerOf(field, field.id, typed)
      return value === undefined ? [] : [[field.id, value]]
    }),
  )
}

function rowsOf(field: Field & { type: 'group' }, typed: Typed): unknown {
  const rows: Record<string, unknown>[] = []
  for (let i = 0; i <= field.atMost; i++) {
    const row = field.fields.flatMap((column) => {
      const value = answerOf(column, `${field.id}.${i}.${column.id}`, typed)
      return value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [[column.id, value] as const]
    })
    if (row.length > 0) rows.push(Object.fromEntries(row))
  }
  return rows.length > 0 ? rows : undefined
}

function answerOf(field: PlainField, name: string, typed: Typed): unknown {
  if (field.type === 'multi') return [typed[name] ?? []].flat()
  const text = [typed[name] ?? ''].flat()[0]?.trim() ?? ''
  if (field.type === 'gps') {
    const [lat, lon, accuracy] = ['lat', 'lon', 'accuracy'].map(
      (part) => [typed[`${name}.${part}`] ?? ''].flat()[0]?.trim() ?? '',
    )
    if (!lat && !lon && !accuracy) return undefined
    return { lat: numberOf(lat!), lon: numberOf(lon!), accuracy: numberOf(accuracy!) }
  }
  if (text === '') return undefined
  switch (field.type) {
    case 'photo':
    case 'voice':
    case 'signature':
      return mediaOf(field.type, text)
    case 'int':
    case 'decimal':
      return numberOf(text)
    case 'bool':
      return text === 'ya' ? true : text === 'tidak' ? false : text
    case 'date':
      return field.estimated && /^\d{4}(-\d{2})?$/.test(text) ? `${text}~` : text
    default:
      return text
  }
}

/** `<sha256>:<size>`, kilobytes or seconds: how a file that is kept already stands in a form. */
function mediaOf(type: 'photo' | 'voice' | 'signature', text: string): unknown {
  const [, sha256, size] = /^([0-9a-f]{64}):(\d{1,6}(?:\.\d+)?)$/.exec(text) ?? []
  return sha256 ? { sha256, [type === 'voice' ? 'seconds' : 'kilobytes']: Number(size) } : text
}

/** A decimal comma is what people type; what is no number stays the text, for the engine to refuse. */
function numberOf(text: string): number | string {
  return /^-?\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text
}

/** The other way: what is known of a case, as the fields of a page show it. */
export function typedOf(form: Form, data: Record<string, unknown>): Typed {
  const typed: Typed = {}
  for (const field of form.fields) {
    if (field.type === 'group' && Array.isArray(data[field.id]))
      for (const [i, row] of (data[field.id] as Record<string, unknown>[]).entries())
        for (const column of field.fields) put(typed, column, `${field.id}.${i}.${column.id}`, row[column.id])
    else if (field.type !== 'group') put(typed, field, field.id, data[field.id])
  }
  return typed
}

function put(typed: Typed, field: PlainField, name: string, value: unknown): void {
  if (value === undefined || value === null || field.type === 'nik' || field.type === 'kk') return
  if (field.type === 'photo' || field.type === 'voice' || field.type === 'signature') {
    const { sha256, kilobytes, seconds } = value as { sha256: string; kilobytes?: number; seconds?: number }
    typed[name] = `${sha256}:${kilobytes ?? seconds}`
  } else if (field.type === 'gps') {
    for (const [part, n] of Object.entries(value)) typed[`${name}.${part}`] = String(n)
  } else if (Array.isArray(value)) typed[name] = value.map(String)
  else if (typeof value === 'boolean') typed[name] = value ? 'ya' : 'tidak'
  else if (typeof value !== 'object') typed[name] = String(value).replace(/~$/, '')
}
