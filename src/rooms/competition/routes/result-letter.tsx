import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { linkTo } from '#platform/address.ts'
import { type C, type Env, found, idParam, page } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { openResult } from '../actions/result-letter.ts'
import { resultNumber } from '../domain/result-letter.ts'
import { receiptPath } from '../pages/receipt.tsx'
import { drawResult, ResultLetterPage } from '../pages/result-letter.tsx'
import { findResultLetter } from '../store/result-letter.ts'

export const resultLetters = new Hono<Env>()

/** The letter, for its owner or the secretariat. An owner who opens it for the first time has it in hand from now on. */
async function letterOf(c: C) {
  const ctx = c.get('ctx')
  if (!ctx.actor.id) throw new HTTPException(401)
  const id = idParam(c, 'proposal')
  const { unread, ...letter } = found(await findResultLetter(ctx.db, ctx.actor, id))
  if (unread) await perform(openResult, ctx, id, {})
  return letter
}

resultLetters.get('/competition/proposals/:proposal/result', async (c) =>
  page(c, <ResultLetterPage view={c.get('view')} letter={await letterOf(c)} />),
)

resultLetters.get('/competition/proposals/:proposal/result.pdf', async (c) => {
  const letter = await letterOf(c)
  const { lang, demo } = c.get('view')
  const address = linkTo(receiptPath(letter.receipt))
  return c.body(await drawResult(letter, { lang, demo, address }), 200, paperHeaders(resultNumber(letter)))
})
