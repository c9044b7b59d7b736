import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { linkTo } from '#platform/address.ts'
import { canonicalJson } from '#platform/canonical.ts'
import { type C, type Env, found, page } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { drawReceipt, ReceiptPage, receiptPath } from '../pages/receipt.tsx'
import { findProposal } from '../store/proposal.ts'
import { findRound } from '../store/round.ts'
import { findReceipt, receiptOf } from '../store/submission.ts'
import { heldParam } from './proposal.tsx'

export const receipts = new Hono<Env>()

/** The receipt in the address: anybody who knows its number may see it. */
async function receiptParam(c: C) {
  const { db } = c.get('ctx')
  const receipt = found(await findReceipt(db, (c.req.param('number') ?? '').slice(0, 80)))
  const { rules } = found(await findRound(db, receipt.round))
  return { receipt, rules }
}

receipts.get('/competition/receipts/:number', async (c) => {
  const { db, actor } = c.get('ctx')
  const { receipt, rules } = await receiptParam(c)
  const mine = actor.id !== null && (await findProposal(db, actor, receipt.proposal)) !== undefined
  return page(c, <ReceiptPage view={c.get('view')} receipt={receipt} rules={rules} mine={mine} />)
})

receipts.get('/competition/receipts/:number/receipt.pdf', async (c) => {
  const { receipt, rules } = await receiptParam(c)
  const { lang, demo } = c.get('view')
  const address = linkTo(receiptPath(receipt.number))
  return c.body(await drawReceipt(receipt, rules, { lang, demo, address }), 200, paperHeaders(receipt.number))
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
