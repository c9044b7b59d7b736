import { Hono } from 'hono'
import { administered } from '#people'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { examine, findInstaller, packageOf, sealOf } from '#services'
import { adoptPackage, registerInterest } from '../actions/adopting.ts'
import { judgeLicence } from '../domain/adopting.ts'
import { type Known, named } from '../domain/shown.ts'
import { AdoptPage, InterestPage, NobodyPage, type Place } from '../pages/adopting.tsx'
import { listAgencies, regionsOf } from '../store/innovation.ts'
import { runnersOf } from '../store/runner.ts'
import { words } from '../text/index.ts'
import { knownParam, signedIn } from './parts.ts'

export const routes = new Hono<Env>()
type Again = { problems?: Problems; refusal?: string | undefined }

/** Where this reader could bring an innovation; undefined for whoever administers no agency. */
async function placeOf(c: C, known: Known, wanted: unknown): Promise<(Place & { copies: Copies }) | undefined> {
  const { db, clock } = c.get('ctx')
  const agencies = await listAgencies(db, administered(signedIn(c)))
  const chosen = agencies.find(({ id }) => id === wanted) ?? agencies[0]
  if (!chosen) return undefined
  const copies = (await runnersOf(db, [known], clock.now())).get(known.code)!
  const sources = copies.flatMap((one) =>
    one.process && one.agency !== chosen.id && one.state !== 'declined' && one.state !== 'ended'
      ? [{ id: one.process, name: named(one) }]
      : [],
  )
  return {
    agency: chosen.id,
    agencies,
    units: chosen.units,
    areas: await regionsOf(db, chosen.region),
    sources,
    copies,
  }
}
type Copies = NonNullable<ReturnType<Awaited<ReturnType<typeof runnersOf>>['get']>>

async function adoptPage(c: C, known: Known, typed: Form, look: boolean, again: Again = {}) {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const place = await placeOf(c, known, typed.agency)
  if (!place || !known.publication) return <NobodyPage view={view} known={known} />
  const { release } = known.publication
  const pkg = await packageOf(db, release)
  const installer = found(await findInstaller(db, place.agency))
  const under = place.copies.find(({ agency, unit }) => agency === place.agency && (unit ?? '') === (typed.unit ?? ''))
  const open = judgeLicence(pkg.manifest.licence, under?.state ?? null).ok
  const examined = look ? examine({ release: { pkg, seal: await sealOf(db, release) } }, installer) : undefined
  return <AdoptPage view={view} known={known} place={place} typed={typed} open={open} examined={examined} {...again} />
}

routes.get('/replication/innovations/:code/adopt', async (c) =>
  page(c, await adoptPage(c, await knownParam(c), c.req.query(), c.req.query('look') === '1')),
)

routes.post('/replication/innovations/:code/adopt', async (c) => {
  const known = await knownParam(c)
  signedIn(c)
  const { form, ctx } = await readForm(c)
  const place = found(await placeOf(c, known, form.agency))
  // An agency that is not this reader's is none at all, and not the first of the reader's own.
  if (form.agency !== undefined && form.agency !== place.agency) found(undefined)
  const outcome = await perform(adoptPackage(known.code), ctx, place.agency, form)
  return answer(c, outcome, {
    onDone: ({ process }) => `/replication/processes/${process}`,
    say: words(c.get('view').lang).adopted,
    again: (problems, refusal) => adoptPage(c, known, form, false, { problems, refusal }),
  })
})

async function interestPage(c: C, known: Known, typed: Form, again: Again = {}) {
  const view = c.get('view')
  const place = await placeOf(c, known, typed.agency)
  if (!place) return <NobodyPage view={view} known={known} />
  return <InterestPage view={view} known={known} place={place} typed={typed} {...again} />
}

routes.get('/replication/innovations/:code/interest', async (c) =>
  page(c, await interestPage(c, await knownParam(c), c.req.query())),
)

routes.post('/replication/innovations/:code/interest', async (c) => {
  const known = await knownParam(c)
  signedIn(c)
  const { form, ctx } = await readForm(c)
  const place = found(await placeOf(c, known, form.agency))
  if (form.agency !== undefined && form.agency !== place.agency) found(undefined)
  const outcome = await perform(registerInterest(known.code), ctx, place.agency, form)
  return answer(c, outcome, {
    onDone: ({ process }) => `/replication/processes/${process}`,
    say: words(c.get('view').lang).interestSent,
    again: (problems, refusal) => interestPage(c, known, form, { problems, refusal }),
  })
})
