import { Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, flash, idParam, ownAddress, page, readForm } from '#platform/http.ts'
import { forgive, withinLimit } from '#platform/limit.ts'
import { record } from '#platform/log.ts'
import { checkPassword, newToken } from '#platform/password.ts'
import * as actions from './actions.ts'
import { sessionDays } from './domain.ts'
import { AccountPage, LoginPage, PasswordPage } from './pages/account.tsx'
import { findAccountByEmail, listOffices } from './store/account.ts'
import { endSession, listSessions, startSession } from './store/session.ts'
import { words } from './text/index.ts'

export const routes = new Hono<Env>()

routes.get('/masuk', (c) =>
  c.get('ctx').actor.id
    ? c.redirect('/', 303)
    : page(c, <LoginPage view={c.get('view')} next={ownAddress(c.req.query('ke'))} />),
)

routes.post('/masuk', async (c) => {
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

/** Start a session and give its cookie. */
async function signIn(c: C, person: string, factor: Date | null) {
  const { db, clock } = c.get('ctx')
  const { token, stored } = newToken()
  await startSession(db, {
    person,
    token: stored,
    now: clock.now(),
    address: c.get('address'),
    agent: c.req.header('user-agent') ?? '',
    factor,
  })
  setCookie(c, 'sesi', token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.req.url.startsWith('https:'),
    maxAge: sessionDays * 86_400,
  })
}

routes.post('/keluar', async (c) => {
  const session = c.get('session')
  if (session) await endSession(c.get('ctx').db, session, c.get('ctx').clock.now())
  deleteCookie(c, 'sesi', { path: '/' })
  flash(c, words(c.get('view').lang).loggedOut)
  return c.redirect('/masuk', 303)
})

/** The account of whoever is signed in; others are asked to sign in first. */
function ownId(c: C): string {
  const id = c.get('ctx').actor.id
  if (!id) throw new HTTPException(401)
  return id
}

routes.get('/akun', async (c) => {
  const { db, clock } = c.get('ctx')
  const id = ownId(c)
  const [offices, sessions] = await Promise.all([listOffices(db, id), listSessions(db, id, clock.now())])
  return page(c, <AccountPage view={c.get('view')} offices={offices} sessions={sessions} here={c.get('session')} />)
})

routes.get('/akun/kata-sandi', (c) => {
  ownId(c)
  return page(c, <PasswordPage view={c.get('view')} forced={c.req.query('wajib') === '1'} />)
})

routes.post('/akun/kata-sandi', async (c) => {
  const { form, ctx } = await readForm(c)
  const outcome = await perform(actions.changePassword(c.get('session')), ctx, ownId(c), form)
  return answer(c, outcome, {
    onDone: '/akun',
    say: words(c.get('view').lang).passwordChanged,
    again: (problems, refusal) => (
      <PasswordPage view={c.get('view')} forced={false} problems={problems} {...(refusal && { refusal })} />
    ),
  })
})

routes.post('/akun/sesi/:session/akhiri', async (c) => {
  const { ctx } = await readForm(c)
  const outcome = await perform(actions.endSession, ctx, idParam(c, 'session'), {})
  if (outcome.kind === 'refused') return c.redirect('/akun', 303)
  return answer(c, outcome, { onDone: '/akun', say: words(c.get('view').lang).sessionEnded, again: () => <></> })
})
