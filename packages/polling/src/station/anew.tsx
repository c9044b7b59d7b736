import type { MiddlewareHandler } from 'hono'
import {
  type Acts,
  beginAnew,
  canBeginAnew,
  page,
  Screen,
  type ScreenEnv,
  type ScreenStatus,
  type Served,
} from '../screen/index.ts'
import type { Station } from './station.ts'
import { stationWords } from './words/index.ts'

/**
 * In memory things lie in the order in which they came, so whoever reads it after the day would learn in which order people voted.
 * The station therefore begins anew in an empty memory when the polls have closed, and again when the tally is announced and
 * nothing more can come: it reads the boxes from its media, where places are random (T15). Nobody has to do anything.
 */
export type Anew = {
  /** Whether the program can do it by itself here; where it cannot, people are asked to. */
  readonly possible: boolean
  /** It is time, and no officer is in the middle of something. */
  due(): boolean
  /** Someone has been told: in half a second it happens, if it is still time. */
  soon(): void
}

/** How far the day has gone: while the polls are open, closed, or with a box that nothing enters any more. */
const chapterOf = ({ stage, tally }: ReturnType<Station['state']>) => (tally ? 2 : stage === 'closed' ? 1 : 0)

/** `begin` ends the servers and does not come back. */
export function openAnew(station: Pick<Station, 'state'>, acts: Pick<Acts, 'waiting'>, begin: () => unknown): Anew {
  const begun = chapterOf(station.state())
  let planned = false
  const due = () => chapterOf(station.state()) > begun && !acts.waiting
  return {
    possible: canBeginAnew,
    due,
    soon() {
      if (planned || !canBeginAnew) return
      planned = true
      setTimeout(() => {
        planned = false
        if (due()) begin()
      }, 500)
    },
  }
}

/** The servers answer what was asked, then the same ports are taken by an empty memory. */
export async function beginWith(screen: Served, hub: Served, hubHost: string): Promise<never> {
  await Promise.all([screen.finish(), hub.finish()])
  return beginAnew(['--port', String(screen.port), '--hub', `${hubHost}:${hub.port}`])
}

/** A page that is asked for when it is time says so instead, and asks again by itself until the station is there. */
export const sayAnew =
  (anew: Anew, status: () => ScreenStatus): MiddlewareHandler<ScreenEnv> =>
  async (c, next) => {
    const { pathname } = new URL(c.req.url)
    if (c.req.method !== 'GET' || /^\/(act|assets)\/|\.json$/.test(pathname) || !anew.due()) return next()
    anew.soon()
    const lang = c.get('lang')
    const { title, lead } = stationWords(lang).anew
    const frame = { lang, path: c.get('path'), status: status() }
    return c.html(
      page(
        <Screen {...frame} title={title} lead={lead} refresh={2}>
          {null}
        </Screen>,
      ),
      503,
      { 'retry-after': '2' },
    )
  }
