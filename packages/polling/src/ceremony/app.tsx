import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Context, Hono } from 'hono'
import { isOpen, pinFault, type Reader } from '../card/index.ts'
import type { Medium } from '../media/medium.ts'
import { fill, formOf, type Lang, openScreen, page, type ScreenEnv, screenWords } from '../screen/index.ts'
import type { Ceremony, CeremonyRefusal } from './ceremony.ts'
import { CeremonyPage, type Problem } from './page.tsx'
import { countPool, type Prints, printPool, sheetsThere } from './pools.ts'
import { ceremonyReport } from './report.ts'
import { ceremonyWords } from './words.ts'

export type CeremonyRoom = {
  readonly ceremony: Ceremony
  readonly reader: Reader
  readonly prints: Prints
  /** The stick that takes answer and report to the centre. */
  readonly out: Medium
  /** Said on every page until they are gone. */
  readonly warnings: () => { readonly networks: readonly string[]; readonly disk: boolean }
  readonly finish: () => void
}

/** The file of the answer on the stick. */
const answerFile = 'ceremony-answer.json'

/** The screen of the ceremony: one page that always shows what is to be done now. Works without JavaScript. */
export function ceremonyApp(room: CeremonyRoom): Hono<ScreenEnv> {
  const { ceremony, reader, prints, out } = room
  const status = () => ({ device: { as: 'ceremony' } as const })
  const app = openScreen(status)
  const show = (c: Context<ScreenEnv>, problem?: Problem, chosen?: string) =>
    c.html(
      page(
        CeremonyPage({
          lang: c.get('lang'),
          status: status(),
          ceremony,
          reader: { state: reader.state(), card: reader.card() },
          sheets: (tps) => sheetsThere(ceremony, prints, tps),
          warnings: { ...room.warnings(), folder: prints.folder },
          problem,
          chosen,
        }),
      ),
      problem ? 422 : 200,
    )
  const refused = (lang: Lang, refusal: CeremonyRefusal): string => {
    const words = ceremonyWords(lang).problem
    if (refusal.refused === 'key') return fill(words.key, { rule: refusal.rule })
    if (refusal.refused !== 'card') return words[refusal.refused]
    const { why } = refusal
    const said = screenWords(lang).problem
    const wait = 'wait' in why ? why.wait : 0
    const sentence = fill(said[why.refused], { left: 'left' in why ? why.left : '', wait })
    return why.refused === 'pin' && wait > 0 ? `${sentence} ${fill(said.wait, { wait })}` : sentence
  }

  app.get('/', (c) => show(c))
  app.post('/card', async (c) => {
    const { who = '', pin = '', again = '' } = await formOf(c)
    const words = ceremonyWords(c.get('lang')).problem
    const fault = pinFault(pin)
    if (!who) return show(c, { field: 'who', sentence: words.person })
    if (fault) return show(c, { field: 'pin', sentence: words[`pin-${fault}`] }, who)
    if (pin !== again) return show(c, { field: 'again', sentence: words['pin-twice'] }, who)
    const refusal = ceremony.makeCard(reader, who, pin)
    if (refusal) return show(c, { field: 'pin', sentence: refused(c.get('lang'), refusal) }, who)
    return c.redirect('/', 303)
  })
  app.post('/present', async (c) => {
    const { pin = '' } = await formOf(c)
    const card = reader.card()
    const open = card?.open(pin.trim())
    const refusal: CeremonyRefusal | undefined = !open
      ? { refused: 'no-card' }
      : isOpen(open)
        ? ceremony.present(open)
        : { refused: 'card', why: open }
    if (refusal) return show(c, { field: 'pin', sentence: refused(c.get('lang'), refusal) })
    writeOut()
    return c.redirect('/', 303)
  })
  app.post('/pool/:tps/draw', async (c) => {
    const tps = c.req.param('tps')
    if (ceremony.phase() !== 'pools' || !canDraw(tps)) return c.redirect('/', 303)
    await printPool(ceremony, prints, tps)
    return c.redirect('/', 303)
  })
  app.post('/pool/:tps/count', async (c) => {
    const { counted = '' } = await formOf(c)
    const tps = c.req.param('tps')
    const refusal = countPool(ceremony, prints, tps, /^\d+$/.test(counted.trim()) ? Number(counted) : -1)
    if (refusal?.refused === 'count') {
      const sentence = fill(ceremonyWords(c.get('lang')).problem.count, { of: refusal.expected })
      return show(c, { field: `counted-${tps}`, sentence })
    }
    return c.redirect('/', 303)
  })
  const canDraw = (tps: string) =>
    ceremony.order.tps.some(({ id }) => id === tps) && ceremony.state.pools[tps]?.stage !== 'counted'
  app.get('/pool/:tps/sheets.pdf', (c) => {
    const pool = ceremony.state.pools[c.req.param('tps')]
    const file = pool && path.join(prints.folder, pool.file)
    if (pool?.stage !== 'printed' || !file || !existsSync(file)) return c.notFound()
    return c.body(new Uint8Array(readFileSync(file)), 200, {
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
    })
  })
  app.get('/report.pdf', async (c) =>
    c.body(new Uint8Array(await ceremonyReport(ceremony)), 200, {
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
    }),
  )
  app.post('/finish', (c) => {
    if (ceremony.phase() !== 'done') return c.redirect('/', 303)
    writeOut()
    room.finish()
    return c.html(page(CeremonyPage.finished(c.get('lang'), status())))
  })
  /** Each signature more goes to the stick as well. */
  function writeOut(): void {
    const text = ceremony.answerText()
    if (text) out.replace(answerFile, utf8ToBytes(text))
  }
  writeOut()
  return app
}
