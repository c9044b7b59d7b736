import type { Hono } from 'hono'
import { mountActs, openScreen, type ScreenEnv } from '../screen/index.ts'
import { sayAnew } from './anew.tsx'
import { type DeskTop, statusOf } from './desk-top.ts'
import { cardRoutes } from './routes/cards.tsx'
import { closingRoutes } from './routes/closing.tsx'
import { dayRoutes } from './routes/day.tsx'
import { handOverRoutes } from './routes/hand-over.tsx'
import { openingRoutes } from './routes/opening.tsx'
import { resultRoutes } from './routes/result.tsx'

/** The screens of a station: served to the machine itself only. */
export function stationApp(top: DeskTop): Hono<ScreenEnv> {
  const status = () => statusOf(top)
  const app = openScreen(status)
  if (top.anew?.possible) app.use(sayAnew(top.anew, status))
  mountActs(app, top.acts, top.reader, status)
  dayRoutes(app, top)
  openingRoutes(app, top)
  closingRoutes(app, top)
  cardRoutes(app, top)
  resultRoutes(app, top)
  handOverRoutes(app, top)
  return app
}
