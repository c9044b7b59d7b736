import { HTTPException } from 'hono/http-exception'
import type { Context, Outcome } from '#platform/action.ts'
import { answer, type C, type Form, page } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import type { MoveRefusal } from '../actions/case.ts'
import type { Objection } from '../domain/form.ts'
import { formOf, type Gaps, returnable } from '../domain/gaps.ts'
import { say } from '../domain/held.ts'
import type { Move } from '../domain/package/format/flow.ts'
import type { Package } from '../domain/package/format/index.ts'
import { answersOf } from '../domain/typed.ts'
import { MovePage } from '../pages/move.tsx'
import { regionsWithin } from '../store/place.ts'
import { words } from '../text/index.ts'
import { withMedia } from './media.ts'

export type Asking = {
  pkg: Package
  move: Move
  title: string
  action: string
  /** Where files of its form are kept; nowhere in a trial. */
  keeps: { agency: string; service: string } | null
  trail: readonly { href: string; label: string }[]
  region: string | null
  /** What is known of the case already, as the page shows it. */
  typed: Form
  known: ReadonlySet<string>
  /** What is missing in the case, while it waits to be completed. */
  gaps?: Gaps | undefined
}

/** What a typed page says to the engine. */
export function actOf({ pkg, move, gaps }: Pick<Asking, 'pkg' | 'move' | 'gaps'>, form: Form) {
  const asked = formOf(pkg, move, gaps)
  const despite = Object.entries(form).flatMap(([key, value]) =>
    key.startsWith('despite.') && typeof value === 'string' && value.trim() ? [[key.slice(8), value.trim()]] : [],
  )
  const missing = Object.entries(form).flatMap(([key, value]) =>
    key.startsWith('gap.') && typeof value === 'string' && value.trim() ? [[key.slice(4), value.trim()]] : [],
  )
  return {
    move: move.id,
    ...(move.returns ? { gaps: Object.fromEntries(missing) as Record<string, string> } : {}),
    answers: asked ? answersOf(asked, form) : {},
    ...(typeof form.reason === 'string' && form.reason ? { reason: form.reason } : {}),
    despite: Object.fromEntries(despite) as Record<string, string>,
  }
}

const codes = words('id') as Record<string, string>

/** Each objection as a problem of its field: a word of ours, or what the package's check says. */
function problemsOf(objections: readonly Objection[]): Problems {
  const problems: Problems = {}
  for (const { rule, field } of objections) {
    const own = `o-${rule.split(':')[0]}`
    const place = rule.includes(':') ? rule.slice(rule.indexOf(':') + 1) : field
    problems[place] ??= { code: codes[own] ? own : rule.includes(':') ? 'o-other' : `says-${rule}` }
  }
  return problems
}

async function movePage(c: C, asking: Asking, typed: Form, objections: readonly Objection[] = [], refusal?: string) {
  const { pkg, move } = asking
  const view = c.get('view')
  const { lang } = view
  const w = words(lang) as Record<string, string>
  const form = formOf(pkg, move, asking.gaps)
  const fields = form?.fields ?? []
  const regions =
    asking.region && fields.some(({ type }) => type === 'region')
      ? await regionsWithin(c.get('ctx').db, asking.region)
      : []
  const says = Object.fromEntries((form?.checks ?? []).map((check) => [`says-${check.id}`, say(check.says, lang)]))
  if (move.refusal) says.guard = say(move.refusal, lang)
  const problems = problemsOf(objections)
  const sentenceOf = (code: string) => says[code] ?? w[code] ?? ''
  const consents = pkg.purposes.filter(({ askedBy }) => fields.some(({ id }) => id === askedBy))
  return (
    <MovePage
      view={view}
      problems={problems}
      refusal={refusal}
      says={says}
      shown={{
        title: asking.title,
        action: asking.action,
        trail: asking.trail,
        returns: returnable(pkg, move).map(({ id, label }) => ({ id, label: say(label, lang) })),
        reasons: move.reasons.map(({ id, label }) => ({ value: id, label: say(label, lang) })),
        warnings: objections
          .filter(({ level }) => level === 'warning')
          .map(({ rule, field }) => ({
            rule,
            says: sentenceOf(problemsOf([{ rule, field, level: 'warning' }])[rule.split(':')[1] ?? field]?.code ?? ''),
          })),
        labels: Object.fromEntries(fields.map(({ id, label }) => [id, say(label, lang)])),
        drawn: {
          lang,
          fields,
          typed,
          problems: Object.fromEntries(Object.entries(problems).map(([field, { code }]) => [field, sentenceOf(code)])),
          regions,
          known: asking.known,
          consents: Object.fromEntries(
            consents.map(({ askedBy }) => [
              askedBy,
              consents.filter((one) => one.askedBy === askedBy).map(({ text }) => say(text, lang)),
            ]),
          ),
        },
      }}
    />
  )
}

/** The form of a move. */
export async function askMove(c: C, asking: Asking) {
  // What is complete cannot be completed; whoever sends it all the same is told so.
  if (asking.move.completes && !asking.gaps) throw new HTTPException(404)
  return page(c, await movePage(c, asking, asking.typed))
}

/** Answer a typed move: on, or the page again with everything typed. Wrong answers are 422, all else 409. */
export async function settleMove<Change>(
  c: C,
  asking: Asking,
  typed: Form,
  act: (ctx: Context, raw: unknown, heard: (objections: Objection[]) => void) => Promise<Outcome<Change, MoveRefusal>>,
  ctx: Context,
  after: { onDone: string | ((change: Change) => string); say?: string },
) {
  let objections: Objection[] = []
  const asked = formOf(asking.pkg, asking.move, asking.gaps)
  const form = await withMedia(c, asking.keeps, asked, typed)
  const outcome = await act(ctx, actOf(asking, form), (said) => {
    objections = said
  })
  if (outcome.kind === 'refused' && ['form', 'reason-needed', 'gaps-needed'].includes(outcome.refusal))
    return page(
      c,
      await movePage(c, asking, form, objections, outcome.refusal === 'form' ? undefined : outcome.refusal),
      422,
    )
  return answer(c, outcome, { ...after, again: (_, refusal) => movePage(c, asking, form, [], refusal) })
}
