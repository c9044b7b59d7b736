import type { Hono } from 'hono'
import { renderSVG } from 'uqr'
import { hashOf } from '../../format/index.ts'
import { manifestKind } from '../../record/index.ts'
import { fill, page, type ScreenEnv } from '../../screen/index.ts'
import { signedDocument } from '../acts.ts'
import { readResult } from '../closing.ts'
import { type DeskTop, statusOf } from '../desk-top.ts'
import { readJson } from '../files.ts'
import {
  acknowledgementFile,
  handOverByNetwork,
  handOverByUsb,
  keepRecord,
  logsNow,
  readRecord,
  recordText,
  resultInParts,
  type Sent,
} from '../handing-over.ts'
import { HandOverPage, QrPage } from '../pages/hand-over.tsx'
import { acknowledgementPaper } from '../printing.ts'
import { stationWords } from '../words/index.ts'

type Acknowledgement = Extract<Sent, { record: string }>

/** Record, network, stick and QR: any of them, as often as one likes. */
export function handOverRoutes(app: Hono<ScreenEnv>, top: DeskTop): void {
  const { station, acts } = top
  const { address } = station.content.centre
  const acknowledgement = () => readJson<Acknowledgement>(station.files, acknowledgementFile)
  const show = (lang: 'id' | 'en', path: string, refusal?: string) =>
    page(
      <HandOverPage
        lang={lang}
        path={path}
        status={statusOf(top)}
        state={station.state()}
        address={address}
        stick={top.stick?.folder}
        record={readRecord(station)?.hash}
        acknowledged={acknowledgement()?.answer}
        refusal={refusal}
      />,
    )
  app.get('/hand-over', (c) =>
    readResult(station) ? c.html(show(c.get('lang'), c.get('path'))) : c.redirect('/', 303),
  )
  app.post('/hand-over/record', (c) => {
    if (!readResult(station)) return c.redirect('/', 303)
    const logs = logsNow(station)
    const text = recordText(station, logs)
    const pending = signedDocument({
      kind: manifestKind,
      text,
      title: (lang) => stationWords(lang).handOver.signTitle,
      need: { count: 1, roles: ['chair'] },
      back: '/hand-over',
      to: '/hand-over',
      check: () => (recordText(station, logs) === text ? undefined : 'numbers-differ'),
      keep: (signatures) => void keepRecord(station, logs, text, signatures),
    })
    return c.redirect(acts.begin(pending), 303)
  })
  app.post('/hand-over/network', async (c) => {
    const lang = c.get('lang')
    if (!address || !readRecord(station)) return c.redirect('/hand-over', 303)
    const sent = await handOverByNetwork(station, address)
    if ('failed' in sent)
      return c.html(show(lang, '/hand-over', fill(stationWords(lang).handOver.failed, { why: sent.failed })), 502)
    handedOver('network', sent.record)
    await top.printer.print(acknowledgementPaper(station, sent.record, sent.answer, lang))
    return c.redirect('/hand-over', 303)
  })
  app.post('/hand-over/usb', (c) => {
    const lang = c.get('lang')
    if (!top.stick) return c.redirect('/hand-over', 303)
    try {
      const hash = handOverByUsb(station, top.stick.medium)
      if (hash) handedOver('usb', hash)
      return c.redirect('/hand-over', 303)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return c.html(show(lang, '/hand-over', fill(stationWords(lang).handOver.failed, { why })), 502)
    }
  })
  app.get('/hand-over/qr', (c) => {
    const parts = resultInParts(station).map(
      (part) => `data:image/svg+xml;base64,${Buffer.from(renderSVG(part, { border: 4 })).toString('base64')}`,
    )
    return c.html(page(<QrPage lang={c.get('lang')} path={c.get('path')} status={statusOf(top)} parts={parts} />))
  })
  app.post('/hand-over/qr', (c) => {
    const signed = readResult(station)
    if (signed) handedOver('qr', hashOf(signed.text))
    return c.redirect('/hand-over', 303)
  })
  app.post('/hand-over/print', async (c) => {
    const given = acknowledgement()
    if (given) await top.printer.print(acknowledgementPaper(station, given.record, given.answer, c.get('lang')))
    return c.redirect('/hand-over', 303)
  })

  /** Said once of each way and record, however often it is pressed. */
  function handedOver(how: 'network' | 'usb' | 'qr', hash: string) {
    const there = station.state().handedOver.some((each) => each.how === how && each.hash === hash)
    if (!there) station.append({ kind: 'handed-over', how, hash })
  }
}
