import type { Hono } from 'hono'
import { hashOf } from '../../format/index.ts'
import { fill, formOf, page, type ScreenEnv, sayNumber, screenWords } from '../../screen/index.ts'
import { logged, refusalOf, signedDocument } from '../acts.ts'
import { type DeskTop, statusOf } from '../desk-top.ts'
import { mayOpen } from '../law.ts'
import { readZero, zeroFile, zeroReport } from '../opening.ts'
import { Zero } from '../pages/opening.tsx'
import { selfTestPaper, zeroPaper } from '../printing.ts'
import { addSignatures } from '../signed-file.ts'
import { stationWords } from '../words/index.ts'

/** A whole number as people type it; undefined for anything else. */
export const wholeOf = (text: string | undefined): number | undefined =>
  /^\d{1,7}$/.test((text ?? '').trim().replace(/[.,\s]/g, ''))
    ? Number((text ?? '').trim().replace(/[.,\s]/g, ''))
    : undefined

/** The zero report and the opening of the polls. */
export function openingRoutes(app: Hono<ScreenEnv>, top: DeskTop): void {
  const { station, acts, printer } = top
  const { content } = station
  const votes = () => station.boxes.all().length
  const show = (lang: 'id' | 'en', path: string, more: Partial<Parameters<typeof Zero>[0]> = {}) =>
    page(
      <Zero
        lang={lang}
        path={path}
        status={statusOf(top)}
        content={content}
        votes={votes()}
        signed={station.state().zero ? readZero(station) : undefined}
        {...more}
      />,
    )

  app.get('/zero', (c) => c.html(show(c.get('lang'), c.get('path'))))
  app.post('/zero/self-test', async (c) => {
    const done = await printer.print(selfTestPaper(station, c.get('lang')))
    top.paper = done.ok
    return c.redirect('/zero', 303)
  })
  app.post('/zero', async (c) => {
    const lang = c.get('lang')
    const words = stationWords(lang)
    const form = await formOf(c)
    const tokens = wholeOf(form.tokens)
    const readable = form.paper === 'ya' && top.paper
    // Nobody can judge a test that was not printed; one that was not readable is printed again first.
    if (top.paper) printer.judged(readable)
    top.paper = readable
    const problems: Record<string, string> = {}
    if (tokens === undefined) problems.tokens = screenWords(lang).problem.number
    else if (tokens !== content.pool.size)
      problems.tokens = fill(words.refusals.tokens, { n: sayNumber(lang, content.pool.size) })
    const refusal =
      station.state().stage !== 'preparing'
        ? words.refusals.stage
        : votes() > 0
          ? words.refusals['ballots-inside']
          : readable
            ? undefined
            : words.refusals.paper
    if (refusal || Object.keys(problems).length > 0 || tokens === undefined)
      return c.html(show(lang, c.get('path'), { problems, refusal, tokens: form.tokens }), 422)
    const text = JSON.stringify(zeroReport(station, tokens))
    const pending = signedDocument({
      kind: 'zero/1',
      text,
      title: (said) => stationWords(said).zero.signTitle,
      need: { count: 1, roles: ['chair'] },
      back: '/zero',
      to: '/zero',
      check: () => {
        if (station.state().stage !== 'preparing') return 'stage'
        // A booth that joined meanwhile is not in the report.
        return JSON.stringify(zeroReport(station, tokens)) === text ? undefined : 'already'
      },
      keep(signatures) {
        const own = station.sign('zero/1', text)
        station.files.put(zeroFile, JSON.stringify({ text, signatures: [...signatures, own] }))
        station.append({ kind: 'zero-report', hash: hashOf(text) })
      },
    })
    return c.redirect(acts.begin(pending), 303)
  })
  app.post('/zero/witness', (c) => {
    const signed = readZero(station)
    if (!signed) return c.redirect('/zero', 303)
    const pending = signedDocument({
      kind: 'zero/1',
      text: signed.text,
      title: (lang) => stationWords(lang).zero.witnessTitle,
      need: { count: 1, roles: ['witness', 'supervisor'] },
      back: '/zero',
      to: '/zero',
      keep: (signatures) => addSignatures(station.files, zeroFile, signatures),
    })
    return c.redirect(acts.begin(pending), 303)
  })
  app.post('/zero/print', async (c) => {
    const signed = readZero(station)
    if (signed) await printer.print(zeroPaper(station, signed, c.get('lang')))
    return c.redirect('/zero', 303)
  })
  app.post('/open', (c) => {
    const lang = c.get('lang')
    const check = () => mayOpen(content, { state: station.state(), clock: station.clock() }, votes())
    const refused = check()
    if (refused) return c.html(show(lang, '/zero', { refusal: refusalOf(refused).refusal(lang) }), 409)
    const pending = logged(station, {
      act: () => ({ kind: 'polls-opened' }),
      title: (said) => stationWords(said).zero.openTitle,
      back: '/zero',
      check,
    })
    return c.redirect(acts.begin(pending), 303)
  })
}
