import { isList, type Json } from './paths.ts'
import type { Rules, Words } from './round.ts'

type Typed = Record<string, string | string[] | undefined>
type Basis = { sources: string[] } | { setting: Words }
export type BasisProblem = { field: string; code: string }

/**
 * The facts whose origin is told as one, whichever part of them changed: the innovation that is copied, and the choices
 * of a question. A note on a part of them would leave the whole claiming its old source.
 */
const whole = [/^groups\.[^.]+\.source(?=\.)/, /^.+?\.choices(?=\.)/]

/** The path at which the origin of a changed value is noted. */
export const notedAt = (path: string): string => whole.map((each) => each.exec(path)?.[0]).find(Boolean) ?? path
/** Is the origin of everything inside this told at once? */
export const isWhole = (path: string): boolean => notedAt(`${path}.x`) === path

const text = (typed: Typed, name: string): string => {
  const value = typed[name]
  return (Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')).trim()
}

/**
 * What was said in the form of what a rule rests on: published texts, or a choice of this round with its reason. Null
 * when nothing was said: then the note stays, or becomes a choice of the secretariat where the rule was changed.
 */
export function readBasis(path: string, typed: Typed): { basis: Basis | null } | { problems: BasisProblem[] } {
  const name = `${path}.basis`
  switch (text(typed, name)) {
    case '':
      return { basis: null }
    case 'source': {
      const lines = text(typed, `${name}.sources`).split(/\r?\n/)
      const sources = [...new Set(lines.map((line) => line.trim()).filter(Boolean))]
      return sources.length > 0
        ? { basis: { sources } }
        : { problems: [{ field: `${name}.sources`, code: 'required' }] }
    }
    case 'setting': {
      const [id, en] = [text(typed, `${name}.id`), text(typed, `${name}.en`)]
      const missing = [...(id ? [] : [`${name}.id`]), ...(en ? [] : [`${name}.en`])]
      return missing.length > 0
        ? { problems: missing.map((field) => ({ field, code: 'both-languages' })) }
        : { basis: { setting: { id, en } } }
    }
    default:
      return { problems: [{ field: name, code: 'choose' }] }
  }
}

/** The rules with what was said of the origin of one of them, in place of every earlier note on it or on a part of it. */
export function based(rules: Rules, path: string, basis: Basis): Rules {
  const kept = <Note>(notes: Record<string, Note>) =>
    Object.fromEntries(Object.entries(notes).filter(([at]) => at !== path && !at.startsWith(`${path}.`)))
  const [settings, sources] = [kept(rules.settings), kept(rules.sources)]
  return 'setting' in basis
    ? { ...rules, settings: { ...settings, [path]: basis.setting }, sources }
    : { ...rules, settings, sources: { ...sources, [path]: basis.sources } }
}

/** A note is worth nothing on a rule that is not there. */
export const isSaid = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && !(typeof value === 'object' && isList(value) && value.length === 0)
