import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, flash, found, idParam, page, readForm } from '#platform/http.ts'
import { beginUpgrade, examine, findInstaller } from '#services'
import { adopt, fetchFile } from '../actions/adoption.ts'
import { makeReport } from '../actions/report.ts'
import type { Heartbeat } from '../domain/heartbeat.ts'
import { AdoptPage, ElsewherePage, ReportsPage } from '../pages/adoption.tsx'
import { listAdoptions, listReports } from '../store/adoption.ts'
import { listAgencies } from '../store/agency.ts'
import { listElsewhere } from '../store/elsewhere.ts'
import { findFile } from '../store/file.ts'
import { livesOf } from '../store/life.ts'
import { listPeers } from '../store/peer.ts'
import { words } from '../text/index.ts'
import { ownAgency } from './parts.ts'

export const routes = new Hono<Env>()

const namesOf = async (c: C) => new Map((await listPeers(c.get('ctx').db)).map(({ id, name }) => [id, name]))

routes.get('/exchange/agencies/:agency', async (c) => {
  const { db } = c.get('ctx')
  const { now } = c.get('view')
  const agency = ownAgency(c)
  const [known] = await listAgencies(db, [agency])
  const names = await namesOf(c)
  const rows = (await listElsewhere(db, agency)).map((row) => ({
    ...row,
    href: `/exchange/agencies/${agency}/packages/${row.peer.id}/${row.entry.id}`,
    from: row.peer.name,
  }))
  const adoptions = await listAdoptions(db, { agency })
  const services = adoptions.map(({ service }) => service)
  const lives = await livesOf(db, services, now)
  const adopted = adoptions.map((row) => ({
    ...row,
    from: names.get(row.peer) ?? '',
    stage: lives.get(row.service)!.heart.stage,
  }))
  return page(c, <ElsewherePage view={c.get('view')} agency={found(known)} rows={rows} adopted={adopted} />)
})

const at = '/exchange/agencies/:agency/packages/:peer/:package'

/** The package of the address as it is offered to this agency now. */
async function offeredHere(c: C) {
  const agency = ownAgency(c)
  const peer = idParam(c, 'peer')
  const rows = await listElsewhere(c.get('ctx').db, agency)
  const row = found(rows.find((each) => each.peer.id === peer && each.entry.id === c.req.param('package')))
  return { ...row, agency, at: `/exchange/agencies/${agency}/packages/${peer}/${row.entry.id}` }
}
type Here = Awaited<ReturnType<typeof offeredHere>>

async function fileOf(c: C, { entry }: Here): Promise<Uint8Array | undefined> {
  const file = await findFile(c.get('ctx').db, Buffer.from(entry.file.sha256, 'hex'))
  return file && new Uint8Array(file.bytes)
}

async function adoptPage(c: C, here: Here, refusal?: string) {
  const sealed = await fileOf(c, here)
  const installer = found(await findInstaller(c.get('ctx').db, here.agency))
  const { agency, entry, standing, installed, peer } = here
  const shown = { agency, entry, standing, installed, from: peer.name, at: here.at, refusal }
  return <AdoptPage view={c.get('view')} {...shown} tried={sealed && examine({ sealed }, installer)} />
}

routes.get(at, async (c) => page(c, await adoptPage(c, await offeredHere(c))))

routes.post(`${at}/fetch`, async (c) => {
  const here = await offeredHere(c)
  const { ctx } = await readForm(c)
  const outcome = await fetchFile(ctx.db, here.peer, here.entry, ctx.clock.now())
  if (outcome !== 'fetched') return page(c, await adoptPage(c, here, outcome), 409)
  flash(c, words(c.get('view').lang).fetchedNow)
  return c.redirect(here.at, 303)
})

routes.post(`${at}/adopt`, async (c) => {
  const here = await offeredHere(c)
  const { ctx } = await readForm(c)
  const sealed = await fileOf(c, here)
  if (!sealed) return page(c, await adoptPage(c, here, 'not-fetched'), 409)
  const outcome = await perform(adopt(here.peer, here.entry), ctx, here.agency, { sealed })
  // What the agency changed in it is not run over: it decides first, where both changed the same.
  if (outcome.kind === 'refused' && (outcome.refusal === 'local-changes' || outcome.refusal === 'settings-outside')) {
    const { installed } = found(await findInstaller(ctx.db, here.agency))
    const { service } = found(installed.find((one) => one.package === here.entry.id))
    const begun = await perform(beginUpgrade, c.get('ctx'), service, { sealed })
    if (begun.kind === 'done') return c.redirect(`/services/${service}/upgrade/draft`, 303)
  }
  return answer(c, outcome, {
    onDone: ({ service }) => `/services/${service}/roles`,
    say: words(c.get('view').lang).adopted,
    again: (_, refusal) => adoptPage(c, here, refusal),
  })
})

routes.get('/exchange/agencies/:agency/services/:service', async (c) => {
  const { db } = c.get('ctx')
  const agency = ownAgency(c)
  const service = idParam(c, 'service')
  const it = found((await listAdoptions(db, { agency, service }))[0])
  const rows = (await listReports(db, service)).map(({ content, ...row }) => {
    const said = (content as unknown as { content: Heartbeat }).content
    return { ...row, said, stage: said.stage }
  })
  const from = (await namesOf(c)).get(it.peer) ?? ''
  const shown = { agency, service, from, rows, name: it.package, last: rows[0]?.said }
  return page(c, <ReportsPage view={c.get('view')} {...shown} />)
})

routes.post('/exchange/agencies/:agency/services/:service/report', async (c) => {
  const agency = ownAgency(c)
  const service = idParam(c, 'service')
  const { ctx } = await readForm(c)
  const here = `/exchange/agencies/${agency}/services/${service}`
  return answer(c, await perform(makeReport, ctx, service, {}), {
    onDone: here,
    say: words(c.get('view').lang).reportMade,
    again: () => {
      throw new Error('a report has nothing to refuse')
    },
  })
})
