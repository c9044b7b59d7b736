import { setCookie } from 'hono/cookie'
import type { C } from '#platform/http.ts'
import { newToken } from '#platform/password.ts'
import { sessionDays } from '../domain/account.ts'
import { startSession } from '../store/session.ts'

/** Start a session and give its cookie. The session one had before ends: nobody keeps two in one browser. */
export async function signIn(c: C, person: string, factor: Date | null) {
  const { db, clock } = c.get('ctx')
  const { token, stored } = newToken()
  await startSession(db, {
    person,
    token: stored,
    now: clock.now(),
    address: c.get('address'),
    agent: c.req.header('user-agent') ?? '',
    factor,
    replaces: c.get('session'),
  })
  setCookie(c, 'sesi', token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.req.url.startsWith('https:'),
    maxAge: sessionDays * 86_400,
  })
}
