import { Hono } from 'hono'
import { type Action, type Outcome, perform } from '#platform/action.ts'
import { linkTo } from '#platform/address.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { closeGateway, endAccount, endLink, makeAccount, makeLink, openGateway } from '../actions/channel.ts'
import { say } from '../domain/held.ts'
import { ChannelsPage, SquarePage } from '../pages/channel.tsx'
import { may } from '../permissions.ts'
import { listAccounts } from '../store/account.ts'
import { listGateways } from '../store/gateway.ts'
import { listLinks } from '../store/link.ts'
import type { Service } from '../store/service.ts'
import { words } from '../text/index.ts'
import { keepOnce, managed, takeOnce } from './parts.ts'

export const routes = new Hono<Env>()

const base = ({ id }: Pick<Service, 'id'>) => `/services/${id}/channels`
type Kind = 'links' | 'gateways' | 'accounts'
type Again = { typed?: Form; problems?: Problems; refusal?: string | undefined; of?: Kind }

async function channelsPage(c: C, service: Service, again: Again = {}) {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const w = words(view.lang)
  const { id, pkg, agency, demo } = service
  const once = takeOnce(c)
  if (once) c.header('Cache-Control', 'no-store, private')
  const roleName = (role: string) => say(pkg.roles.find((one) => one.id === role)?.names ?? { id: role }, view.lang)
  const shown = {
    service: { id, name: say(pkg.manifest.names, view.lang) },
    links: (await listLinks(db, id)).map((row) => ({ ...row, name: row.label, address: linkTo(`/l/${row.code}`) })),
    gateways: (await listGateways(db, id)).map((row) => ({
      ...row,
      address: linkTo(`/services/gateways/${row.id}/messages`),
    })),
    accounts: (await listAccounts(db, id)).map((row) => ({ ...row, role: roleName(row.role) })),
    roles: pkg.roles.map(({ id: value, names }) => ({ value, label: say(names, view.lang) })),
    once: once && { label: once.of === 'account' ? w.accountToken : w.gatewaySecret, text: once.shown },
    phones: demo ? `/services/agencies/${agency}/phones` : null,
    hooks: `/services/agencies/${agency}/hooks`,
  }
  return <ChannelsPage view={view} shown={shown} {...again} />
}

routes.get('/services/:service/channels', async (c) =>
  page(c, await channelsPage(c, await managed(c, may.manageGateway))),
)

/** A form of the page: made, and what is shown once stands on it afterwards. */
async function made<Change extends object, Refusal extends string>(
  c: C,
  of: Kind,
  action: Action<Service, never, Change, Refusal> | Action<Service, { name: string }, Change, Refusal>,
  said: string,
) {
  const service = await managed(c, may.manageGateway)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(action as Action<Service, { name: string }, Change, Refusal>, ctx, service.id, form)
  return answer(c, outcome, {
    onDone: (change) => {
      if ('shown' in change) keepOnce(c, of === 'accounts' ? 'account' : 'gateway', String(change.shown))
      return base(service)
    },
    say: said,
    again: (problems, refusal) => channelsPage(c, service, { typed: form, problems, refusal, of }),
  })
}

routes.post('/services/:service/links', (c) => made(c, 'links', makeLink, words(c.get('view').lang).linkMade))
routes.post('/services/:service/gateways', (c) =>
  made(c, 'gateways', openGateway, words(c.get('view').lang).gatewayOpened),
)
routes.post('/services/:service/accounts', (c) =>
  made(c, 'accounts', makeAccount as never, words(c.get('view').lang).accountMade),
)

async function ended(c: C, act: (id: string) => Promise<Outcome<{ id: string }, string>>, id: string) {
  const service = await managed(c, may.manageGateway)
  return answer(c, await act(id), {
    onDone: base(service),
    say: words(c.get('view').lang).channelEndDone,
    again: (_, refusal) => channelsPage(c, service, { refusal }),
  })
}

routes.post('/services/:service/links/:link/end', async (c) => {
  const { ctx } = await readForm(c)
  return ended(c, (id) => perform(endLink, ctx, id, {}), idParam(c, 'link'))
})
routes.post('/services/:service/gateways/:gateway/end', async (c) => {
  const { ctx } = await readForm(c)
  return ended(c, (id) => perform(closeGateway, ctx, id, {}), idParam(c, 'gateway'))
})
routes.post('/services/:service/accounts/:account/end', async (c) => {
  const { ctx } = await readForm(c)
  return ended(c, (id) => perform(endAccount, ctx, id, {}), idParam(c, 'account'))
})

routes.get('/services/:service/links/:link/square', async (c) => {
  const service = await managed(c, may.manageLink)
  const id = idParam(c, 'link')
  const link = found((await listLinks(c.get('ctx').db, service.id)).find((one) => one.id === id && !one.revoked))
  const view = c.get('view')
  return page(
    c,
    <SquarePage
      view={view}
      service={{ id: service.id, name: say(service.pkg.manifest.names, view.lang) }}
      link={{ name: link.label, address: linkTo(`/l/${link.code}`) }}
    />,
  )
})
