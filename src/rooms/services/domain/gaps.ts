import type { Case } from './case.ts'
import type { Flow, Move } from './package/format/flow.ts'
import { leaves } from './package/format/flow.ts'
import type { Field, Form } from './package/format/form.ts'
import type { Package } from './package/format/index.ts'

/** What is missing in a case that was sent back: by field of a form, in the words of whoever sent it. */
export type Gaps = { form: string; at: number; fields: Record<string, string> }

const listed = (field: Field) => field.type !== 'calculated' && field.type !== 'hidden'

/** The fields that a move may name as missing. */
export function returnable(pkg: Package, move: Move): Field[] {
  return (pkg.forms.find(({ id }) => id === move.returns)?.fields ?? []).filter(listed)
}

/**
 * The form of a move. Of one that completes a case it holds the fields that were sent back, each to be answered now, with
 * what is missing as their hint; the checks of the whole form that look at them stay.
 */
export function formOf(pkg: Package, move: Move, gaps: Gaps | undefined): Form | undefined {
  if (!move.completes) return pkg.forms.find(({ id }) => id === move.form)
  const whole = pkg.forms.find(({ id }) => id === gaps?.form)
  if (!whole || !gaps) return undefined
  const languages = pkg.manifest.languages
  const fields = whole.fields.flatMap((field): Field[] => {
    if (!Object.hasOwn(gaps.fields, field.id)) return []
    const hint = Object.fromEntries(languages.map((lang) => [lang, gaps.fields[field.id]!]))
    return [{ ...field, required: true, hint }]
  })
  return { ...whole, fields, checks: whole.checks.filter(({ field }) => Object.hasOwn(gaps.fields, field)) }
}

/** Why a list of gaps cannot be sent with a move, by the name of the refusal. */
export function refusesGaps(pkg: Package, move: Move, it: Case, gaps: Record<string, string> | undefined) {
  if (move.completes && !it.gaps) return 'no-gaps'
  if (!move.returns) return gaps === undefined ? undefined : 'gaps-not-asked'
  const known = new Set(returnable(pkg, move).map(({ id }) => id))
  const named = Object.entries(gaps ?? {})
  const right = named.length > 0 && named.every(([id, says]) => known.has(id) && says.trim().length >= 3)
  return right ? undefined : 'gaps-needed'
}

/** The gaps after a move: new ones, none once they are answered, and none where nobody could answer them any more. */
export function gapsAfter(
  flow: Flow,
  it: Case,
  move: Move,
  state: string,
  given: Record<string, string> | undefined,
  at: number,
): Gaps | undefined {
  if (move.returns && given) {
    const fields = Object.entries(given).map(([id, says]) => [id, says.trim().slice(0, 300)])
    return { form: move.returns, at, fields: Object.fromEntries(fields) as Record<string, string> }
  }
  if (move.completes) return undefined
  return flow.moves.some((other) => other.completes && leaves(flow, other).includes(state)) ? it.gaps : undefined
}
