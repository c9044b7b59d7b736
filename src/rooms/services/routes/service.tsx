import { Hono } from 'hono'
import { administered } from '#people'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { changeSetting, endRole, giveRole, reopenService, retireService } from '../actions/service.ts'
import { dayOf } from '../domain/calendar.ts'
import { say } from '../domain/held.ts'
import { settingFits } from '../domain/package/checks/rest.ts'
import { publicRating } from '../domain/rating.ts'
import { RolesPage, SettingsPage } from '../pages/manage.tsx'
import { RatingWordsPage } from '../pages/rating.tsx'
import { ServicePage, ServicesPage } from '../pages/service.tsx'
import { may } from '../permissions.ts'
import { postsIn } from '../store/held.ts'
import { listPosts } from '../store/post.ts'
import { scoresOf, wordsOf } from '../store/rating.ts'
import { findService, listAgencies, listServices, type Service } from '../store/service.ts'
import { postsOf } from '../store/worklist.ts'
import { words } from '../text/index.ts'
import { managed } from './parts.ts'

export const routes = new Hono<Env>()

const todayOf = (c: C, { zone }: Service) => dayOf(c.get('view').now.getTime(), zone)

routes.get('/services', async (c) => {
  const { db, actor } = c.get('ctx')
  const rows = (await listServices(db)).map(({ id, agencyName, unitName, pkg, retired }) => ({
    id,
    agencyName,
    unitName,
    manifest: pkg.manifest,
    retired,
  }))
  const works = actor.id !== null && (await postsOf(db, actor.id)).length > 0
  const agencies = await listAgencies(db, administered(actor))
  const shown = { rows, works, agencies, trusts: may.trustPublisher(actor) }
  return page(c, <ServicesPage view={c.get('view')} {...shown} />)
})

async function servicePage(c: C, service: Service, refusal?: string) {
  const { db, actor } = c.get('ctx')
  const { id, agencyName, unitName, pkg } = service
  return (
    <ServicePage
      view={c.get('view')}
      row={{ id, agencyName, unitName, manifest: pkg.manifest }}
      apply={service.retired === null && pkg.roles.some((role) => role.public)}
      follow={pkg.roles.some((role) => role.public)}
      retired={service.retired}
      refusal={refusal}
      works={(await postsIn(db, actor, id)).length > 0}
      manages={may.changeSetting(actor, service)}
      rating={publicRating(await scoresOf(db, id, todayOf(c, service)))}
    />
  )
}

routes.get('/services/:service', async (c) =>
  page(c, await servicePage(c, found(await findService(c.get('ctx').db, idParam(c, 'service'))))),
)

for (const [path, action, said] of [
  ['retire', retireService, 'retireDone'],
  ['reopen', reopenService, 'reopenDone'],
] as const)
  routes.post(`/services/:service/${path}`, async (c) => {
    const service = await managed(c, may.retireService)
    const { ctx } = await readForm(c)
    const outcome = await perform(action as typeof retireService, ctx, service.id, {})
    return answer(c, outcome, {
      onDone: `/services/${service.id}`,
      say: words(c.get('view').lang)[said],
      again: (_, refusal) => servicePage(c, service, refusal),
    })
  })

routes.get('/services/:service/ratings', async (c) => {
  const service = await managed(c, may.readWords)
  const { id, pkg } = service
  const { db } = c.get('ctx')
  const view = c.get('view')
  const enough = publicRating(await scoresOf(db, id, todayOf(c, service))) !== undefined
  const rows = enough ? await wordsOf(db, id) : []
  return page(c, <RatingWordsPage view={view} service={{ id, name: say(pkg.manifest.names, view.lang) }} rows={rows} />)
})

routes.get('/services/:service/settings', async (c) => {
  const { id, pkg, settings } = await managed(c, may.changeSetting)
  return page(c, <SettingsPage view={c.get('view')} id={id} pkg={pkg} settings={settings} />)
})

/** What was typed for each setting, in the shape that the package asks for. */
function settingsOf({ pkg }: Service, form: Form): { settings: Record<string, unknown>; problems: Problems } {
  const given = pkg.settings.map((setting) => {
    const text = String(form[setting.id] ?? '').trim()
    const number = /^-?\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text
    const choice = text === 'ya' ? true : text === 'tidak' ? false : text
    return [setting, setting.type === 'number' ? number : setting.type === 'bool' ? choice : text] as const
  })
  const wrong = given.filter(([setting, value]) => !settingFits(setting, value))
  return {
    settings: Object.fromEntries(given.map(([{ id }, value]) => [id, value])),
    problems: Object.fromEntries(wrong.map(([{ id }]) => [id, { code: 'setting-wrong' }])),
  }
}

routes.post('/services/:service/settings', async (c) => {
  const service = await managed(c, may.changeSetting)
  const { form, ctx } = await readForm(c)
  const { settings, problems } = settingsOf(service, form)
  const outcome = await perform(changeSetting, ctx, service.id, { settings })
  const told = outcome.kind === 'refused' ? { kind: 'invalid' as const, problems } : outcome
  return answer(c, told, {
    onDone: `/services/${service.id}/settings`,
    say: words(c.get('view').lang).settingsSaved,
    again: (wrong) => (
      <SettingsPage
        view={c.get('view')}
        id={service.id}
        pkg={service.pkg}
        settings={service.settings}
        typed={form}
        problems={wrong}
      />
    ),
  })
})

async function rolesPage(
  c: C,
  service: Service,
  again: { typed?: Form; problems?: Problems; refusal?: string | undefined } = {},
) {
  const posts = await listPosts(c.get('ctx').db, service.id)
  return <RolesPage view={c.get('view')} id={service.id} pkg={service.pkg} posts={posts} {...again} />
}

routes.get('/services/:service/roles', async (c) => page(c, await rolesPage(c, await managed(c, may.giveRole))))

routes.post('/services/:service/roles', async (c) => {
  const service = await managed(c, may.giveRole)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(giveRole(String(form.email ?? '')), ctx, service.id, form)
  return answer(c, outcome, {
    onDone: `/services/${service.id}/roles`,
    say: words(c.get('view').lang).roleGiven,
    again: (problems, refusal) => rolesPage(c, service, { typed: form, problems, refusal }),
  })
})

routes.post('/services/:service/roles/:post/end', async (c) => {
  const service = await managed(c, may.giveRole)
  const { ctx } = await readForm(c)
  const outcome = await perform(endRole, ctx, idParam(c, 'post'), {})
  return answer(c, outcome, {
    onDone: `/services/${service.id}/roles`,
    say: words(c.get('view').lang).roleEnded,
    again: (_, refusal) => rolesPage(c, service, { refusal }),
  })
})
