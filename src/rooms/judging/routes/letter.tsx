import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type HandedIn, listHandedIn, listRounds } from '#competition'
import { perform, performAll } from '#platform/action.ts'
import { linkTo } from '#platform/address.ts'
import type { Db } from '#platform/db.ts'
import { type C, type Env, flash, found, idParam, page, pageNumber } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { openLetter, releaseLetter } from '../actions/letter.ts'
import { type EntrantLetters, type LetterStanding, letterStanding, letterStandings } from '../domain/entrant-letter.ts'
import { letterNumber } from '../domain/letter.ts'
import { areResultsPublic } from '../domain/panel.ts'
import { OwnLettersPage } from '../pages/entrant-letters.tsx'
import { LetterCheckPage, LetterPage, LettersPage } from '../pages/letter.tsx'
import { drawLetter } from '../pages/letter-pdf.ts'
import { mayPanel } from '../permissions/panel.ts'
import { may } from '../permissions.ts'
import { findLetter, findLetterByCode, lettersOf, sentLetters, writeLetters } from '../store/letter.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelRoundOf } from './gate.ts'

export const letters = new Hono<Env>()

const pageSize = 100
const countsOf = (count: (standing: LetterStanding) => number) =>
  Object.fromEntries(letterStandings.map((each) => [each, count(each)])) as Record<LetterStanding, number>

/** Entries with their feedback letters. One query, whatever their number. */
async function withLetters(db: Db, entries: readonly HandedIn[]): Promise<EntrantLetters[]> {
  const sent = await sentLetters(
    db,
    entries.map(({ id }) => id),
  )
  return entries.map((entry) => ({ ...entry, feedback: sent.get(entry.id) ?? null }))
}

/** Every letter of every entry of whoever asks. */
letters.get('/judging/letters', async (c) => {
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  if (!actor.id) throw new HTTPException(401)
  if (!may.seeOwnLetters(actor)) throw new HTTPException(403)
  const at = { page: pageNumber(c), size: pageSize }
  const { rows, total } = await listHandedIn(db, { owner: actor }, at)
  const rounds = await listRounds(db, { drafts: false })
  const names = Object.fromEntries(rounds.map((round) => [round.id, round.rules.name[view.lang]]))
  const entries = await withLetters(db, rows)
  return page(c, <OwnLettersPage view={view} entries={entries} rounds={names} total={total} {...at} />)
})

async function lettersPage(c: C, refusal?: keyof PanelWords) {
  const { db, actor } = c.get('ctx')
  const round = await panelRoundOf(c)
  if (!mayPanel.releaseLetters(actor)) throw new HTTPException(404)
  const asked = c.req.query('surat') as LetterStanding
  const standing = letterStandings.includes(asked) ? asked : undefined
  // Of one round, a few thousand: they are read whole, so that the counts and the list agree.
  const entrants = await withLetters(db, (await listHandedIn(db, { round: round.id }, { page: 1, size: 100_000 })).rows)
  const standings = Map.groupBy(entrants, letterStanding)
  const wanted = standing ? (standings.get(standing) ?? []) : entrants
  const number = pageNumber(c)
  const scored = entrants.filter((entry) => entry.state === 'passed')
  return (
    <LettersPage
      view={c.get('view')}
      round={round}
      waiting={scored.filter((entry) => !entry.feedback).length}
      sent={scored.filter((entry) => entry.feedback).length}
      entrants={{
        rows: wanted.slice((number - 1) * pageSize, number * pageSize),
        counts: countsOf((each) => standings.get(each)?.length ?? 0),
        standing,
        page: number,
        total: wanted.length,
        size: pageSize,
      }}
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

/** The letter, for its owner or the secretariat. An owner who opens it for the first time has it in hand from now on. */
async function letterOf(c: C) {
  const ctx = c.get('ctx')
  if (!ctx.actor.id) throw new HTTPException(401)
  const proposal = idParam(c, 'proposal')
  const { unread, ...letter } = found(await findLetter(ctx.db, ctx.actor, proposal))
  if (unread) await perform(openLetter, ctx, proposal, {})
  return letter
}

letters.get('/judging/entries/:proposal/letter', async (c) =>
  page(c, <LetterPage view={c.get('view')} proposal={idParam(c, 'proposal')} {...(await letterOf(c))} />),
)

letters.get('/judging/entries/:proposal/letter.pdf', async (c) => {
  const letter = await letterOf(c)
  const { lang, demo } = c.get('view')
  const address = linkTo(`/judging/letters/check/${letter.check}`)
  return c.body(await drawLetter(letter, { lang, demo, address }), 200, paperHeaders(letterNumber(letter.receipt)))
})

/** Whoever holds a letter can check it. The code is 122 random bits, so nobody finds a letter that they do not hold. */
letters.get('/judging/letters/check/:code', async (c) => {
  const { code } = c.req.param()
  const { db } = c.get('ctx')
  const letter = /^[0-9a-f]{32}$/.test(code) ? await findLetterByCode(db, code) : undefined
  c.header('X-Robots-Tag', 'noindex')
  c.header('Referrer-Policy', 'no-referrer')
  return page(c, <LetterCheckPage view={c.get('view')} letter={found(letter)} />)
})
