import type { Case, Installation } from './case.ts'
import { movesFrom, say } from './held.ts'
import { move } from './moving.ts'
import type { Move } from './package/format/flow.ts'
import type { Field, Package } from './package/format/index.ts'

/** Cases that can be moved at once: as many as stand on one page of the worklist. */
export const mostAtOnce = 100

/** Questions that may have one answer for many cases: none that tells who somebody is, where, or how to reach her. */
const shareable: ReadonlySet<Field['type']> = new Set([
  'text',
  'digits',
  'int',
  'decimal',
  'date',
  'choice',
  'multi',
  'bool',
  'calculated',
  'hidden',
])
const most = 6

/** Whether a move can be made for many at once: it asks nothing, or a few questions of which one answer holds for all. */
export function isShared(pkg: Package, { form: id }: Move): boolean {
  const form = pkg.forms.find((one) => one.id === id)
  if (!form) return id === undefined
  const asked = form.fields.filter(({ type }) => type !== 'calculated' && type !== 'hidden')
  return asked.length <= most && form.fields.every(({ type }) => shareable.has(type))
}

/** What a role could do with several of these cases at once, and for how many of them. */
export function sharedMoves(
  pkg: Package,
  cases: readonly { flow: string; state: string }[],
  roles: readonly string[],
): { flow: string; move: Move; n: number }[] {
  return pkg.flows.flatMap((flow) =>
    flow.moves.flatMap((one) => {
      if (!one.roles.some((role) => roles.includes(role)) || !isShared(pkg, one)) return []
      const n = cases.filter((it) => it.flow === flow.id && movesFrom(pkg, flow.id, it.state).includes(one)).length
      return n > 0 ? [{ flow: flow.id, move: one, n }] : []
    }),
  )
}

/** What would come of a move for one case: its new state, or why not; `asks` while the answers are still to come. */
export type Preview =
  | { kind: 'done'; state: string; sends: number }
  | { kind: 'asks' }
  | { kind: 'refused'; refusal: string }

/** Try a move that asks nothing; of one that asks, whether it could be made from here by one of these roles. Nothing changes. */
export function tryMove(
  pkg: Package,
  here: Installation,
  it: Case,
  id: string,
  roles: readonly string[],
  now: number,
): Preview {
  const chosen = it.merged ? undefined : movesFrom(pkg, it.flow, it.state).find((one) => one.id === id)
  if (!chosen || it.closedAt !== undefined) return { kind: 'refused', refusal: 'not-from-here' }
  const role = chosen.roles.find((one) => roles.includes(one))
  if (!role) return { kind: 'refused', refusal: 'not-your-role' }
  if (chosen.form || chosen.reasons.length > 0) return { kind: 'asks' }
  const outcome = move(pkg, here, it, { move: id, role }, now)
  if (!outcome.ok) return { kind: 'refused', refusal: outcome.refusal }
  return {
    kind: 'done',
    state: outcome.case.state,
    sends: outcome.effects.filter(({ kind }) => kind === 'sent').length,
  }
}

/** What a case holds already stays where the shared form is left empty: many answers are not taken back by one. */
export function keepAnswers(pkg: Package, it: Case, formId: string | undefined, answers: Record<string, unknown>) {
  const fields = pkg.forms.find(({ id }) => id === formId)?.fields ?? []
  const empty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(
    fields.flatMap(({ id, type }) => {
      if (type === 'calculated' || type === 'hidden') return []
      const value = empty(answers[id]) ? it.data[id] : answers[id]
      return value === undefined ? [] : [[id, value]]
    }),
  )
}

/** A refusal in words: of the package for its own guard, else of the room. */
export function refusalSaid(
  pkg: Package,
  it: Pick<Case, 'flow'>,
  moveId: string,
  refusal: string,
  lang: string,
): string | undefined {
  const found = pkg.flows.find(({ id }) => id === it.flow)?.moves.find(({ id }) => id === moveId)
  return refusal === 'guard' && found?.refusal ? say(found.refusal, lang) : undefined
}
