import { Hono } from 'hono'
import { nobody, perform } from '#platform/action.ts'
import type { Env } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { type ReceiveRefusal, receiveHeartbeat } from '../actions/heartbeat.ts'
import { largest } from '../domain/heartbeat.ts'
import { exchangeId } from '../store/peer.ts'

export const routes = new Hono<Env>()

const statuses: Record<ReceiveRefusal, 200 | 403 | 404 | 409 | 422 | 429> = {
  'not-a-heartbeat': 422,
  'signature-wrong': 403,
  'not-for-us': 403,
  'made-later': 422,
  'package-unknown': 404,
  'key-changed': 409,
  'received-already': 200,
  'sequence-used': 409,
  'too-many-strangers': 429,
}

/** A service elsewhere reports. The answer is what a machine needs: taken, or the name of the rule. */
routes.post('/exchange/heartbeats', async (c) => {
  const { db, clock } = c.get('ctx')
  if (!(await withinLimit(db, `heartbeat:${c.get('address')}`, 600, 3600))) return c.json({ refused: 'too-many' }, 429)
  const text = await c.req.text()
  if (text.length > largest) return c.json({ refused: 'not-a-heartbeat' }, 413)
  const outcome = await perform(
    receiveHeartbeat(text.replaceAll('\0', '')),
    { db, clock, actor: nobody },
    exchangeId,
    {},
  )
  if (outcome.kind === 'done') return c.json({ taken: true }, 201)
  if (outcome.kind === 'refused')
    return outcome.refusal === 'received-already'
      ? c.json({ taken: true }, 200)
      : c.json({ refused: outcome.refusal }, statuses[outcome.refusal])
  return c.json({ refused: outcome.kind }, 422)
})
