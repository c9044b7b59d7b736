import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import PDFDocument from 'pdfkit'
import { listPassed } from '#competition'
import { performAll } from '#platform/action.ts'
import { type C, type Env, flash, found, idParam, page } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { releaseLetter } from '../actions/letter.ts'
import { areResultsPublic } from '../domain/panel.ts'
import { LetterPage, LettersPage } from '../pages/letter.tsx'
import { drawLetter } from '../pages/letter-pdf.ts'
import { mayPanel } from '../permissions/panel.ts'
import { findLetter, lettersOf, writeLetters } from '../store/letter.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelRoundOf } from './gate.ts'

export const letters = new Hono<Env>()

async function lettersPage(c: C, refusal?: keyof PanelWords) {
  const { db, actor } = c.get('ctx')
  const round = await panelRoundOf(c)
  if (!mayPanel.releaseLetters(actor)) throw new HTTPException(404)
  const entries = await listPassed(db, round.id)
  const sent = await lettersOf(db, round.id)
  return (
    <LettersPage
      view={c.get('view')}
      round={round}
      waiting={entries.filter((entry) => !sent.has(entry.id)).length}
      sent={sent.size}
      {...(refusal && { refusal })}
    />
  )
}

letters.get('/judging/rounds/:round/letters', async (c) => page(c, await lettersPage(c)))

letters.post('/judging/rounds/:round/letters', async (c) => {
  const ctx = c.get('ctx')
  const round = await panelRoundOf(c)
  if (!mayPanel.releaseLetters(ctx.actor)) throw new HTTPException(403)
  if (!areResultsPublic(round)) return page(c, await lettersPage(c, 'results-not-public'), 409)
  const contents = await writeLetters(ctx.db, round)
  const there = await lettersOf(ctx.db, round.id)
  const items = [...contents.keys()].filter((id) => !there.has(id)).map((id) => ({ id, raw: {} }))
  const report = await performAll(releaseLetter(round, contents), ctx, items)
  const sent = report.filter((item) => item.kind === 'done').length
  flash(c, fill(panelWords(c.get('view').lang).lettersDone, { n: sent }))
  return c.redirect(`/judging/rounds/${round.id}/letters`, 303)
})

async function letterOf(c: C) {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  return found(await findLetter(db, actor, idParam(c, 'proposal')))
}

letters.get('/judging/entries/:proposal/letter', async (c) =>
  page(c, <LetterPage view={c.get('view')} proposal={idParam(c, 'proposal')} {...(await letterOf(c))} />),
)

letters.get('/judging/entries/:proposal/letter.pdf', async (c) => {
  const { content, at } = await letterOf(c)
  const { lang } = c.get('view')
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 56,
    lang,
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: fill(panelWords(lang).letterTitle, { title: content.title }), CreationDate: at },
  })
  const parts: Buffer[] = []
  const whole = new Promise<Uint8Array<ArrayBuffer>>((done, failed) => {
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => done(new Uint8Array(Buffer.concat(parts))))
    pdf.on('error', failed)
  })
  drawLetter(pdf, content, at, lang)
  pdf.end()
  c.header('Content-Type', 'application/pdf')
  c.header('Content-Disposition', `inline; filename="umpan-balik-${content.number}.pdf"`)
  return c.body(await whole)
})
