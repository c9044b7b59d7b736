import { Hono } from 'hono'
import { type C, type Env, page } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { fill, type Lang } from '#platform/text.ts'
import { sharedMoves } from '../domain/bulk.ts'
import { mayKnowOthers, movesFrom, say } from '../domain/held.ts'
import type { Package } from '../domain/package/format/index.ts'
import { isOutside, stateName } from '../domain/showing.ts'
import { type Choice, type Filters, WorklistPage } from '../pages/worklist.tsx'
import { packagesOf } from '../store/package.ts'
import type { Service } from '../store/service.ts'
import { type Listed, listCases, type Wanted } from '../store/worklist.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'
import { type Reaching, reachesOf } from './reach.ts'

export const routes = new Hono<Env>()

const size = 30

/** The filters of the address; what is mistyped filters nothing. */
function filtersOf(c: C, services: ReadonlyMap<string, Service>): Filters {
  const one = (name: string) => c.req.query(name)?.trim() ?? ''
  const area = one('wilayah').replaceAll('.', '')
  const kept = {
    layanan: services.has(one('layanan')) ? one('layanan') : '',
    keadaan: /^[a-z_0-9]{1,50}\.[a-z_0-9]{1,50}$/.test(one('keadaan')) ? one('keadaan') : '',
    wilayah: /^\d{2,10}$/.test(area) ? area : '',
    kasus: ['saya', 'lewat'].includes(one('kasus')) ? one('kasus') : '',
  }
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value))
}

function wantedOf({ layanan, keadaan, wilayah, kasus }: Filters, reaches: readonly Reaching[], now: Date): Wanted {
  const [flow, state] = keadaan?.split('.') ?? []
  return {
    service: layanan,
    flow,
    state,
    area: wilayah,
    late: kasus === 'lewat' ? now : undefined,
    posts: kasus === 'saya' ? reaches.map(({ post }) => post) : undefined,
  }
}

/** Words for the roles that somebody holds in the service of a case. */
const rolesHeld = (reaches: readonly Reaching[], service: string) =>
  reaches.filter((reach) => reach.service === service).map(({ role }) => role)

function shownRow(row: Listed, pkg: Package, roles: readonly string[], lang: Lang) {
  const tasks = pkg.flows.find(({ id }) => id === row.flow)?.tasks ?? []
  const labelOf = (id: string) => tasks.find((task) => task.id === id)?.label ?? { id }
  const outside = isOutside(pkg, roles)
  const roleName = (id: string) => say(pkg.roles.find((role) => role.id === id)?.names ?? { id }, lang)
  return {
    ...row,
    service: say(pkg.manifest.names, lang),
    agency: row.agencyName,
    area: row.areaName ?? row.area,
    state: stateName(pkg, row.flow, row.state, lang, outside),
    due: outside ? null : row.due && new Date(row.due),
    tasks: row.tasks.filter(({ role }) => roles.includes(role)).map(({ task }) => say(labelOf(task), lang)),
    charge: mayKnowOthers(pkg, roles)
      ? row.charges.map(({ role, name }) => `${name} (${roleName(role)})`).join(', ')
      : '',
  }
}

/** States that one may filter by: of the services that are shown, by the names that this reader knows. */
function statesOf(services: readonly Service[], reaches: readonly Reaching[], lang: Lang): Choice[] {
  const known = new Map<string, Choice>()
  for (const { id, pkg } of services) {
    const roles = rolesHeld(reaches, id)
    // Whoever sees nothing inside is told states by other words, of which several may be one.
    if (isOutside(pkg, roles)) continue
    for (const flow of pkg.flows)
      if (reaches.some((reach) => reach.service === id && reach.flows.includes(flow.id)))
        for (const state of flow.states)
          if (state.kind !== 'final')
            known.set(`${flow.id}.${state.id}`, {
              value: `${flow.id}.${state.id}`,
              label: say(state.names, lang),
              group: say(flow.names, lang),
            })
  }
  return [...known.values()]
}

routes.get('/services/worklist', async (c) => {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const { lang, now } = view
  const w = words(lang)
  const actor = signedIn(c)
  const { reaches, services } = await reachesOf(db, actor.id)
  const filters = filtersOf(c, services)
  const cursor = c.req.query('sesudah')
  const after = isId(cursor) ? cursor : undefined
  const { rows, more } = await listCases(db, actor.id, reaches, wantedOf(filters, reaches, now), { after, size })
  const packages = await packagesOf(
    db,
    rows.map(({ release }) => release),
  )
  const pkgOf = (row: Listed) => packages.get(row.release.toString('hex'))!
  const held = [...services.values()]
  const opens = held.flatMap(({ id, pkg, retired }) => {
    if (retired) return []
    const roles = rolesHeld(reaches, id)
    const can = movesFrom(pkg, pkg.manifest.main, '').some((move) => move.roles.some((role) => roles.includes(role)))
    return can ? [{ href: `/services/${id}/open`, name: say(pkg.manifest.names, lang) }] : []
  })
  const moves = [...Map.groupBy(rows, ({ service }) => service)].flatMap(([service, own]) => {
    const pkg = services.get(service)?.pkg
    if (!pkg) return []
    return sharedMoves(pkg, own, rolesHeld(reaches, service)).map(({ flow, move, n }) => ({
      value: `${service}.${flow}.${move.id}`,
      label: fill(w.bulkMoveOption, { name: say(move.names, lang), n }),
      ...(services.size > 1 ? { group: say(pkg.manifest.names, lang) } : {}),
    }))
  })
  const others = held.some(({ id, pkg }) => mayKnowOthers(pkg, rolesHeld(reaches, id)))
  const links = [
    ...(reaches.some(({ kinds }) => kinds.length > 0)
      ? [{ href: '/services/duplicates', label: w.duplicatesTitle }]
      : []),
    ...(others ? [{ href: '/services/taken-over', label: w.takenTitle }] : []),
    ...(reaches.some(({ service, role }) =>
      services.get(service)?.pkg.roles.some((one) => one.id === role && one.assign),
    )
      ? [{ href: '/services/offers', label: w.offersTitle }]
      : []),
  ]
  return page(
    c,
    <WorklistPage
      view={view}
      rows={rows.map((row) => shownRow(row, pkgOf(row), rolesHeld(reaches, row.service), lang))}
      filters={filters}
      choices={{
        services: held.map(({ id, pkg, agencyName }) => ({
          value: id,
          label: `${say(pkg.manifest.names, lang)}, ${agencyName}`,
        })),
        states: statesOf(filters.layanan ? [services.get(filters.layanan)!] : held, reaches, lang),
        mine: others,
      }}
      next={more ? rows.at(-1)?.id : undefined}
      first={after === undefined}
      opens={opens}
      posts={reaches.length > 0}
      moves={moves}
      links={links}
    />,
  )
})
