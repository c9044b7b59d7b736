import { getCookie, setCookie } from 'hono/cookie'
import { perform } from '#platform/action.ts'
import type { C } from '#platform/http.ts'
import { newToken } from '#platform/password.ts'
import type { Lang } from '#platform/text.ts'
import { chooseLanguage } from '../actions/profile.ts'
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

/**
 * The language at sign-in: what the account chose counts in this browser; an account that never chose takes what was
 * chosen here.
 */
export async function agreeOnLanguage(c: C, account: { id: string; lang: Lang; lang_since: Date | null }) {
  const here = getCookie(c, 'bahasa')
  if (account.lang_since) keepLanguage(c, account.lang)
  else if (here === 'id' || here === 'en') {
    const actor = { id: account.id, name: '', offices: [], secondFactor: false }
    await perform(chooseLanguage, { ...c.get('ctx'), actor }, account.id, { lang: here })
  }
}

/** The language of this browser, for a year. */
export const keepLanguage = (c: C, lang: Lang) =>
  setCookie(c, 'bahasa', lang, { path: '/', sameSite: 'Lax', maxAge: 31_536_000 })
