import type { Hono } from 'hono'
import { hashOf, type LawName, lawNames, shortHash } from '../../format/index.ts'
import { fill, formOf, page, type ScreenEnv, sayNumber, screenWords } from '../../screen/index.ts'
import { logged, signedDocument } from '../acts.ts'
import { comparedBooths, keepTally, sheetFile, sheetNow, sheetStands, tallyNow } from '../closing.ts'
import { noteCopied, sayBooths, sayCopied, sayRefused, sayUnproven } from '../copied.ts'
import { type DeskTop, statusOf } from '../desk-top.ts'
import type { Refusal } from '../law.ts'
import { sheetOf } from '../law.ts'
import { BoxPage, ByHandPage, Sessions, Sheet, TallyPage } from '../pages/closing.tsx'
import { byHandFile, handCounts } from '../station.ts'
import { takeStick } from '../stick.ts'
import { stationWords } from '../words/index.ts'
import { wholeOf } from './opening.tsx'

/** From the closed polls to the announced tally. Each step can be begun again after a restart. */
export function closingRoutes(app: Hono<ScreenEnv>, top: DeskTop): void {
  const { station, acts } = top
  const { content } = station
  const shared = (c: { get(name: 'lang'): 'id' | 'en' } & { get(name: 'path'): string }) => ({
    lang: c.get('lang'),
    path: c.get('path'),
    status: statusOf(top),
  })
  type Shared = ReturnType<typeof shared>
  const frozen = () => (station.state().tally ? ('tally-announced' as const) : undefined)
  /** Why numbers and explanations are not taken any more: the sheet is signed, and still says what is. */
  const signed = () => frozen() ?? (sheetStands(station) ? ('already' as const) : undefined)

  const boxes = (props: Shared, more: { refusal?: string; note?: string } = {}) => {
    return page(<BoxPage {...props} {...more} booths={comparedBooths(station)} stick={top.stick !== undefined} />)
  }
  app.get('/boxes', (c) => c.html(boxes(shared(c))))
  app.post('/boxes/:device', async (c) => {
    const device = c.req.param('device')
    const lang = c.get('lang')
    const typed = wholeOf((await formOf(c))[`cast-${device}`])
    const cast = station.boxes.counts(device).cast
    if (typed !== cast) {
      const refusal = fill(stationWords(lang).boxes.differs, { n: typed ?? '–', own: sayNumber(lang, cast) })
      return c.html(boxes(shared(c), { refusal }), 422)
    }
    const counts = { ...station.counts(), ...station.boxes.counts(device) }
    const pending = logged(station, {
      act: () => ({ kind: 'box-imported', device, counts }),
      title: (said) => fill(stationWords(said).boxes.checkTitle, { name: device, n: sayNumber(said, cast) }),
      back: '/boxes',
      to: '/boxes',
      check: () => {
        if (station.state().stage !== 'closed') return 'stage'
        return station.boxes.counts(device).cast === cast ? frozen() : 'numbers-differ'
      },
    })
    return c.redirect(acts.begin(pending), 303)
  })
  app.post('/boxes/:device/import', (c) => {
    const device = c.req.param('device')
    const lang = c.get('lang')
    const words = stationWords(lang).boxes
    const refuse = (refusal: string) => c.html(boxes(shared(c), { refusal }), 422)
    const refused = frozen()
    if (refused) return refuse(stationWords(lang).refusals[refused])
    try {
      if (!top.stick || !station.boxes.get(device)) throw new Error('no stick')
      const taken = takeStick(station, device, top.stick.medium)
      if ('owner' in taken) return refuse(fill(words.otherBooth, { name: sayBooths(lang, [taken.owner]) }))
      const { added, advanced, same, refused } = taken
      noteCopied(station)
      return c.html(
        boxes(shared(c), { note: fill(words.imported, { added, advanced, same, refused: refused.length }) }),
      )
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return refuse(words.noStick)
    }
  })

  const undecided = () => station.boxes.undecided()
  const isClosed = () => station.state().stage === 'closed'
  app.get('/sessions', (c) =>
    c.html(page(<Sessions {...shared(c)} list={isClosed() ? undecided() : []} closed={isClosed()} />)),
  )
  app.post('/sessions/:slot/:as', (c) => {
    const { slot: id, as } = c.req.param()
    const found = undecided().find(({ slot }) => slot.id === id)
    if (!found || (as !== 'cast' && as !== 'void')) return c.redirect('/sessions', 303)
    const { device, slot } = found
    const mayCast = slot.state === 'pending' && slot.slip === 'printed'
    // A voter may be in the middle of it: before the close a session is the booth's.
    if (!isClosed() || (as === 'cast' && !mayCast)) return c.redirect('/sessions', 303)
    const pending = logged(station, {
      act: () => ({ kind: 'resolved', as }),
      title: (lang) => stationWords(lang).sessions[as === 'cast' ? 'castTitle' : 'voidTitle'],
      detail: () => `${device} · ${id.slice(0, 8)}`,
      back: '/sessions',
      to: '/sessions',
      check: () => (undecided().some((each) => each.slot.id === id) ? frozen() : 'already'),
      // After the line: a cut between the two leaves the session undecided and the agreement on record, never the reverse.
      after: () => {
        const box = station.boxes.open(device)
        if (as === 'cast') box.move(id, { state: 'cast' })
        else box.move(id, { state: 'void', ...(slot.slip === 'printed' ? { slip: 'void' as const } : {}) })
      },
    })
    return c.redirect(acts.begin(pending), 303)
  })

  app.get('/by-hand', (c) => c.html(page(<ByHandPage {...shared(c)} values={station.byHand() ?? {}} />)))
  app.post('/by-hand', async (c) => {
    const lang = c.get('lang')
    const form = await formOf(c)
    const read = Object.fromEntries(handCounts.map((name) => [name, wholeOf(form[name])]))
    const bad = handCounts.filter((name) => read[name] === undefined)
    const why = station.state().stage === 'closed' ? signed() : 'stage'
    const refusal = why && stationWords(lang).refusals[why]
    if (bad.length > 0 || refusal)
      return c.html(
        page(
          <ByHandPage
            {...shared(c)}
            values={form}
            problems={Object.fromEntries(bad.map((name) => [name, screenWords(lang).problem.number]))}
            refusal={refusal}
          />,
        ),
        422,
      )
    station.files.put(byHandFile, JSON.stringify(read))
    return c.redirect('/sheet', 303)
  })

  const sheetPage = (props: Shared, refusal?: string) => {
    const now = sheetNow(station)
    if (!now) return page(<ByHandPage {...props} values={{}} refusal={stationWords(props.lang).refusals['by-hand']} />)
    const laws = sheetOf(content, station.state(), now.sheet.counts, now.sheet)
    const known = [sayCopied, sayUnproven, sayRefused].flatMap((say) => say(station.boxes, props.lang))
    const changed = station.state().reconciled !== undefined && !signed()
    return page(
      <Sheet
        {...props}
        signed={signed() !== undefined}
        changed={changed}
        laws={laws}
        known={known}
        refusal={refusal}
      />,
    )
  }
  app.get('/sheet', (c) => c.html(sheetPage(shared(c))))
  app.post('/sheet/explain/:law', async (c) => {
    const law = c.req.param('law')
    const note = (await formOf(c))[`note-${law}`]?.trim().slice(0, 1800)
    if (!lawNames.includes(law as LawName) || !note)
      return c.html(sheetPage(shared(c), screenWords(c.get('lang')).problem.empty), 422)
    const broken = () => {
      const now = sheetNow(station)
      return now && sheetOf(content, station.state(), now.sheet.counts, now.sheet).find((each) => each.law === law)
    }
    const shown = broken()
    const refused = isClosed() ? (shown ? (shown.holds ? 'holds' : undefined) : 'by-hand') : 'stage'
    if (refused || !shown)
      return c.html(sheetPage(shared(c), stationWords(c.get('lang')).refusals[refused ?? 'by-hand']), 409)
    const { left, right } = shown
    const pending = logged(station, {
      act: () => ({ kind: 'difference-explained', law, left, right, note }),
      title: (lang) => stationWords(lang).sheet.explainTitle,
      detail: (lang) =>
        `${stationWords(lang).sheet.laws[law as LawName]} (${sayNumber(lang, left)} ≠ ${sayNumber(lang, right)}): ${note}`,
      back: '/sheet',
      to: '/sheet',
      // It is of these numbers: counted anew, it would explain what nobody has seen.
      check: () => {
        const why = signed()
        if (why) return why
        const now = broken()
        return now?.left === left && now.right === right ? undefined : 'numbers-differ'
      },
    })
    return c.redirect(acts.begin(pending), 303)
  })
  const boxesReady = () => {
    if (!isClosed()) return 'stage' as const
    if (comparedBooths(station).some(({ complete }) => !complete)) return 'boxes' as const
    return undecided().length > 0 ? ('pending' as const) : undefined
  }
  app.post('/sheet/sign', (c) => {
    const now = sheetNow(station)
    const words = stationWords(c.get('lang')).refusals
    const refused =
      signed() ?? boxesReady() ?? (now ? (now.unexplained.length > 0 ? 'unexplained' : undefined) : 'by-hand')
    if (refused || !now) return c.html(sheetPage(shared(c), words[refused ?? 'by-hand']), 409)
    const text = JSON.stringify(now.sheet)
    const pending = signedDocument({
      kind: 'reconciliation/1',
      text,
      title: (lang) => stationWords(lang).sheet.signTitle,
      need: { count: 1, roles: ['chair'] },
      back: '/sheet',
      to: '/',
      // The numbers must still be those that the chair has read.
      check: () =>
        signed() ?? boxesReady() ?? (JSON.stringify(sheetNow(station)?.sheet) === text ? undefined : 'numbers-differ'),
      keep(signatures) {
        const own = station.sign('reconciliation/1', text)
        station.files.put(sheetFile, JSON.stringify({ text, signatures: [...signatures, own] }))
        station.append({ kind: 'reconciled', hash: hashOf(text), holds: now.holds })
      },
    })
    return c.redirect(acts.begin(pending), 303)
  })

  /** Nothing is announced but what the signed sheet says, to the last ballot. */
  const mayAnnounce = (): Refusal | undefined => {
    if (station.state().tally) return 'already'
    if (!station.state().reconciled) return 'unexplained'
    return sheetStands(station) ? boxesReady() : 'sheet-old'
  }
  app.get('/tally', async (c) => {
    if (station.state().tally) return c.redirect('/cards', 303)
    if (mayAnnounce()) return c.redirect('/sheet', 303)
    const { closed } = await tallyNow(station)
    const refused = station.boxes.ballots().refused.length
    return c.html(
      page(<TallyPage {...shared(c)} tally={{ hash: closed.hash, ballots: closed.ballots.length, refused }} />),
    )
  })
  app.post('/tally', async (c) => {
    if (!station.state().reconciled || station.state().tally) return c.redirect('/', 303)
    if (mayAnnounce()) return c.redirect('/sheet', 303)
    const { closed, same } = await tallyNow(station)
    const pending = logged(station, {
      act: () => ({ kind: 'tally-announced', tally: closed.hash }),
      title: (lang) => fill(stationWords(lang).tally.announceTitle, { hash: shortHash(closed.hash) }),
      back: '/sheet',
      to: '/cards',
      // Booths may send while the officers sign.
      check: () => mayAnnounce() ?? (same() ? undefined : 'sheet-old'),
      also: () => keepTally(station, closed),
    })
    return c.redirect(acts.begin(pending), 303)
  })
}
