import { Hono } from 'hono'
import { performAll } from '#platform/action.ts'
import { type C, type Env, type Form, page, readForm } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { fill } from '#platform/text.ts'
import { moveAlike } from '../actions/shared-move.ts'
import { isShared, mostAtOnce, refusalSaid, tryMove } from '../domain/bulk.ts'
import { say } from '../domain/held.ts'
import { stateName } from '../domain/showing.ts'
import { BulkPage, BulkReportPage, type BulkRow } from '../pages/bulk.tsx'
import { findCases, type Held } from '../store/held.ts'
import { findService } from '../store/service.ts'
import { words } from '../text/index.ts'
import { actOf } from './moving.tsx'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

type Refusal = 'bulk-none' | 'bulk-many' | 'bulk-own-form'

/** Which move for which cases: `<service>.<flow>.<move>`, and the ids. */
async function chosen(c: C, name: string, ids: readonly string[]) {
  const { db } = c.get('ctx')
  const actor = signedIn(c)
  const [service = '', flow = '', moveId = ''] = name.split('.')
  const pkg = isId(service) ? (await findService(db, service))?.pkg : undefined
  const move = pkg?.flows.find(({ id }) => id === flow)?.moves.find(({ id }) => id === moveId)
  const asked = [...new Set(ids.filter(isId))]
  const refusal: Refusal | undefined =
    !pkg || !move || asked.length === 0
      ? 'bulk-none'
      : asked.length > mostAtOnce
        ? 'bulk-many'
        : isShared(pkg, move)
          ? undefined
          : 'bulk-own-form'
  const held = refusal ? [] : await findCases(db, actor, asked)
  // A move of one service says nothing about the cases of another, even where it has the same name.
  const fits = (one: Held) => one.service === service && one.it.flow === flow
  return { refusal, held, fits, asked, shared: pkg && move && !refusal ? { pkg, move } : undefined }
}

/** Why not, in words: of the package for its own guard, else of the room. */
function why(c: C, held: Held, moveId: string, refusal: string): string {
  const { lang } = c.get('view')
  const w = words(lang) as Record<string, string>
  if (refusal === 'form') return w.bulkForm!
  return refusalSaid(held.pkg, held.it, moveId, refusal, lang) ?? w[refusal] ?? w['rule-failed']!
}

async function bulkPage(
  c: C,
  { refusal, held, fits, shared }: Awaited<ReturnType<typeof chosen>>,
  name: string,
  typed: Form = {},
  said?: string,
) {
  const view = c.get('view')
  const { lang, now } = view
  const w = words(lang)
  const rows = shared
    ? held.map((one): BulkRow => {
        const tried = fits(one)
          ? tryMove(one.pkg, one.here, one.it, shared.move.id, one.roles, now.getTime())
          : { kind: 'refused' as const, refusal: 'not-from-here' }
        const shown = { id: one.id, number: one.it.number, href: `/services/cases/${one.id}` }
        if (tried.kind === 'refused')
          return { ...shown, tone: 'attention', can: false, says: why(c, one, shared.move.id, tried.refusal) }
        if (tried.kind === 'asks') return { ...shown, tone: 'active', can: true, says: w.bulkAsks }
        const state = stateName(one.pkg, one.it.flow, tried.state, lang)
        const says = fill(tried.sends > 0 ? w.bulkDoneSends : w.bulkDone, { state, n: tried.sends })
        return { ...shown, tone: 'active', can: true, says }
      })
    : []
  const fields = shared ? (shared.pkg.forms.find(({ id }) => id === shared.move.form)?.fields ?? []) : []
  return (
    <BulkPage
      view={view}
      name={shared ? say(shared.move.names, lang) : ''}
      move={name}
      rows={rows}
      drawn={{ lang, fields, typed, problems: {}, regions: [], known: new Set(), consents: {} }}
      reasons={(shared?.move.reasons ?? []).map(({ id, label }) => ({ value: id, label: say(label, lang) }))}
      refusal={said ?? refusal}
    />
  )
}

routes.get('/services/worklist/moves', async (c) => {
  const name = c.req.query('move') ?? ''
  const all = await chosen(c, name, c.req.queries('case') ?? [])
  return page(c, await bulkPage(c, all, name), all.refusal ? 422 : 200)
})

routes.post('/services/worklist/moves', async (c) => {
  const { form, ctx } = await readForm(c)
  const name = String(form.move ?? '')
  const all = await chosen(c, name, [form.case ?? []].flat())
  const { shared, held, asked } = all
  if (!shared) return page(c, await bulkPage(c, all, name, form), 422)
  const { lang } = c.get('view')
  const w = words(lang)
  const act = actOf({ ...shared, gaps: undefined }, form)
  if (shared.move.reasons.length > 0 && !act.reason)
    return page(c, await bulkPage(c, all, name, form, 'reason-needed'), 422)
  const own = new Map(held.map((one) => [one.id, one]))
  const ids = asked.filter((id) => !own.has(id) || all.fits(own.get(id)!))
  const report = await performAll(
    moveAlike(),
    ctx,
    ids.map((id) => ({ id, raw: act })),
  )
  const rows = report.map((one): BulkRow => {
    const it = own.get(one.id)
    const shown = { id: one.id, number: it?.it.number ?? '–', href: it ? `/services/cases/${it.id}` : null }
    if (one.kind === 'done') return { ...shown, tone: 'good', can: true, says: w.bulkMoved }
    const says = one.kind === 'refused' && it ? why(c, it, shared.move.id, one.refusal) : w.bulkUnknown
    return { ...shown, tone: 'attention', can: false, says }
  })
  return page(c, <BulkReportPage view={c.get('view')} name={say(shared.move.names, lang)} rows={rows} />)
})
