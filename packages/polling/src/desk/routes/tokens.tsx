import type { Context, Hono } from 'hono'
import type { Act } from '../../format/index.ts'
import { fill, formOf, type Lang, page, type ScreenEnv, screenWords, twoOfficers } from '../../screen/index.ts'
import type { Flash } from '../app.tsx'
import { type DeskRefusal, Refused } from '../desk.ts'
import { ReturnPage } from '../pages/lists.tsx'
import { frameOf } from '../pages/parts.tsx'
import { DoublePage, SilentPage, TokenPage } from '../pages/token.tsx'
import type { DeskService } from '../service.ts'
import { deskWords } from '../words/index.ts'

/**
 * Asks whoever decides about this voter, and gives the token when it may go out. The address of the page that says what came
 * of it; the stamp is printed with it.
 */
export async function giveToken(service: DeskService, lang: Lang, voter: number): Promise<string> {
  const { desk, counter } = service.open!
  const agreement = await desk.agree(voter)
  counter.done(voter)
  if (agreement === 'already') return `/double/${voter}`
  const refused = attempt(() => desk.issue(voter))
  if (refused === 'token-out') return `/double/${voter}`
  if (refused) return `/silent/${voter}`
  await printStamp(service, lang)
  return `/token/${voter}`
}

/** The last stamp did not come out, and why: in the printer's own word. */
const failures = new WeakMap<DeskService, string>()
async function printStamp(service: DeskService, lang: Lang): Promise<string | undefined> {
  const failed = await service.printStamp(lang, service.open!.desk.stamp())
  if (failed) failures.set(service, failed)
  else failures.delete(service)
  return failed && notPrinted(lang, failed)
}
const notPrinted = (lang: Lang, failed: string) =>
  fill(deskWords(lang).stampNotPrinted, {
    printer: screenWords(lang).printer[failed as keyof ReturnType<typeof screenWords>['printer']],
  })

function attempt(work: () => unknown): DeskRefusal | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}

/** Tokens that go out, wait, come back or are replaced. */
export function mountTokens(app: Hono<ScreenEnv>, service: DeskService, flash: Flash): void {
  const open = () => service.open!
  const frame = (c: Context<ScreenEnv>) => frameOf(service, c.get('lang'), c.get('path'))
  const voterOf = (no: string | undefined) => open().desk.voter(Number(no))

  app.get('/token/:no', (c) => {
    const { desk } = open()
    const voter = voterOf(c.req.param('no'))
    if (!voter || desk.lastIssued !== voter.no) return c.redirect('/', 303)
    const failed = failures.get(service)
    const problem = failed && notPrinted(c.get('lang'), failed)
    return c.html(page(<TokenPage frame={frame(c)} voter={voter} stamp={desk.stamp()} notPrinted={problem} />))
  })
  app.post('/token', async (c) => {
    const voter = voterOf((await formOf(c)).no)
    if (!voter || !open().desk.unfinished.includes(voter.no)) return c.redirect('/', 303)
    return c.redirect(await giveToken(service, c.get('lang'), voter.no), 303)
  })
  // A stamp that goes out without a token of its own opens any token that lies about: who printed it is written, for whom is not.
  app.post('/stamp', async (c) => {
    const { desk } = open()
    const voter = voterOf((await formOf(c)).no)
    const back = voter && desk.lastIssued === voter.no ? `/token/${voter.no}` : '/printer'
    const [lang, act] = [c.get('lang'), { kind: 'stamp-printed' } as const]
    return c.redirect(
      service.acts.begin({
        title: (say) => deskWords(say).stampAgain,
        detail: (say) => deskWords(say).stampAgainHint,
        need: { count: 1, roles: ['chair', 'officer'] },
        back,
        documents: () => [{ kind: 'act/1', text: desk.chain.textOf(act) }],
        async run(agreed) {
          desk.write(
            act,
            agreed.flatMap(({ signatures }) => signatures),
          )
          const problem = await printStamp(service, lang)
          // The token's own page says so by itself.
          if (back === '/printer') flash.said = problem ?? deskWords(lang).stampPrinted
          return { to: back }
        },
      }),
      303,
    )
  })
  app.get('/silent/:no', (c) => {
    const voter = voterOf(c.req.param('no'))
    const { desk } = open()
    if (!voter || !desk.unfinished.includes(voter.no)) return c.redirect('/', 303)
    const two = desk.share(voter.no).decides !== 'silent' || service.plan.content.rules.cutOff === 'two-officers'
    return c.html(page(<SilentPage frame={frame(c)} voter={voter} two={two} />))
  })
  app.get('/double/:no', (c) => {
    const voter = voterOf(c.req.param('no'))
    if (!voter) return c.redirect('/', 303)
    const lang = c.get('lang')
    const desks = open()
      .desk.book.of(voter.no)
      .checkIns.map(({ device }) => fill(screenWords(lang).devices.desk, { n: /\d+$/.exec(device)?.[0] ?? '' }))
    return c.html(page(<DoublePage frame={frame(c)} voter={voter} desks={new Intl.ListFormat(lang).format(desks)} />))
  })
  app.post('/token/two', async (c) => {
    const { desk } = open()
    const voter = voterOf((await formOf(c)).no)
    if (!voter) return c.redirect('/', 303)
    const lang = c.get('lang')
    const act: Act = { kind: 'token-issued', voter: voter.no }
    return c.redirect(
      service.acts.begin({
        title: (say) => fill(deskWords(say).unfinishedDo, { no: voter.no }),
        detail: (say) => `${voter.name}. ${deskWords(say).why.silent}`,
        need: twoOfficers,
        back: `/silent/${voter.no}`,
        documents: () => [{ kind: 'act/1', text: desk.chain.textOf(act) }],
        async run(agreed) {
          const refused = attempt(() => desk.issue(voter.no, { by: agreed.flatMap(({ signatures }) => signatures) }))
          if (refused) return { refusal: (say) => deskWords(say).refusal[refused] }
          await printStamp(service, lang)
          return { to: `/token/${voter.no}` }
        },
      }),
      303,
    )
  })

  app.get('/return', (c) => {
    const { said } = flash
    flash.said = undefined
    return c.html(page(<ReturnPage frame={frame(c)} said={said} no={c.req.query('no')} what={c.req.query('what')} />))
  })
  app.post('/return', async (c) => {
    const { desk } = open()
    const { no = '', what = 'back' } = await formOf(c)
    const lang = c.get('lang')
    const voter = /^\d{1,6}$/.test(no.trim()) ? voterOf(no) : undefined
    const refuse = (code: DeskRefusal) =>
      c.html(
        page(
          <ReturnPage
            frame={frameOf(service, lang, '/return')}
            no={no}
            what={what}
            problem={deskWords(lang).refusal[code]}
          />,
        ),
        422,
      )
    if (!voter) return refuse('not-in-roll')
    const blocked = desk.mayReplace(voter.no, what === 'back' ? 'back' : what === 'void' ? 'void' : 'returned')
    if (blocked) return refuse(blocked)
    const act: Act =
      what === 'back'
        ? { kind: 'token-returned', voter: voter.no }
        : { kind: 'token-issued', voter: voter.no, replaces: what === 'void' ? 'void' : 'returned' }
    return c.redirect(
      service.acts.begin({
        title: (say) => {
          const words = deskWords(say)
          return what === 'back' ? words.returnBack : what === 'void' ? words.returnVoid : words.returnAgain
        },
        detail: (say) => `${fill(deskWords(say).number, { no: voter.no })} · ${voter.name}`,
        need: twoOfficers,
        back: '/return',
        documents: () => [{ kind: 'act/1', text: desk.chain.textOf(act) }],
        async run(agreed) {
          const by = agreed.flatMap(({ signatures }) => signatures)
          const refused = attempt(() =>
            act.kind === 'token-issued' && act.replaces
              ? desk.issue(voter.no, { replaces: act.replaces, by })
              : desk.giveBack(voter.no, by),
          )
          if (refused) return { refusal: (say) => deskWords(say).refusal[refused] }
          if (act.kind === 'token-returned') {
            flash.said = fill(deskWords(lang).returnDone, { no: voter.no })
            return { to: `/return?no=${voter.no}&what=again` }
          }
          await printStamp(service, lang)
          return { to: `/token/${voter.no}` }
        },
      }),
      303,
    )
  })
}
