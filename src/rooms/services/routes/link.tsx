import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { type C, type Env, found, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { openCase } from '../actions/case.ts'
import { countLink, findLink } from '../store/link.ts'
import { findService } from '../store/service.ts'
import { keepReceipt, reportOf } from './follow.tsx'
import { askMove, settleMove } from './moving.tsx'

export const routes = new Hono<Env>()

/** The link of the address and its form; without one, or when it was revoked, there is nothing here. */
async function linked(c: C) {
  const code = c.req.param('code') ?? ''
  const link = found(/^[a-z2-9]{6,12}$/.test(code) ? await findLink(c.get('ctx').db, code) : undefined)
  const service = found(await findService(c.get('ctx').db, link.service))
  return { link, asking: reportOf(c, service, `/l/${code}`) }
}

routes.get('/l/:code', async (c) => {
  const { db } = c.get('ctx')
  // Codes are found by trying: whoever tries many is slowed down.
  if (!(await withinLimit(db, `services:link:${c.get('address')}`, 120, 3600))) throw new HTTPException(429)
  const { link, asking } = await linked(c)
  if (asking.service.retired) return c.redirect(`/services/${asking.service.id}`, 303)
  await countLink(db, link, 'seen')
  return askMove(c, asking)
})

/** Thirty reports an hour from an address, three hundred through a link. */
routes.post('/l/:code', async (c) => {
  const { link, asking } = await linked(c)
  const { form, ctx } = await readForm(c)
  const mayGoOn =
    (await withinLimit(ctx.db, `services:report:${c.get('address')}`, 30, 3600)) &&
    (await withinLimit(ctx.db, `services:link:sent:${link.id}`, 300, 3600))
  if (!mayGoOn) throw new HTTPException(429)
  const { id } = asking.service
  return settleMove(
    c,
    asking,
    form,
    (at, raw, heard) => {
      const open = openCase('public', heard)
      // Counted with the case, in one transaction.
      const save: typeof open.save = async (tx, ...rest) => {
        await open.save(tx, ...rest)
        await countLink(tx, link, 'sent')
      }
      return perform({ ...open, save }, at, id, raw)
    },
    ctx,
    {
      onDone: ({ receipt }) => {
        keepReceipt(c, receipt)
        return `/services/${id}/receipt`
      },
    },
  )
})
