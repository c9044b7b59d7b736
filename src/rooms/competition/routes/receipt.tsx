import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Env, found, page } from '#platform/http.ts'
import { canonicalJson } from '../domain/receipt.ts'
import { ReceiptPage } from '../pages/submission.tsx'
import { findProposal } from '../store/proposal.ts'
import { findRound } from '../store/round.ts'
import { findReceipt, receiptOf } from '../store/submission.ts'
import { heldParam } from './proposal.tsx'

export const receipts = new Hono<Env>()

receipts.get('/competition/receipts/:number', async (c) => {
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  const receipt = found(await findReceipt(db, c.req.param('number').slice(0, 80)))
  const round = found(await findRound(db, receipt.round))
  const mine = actor.id !== null && (await findProposal(db, actor, receipt.proposal)) !== undefined
  return page(c, <ReceiptPage view={view} receipt={receipt} roundName={round.rules.name[view.lang]} mine={mine} />)
})

/** The frozen content byte for byte as it was hashed. */
receipts.get('/competition/proposals/:proposal/content.json', async (c) => {
  const { proposal } = await heldParam(c)
  const receipt = await receiptOf(c.get('ctx').db, proposal)
  if (!receipt) throw new HTTPException(404)
  c.header('Content-Type', 'application/json; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename="${receipt.number}-content.json"`)
  c.header('X-Content-Type-Options', 'nosniff')
  return c.body(canonicalJson(receipt.content))
})
