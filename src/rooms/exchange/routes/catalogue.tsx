import { Hono } from 'hono'
import { administered } from '#people'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { packagesOf } from '#services'
import { currentCatalogue } from '../actions/catalogue.ts'
import { endOffer, offerPackage } from '../actions/offer.ts'
import type { Catalogue } from '../domain/catalogue.ts'
import { fingerprintOf } from '../domain/signed.ts'
import { ExchangePage } from '../pages/exchange.tsx'
import { may } from '../permissions.ts'
import { listAgencies } from '../store/agency.ts'
import { findFile } from '../store/file.ts'
import { listAdopters } from '../store/heartbeat.ts'
import { listOwn } from '../store/offer.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()

routes.get('/.well-known/melayani', async (c) => {
  const { db, clock } = c.get('ctx')
  c.header('Cache-Control', 'no-cache')
  return c.json(await currentCatalogue(db, clock.now()))
})

routes.get('/exchange/packages/:file{[0-9a-f]+\\.melayani}', async (c) => {
  const sha256 = /^([0-9a-f]{64})\.melayani$/.exec(c.req.param('file'))?.[1]
  const file = found(sha256 ? await findFile(c.get('ctx').db, Buffer.from(sha256, 'hex')) : undefined)
  // What we fetched elsewhere is not ours to hand on.
  found(file.release)
  c.header('Content-Type', 'application/zip')
  c.header('Content-Disposition', `attachment; filename="${sha256!.slice(0, 12)}.melayani"`)
  return c.body(new Uint8Array(file.bytes))
})

async function exchangePage(c: C, refusal?: string) {
  const { db, actor, clock } = c.get('ctx')
  const { installation, sequence, until, packages } = (await currentCatalogue(db, clock.now())).content as Catalogue
  const agencies = await listAgencies(db, administered(actor))
  const own = await listOwn(db, administered(actor))
  const known = await packagesOf(
    db,
    own.map(({ release }) => release),
  )
  return (
    <ExchangePage
      view={c.get('view')}
      self={{ ...installation, fingerprint: fingerprintOf(installation.key), sequence, until: new Date(until) }}
      packages={packages}
      adopters={(await listAdopters(db)).filter(({ verified }) => verified !== null)}
      own={own.map((row) => ({ ...row, names: known.get(row.release.toString('hex'))!.manifest.names }))}
      agencies={agencies}
      national={may.subscribe(actor)}
      refusal={refusal}
    />
  )
}

routes.get('/exchange', async (c) => page(c, await exchangePage(c)))

routes.post('/exchange/services/:service/offer', async (c) => {
  const { ctx } = await readForm(c)
  return answer(c, await perform(offerPackage, ctx, idParam(c, 'service'), {}), {
    onDone: '/exchange',
    say: words(c.get('view').lang).offered,
    again: (_, refusal) => exchangePage(c, refusal),
  })
})

routes.post('/exchange/offers/:offer/end', async (c) => {
  const { ctx } = await readForm(c)
  return answer(c, await perform(endOffer, ctx, idParam(c, 'offer'), {}), {
    onDone: '/exchange',
    say: words(c.get('view').lang).withdrawn,
    again: (_, refusal) => exchangePage(c, refusal),
  })
})
