import { readInvitation } from '@melayani/polling/format'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform, performAll } from '#platform/action.ts'
import { answer, type C, type Env, flash, found, idParam, page, readForm } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { noteDelivery } from '../../actions/roll/invitation.ts'
import type { Election } from '../../domain/election.ts'
import { wholeAddress } from '../../domain/roll/fixed.ts'
import type { Again } from '../../pages/parts.tsx'
import { ClaimPage, DeliverPage, UndeliveredPage } from '../../pages/roll/delivery.tsx'
import { bundleHref, InvitationsPage } from '../../pages/roll/invitations.tsx'
import { may } from '../../permissions.ts'
import * as store from '../../store/roll/invitation.ts'
import { words } from '../../text/index.ts'
import { table } from './import.tsx'
import { filterOf, rollParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/roll/invitations'
const size = 50

async function invitationsPage(c: C, { refusal, code }: { refusal?: string; code?: string } = {}) {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  return (
    <InvitationsPage
      view={c.get('view')}
      election={election}
      standing={await store.standingOf(db, election.id)}
      bundles={await store.bundlesOf(db, election.id)}
      code={code}
      refusal={refusal}
    />
  )
}

routes.get(at, async (c) => page(c, await invitationsPage(c)))

/** The page of a list that the address asks for. */
const pageOf = (c: C) => Math.max(1, Math.min(10_000, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))

async function bundleParam(c: C, election: Election) {
  const filter = filterOf(c)
  const bundle = (await store.bundlesOf(c.get('ctx').db, election.id)).find(
    (each) =>
      each.tps === filter.tps && each.hamlet === filter.hamlet && each.rw === filter.rw && each.rt === filter.rt,
  )
  return { bundle: found(bundle), filter }
}

async function deliverPage(c: C, again: Again = {}) {
  const election = await rollParam(c)
  const { bundle, filter } = await bundleParam(c, election)
  const number = pageOf(c)
  const window = { limit: size, offset: (number - 1) * size }
  const { voters, total } = await store.invitedOf(
    c.get('ctx').db,
    election.id,
    { ...filter, undelivered: true },
    window,
  )
  const shown = { voters, total, page: number, size }
  return <DeliverPage view={c.get('view')} election={election} bundle={bundle} {...shown} {...again} />
}

routes.get(`${at}/deliver`, async (c) => page(c, await deliverPage(c)))

routes.post(`${at}/deliver`, async (c) => {
  const election = await rollParam(c)
  const { bundle, filter } = await bundleParam(c, election)
  if (!may.noteDelivery(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  const { voters } = await store.invitedOf(ctx.db, election.id, filter)
  const items = voters.flatMap(({ id }) => {
    const outcome = form[`outcome-${id}`]
    return outcome ? [{ id, raw: { outcome, receiver: form[`receiver-${id}`] } }] : []
  })
  if (items.length === 0) return page(c, await deliverPage(c, { typed: form, refusal: 'deliverNothing' }), 422)
  const report = await performAll(noteDelivery, ctx, items)
  const n = report.filter(({ kind }) => kind === 'done').length
  const w = words(c.get('view').lang)
  flash(c, n === report.length ? fill(w.deliverSaved, { n }) : fill(w.deliverSome, { n, left: report.length - n }))
  return c.redirect(bundleHref(election, 'deliver', bundle), 303)
})

routes.get(`${at}/undelivered`, async (c) => {
  const election = await rollParam(c)
  const { tps } = filterOf(c)
  const number = pageOf(c)
  const filter = { tps, undelivered: true }
  const window = { limit: size, offset: (number - 1) * size }
  const { voters, total } = await store.invitedOf(c.get('ctx').db, election.id, filter, window)
  const shown = { voters, total, page: number, size, tps }
  return page(c, <UndeliveredPage view={c.get('view')} election={election} {...shown} />)
})

routes.get(`${at}/undelivered.csv`, async (c) => {
  const election = await rollParam(c)
  const w = words(c.get('view').lang)
  const { voters } = await store.invitedOf(c.get('ctx').db, election.id, { tps: filterOf(c).tps, undelivered: true })
  return table(c, 'undangan-belum-diterima.csv', [
    [w.tpsOne, w.voterNo, w.voterName, w.address, w.outcome],
    ...voters.map((v) => [v.number, v.no, v.name, wholeAddress(v), w[`outcome-${v.outcome ?? 'none'}`]]),
  ])
})

routes.get(`${at}/claim`, async (c) => {
  const election = await rollParam(c)
  const code = c.req.query('code')?.replaceAll('\0', '').slice(0, 60) ?? ''
  const read = readInvitation(election.id, code)
  const voter = read && (await store.voterNumbered(c.get('ctx').db, election.id, read))
  if (!voter) return page(c, await invitationsPage(c, { refusal: 'claimUnknown', code }), 422)
  return c.redirect(`/voting/elections/${election.id}/roll/invitations/voters/${voter.id}`, 303)
})

async function claimPage(c: C, again: Again = {}) {
  const election = await rollParam(c)
  const { voters } = await store.invitedOf(c.get('ctx').db, election.id, { voter: idParam(c, 'voter') })
  return <ClaimPage view={c.get('view')} election={election} voter={found(voters[0])} {...again} />
}

routes.get(`${at}/voters/:voter`, async (c) => page(c, await claimPage(c)))

routes.post(`${at}/voters/:voter`, async (c) => {
  const election = await rollParam(c)
  const voter = idParam(c, 'voter')
  found((await store.invitedOf(c.get('ctx').db, election.id, { voter })).voters[0])
  const { form, ctx } = await readForm(c)
  const outcome = await perform(noteDelivery, ctx, voter, { outcome: 'claimed', receiver: form.receiver })
  return answer(c, outcome, {
    onDone: `/voting/elections/${election.id}/roll/invitations`,
    say: words(c.get('view').lang).claimed,
    again: (problems, refusal) => claimPage(c, { typed: form, problems, refusal }),
  })
})
