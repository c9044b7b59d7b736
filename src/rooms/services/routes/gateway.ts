import { Hono } from 'hono'
import { accept } from '#platform/action.ts'
import { type C, type Env, idParam } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { problemsOf } from '#platform/problems.ts'
import { isSigned } from '#platform/signature.ts'
import { hearMessage } from '../actions/talk.ts'
import { incomingForm, receiptForm } from '../forms.ts'
import { findGateway, type Gateway } from '../store/gateway.ts'
import { markOfPhone } from '../store/message.ts'
import { saveReceipt } from '../store/outbox.ts'
import { problemAnswer } from './problem.ts'

/** What SMS and WhatsApp gateways bring, as docs/gateways.md describes it. */
export const routes = new Hono<Env>()

const most = 8_000

/** The gateway of the address and what it says, when that is signed by it; otherwise the answer. */
async function signed(c: C): Promise<{ gateway: Gateway; id: string; body: unknown } | Response> {
  const gateway = await findGateway(c.get('ctx').db, idParam(c, 'gateway'))
  const text = await c.req.text()
  const headers = {
    'webhook-id': c.req.header('webhook-id'),
    'webhook-timestamp': c.req.header('webhook-timestamp'),
    'webhook-signature': c.req.header('webhook-signature'),
  }
  const { now } = c.get('view')
  // A gateway that is not there and a wrong signature are told alike.
  if (!gateway || text.length > most || !isSigned(gateway.secret, headers, now, text))
    return problemAnswer(c, 401, 'not-signed', 'The signature does not hold, or is older than five minutes.')
  try {
    return { gateway, id: headers['webhook-id']!.slice(0, 200), body: JSON.parse(text) as unknown }
  } catch {
    return problemAnswer(c, 400, 'not-json', 'The body is not JSON.')
  }
}

routes.post('/services/gateways/:gateway/messages', async (c) => {
  const it = await signed(c)
  if (it instanceof Response) return it
  const read = incomingForm.safeParse(it.body)
  if (!read.success)
    return problemAnswer(c, 422, 'not-valid', 'The message is not complete.', { problems: problemsOf(read.error) })
  const ctx = c.get('ctx')
  const mark = markOfPhone(read.data.from).toString('hex').slice(0, 32)
  if (!(await withinLimit(ctx.db, `services:talk:${it.gateway.id}:${mark}`, 60, 3600)))
    return problemAnswer(c, 429, 'too-many', 'This number writes too often.')
  const submission = { key: `message:${it.id}`, id: it.gateway.id, raw: read.data }
  const outcome = await accept(hearMessage(read.data), ctx, submission)
  if (outcome.kind !== 'done') return problemAnswer(c, 404, 'not-found', 'The service is not there.')
  return c.json({ receipt: outcome.change.receipt }, 202)
})

routes.post('/services/gateways/:gateway/receipts', async (c) => {
  const it = await signed(c)
  if (it instanceof Response) return it
  const read = receiptForm.safeParse(it.body)
  if (!read.success)
    return problemAnswer(c, 422, 'not-valid', 'The receipt is not complete.', { problems: problemsOf(read.error) })
  const { db } = c.get('ctx')
  const known = await db.transaction().execute((tx) => saveReceipt(tx, it.gateway.agency, read.data, c.get('view').now))
  return c.json({ known }, 202)
})
