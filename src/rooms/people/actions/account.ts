import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { post } from '#platform/mail.ts'
import { checkPassword, hashPassword, newToken } from '#platform/password.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { type Account, judgePassword, resetMinutes } from '../domain/account.ts'
import { nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as account from '../store/account.ts'
import * as session from '../store/session.ts'
import { resetLetter } from './letters.ts'

type BadPassword = 'password-short' | 'password-long' | 'password-known'

/** Change one's own password; every other session ends. */
export const changePassword = (
  ownSession: string | null,
): Action<
  Account,
  { current: string; password: string },
  { hash: Unsaid<string>; first: boolean },
  'password-wrong' | BadPassword
> => ({
  name: 'people.password-changed',
  find: account.holdOwnAccount,
  may: may.changeOwnPassword,
  input: z.object({ current: z.string().min(1), password: z.string().min(1) }),
  decide: async (own, { current, password }) => {
    if (!(await checkPassword(current, own.password))) return refuse('password-wrong')
    const judged = judgePassword(password, own)
    if (!judged.ok) return judged
    return decide({ hash: new Unsaid(await hashPassword(password)), first: own.must_change })
  },
  save: async (tx, own, { hash }, { now }) => {
    await account.savePassword(tx, own.id, hash.value)
    await session.endOtherSessions(tx, own.id, ownSession, now)
  },
  tell: () => ({}),
  scope: () => null,
})

/** End a session on another device. */
export const endSession: Action<
  { id: string; person: string; ended: Date | null },
  Record<string, never>,
  object,
  'session-over'
> = {
  name: 'people.session-ended',
  find: session.holdSession,
  may: may.endSession,
  input: z.object({}),
  decide: (found) => (found.ended ? refuse('session-over') : decide({})),
  save: (tx, found, _, { now }) => session.endSession(tx, found.id, now),
  tell: () => ({}),
  scope: () => null,
}

/** Send a link that replaces a forgotten password. Anybody may ask for any address; only its mailbox can use it. */
export const requestReset: Action<
  Account,
  Record<string, never>,
  { token: Unsaid<{ token: string; stored: Buffer }> },
  never
> = {
  name: 'people.reset-requested',
  find: (tx, _, id) => account.holdAccount(tx, id),
  may: () => true,
  input: nothing as z.ZodType<Record<string, never>>,
  decide: () => decide({ token: new Unsaid(newToken()) }),
  save: async (tx, person, { token }, { now }) => {
    const expires = new Date(now.getTime() + resetMinutes * 60_000)
    await account.addReset(tx, { id: newId(), person: person.id, token: token.value.stored, sent: now, expires })
    await post(tx, [resetLetter(person, token.value.token)])
  },
  tell: () => ({}),
  scope: () => null,
}

type ResettingAccount = Account & { reset: { id: string; used: Date | null; expires: Date } }

/** Replace the password with the link from the letter. Every session ends; a second factor is still asked for at sign-in. */
export const resetPassword = (
  token: Buffer,
): Action<ResettingAccount, { password: string }, { hash: Unsaid<string> }, 'reset-gone' | BadPassword> => ({
  name: 'people.password-reset',
  find: (tx, _, id) => account.holdReset(tx, id, token),
  may: () => true,
  input: z.object({ password: z.string().min(1) }),
  decide: async (own, { password }, { now }) => {
    if (own.reset.used || now >= own.reset.expires) return refuse('reset-gone')
    const judged = judgePassword(password, own)
    return judged.ok ? decide({ hash: new Unsaid(await hashPassword(password)) }) : judged
  },
  save: async (tx, own, { hash }, { now }) => {
    await account.savePassword(tx, own.id, hash.value)
    await account.useReset(tx, own.reset.id, now)
    await session.endOtherSessions(tx, own.id, null, now)
  },
  tell: () => ({}),
  scope: () => null,
})
