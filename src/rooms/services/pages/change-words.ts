import { fill, formatNumber, type Lang } from '#platform/text.ts'
import { say } from '../domain/held.ts'
import type { Change } from '../domain/package/changes.ts'
import type { Package } from '../domain/package/format/index.ts'
import type { Conflict, Path } from '../domain/package/merge.ts'
import { isRecord, isWords, itemsOf, wordsOf } from '../domain/package/shape.ts'
import { changeWords } from '../text/change.ts'

/** Where a path leads, in the reader's words: `pertanyaan “Umur” di formulir “Laporan”`. The first package that knows it names it. */
export function placeOf(path: Path, packages: readonly Package[], lang: Lang): string {
  const w = changeWords(lang)
  const things: string[] = []
  let property: string | undefined
  let language: string | undefined
  let here: unknown[] = [...packages]
  path.forEach((step, i) => {
    const list = path[i - 1]
    const lists = here.map((one) => (list === undefined ? undefined : itemsOf(list, one)))
    if (list !== undefined && w.things[list] && here.some(Array.isArray) && lists.some(Boolean)) {
      here = lists.map((items) => items?.get(step))
      things.push(`${w.things[list]} ${named(here, step, lang)}`)
      property = undefined
    } else {
      const before = here
      here = here.map((one) => (isRecord(one) ? one[step] : undefined))
      if (/^[a-z]{2,3}$/.test(step) && before.some(isWords)) language = step
      else if (!(i === 0 || step === 'manifest' || (i === 1 && path[0] === 'manifest' && step === 'standard')))
        property = w.properties[step] ?? step
    }
  })
  // A list at the end is a property of what stands around it; at the top it is the package's.
  if (path.length === 1 && path[0] !== 'manifest') property = w.properties[path[0]!] ?? w.things[path[0]!] ?? path[0]
  const nearest = joined(things, w.within) || (property ? '' : w.thisPackage)
  const several = language && packages.some((pkg) => pkg.manifest.languages.length > 1)
  const told =
    property && several ? fill(w.inLanguage, { property, language: w.languages[language!] ?? language! }) : property
  if (!told) return nearest
  return nearest ? fill(w.theProperty, { property: told, thing: nearest }) : told
}

/** The innermost first: the choice in the question in the form. */
const joined = (things: readonly string[], within: string): string =>
  things.toReversed().reduce((inner, around) => (inner ? fill(within, { thing: inner, around }) : around), '')

function named(items: readonly unknown[], name: string, lang: Lang): string {
  const words = items.map(wordsOf).find(Boolean)
  const told = words ? say(words, lang) : name.startsWith('[') || name.startsWith('{') ? plain(name) : name
  return `“${short(told, 80)}”`
}

const plain = (json: string) => json.replace(/[[\]{}"]/g, '').replaceAll(',', ', ')
const short = (words: string, most: number) => (words.length > most ? `${words.slice(0, most - 1)}…` : words)
const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1)

/** A value of a package as it is shown: words in the reader's language, a list with commas, a condition as it is written. */
export function shown(value: unknown, lang: Lang): string {
  const w = changeWords(lang)
  if (value === undefined || value === null) return w.nothing
  if (typeof value === 'string') return fill(w.quote, { text: short(value, 300) })
  if (typeof value === 'number') return formatNumber(value, lang)
  if (typeof value === 'boolean') return lang === 'en' ? (value ? 'yes' : 'no') : value ? 'ya' : 'tidak'
  if (Array.isArray(value)) {
    if (value.length === 0) return w.nothing
    return short(value.map((item) => (typeof item === 'string' ? item : shown(item, lang))).join(', '), 300)
  }
  if (isWords(value)) return shown(say(value, lang), lang)
  const words = wordsOf(value)
  if (words) return shown(say(words, lang), lang)
  const parts = Object.entries(value as Record<string, unknown>)
  return short(parts.map(([key, inner]) => `${w.properties[key] ?? key}: ${shown(inner, lang)}`).join('; '), 300)
}

/** One change as a sentence. */
export function tellChange({ path, kind, before, after }: Change, packages: readonly Package[], lang: Lang): string {
  const w = changeWords(lang)
  const thing = placeOf(path, packages, lang)
  const values = { thing, before: shown(before, lang), after: shown(after, lang) }
  const item = (value: unknown) => isRecord(value) && !isWords(value)
  switch (kind) {
    case 'added':
      return capital(fill(item(after) ? w.changeAdded : w.changeSet, values))
    case 'removed':
      return capital(fill(item(before) ? w.changeRemoved : w.changeUnset, values))
    case 'renamed':
      return fill(w.changeRenamed, values)
    case 'moved':
      return capital(fill(w.changeMoved, { ...values, before: `“${formName(packages, String(before), lang)}”` }))
    case 'order':
      return fill(w.changeOrder, values)
    case 'changed':
      return capital(fill(w.changeChanged, values))
  }
}

function formName(packages: readonly Package[], id: string, lang: Lang): string {
  const form = packages.flatMap(({ forms }) => forms).find((one) => one.id === id)
  return form ? say(form.names, lang) : id
}

/** A conflict as a sentence. */
export function tellConflict({ path, kind }: Conflict, packages: readonly Package[], lang: Lang): string {
  const w = changeWords(lang)
  const sentences = {
    'both-changed': w.conflictChanged,
    'both-added': w.conflictAdded,
    'removed-here': w.conflictRemovedHere,
    'removed-there': w.conflictRemovedThere,
    order: w.conflictOrder,
  }
  return fill(sentences[kind], { thing: placeOf(path, packages, lang) })
}
