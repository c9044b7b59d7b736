import { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, page, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { storedToken } from '#platform/password.ts'
import { requestReset, resetPassword } from '../actions/account.ts'
import { ForgotPage, ResetGonePage, ResetPage } from '../pages/reset.tsx'
import { findAccountByEmail, findReset } from '../store/account.ts'
import { words } from '../text/index.ts'
import { typed } from './parts.ts'

export const reset = new Hono<Env>()

reset.get('/masuk/lupa', (c) => page(c, <ForgotPage view={c.get('view')} sent={false} />))

/** Three letters an hour to one address, and twenty requests from one place; the answer never tells who has an account. */
reset.post('/masuk/lupa', async (c) => {
  const { form, ctx } = await readForm(c)
  const email = typed(form, 'email').trim().toLowerCase().slice(0, 200)
  const allowed = await Promise.all([
    withinLimit(ctx.db, `reset:account:${email}`, 3, 3600),
    withinLimit(ctx.db, `reset:address:${c.get('address')}`, 20, 3600),
  ])
  if (allowed.includes(false))
    return page(c, <ForgotPage view={c.get('view')} sent={false} refusal="forgotThrottled" />, 429)
  const account = await findAccountByEmail(ctx.db, email)
  if (account) await perform(requestReset, ctx, account.id, {})
  return page(c, <ForgotPage view={c.get('view')} sent />)
})

/** Whose password the link in this address replaces. */
async function opened(c: C) {
  const token = c.req.param('token') ?? ''
  c.header('Cache-Control', 'no-store')
  if (!/^[\w-]{43}$/.test(token)) return undefined
  const { db, clock } = c.get('ctx')
  const found = await findReset(db, storedToken(token), clock.now())
  return found && { ...found, token }
}

reset.get('/masuk/atur/:token', async (c) => {
  const link = await opened(c)
  const view = c.get('view')
  return link ? page(c, <ResetPage view={view} token={link.token} />) : page(c, <ResetGonePage view={view} />, 404)
})

reset.post('/masuk/atur/:token', async (c) => {
  const { form, ctx } = await readForm(c)
  const link = await opened(c)
  const view = c.get('view')
  if (!link) return page(c, <ResetGonePage view={view} />, 404)
  const { once: _, ...plain } = ctx
  const outcome = await perform(resetPassword(storedToken(link.token)), plain, link.person, form)
  if (outcome.kind === 'done') deleteCookie(c, 'sesi', { path: '/' })
  return answer(c, outcome, {
    onDone: '/masuk',
    say: words(view.lang).resetDone,
    again: (problems, refusal) => (
      <ResetPage view={view} token={link.token} problems={problems} {...(refusal && { refusal })} />
    ),
  })
})
