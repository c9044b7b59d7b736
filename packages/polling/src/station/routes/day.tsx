import type { Hono } from 'hono'
import { bookOf } from '../../desk/book.ts'
import type { Act } from '../../format/index.ts'
import { copiedToken } from '../../record/index.ts'
import { deviceName, fill, formOf, page, type ScreenEnv, sayNumber, screenWords } from '../../screen/index.ts'
import { chairAndOfficer, logged, refusalOf } from '../acts.ts'
import { comparedBooths, missingNow, sheetStands } from '../closing.ts'
import { sayBooths } from '../copied.ts'
import { type DeskTop, printerStateOf, statusOf } from '../desk-top.ts'
import { recordHead } from '../heads.ts'
import { waitingIn } from '../hub.ts'
import { later, mayClose, mayCloseQueue, nextExtension, nextStep, type Refusal } from '../law.ts'
import { isAway, isOneTooMany, mobileActs } from '../mobile.ts'
import { fileObjection } from '../objections.ts'
import { Incidents, type Noted, Objections, QueuePage } from '../pages/day.tsx'
import { Devices, nextName } from '../pages/devices.tsx'
import { Overview } from '../pages/overview.tsx'
import { headPaper, incidentPaper } from '../printing.ts'
import { problemsOf } from '../problems.ts'
import { queuedAt } from '../queue.ts'
import { stationWords } from '../words/index.ts'
import { wholeOf } from './opening.tsx'

/** What a line of the log, and a signed objection, have room for: nothing of a text is cut off without a word. */
const longestNote = 2000
const longestObjection = 5000
const tooLong = (lang: 'id' | 'en', most: number) => fill(stationWords(lang).day.tooLong, { n: sayNumber(lang, most) })

/** The overview, devices, the stages of the day, incidents and objections. */
export function dayRoutes(app: Hono<ScreenEnv>, top: DeskTop): void {
  const { station, lobby, acts } = top
  const { content } = station
  const about = () => ({ state: station.state(), clock: station.clock() })
  const shared = (c: { get(name: 'lang'): 'id' | 'en' } & { get(name: 'path'): string }) => ({
    lang: c.get('lang'),
    path: c.get('path'),
    status: statusOf(top),
  })

  app.get('/', async (c) => {
    const lang = c.get('lang')
    const { state } = about()
    const counts = station.counts()
    const { reconciled, ...rest } = state
    const step = nextStep({
      // A box to which something has come since it was compared is compared again, and the sheet is signed again.
      state: {
        ...rest,
        ...(reconciled && (state.tally || sheetStands(station)) ? { reconciled } : {}),
        devices: [...state.devices.filter(({ as }) => as === 'desk'), ...comparedBooths(station)],
      },
      pending: station.boxes.undecided().length,
      countedByHand: station.byHand() !== undefined,
      opened: state.tally !== undefined && missingNow(station).length === 0,
    })
    const extension = nextExtension(content, about(), counts.present)
    top.printerState = printerStateOf(await top.printer.status())
    return c.html(
      page(
        <Overview
          lang={lang}
          path={c.get('path')}
          status={statusOf(top)}
          state={state}
          counts={counts}
          step={step}
          problems={problemsOf(top, lang, Date.now())}
          {...(typeof extension === 'number' ? { extension } : {})}
        />,
      ),
    )
  })
  app.post('/rejoin', (c) => {
    station.rejoin()
    return c.redirect('/', 303)
  })

  const devicesPage = (c: Parameters<typeof shared>[0], refused?: Refusal) => {
    const devices = station.state().devices.map((each) => {
      const last = top.heard.get(each.device)
      const seen = { ...each, away: isAway(station, each.device) }
      return last === undefined ? seen : { ...seen, minutes: Math.floor((Date.now() - last) / 60_000) }
    })
    const asking = waitingIn(lobby, station.now().getTime())
    const problem = refused && refusalOf(refused).refusal(c.get('lang'))
    return page(
      <Devices {...shared(c)} stationKey={station.key.key} asking={asking} devices={devices} problem={problem} />,
    )
  }
  app.get('/devices', (c) => c.html(devicesPage(c)))
  app.post('/devices/admit/:key', (c) => {
    const asking = lobby.asking.get(c.req.param('key'))
    if (!asking) return c.redirect('/devices', 303)
    const { as, key, mobile, address } = asking
    if (mobile && isOneTooMany(station)) return c.html(devicesPage(c, 'mobile-many'), 409)
    const name = nextName(station.state().devices, as)
    const act: Act = {
      kind: 'device-joined',
      device: name,
      as,
      number: Number(name.split('-')[1]),
      key,
      ...(mobile ? { mobile } : {}),
    }
    const pending = logged(station, {
      act: () => act,
      title: (lang) =>
        fill(stationWords(lang).devices.admitTitle, {
          name: deviceName(lang, { as, number: Number(name.split('-')[1]) }),
        }),
      back: '/devices',
      to: '/devices',
      check: () => {
        const { stage, devices } = station.state()
        if (stage === 'closed') return 'stage'
        if (mobile && isOneTooMany(station)) return 'mobile-many'
        // Two who admit two devices at once would give both one name.
        return devices.some((each) => each.key === key || each.device === name) ? 'already' : undefined
      },
      // The box is made before the log knows the booth: a restart between the two finds an empty box and no booth.
      also: () => {
        if (as === 'booth') station.boxes.open(name)
        if (address) station.setAddress(name, address)
        lobby.asking.delete(key)
      },
    })
    return c.redirect(acts.begin(pending), 303)
  })
  for (const does of ['left', 'returned'] as const)
    app.post(`/devices/${does}/:device`, (c) => {
      const booth = station.state().devices.find(({ device }) => device === c.req.param('device'))
      const fits = () => isAway(station, booth!.device) === (does === 'returned')
      if (!booth?.mobile || !fits()) return c.redirect('/devices', 303)
      const [lang, what] = [c.get('lang'), mobileActs[does]]
      const title = (said: typeof lang) =>
        fill(stationWords(said).devices[`${does}Title`], { name: deviceName(said, booth) })
      const pending = logged(station, {
        act: () => ({ kind: 'incident', what, note: booth.device }),
        title,
        back: '/devices',
        to: '/devices',
        check: () => (fits() ? undefined : 'already'),
        after: () =>
          void top.printer.print(incidentPaper(station, stationWords(lang).day.mobile[what], title(lang), lang)),
      })
      return c.redirect(acts.begin(pending), 303)
    })
  app.post('/devices/stop/:device', async (c) => {
    const device = c.req.param('device')
    const reason = (await formOf(c))[`reason-${device}`]?.trim() || '–'
    const pending = logged(station, {
      act: () => ({ kind: 'device-stopped', device, reason: reason.slice(0, 200) }),
      title: (lang) => fill(stationWords(lang).devices.stopTitle, { name: device }),
      detail: () => reason,
      back: '/devices',
      to: '/devices',
      check: () => (station.state().devices.some((each) => each.device === device) ? undefined : 'stage'),
    })
    return c.redirect(acts.begin(pending), 303)
  })

  const stage = (
    kind: 'polls-paused' | 'polls-resumed',
    from: 'open' | 'paused',
    title: 'pauseTitle' | 'resumeTitle',
  ) =>
    logged(station, {
      act: () => ({ kind }),
      title: (lang) => stationWords(lang).day[title],
      check: () => (station.state().stage === from ? undefined : 'stage'),
    })
  app.post('/pause', (c) => c.redirect(acts.begin(stage('polls-paused', 'open', 'pauseTitle')), 303))
  app.post('/resume', (c) => c.redirect(acts.begin(stage('polls-resumed', 'paused', 'resumeTitle')), 303))
  app.post('/extend', (c) => {
    const minutes = nextExtension(content, about(), station.counts().present)
    if (typeof minutes !== 'number')
      return c.html(refusal(c.get('lang'), refusalOf(minutes).refusal(c.get('lang'))), 409)
    const { extensions } = station.state()
    const until = later(station.state().until, minutes)
    const pending = logged(station, {
      act: () => ({ kind: 'polls-extended', until, reason: 'quorum' }),
      title: (lang) => fill(stationWords(lang).day.extendTitle, { until }),
      check: () => {
        const now = nextExtension(content, about(), station.counts().present)
        if (typeof now !== 'number') return now
        // Somebody pressed twice, and it is late already: each extension has an hour of its own.
        return station.state().extensions === extensions ? undefined : 'already'
      },
    })
    return c.redirect(acts.begin(pending), 303)
  })
  const queuePage = (c: Parameters<typeof shared>[0], more: Partial<Parameters<typeof QueuePage>[0]> = {}) =>
    page(<QueuePage {...shared(c)} queued={queuedAt(station)} {...more} />)
  app.get('/queue', (c) => c.html(queuePage(c)))
  app.post('/queue', async (c) => {
    const lang = c.get('lang')
    const typed = (await formOf(c)).standing
    const standing = wholeOf(typed)
    if (standing === undefined)
      return c.html(queuePage(c, { standing: typed, problems: { standing: screenWords(lang).problem.number } }), 422)
    const before = () => station.counts().present - (queuedAt(station)?.n ?? 0)
    const check = () => mayCloseQueue(content, about(), before(), standing)
    const refused = check()
    if (refused) return c.html(queuePage(c, { standing: typed, refusal: stationWords(lang).refusals[refused] }), 422)
    const pending = logged(station, {
      act: () => ({ kind: 'queue-closed', standing }),
      title: (said) => fill(stationWords(said).day.queueAct, { n: sayNumber(said, standing) }),
      back: '/queue',
      to: '/queue',
      check,
    })
    return c.redirect(acts.begin(pending), 303)
  })
  app.post('/close', (c) => {
    const refused = mayClose(content, about(), station.counts().present)
    if (refused) return c.html(refusal(c.get('lang'), refusalOf(refused).refusal(c.get('lang'))), 409)
    const counts = station.counts()
    const out = Math.max(0, counts.issued - counts.returned - counts.used + counts.void)
    const queued = queuedAt(station)
    const pending = logged(station, {
      act: () => ({ kind: 'polls-closed', counts }),
      title: (lang) => stationWords(lang).day.closeTitle,
      detail(lang) {
        const words = stationWords(lang).day
        const said = fill(words.closeDetail, { ...counts, out })
        return queued ? `${said} ${fill(words.closeQueue, queued)}` : said
      },
      need: chairAndOfficer,
      check: () => mayClose(content, about(), station.counts().present),
    })
    return c.redirect(acts.begin(pending), 303)
  })
  app.post('/head', async (c) => {
    const head = recordHead(station)
    if (head) await top.printer.print(headPaper(station, head, c.get('lang')))
    return c.redirect('/', 303)
  })

  const refusal = (lang: 'id' | 'en', sentence: string) =>
    page(
      <Overview
        lang={lang}
        path="/"
        status={statusOf(top)}
        state={station.state()}
        counts={station.counts()}
        step="vote"
        problems={[{ kind: 'bad', sentence }, ...problemsOf(top, lang, Date.now())]}
      />,
    )

  const noted = (kind: 'incident' | 'objection', lang: 'id' | 'en'): Noted[] =>
    [...station.logs.lines.values()].flat().flatMap(({ act, device, step }) => {
      const { whats, booth, mobile } = stationWords(lang).day
      const said: Record<string, string> = { ...whats, ...booth, ...mobile }
      if (kind === 'incident' && act.kind === 'incident') {
        const text = [said[act.what] ?? act.what, sayNote(act, lang)].filter(Boolean).join('. ')
        return [{ step, device, text }]
      }
      if (kind === 'objection' && act.kind === 'objection') return [{ step, device: act.by, text: act.text }]
      return []
    })
  /** What the station itself has noted names booths. */
  const sayNote = ({ what, note }: { what: string; note: string }, lang: 'id' | 'en') =>
    [copiedToken, ...Object.values(mobileActs)].includes(what) &&
    note.split(', ').every((each) => /^booth-\d+$/.test(each))
      ? sayBooths(lang, note.split(', '))
      : note
  const conflicts = (lang: 'id' | 'en'): Noted[] =>
    bookOf(station.logs.lines.values()).conflicts.map(({ voter, places }) => ({
      step: '',
      device: places.map(({ device, seq }) => `${device}/${seq}`).join(', '),
      text: fill(stationWords(lang).problems.conflict, { n: voter }),
    }))
  const incidents = (
    c: Parameters<typeof shared>[0],
    more: { problems?: Record<string, string>; what?: string; note?: string } = {},
  ) => {
    const lang = c.get('lang')
    return page(<Incidents {...shared(c)} list={[...noted('incident', lang), ...conflicts(lang)]} {...more} />)
  }
  app.get('/incidents', (c) => c.html(incidents(c)))
  app.post('/incidents', async (c) => {
    const lang = c.get('lang')
    const { what = '', note = '' } = await formOf(c)
    const { empty } = screenWords(lang).problem
    const nameOf = (said: typeof lang) => (stationWords(said).day.whats as Record<string, string>)[what]
    const problems: Record<string, string> = {
      ...(Object.hasOwn(stationWords(lang).day.whats, what) ? {} : { what: empty }),
      ...(note.trim() ? {} : { note: empty }),
      ...(note.trim().length > longestNote ? { note: tooLong(lang, longestNote) } : {}),
    }
    if (Object.keys(problems).length > 0) return c.html(incidents(c, { problems, what, note }), 422)
    const pending = logged(station, {
      act: () => ({ kind: 'incident', what, note: note.trim() }),
      title: (said) => `${stationWords(said).day.incidents}: ${nameOf(said)}`,
      detail: () => note.trim(),
      back: '/incidents',
      to: '/incidents',
      after: () => void top.printer.print(incidentPaper(station, nameOf(lang)!, note.trim(), lang)),
    })
    return c.redirect(acts.begin(pending), 303)
  })
  app.get('/objections', (c) => c.html(page(<Objections {...shared(c)} list={noted('objection', c.get('lang'))} />)))
  app.post('/objections', async (c) => {
    const lang = c.get('lang')
    const { text = '' } = await formOf(c)
    const problem = !text.trim()
      ? screenWords(lang).problem.empty
      : text.trim().length > longestObjection
        ? tooLong(lang, longestObjection)
        : undefined
    if (problem)
      return c.html(
        page(<Objections {...shared(c)} list={noted('objection', lang)} problems={{ text: problem }} text={text} />),
        422,
      )
    return c.redirect(acts.begin(fileObjection(station, text.trim())), 303)
  })
}
