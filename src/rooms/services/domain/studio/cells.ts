import { isRecord, one, rowNumbers, type Typed, text, valueFrom, valueShown } from './typed.ts'

const effectKinds = ['rule', 'send', 'task', 'open', 'forget', 'tell', 'set'] as const

export function effectFields(value: unknown, name: string): Typed {
  const effect = isRecord(value) ? value : {}
  const kind = effectKinds.find((key) => key in effect)
  if (!kind) return { [`${name}.what`]: '', [`${name}.for`]: '', [`${name}.to`]: '' }
  const named = kind === 'tell' ? 'tell' : `${kind}:${text(effect[kind])}`
  return {
    [`${name}.what`]: named,
    [`${name}.for`]: text(effect.for),
    [`${name}.to`]: kind === 'tell' ? text(effect.tell) : text(effect.to),
  }
}

export function effectFrom(typed: Typed, name: string, old: unknown): unknown {
  const what = one(typed, `${name}.what`)
  const to = one(typed, `${name}.to`).trim()
  const [kind = '', id = ''] = what.split(':')
  if (what === '') return undefined
  if (kind === 'tell') return { tell: to }
  if (kind === 'task') return { task: id, for: one(typed, `${name}.for`) }
  if (kind === 'set') return { set: id, to }
  return effectKinds.some((known) => known === kind) ? { [kind]: id } : old
}

type Grid = {
  inputs: string[]
  outputs: string[]
  rows: { was: string; when: string[]; gives: string[]; says: Typed }[]
}

export function shownTable(value: unknown, langs: readonly string[], name: string): Typed {
  const version = isRecord(value) ? value : {}
  const inputs = Array.isArray(version.inputs) ? version.inputs.map(text) : []
  const rows = Array.isArray(version.rows) ? version.rows.filter(isRecord) : []
  const outputs = [...new Set(rows.flatMap(({ gives }) => (isRecord(gives) ? Object.keys(gives) : [])))]
  const typed: Typed = {}
  inputs.forEach((input, i) => {
    typed[`${name}.inputs.${i}`] = input
  })
  outputs.forEach((output, i) => {
    typed[`${name}.outputs.${i}`] = output
  })
  rows.forEach((row, r) => {
    typed[`${name}.rows.${r}.was`] = String(r)
    const when = Array.isArray(row.when) ? row.when : []
    inputs.forEach((_, i) => {
      typed[`${name}.rows.${r}.when.${i}`] = text(when[i])
    })
    outputs.forEach((output, i) => {
      typed[`${name}.rows.${r}.gives.${i}`] = valueShown(isRecord(row.gives) ? row.gives[output] : undefined)
    })
    for (const lang of langs)
      typed[`${name}.rows.${r}.says.${lang}`] = text(isRecord(row.says) ? row.says[lang] : undefined)
  })
  return typed
}

/** The table as it was typed: its columns may have gaps, an empty one is left out. */
export function gridOf(typed: Typed, langs: readonly string[], name: string): Grid {
  const numbered = (key: string) =>
    Object.keys(typed).flatMap((field) => {
      const found = field.startsWith(`${name}.${key}.`) && /^\d{1,3}$/.exec(field.slice(name.length + key.length + 2))
      return found ? [Number(found[0])] : []
    })
  const columns = (key: string) =>
    Array.from({ length: Math.max(-1, ...numbered(key)) + 1 }, (_, i) => one(typed, `${name}.${key}.${i}`).trim())
  const inputs = columns('inputs')
  const outputs = columns('outputs')
  return {
    inputs,
    outputs,
    rows: rowNumbers(typed, `${name}.rows`).map((r) => ({
      was: one(typed, `${name}.rows.${r}.was`),
      when: inputs.map((_, i) => one(typed, `${name}.rows.${r}.when.${i}`).trim()),
      gives: outputs.map((_, i) => one(typed, `${name}.rows.${r}.gives.${i}`).trim()),
      says: Object.fromEntries(langs.map((lang) => [lang, one(typed, `${name}.rows.${r}.says.${lang}`).trim()])),
    })),
  }
}

export function readTable(typed: Typed, langs: readonly string[], name: string, old: unknown): unknown {
  const { inputs, outputs, rows } = gridOf(typed, langs, name)
  const before = isRecord(old) && Array.isArray(old.rows) ? old.rows : []
  const keptInputs = inputs.flatMap((input, i) => (input ? [i] : []))
  const keptOutputs = outputs.flatMap((output, i) => (output ? [i] : []))
  return {
    ...(isRecord(old) ? old : {}),
    inputs: keptInputs.map((i) => inputs[i]!),
    rows: rows
      .filter(({ when, gives }) => [...when, ...gives].some(Boolean))
      .map(({ was, when, gives, says }) => {
        const from: unknown = was === '' ? undefined : before[Number(was)]
        const said = Object.fromEntries(Object.entries(says).filter(([, words]) => words))
        return {
          ...(isRecord(from) ? from : {}),
          when: keptInputs.map((i) => testFrom(when[i]!)),
          gives: Object.fromEntries(keptOutputs.map((i) => [outputs[i]!, valueFrom(gives[i]!)])),
          ...(Object.keys(said).length > 0 ? { says: said } : {}),
        }
      }),
  }
}

/** A cell that is asked of an input. A bare word is the word; people forget its quotes. */
function testFrom(typed: string): string {
  if (typed === '') return '-'
  return /^[a-z][a-z0-9_]*$/.test(typed) && !/^(?:true|false|null)$/.test(typed) ? `"${typed}"` : typed
}
