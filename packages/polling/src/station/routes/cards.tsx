import type { Hono } from 'hono'
import { isOpen } from '../../card/index.ts'
import type { Signed } from '../../format/index.ts'
import { fill, formOf, page, type ScreenEnv, sayPresent, screenWords } from '../../screen/index.ts'
import { writeTallyOrder } from '../../trustee/answer.ts'
import { type Share, writeArchive } from '../archive.ts'
import { closeBox, keepShare, missingNow, openingNow, sheetFile } from '../closing.ts'
import { type DeskTop, statusOf } from '../desk-top.ts'
import { readJson } from '../files.ts'
import { CardsPage } from '../pages/closing.tsx'
import { stationWords } from '../words/index.ts'

/** From the announced tally to its opening: the parts of the key holders, by their cards here or by a file from elsewhere. */
export function cardRoutes(app: Hono<ScreenEnv>, top: DeskTop): void {
  const { station, reader } = top
  const { content } = station
  const shared = (c: { get(name: 'lang'): 'id' | 'en' } & { get(name: 'path'): string }) => ({
    lang: c.get('lang'),
    path: c.get('path'),
    status: statusOf(top),
  })
  type Shared = ReturnType<typeof shared>

  const cards = (props: Shared, more: { refusal?: string; problem?: string } = {}) => {
    const given = new Set(station.state().decrypted)
    const holders = content.trustees.map((each) => ({ ...each, given: given.has(each.owner) }))
    return page(
      <CardsPage {...props} {...more} holders={holders} missing={missingNow(station)} inserted={reader.card()?.name} />,
    )
  }
  app.get('/cards', (c) => (station.state().tally ? c.html(cards(shared(c))) : c.redirect('/', 303)))
  app.post('/cards', async (c) => {
    const lang = c.get('lang')
    const words = stationWords(lang).cards
    const opening = await openingNow(station)
    const card = reader.card()
    const { pin = '' } = await formOf(c)
    if (!opening) return c.redirect('/', 303)
    if (!card) return c.html(cards(shared(c), { problem: screenWords(lang).problem['no-card'] }), 422)
    const open = card.open(pin.trim())
    if (!isOpen(open)) {
      const { refused, ...more } = open
      return c.html(cards(shared(c), { problem: sayPresent(lang, { code: refused, ...more }, []) }), 422)
    }
    const given = opening.present(open)
    if ('faults' in given) {
      const rules = given.faults.map(({ rule }) => rule)
      const problem = rules.includes('card.no-key') ? words.noKey : fill(words.refused, { why: rules.join(', ') })
      return c.html(cards(shared(c), { problem }), 422)
    }
    keepShare(station, opening, given.owner)
    return c.redirect('/cards', 303)
  })
  app.get('/cards/order.json', async (c) => {
    const opening = await openingNow(station)
    const sheet = readJson<Signed>(station.files, sheetFile)
    if (!opening || !sheet) return c.notFound()
    const closed = await closeBox(station)
    const archive = writeArchive(content, closed.ballots, closed)
    return c.body(writeTallyOrder({ order: opening.order, archive, sheet }), 200, {
      'content-type': 'application/json',
    })
  })
  app.post('/cards/answer', async (c) => {
    const lang = c.get('lang')
    const { answer } = await c.req.parseBody()
    const read = answer instanceof File ? readAnswer(await answer.text()) : undefined
    const opening = await openingNow(station)
    const faults = read && opening ? opening.take(read).map(({ rule }) => rule) : ['form']
    if (read && opening && faults.length === 0) {
      keepShare(station, opening, read.owner)
      return c.redirect('/cards', 303)
    }
    return c.html(
      cards(shared(c), { refusal: fill(stationWords(lang).cards.refused, { why: faults.join(', ') }) }),
      422,
    )
  })
}

/** What the key holder outside sends back; its proofs are judged by the opening. */
function readAnswer(text: string): Share | undefined {
  try {
    const { owner, decryption, stronger } = JSON.parse(text) as Record<string, unknown>
    return Number.isSafeInteger(owner) && typeof decryption === 'string' && typeof stronger === 'string'
      ? { owner: owner as number, decryption, stronger }
      : undefined
  } catch {
    return undefined
  }
}
