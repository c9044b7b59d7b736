import type { Context, Hono } from 'hono'
import { fill, formOf, page, type ScreenEnv, screenWords, twoOfficers } from '../../screen/index.ts'
import type { Flash } from '../app.tsx'
import type { Typed } from '../counter.ts'
import { Refused } from '../desk.ts'
import { HomePage, NamesPage } from '../pages/home.tsx'
import { frameOf } from '../pages/parts.tsx'
import { PersonPage, sayReason } from '../pages/person.tsx'
import type { DeskService } from '../service.ts'
import { deskWords } from '../words/index.ts'
import { giveToken } from './tokens.tsx'

/** From the first scan to "may enter": the pages of one voter after the other. */
export function mountServing(app: Hono<ScreenEnv>, service: DeskService, flash: Flash): void {
  const open = () => service.open!
  const frame = (c: Context<ScreenEnv>, path = c.get('path')) => frameOf(service, c.get('lang'), path)
  const home = (c: Context<ScreenEnv>, problem?: string, typed?: string) => {
    const { said } = flash
    flash.said = undefined
    return page(
      <HomePage
        frame={frame(c, '/')}
        service={service}
        desk={open().desk}
        problem={problem}
        typed={typed}
        said={said}
      />,
    )
  }
  const person = (c: Context<ScreenEnv>, problem?: string) => {
    const { counter } = open()
    const [at, verdict] = [counter.at, counter.verdict()]
    if (!at || !verdict) return home(c)
    return page(
      <PersonPage
        frame={frame(c, '/voter')}
        at={at}
        verdict={verdict}
        voter={counter.voter()}
        queue={open().desk.queue}
        problem={problem}
      />,
    )
  }
  const answer = (c: Context<ScreenEnv>, read: Typed, typed?: string) => {
    if (read.kind === 'person') return c.redirect('/voter', 303)
    if (read.kind === 'names') return c.html(page(<NamesPage frame={frame(c, '/')} voters={read.voters} />))
    const problem = deskWords(c.get('lang')).problem[read.code]
    return c.html(open().counter.at ? person(c, problem) : home(c, problem, typed), 422)
  }

  app.get('/', (c) => {
    open().counter.clear()
    return c.html(home(c))
  })
  app.post('/find', async (c) => {
    const { q = '' } = await formOf(c)
    if (q.trim() === '') open().counter.clear()
    return answer(c, await open().counter.typed(q), q)
  })
  app.post('/card', async (c) => answer(c, await open().counter.readCard()))
  app.get('/voter', (c) => (open().counter.at ? c.html(person(c)) : c.redirect('/', 303)))
  app.post('/finger', async (c) => {
    const result = await open().counter.finger()
    if (result !== 'gone') return c.redirect('/voter', 303)
    return c.html(person(c, deskWords(c.get('lang')).fingerGone), 422)
  })
  app.post('/broken', (c) => {
    open().counter.cardIs('broken')
    return c.redirect('/voter', 303)
  })
  app.post('/next', (c) => {
    open().counter.clear()
    return c.redirect('/', 303)
  })

  app.post('/enter', async (c) => {
    const { desk, counter } = open()
    const [verdict, voter] = [counter.verdict(), counter.voter()]
    if (verdict?.kind !== 'let-in' || verdict.two || !voter) return c.redirect('/voter', 303)
    const { assisted } = await formOf(c)
    try {
      desk.letIn(voter.no, verdict.method, { assisted: assisted === 'yes' })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return c.html(person(c, deskWords(c.get('lang')).refusal[error.code]), 409)
    }
    return c.redirect(await giveToken(service, c.get('lang'), voter.no), 303)
  })

  app.post('/two', async (c) => {
    const { desk, counter } = open()
    const [verdict, voter, lang] = [counter.verdict(), counter.voter(), c.get('lang')]
    if (verdict?.kind !== 'let-in' || !voter) return c.redirect('/voter', 303)
    const { assisted } = await formOf(c)
    const { method, two } = verdict
    const act = () => desk.checkInAct(voter.no, method, assisted === 'yes')
    const at = service.acts.begin({
      title: (say) => fill(deskWords(say).twoTitle, { no: voter.no }),
      detail: (say) => `${voter.name} · ${voter.address} · NIK …${voter.last4}. ${two ? deskWords(say).why[two] : ''}`,
      need: twoOfficers,
      back: '/voter',
      documents: () => [{ kind: 'act/1', text: desk.chain.textOf(act()) }],
      async run(agreed) {
        try {
          desk.letIn(voter.no, method, {
            assisted: assisted === 'yes',
            by: agreed.flatMap(({ signatures }) => signatures),
          })
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          return { refusal: (say) => deskWords(say).refusal[error.code] }
        }
        return { to: await giveToken(service, lang, voter.no) }
      },
    })
    return c.redirect(at, 303)
  })

  app.post('/away', async (c) => {
    const { desk, counter } = open()
    const { reason } = await formOf(c)
    const [verdict, voter, lang] = [counter.verdict(), counter.voter(), c.get('lang')]
    if (!verdict) return c.redirect('/', 303)
    const away =
      verdict.kind === 'turn-away'
        ? verdict
        : reason === 'not-the-person' && verdict.kind === 'let-in'
          ? ({ kind: 'turn-away', reason } as const)
          : reason === 'queue' && desk.queue
            ? ({ kind: 'turn-away', reason } as const)
            : undefined
    if (!away) return c.redirect('/voter', 303)
    const { reason: why, tps } = { tps: undefined, ...away }
    desk.turnAway(why, { ...(voter ? { voter: voter.no } : {}), ...(tps === undefined ? {} : { tps }) })
    counter.done(voter?.no)
    const said = sayReason(lang, why, tps)
    const failed = await service.printRefusal(lang, said.reason, said.next)
    const words = deskWords(lang)
    flash.said = failed ? fill(words.awayNotPrinted, { printer: screenWords(lang).printer[failed] }) : words.awayPrinted
    return c.redirect('/', 303)
  })
}
