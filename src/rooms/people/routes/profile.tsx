import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, flash, found, ownAddress, page, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { storedToken } from '#platform/password.ts'
import { fill, type Lang } from '#platform/text.ts'
import { changeProfile, chooseLanguage, confirmEmail, requestEmail } from '../actions/profile.ts'
import { EmailConfirmPage, EmailPage, ProfilePage } from '../pages/profile.tsx'
import { findEmailChange, findProfile } from '../store/profile.ts'
import { words } from '../text/index.ts'
import { again, passwordTries, signedIn, typed } from './parts.ts'
import { keepLanguage } from './sign-in.ts'

export const profile = new Hono<Env>()

/** The switch on every page: for this browser, and for the account of whoever is signed in. */
profile.get('/bahasa/:lang{id|en}', async (c) => {
  const lang = c.req.param('lang') === 'en' ? 'en' : 'id'
  const ctx = c.get('ctx')
  keepLanguage(c, lang)
  // Another site may lead here, but it does not choose for the account.
  const own = !['cross-site', 'same-site'].includes(c.req.header('sec-fetch-site') ?? '')
  if (ctx.actor.id && own) await perform(chooseLanguage, ctx, ctx.actor.id, { lang })
  return c.redirect(ownAddress(c.req.query('ke')), 303)
})

profile.get('/akun/profil', async (c) => {
  const { name, lang, phone } = found(await findProfile(c.get('ctx').db, signedIn(c).id))
  return page(c, <ProfilePage view={c.get('view')} typed={{ name, lang, phone: phone ?? '' }} />)
})

profile.post('/akun/profil', async (c) => {
  const { form, ctx } = await readForm(c)
  const outcome = await perform(changeProfile, ctx, signedIn(c).id, form)
  const lang: Lang = form.lang === 'en' ? 'en' : 'id'
  if (outcome.kind === 'done') keepLanguage(c, lang)
  return answer(c, outcome, {
    onDone: '/akun',
    say: words(lang).profileSaved,
    again: (problems, refusal) => (
      <ProfilePage view={c.get('view')} typed={again(form)} problems={problems} {...(refusal && { refusal })} />
    ),
  })
})

profile.get('/akun/surel', async (c) => {
  const { email } = found(await findProfile(c.get('ctx').db, signedIn(c).id))
  return page(c, <EmailPage view={c.get('view')} email={email} typed={{}} />)
})

/** Ten requests an hour from one account, so that nobody floods somebody's mailbox with it. */
profile.post('/akun/surel', async (c) => {
  const { form, ctx } = await readForm(c)
  const { id } = signedIn(c)
  const { email } = found(await findProfile(ctx.db, id))
  const wanted = typed(form, 'email').trim().toLowerCase().slice(0, 200)
  const shown = { view: c.get('view'), email, typed: { email: wanted } }
  if (!(await passwordTries(c, id))) return page(c, <EmailPage {...shown} refusal="login-throttled" />, 429)
  if (!(await withinLimit(ctx.db, `email-change:account:${id}`, 10, 3600)))
    return page(c, <EmailPage {...shown} refusal="emailThrottled" />, 429)
  const outcome = await perform(requestEmail(wanted), ctx, id, form)
  return answer(c, outcome, {
    onDone: '/akun',
    say: fill(words(c.get('view').lang).emailSent, { email: wanted }),
    again: (problems, refusal) => <EmailPage {...shown} problems={problems} {...(refusal && { refusal })} />,
  })
})

/** The link in the address and the address that it proves, for whoever asked for it. */
async function opened(c: C) {
  const actor = signedIn(c)
  // The address carries the secret: it must not stay in a cache.
  c.header('Cache-Control', 'no-store')
  const token = c.req.param('link') ?? ''
  const { db, clock } = c.get('ctx')
  const change = /^[\w-]{43}$/.test(token)
    ? await findEmailChange(db, actor, storedToken(token), clock.now())
    : undefined
  return { token, id: actor.id, email: change?.email }
}

profile.get('/akun/surel/:link', async (c) => {
  const { token, email } = await opened(c)
  return page(c, <EmailConfirmPage view={c.get('view')} token={token} email={email} />, email ? 200 : 404)
})

profile.post('/akun/surel/:link', async (c) => {
  const { ctx } = await readForm(c)
  const { token, id, email } = await opened(c)
  const view = c.get('view')
  if (!email) return page(c, <EmailConfirmPage view={view} token={token} email={email} />, 404)
  const outcome = await perform(confirmEmail(storedToken(token), c.get('session')), ctx, id, {})
  if (outcome.kind === 'done') flash(c, words(view.lang).emailChanged)
  return answer(c, outcome, {
    onDone: '/akun',
    again: (_, refusal) => <EmailConfirmPage view={view} token={token} email={email} {...(refusal && { refusal })} />,
  })
})
