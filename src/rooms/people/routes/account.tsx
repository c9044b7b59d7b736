import { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { perform } from '#platform/action.ts'
import { answer, type Env, flash, found, idParam, ownAddress, page, readForm } from '#platform/http.ts'
import { forgive, withinLimit } from '#platform/limit.ts'
import { record } from '#platform/log.ts'
import { checkPassword } from '#platform/password.ts'
import * as actions from '../actions/account.ts'
import { AccountPage, LoginPage, PasswordPage } from '../pages/account.tsx'
import { findAccountByEmail, listOffices } from '../store/account.ts'
import { findAccount } from '../store/care.ts'
import { endSession, listSessions } from '../store/session.ts'
import { words } from '../text/index.ts'
import { passwordTries, signedIn } from './parts.ts'
import { agreeOnLanguage, signIn } from './sign-in.ts'

export const account = new Hono<Env>()

account.get('/masuk', (c) =>
  c.get('ctx').actor.id
    ? c.redirect('/', 303)
    : page(c, <LoginPage view={c.get('view')} next={ownAddress(c.req.query('ke'))} />),
)

account.post('/masuk', async (c) => {
  const { form } = await readForm(c)
  const { db, clock } = c.get('ctx')
  const email = String(form.email ?? '')
    .trim()
    .toLowerCase()
    .slice(0, 200)
  const next = ownAddress(form.ke)
  const again = (refusal: 'login-wrong' | 'login-throttled', status: 422 | 429) =>
    page(c, <LoginPage view={c.get('view')} email={email} refusal={refusal} next={next} />, status)
  // Counted before the password is looked at: guessing is slowed for the account from everywhere and for the address on all accounts.
  const allowed = await Promise.all([
    withinLimit(db, `login:account:${email}`, 8, 900),
    withinLimit(db, `login:address:${c.get('address')}`, 60, 900),
  ])
  if (allowed.includes(false)) return again('login-throttled', 429)

  const account = await findAccountByEmail(db, email)
  if (!(await checkPassword(String(form.password ?? ''), account?.password ?? null)) || !account)
    return again('login-wrong', 422)
  await forgive(db, `login:account:${email}`)
  await signIn(c, account.id, null)
  await agreeOnLanguage(c, account)
  const now = clock.now()
  await db
    .transaction()
    .execute((tx) =>
      record(tx, [
        { at: now, actor: account.id, name: 'people.signed-in', subject: account.id, scope: null, particulars: {} },
      ]),
    )
  return c.redirect(next, 303)
})

account.post('/keluar', async (c) => {
  const session = c.get('session')
  if (session) await endSession(c.get('ctx').db, session, c.get('ctx').clock.now())
  deleteCookie(c, 'sesi', { path: '/' })
  flash(c, words(c.get('view').lang).loggedOut)
  return c.redirect('/masuk', 303)
})

account.get('/akun', async (c) => {
  const { db, clock } = c.get('ctx')
  const id = signedIn(c).id
  const [offices, sessions, own] = await Promise.all([
    listOffices(db, id),
    listSessions(db, id, clock.now()),
    findAccount(db, c.get('ctx').actor, id),
  ])
  const shown = { offices, sessions, own: found(own), here: c.get('session') }
  return page(c, <AccountPage view={c.get('view')} {...shown} />)
})

account.get('/akun/kata-sandi', (c) => {
  signedIn(c).id
  return page(c, <PasswordPage view={c.get('view')} forced={c.req.query('wajib') === '1'} />)
})

account.post('/akun/kata-sandi', async (c) => {
  const { form, ctx } = await readForm(c)
  const { id } = signedIn(c)
  const w = words(c.get('view').lang)
  if (!(await passwordTries(c, id)))
    return page(c, <PasswordPage view={c.get('view')} forced={false} refusal="login-throttled" />, 429)
  const outcome = await perform(actions.changePassword(c.get('session')), ctx, id, form)
  // The first password of one's own is followed by the rest of the profile.
  const first = outcome.kind === 'done' && outcome.change.first
  return answer(c, outcome, {
    onDone: first ? '/akun/profil' : '/akun',
    say: first ? w.profileFirst : w.passwordChanged,
    again: (problems, refusal) => (
      <PasswordPage view={c.get('view')} forced={false} problems={problems} {...(refusal && { refusal })} />
    ),
  })
})

account.post('/akun/sesi/:session/akhiri', async (c) => {
  const { ctx } = await readForm(c)
  const outcome = await perform(actions.endSession, ctx, idParam(c, 'session'), {})
  if (outcome.kind === 'refused') return c.redirect('/akun', 303)
  return answer(c, outcome, { onDone: '/akun', say: words(c.get('view').lang).sessionEnded, again: () => <></> })
})
