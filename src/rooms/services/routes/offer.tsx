import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { answerCase, offerCase } from '../actions/assign.ts'
import { assignableBy } from '../domain/assigning.ts'
import { seesField } from '../domain/duplicate.ts'
import { say } from '../domain/held.ts'
import { allFields } from '../domain/package/names.ts'
import { stateName } from '../domain/showing.ts'
import { AssignPage, OffersPage } from '../pages/offer.tsx'
import { findCase } from '../store/held.ts'
import { offeredTo, offersOf, rankedFor } from '../store/offer.ts'
import { packagesOf } from '../store/package.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

/** A case of the address, and a role to one of whom this person may offer it. */
async function assigning(c: C) {
  const held = found(await findCase(c.get('ctx').db, signedIn(c), idParam(c, 'case')))
  const role = found(
    held.through ? undefined : assignableBy(held.pkg, held.roles).find(({ id }) => id === c.req.param('role')),
  )
  return { held, role, assign: found(role.assign) }
}

async function assignPage(c: C, { held, role, assign }: Awaited<ReturnType<typeof assigning>>, refusal?: string) {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const offers = (await offersOf(db, held)).filter((offer) => offer.role === role.id)
  const rows = (await rankedFor(db, held, role.id)).map((one) => {
    const last = offers.find(({ post }) => post === one.post)
    return { ...one, answer: last?.answer ?? null, until: last && last.answer === null ? last.until : null }
  })
  const place = allFields(held.pkg).find(({ type }) => type === 'gps')?.id
  return (
    <AssignPage
      view={view}
      at={`/services/cases/${held.id}`}
      number={held.it.number}
      role={{ id: role.id, name: say(role.names, view.lang) }}
      by={assign.by}
      minutes={assign.minutes}
      rows={rows}
      seesPlace={seesField(held.pkg, held.roles, place)}
      waits={offers.some((offer) => offer.answer === null)}
      refusal={refusal}
    />
  )
}

routes.get('/services/cases/:case/assign/:role', async (c) => page(c, await assignPage(c, await assigning(c))))

routes.post('/services/cases/:case/assign/:role', async (c) => {
  const known = await assigning(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(offerCase(known.role.id), ctx, known.held.id, form), {
    onDone: `/services/cases/${known.held.id}`,
    say: words(c.get('view').lang).offered,
    again: (_, refusal) => assignPage(c, known, refusal),
  })
})

async function offersPage(c: C, refusal?: string) {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const rows = await offeredTo(db, signedIn(c).id, view.now)
  const packages = await packagesOf(
    db,
    rows.map(({ release }) => release),
  )
  const shown = rows.map((row) => ({
    ...row,
    state: stateName(packages.get(row.release.toString('hex'))!, row.flow, row.state, view.lang),
    area: row.areaName ?? row.area,
  }))
  return <OffersPage view={view} rows={shown} refusal={refusal} />
}

routes.get('/services/offers', async (c) => page(c, await offersPage(c)))

routes.post('/services/offers/:offer', async (c) => {
  signedIn(c)
  const { form, ctx } = await readForm(c)
  const w = words(c.get('view').lang)
  const accepted = form.answer === 'accepted'
  return answer(c, await perform(answerCase, ctx, idParam(c, 'offer'), form), {
    onDone: ({ case: id }) => (accepted ? `/services/cases/${id}` : '/services/offers'),
    say: accepted ? w.offerAccepted : w.offerDeclined,
    again: (_, refusal) => offersPage(c, refusal ?? 'offer-over'),
  })
})
