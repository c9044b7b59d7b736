import { Hono } from 'hono'
import { fromDevices, logRoutes } from '../net/index.ts'
import { formOf, mountActs, openScreen, page, paperWords, type ScreenEnv, twoOfficers } from '../screen/index.ts'
import { StoppedPage, UnlockPage, WaitPage } from './pages/begin.tsx'
import { ConflictsPage, ListPage } from './pages/lists.tsx'
import { frameOf } from './pages/parts.tsx'
import { PrinterPage } from './pages/printer.tsx'
import { mountServing } from './routes/serving.tsx'
import { mountTokens } from './routes/tokens.tsx'
import type { DeskService } from './service.ts'
import { deskWords } from './words/index.ts'

/** What is said once on the next page: a result, or why something was not done. */
export type Flash = { said?: string | undefined }

/** The desk's screen: for its officers alone, on this machine's own address. */
export function deskApp(service: DeskService): Hono<ScreenEnv> {
  const app = openScreen(() => service.status())
  const { link } = service.plan
  app.use(async (c, next) => {
    // Before the roll is open there is one page only; a stopped desk serves nobody.
    const { pathname } = new URL(c.req.url)
    if (pathname.startsWith('/assets/') || pathname.startsWith('/act/') || pathname === '/unlock') return next()
    const frame = frameOf(service, c.get('lang'), c.get('path'))
    if (!link.certificate()) return c.html(page(<WaitPage frame={frame} service={service} />))
    if (link.stopped()) return c.html(page(<StoppedPage frame={frame} />))
    if (!service.open) return c.html(page(<UnlockPage frame={frame} service={service} />))
    return next()
  })
  mountActs(app, service.acts, service.plan.reader, () => service.status())
  app.post('/unlock', async (c) => {
    const words = deskWords(c.get('lang'))
    const { same } = await formOf(c)
    if (!link.certificate() || service.open) return c.redirect('/', 303)
    if (!link.confirmed() && same !== 'yes')
      return c.html(
        page(
          <UnlockPage
            frame={frameOf(service, c.get('lang'), '/')}
            service={service}
            problem={words.unlockSameMissing}
          />,
        ),
        422,
      )
    link.confirm()
    let rollKey: string | undefined
    const at = service.acts.begin({
      title: (lang) => deskWords(lang).unlockTitle,
      need: { count: 1, roles: ['chair'] },
      back: '/',
      documents: () => [{ kind: 'unlock/1', text: service.plan.hash }],
      use(card) {
        rollKey = card.rollKey
        return rollKey === undefined ? (lang) => deskWords(lang).unlockNoKey : undefined
      },
      async run() {
        const refused = await service.unlock(rollKey)
        if (!refused) return { to: '/' }
        return { refusal: (lang) => deskWords(lang)[refused === 'no-key' ? 'unlockNoKey' : 'unlockWrong'] }
      },
    })
    return c.redirect(at, 303)
  })
  const flash: Flash = {}
  mountServing(app, service, flash)
  mountTokens(app, service, flash)
  app.get('/list', (c) =>
    c.html(page(<ListPage frame={frameOf(service, c.get('lang'), c.get('path'))} desk={service.open!.desk} />)),
  )
  app.get('/conflicts', (c) =>
    c.html(page(<ConflictsPage frame={frameOf(service, c.get('lang'), c.get('path'))} desk={service.open!.desk} />)),
  )
  app.get('/printer', (c) => {
    const { said } = flash
    flash.said = undefined
    return c.html(
      page(<PrinterPage frame={frameOf(service, c.get('lang'), c.get('path'))} service={service} said={said} />),
    )
  })
  app.post('/paper', async (c) => {
    await service.testPaper(c.get('lang'))
    return c.redirect('/printer', 303)
  })
  for (const readable of [true, false])
    app.post(readable ? '/paper/good' : '/paper/bad', (c) => {
      if (service.paper.test !== 'printed') return c.redirect('/printer', 303)
      const at = service.acts.begin({
        title: (lang) => paperWords(lang)[readable ? 'good' : 'bad'],
        need: twoOfficers,
        back: '/printer',
        documents: () => [{ kind: 'act/1', text: service.open!.desk.chain.textOf({ kind: 'paper-tested', readable }) }],
        run(agreed) {
          service.paperTested(
            readable,
            agreed.flatMap(({ signatures }) => signatures),
          )
          return { to: '/printer' }
        },
      })
      return c.redirect(at, 303)
    })
  app.post('/rejoin', (c) => {
    service.open!.desk.chain.rejoin()
    return c.redirect('/', 303)
  })
  return app
}

/** What other desks ask of this one, on the local network: lines of logs and nothing else. */
export function peerApp(service: DeskService): Hono {
  const { link, key } = service.plan
  const logs = logRoutes({
    have: () => service.open!.desk.logs.have(),
    beyond: (have) => service.open!.desk.logs.beyond(have),
    take: (rows) => void service.open!.desk.absorb(rows),
  })
  const app = new Hono()
  app.use(async (c, next) => (service.open ? next() : c.json({ refused: 'not-open' }, 503)))
  app.route('/peer', fromDevices(link.mayAsk, key, logs))
  return app
}
