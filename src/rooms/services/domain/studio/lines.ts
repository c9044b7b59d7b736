import { parse } from '../package/document.ts'
import { nameFrom } from './documents.ts'
import { isRecord, text } from './typed.ts'

export function optionLines(value: unknown, langs: readonly string[]): string {
  if (!Array.isArray(value)) return ''
  return value
    .map((option) => {
      const { id, label } = isRecord(option) ? option : {}
      const words = isRecord(label) ? label : {}
      return `${text(id)} = ${langs.map((lang) => text(words[lang])).join(' | ')}`
    })
    .join('\n')
}

/** `mati = Mati | Off`: a name, and its words in each language. Without a name it gets one from its words. */
export function optionsFrom(typed: string, langs: readonly string[], old: unknown): unknown {
  const before = Array.isArray(old) ? old.filter(isRecord) : []
  const taken = new Set<string>()
  const options = typed
    .split(/\n|;/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const split = /^([a-z][a-z0-9_]*)\s*=\s*(.+)$/.exec(line)
      const said = (split?.[2] ?? line).split('|').map((part) => part.trim())
      const id = split?.[1] ?? nameFrom(said[0] ?? '', taken)
      taken.add(id)
      const label = Object.fromEntries(langs.flatMap((lang, i) => (said[i] ? [[lang, said[i]]] : [])))
      return { ...before.find((option) => option.id === id), id, label }
    })
  return options.length > 0 ? options : undefined
}

/** YAML as it was typed. What is none stays text, so that it is told and not lost. */
export function anythingFrom(typed: string): unknown {
  const { document } = parse('typed.yaml', new TextEncoder().encode(typed))
  return document ? document.content : typed
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
export function hourLines(value: unknown): string {
  if (!isRecord(value)) return ''
  return days
    .filter((day) => Array.isArray(value[day]) && (value[day] as unknown[]).length > 0)
    .map((day) => `${day} ${(value[day] as unknown[][]).map((span) => span.join('-')).join(', ')}`)
    .join('\n')
}

/** `mon 08:00-12:00, 13:00-15:00`, a line for each day. Indonesian names of days are read too. */
export function hoursFrom(typed: string): unknown {
  if (typed === '') return undefined
  const names: Record<string, string> = {
    ...{ sen: 'mon', sel: 'tue', rab: 'wed', kam: 'thu', jum: 'fri', sab: 'sat', min: 'sun' },
    ...Object.fromEntries(days.map((day) => [day, day])),
  }
  const hours: Record<string, string[][]> = {}
  for (const line of typed.split('\n')) {
    const [, day = '', spans = ''] = /^\s*([a-z]{3})[a-z]*\s*:?\s*(.*)$/i.exec(line) ?? []
    const known = names[day.toLowerCase()] ?? day.toLowerCase()
    if (known)
      hours[known] = spans
        .split(',')
        .map((span) => span.split('-').map((time) => time.trim().replace('.', ':')))
        .filter(([from]) => from)
  }
  return hours
}

export function withLines(value: unknown): string {
  if (!isRecord(value)) return ''
  return Object.entries(value)
    .map(([name, part]) => (isRecord(part) ? `${name} = ${text(part.value)} (${text(part.max)})` : name))
    .join('\n')
}

/** `tempat = tempat (60)`: a value, and the most characters that it may take. */
export function withFrom(typed: string): unknown {
  const values = typed.split('\n').flatMap((line) => {
    const found = /^\s*([a-z][a-z0-9_]*)\s*=\s*(.+?)\s*(?:\((\d{1,3})\))?\s*$/.exec(line)
    return found ? [[found[1]!, { value: found[2]!, max: Number(found[3] ?? 40) }] as const] : []
  })
  return values.length > 0 ? Object.fromEntries(values) : undefined
}
