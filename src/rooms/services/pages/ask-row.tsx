import type { Lang } from '#platform/text.ts'
import type { Typed } from '../domain/studio/typed.ts'
import { words } from '../text/index.ts'

/** What stands in a field: the last, where it was sent more than once. */
export const one = (typed: Typed, name: string) => [typed[name] ?? ''].flat().at(-1) ?? ''

/** The rows of a list that are there, by their numbers. */
export const rowsIn = (typed: Typed, name: string) =>
  Math.max(
    -1,
    ...Object.keys(typed).flatMap((key) => {
      const found = key.startsWith(`${name}.`) && /^(\d{1,4})\./.exec(key.slice(name.length + 1))
      return found ? [Number(found[1])] : []
    }),
  ) + 1

/** Move a row up or down, or remove it. */
export function RowButtons({
  list,
  index,
  last,
  what,
  lang,
}: {
  list: string
  index: number
  last: number
  what: string
  lang: Lang
}) {
  const w = words(lang)
  const button = (act: string, sign: string, label: string) => (
    <button
      type="submit"
      name="row"
      value={`${list}:${act}:${index}`}
      class="quiet sign"
      aria-label={`${label}: ${what}`}
      title={label}
    >
      {sign}
    </button>
  )
  return (
    <span class="signs">
      {index > 0 && button('up', '↑', w.rowUp)}
      {index < last && button('down', '↓', w.rowDown)}
      {button('remove', '×', w.removeRow)}
    </span>
  )
}
