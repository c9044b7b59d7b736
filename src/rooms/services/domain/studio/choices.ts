import type { Ask, Choice } from './ask.ts'
import { at, type Documents, listAt } from './documents.ts'

/** What the questions about a document may name: everything else that the package has, in the reader's language. */
export type Around = { documents: Documents; path: string; lang: string }

const nameIn = (lang: string, words: unknown, id: string) => {
  const said = words && typeof words === 'object' ? (words as Record<string, unknown>) : {}
  const text = said[lang] ?? Object.values(said)[0]
  return typeof text === 'string' && text ? text : id
}

/** Things with a name in a list of a document, to choose from. `before`: what stands before each value. */
export function named({ documents, lang }: Around, path: string, key: string, before = '', group?: string): Choice[] {
  return listAt(documents[path], [key]).flatMap((item) =>
    typeof item.id === 'string'
      ? [
          {
            value: before + item.id,
            label: nameIn(lang, item.names ?? item.label, item.id),
            ...(group ? { group } : {}),
          },
        ]
      : [],
  )
}

/** Documents of a folder, to choose from. */
export function inFolder({ documents, lang }: Around, folder: string, before = '', group?: string): Choice[] {
  return Object.keys(documents)
    .filter((path) => path.startsWith(`${folder}/`))
    .sort()
    .map((path) => {
      const id = path.slice(folder.length + 1)
      return {
        value: before + id,
        label: nameIn(lang, at(documents[path], ['names']), id),
        ...(group ? { group } : {}),
      }
    })
}

/** Every question of every form, by its name. */
export function fieldChoices(around: Around, type?: string, before = '', group?: string): Choice[] {
  const seen = new Set<string>()
  return Object.keys(around.documents)
    .filter((path) => path.startsWith('forms/'))
    .sort()
    .flatMap((path) => listAt(around.documents[path], ['fields']))
    .flatMap((field) => {
      if (typeof field.id !== 'string' || seen.has(field.id) || (type && field.type !== type)) return []
      seen.add(field.id)
      return [
        { value: before + field.id, label: nameIn(around.lang, field.label, field.id), ...(group ? { group } : {}) },
      ]
    })
}

export const roleChoices = (around: Around) => named(around, 'roles', 'roles')
/** Words of ours for a fixed list of answers. */
export const fixed = (list: string, values: readonly string[]): Choice[] =>
  values.map((value) => ({ value, label: `c-${list}-${value}` }))

export const id: Ask = { at: 'id', kind: 'text' }
export const names: Ask = { at: 'names', kind: 'words' }

/** How private an answer is. */
export const privacies = fixed('privacy', ['open', 'personal', 'specific'])
/** How well a setting or a rule is known to be right. */
export const known = fixed('known', ['ours', 'sourced', 'unverified'])
