import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isNational } from '#people'
import { type Env, found, idParam, page } from '#platform/http.ts'
import { comparedText } from '../domain/compared-text.ts'
import { passageShare, sharedPassages } from '../domain/passages.ts'
import { jaccard, shingles, without } from '../domain/similarity.ts'
import { compareTitles } from '../domain/title.ts'
import { BesidePage } from '../pages/duplicate.tsx'
import { awardOfProposal, wordingInForce } from '../store/duplicate.ts'
import { listSubmitted } from '../store/examination.ts'
import { findRound } from '../store/round.ts'

export const duplicates = new Hono<Env>()

/** Two submissions side by side; the other may be of an earlier year. For the secretariat. */
duplicates.get('/competition/rounds/:round/admission/:proposal/beside/:other', async (c) => {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  if (!isNational(actor)) throw new HTTPException(404)
  const ids = { round: idParam(c, 'round'), own: idParam(c, 'proposal'), other: idParam(c, 'other') }
  const entries = await listSubmitted(db, [ids.own, ids.other])
  const own = found(entries.find(({ id }) => id === ids.own))
  const other = found(entries.find(({ id }) => id === ids.other))
  if (own.round !== ids.round || own.id === other.id) throw new HTTPException(404)
  const [round, otherRound, winner] = await Promise.all([
    findRound(db, own.round),
    findRound(db, other.round),
    awardOfProposal(db, other.id),
  ])
  const ownText = comparedText(found(round).rules, own.group, own.content.answers)
  const otherText = comparedText(found(otherRound).rules, other.group, other.content.answers)
  const passages = sharedPassages(ownText.text, otherText.text)
  const left = { ...own, year: found(round).rules.year, compared: ownText, share: passageShare(ownText.text, passages) }
  const share = passageShare(otherText.text, passages)
  const right = { ...other, year: found(otherRound).rules.year, compared: otherText, share }
  // The same measure as in the queue: the form's own wording does not count.
  const form = (await wordingInForce(db, c.get('view').now)).shingles
  const [ownSet, otherSet] = [ownText, otherText].map(({ text }) => without(shingles(text), form))
  const props = {
    round: found(round),
    left,
    right,
    passages,
    titleLikeness: compareTitles(own.title, other.title).similarity,
    textLikeness: jaccard(ownSet!, otherSet!),
    path: `/competition/rounds/${own.round}/admission/${own.id}`,
    winner,
  }
  return page(c, <BesidePage view={c.get('view')} {...props} />)
})
