import { Hono } from 'hono'
import { deadline, listRounds, type Round } from '#competition'
import { type Env, page, sharedPage } from '#platform/http.ts'
import type { Lang } from '#platform/text.ts'
import { openApi } from '../domain/openapi.ts'
import { AboutPage } from '../pages/about.tsx'
import { ApiPage } from '../pages/api.tsx'
import { FrontPage, type OpenRound } from '../pages/front.tsx'
import { doors } from '../permissions.ts'
import { countByProvince, countGallery, listHighlights } from '../store/innovation.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()

const places = {
  rounds: '/competition',
  register: '/competition/register',
  inbox: '/competition/inbox',
  proposals: '/competition/proposals',
  own: '/gallery/own',
  judging: '/judging',
} as const
const labels = {
  rounds: 'awaitsRounds',
  register: 'awaitsNational',
  inbox: 'awaitsInbox',
  proposals: 'awaitsProposals',
  own: 'awaitsGallery',
  judging: 'awaitsJudging',
} as const

routes.get('/', async (c) => {
  const { db, actor, clock } = c.get('ctx')
  const view = c.get('view')
  const now = clock.now()
  const [rounds, highlights, figures, provinces] = await Promise.all([
    listRounds(db, { drafts: false }),
    listHighlights(db, now.toISOString().slice(0, 10)),
    countGallery(db),
    countByProvince(db),
  ])
  const w = words(view.lang)
  const shortcuts = doors(actor).map((door) => ({ href: places[door], label: w[labels[door]] }))
  return sharedPage(
    c,
    <FrontPage
      view={view}
      round={roundNow(rounds, now, view.lang)}
      highlights={highlights}
      figures={figures}
      provinces={provinces}
      shortcuts={shortcuts}
    />,
  )
})

routes.get('/api', (c) => page(c, <ApiPage view={c.get('view')} api={openApi(new URL(c.req.url).origin)} />))

routes.get('/tentang', (c) => sharedPage(c, <AboutPage view={c.get('view')} />))

/** The round the public asks about: the one open now, else the next to open, else the one that closed last. */
export function roundNow(rounds: readonly Round[], now: Date, lang: Lang): OpenRound | undefined {
  const running = rounds
    .filter((round) => round.state === 'published')
    .map((round) => ({
      id: round.id,
      key: round.key,
      name: round.rules.name[lang],
      opens: new Date(round.rules.calendar.opens),
      closes: new Date(deadline(round.rules, round.extensions)),
      demo: round.demo,
    }))
  const open = running.filter((r) => r.opens <= now && now <= r.closes)
  const coming = running.filter((r) => now < r.opens)
  const over = running.filter((r) => r.closes < now)
  return (
    open.sort((a, b) => a.closes.getTime() - b.closes.getTime())[0] ??
    coming.sort((a, b) => a.opens.getTime() - b.opens.getTime())[0] ??
    over.sort((a, b) => b.closes.getTime() - a.closes.getTime())[0]
  )
}
