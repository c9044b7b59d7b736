import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { checkPassword, hashPassword } from '#platform/password.ts'
import { decide, refuse } from '#platform/result.ts'
import { type Account, judgePassword } from './domain.ts'
import { may } from './permissions.ts'
import * as account from './store/account.ts'
import * as session from './store/session.ts'

/** Change one's own password; every other session ends. */
export const changePassword = (
  ownSession: string | null,
): Action<
  Account,
  { current: string; password: string },
  { hash: string },
  'password-wrong' | 'password-short' | 'password-long' | 'password-known'
> => ({
  name: 'people.password-changed',
  find: account.holdOwnAccount,
  may: may.changeOwnPassword,
  input: z.object({ current: z.string().min(1), password: z.string().min(1) }),
  decide: async (own, { current, password }) => {
    if (!(await checkPassword(current, own.password))) return refuse('password-wrong')
    const judged = judgePassword(password, own)
    return judged.ok ? decide({ hash: await hashPassword(password) }) : judged
  },
  save: async (tx, own, { hash }, { now }) => {
    await account.savePassword(tx, own.id, hash)
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
