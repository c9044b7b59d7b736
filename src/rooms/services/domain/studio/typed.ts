export type Typed = Record<string, string | string[]>

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const text = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
/** The last answer of a name, with line ends as they are here. */
export const one = (typed: Typed, name: string): string =>
  [typed[name] ?? ''].flat().at(-1)?.replaceAll('\r\n', '\n') ?? ''

/** A decimal comma is what people type; what is no number stays as it was typed, and is told. */
export const numberFrom = (typed: string): number | string =>
  /^-?\d+(?:[.,]\d+)?$/.test(typed) ? Number(typed.replace(',', '.')) : typed

/** A cell that gives a value: a number, true or false, or a word. In quotes it is a word, whatever it looks like. */
export const valueFrom = (typed: string): unknown => {
  const quoted = /^"(.*)"$/.exec(typed)
  return quoted ? quoted[1] : /^(?:true|false)$/i.test(typed) ? /^true$/i.test(typed) : numberFrom(typed)
}
/** The same as it stands on a page. */
export const valueShown = (value: unknown): string =>
  typeof value === 'string' && typeof valueFrom(value) !== 'string' ? `"${value}"` : text(value)

/** The numbers of the rows that were typed below a name. */
export const rowNumbers = (typed: Typed, name: string) => {
  const numbers = new Set<number>()
  for (const key of Object.keys(typed)) {
    const found = key.startsWith(`${name}.`) && /^(\d{1,4})\./.exec(key.slice(name.length + 1))
    if (found) numbers.add(Number(found[1]))
  }
  return [...numbers].sort((a, b) => a - b)
}
