import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { post } from '#platform/mail.ts'
import { checkPassword, newToken } from '#platform/password.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { judgeClosing, replacedPasswordHours } from '../domain/profile.ts'
import { closeForm, closeOwnForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import { addReset } from '../store/account.ts'
import * as care from '../store/care.ts'
import { words } from '../text/index.ts'
import { closedLetter, passwordLetter } from './letters.ts'

type Refusal = 'last-national' | 'hand-over-first'

type End = { now: Date; by: string | null; reason: string }

/** `told` is the reason in the words of whoever is told. */
async function close(tx: Tx, account: care.CaredFor, end: End, told = end.reason) {
  await care.closeAccount(tx, account.id, end)
  await post(tx, [closedLetter(account, told)])
}

/** Close one's own account. Its offices and sessions end; its name stays where it acted. */
export const closeOwnAccount: Action<
  care.CaredFor,
  z.output<typeof closeOwnForm>,
  { offices: number },
  Refusal | 'password-wrong'
> = {
  name: 'people.account-closed',
  find: (tx, actor, id) => (actor.id === id ? care.holdCaredFor(tx, actor, id) : Promise.resolve(undefined)),
  may: may.closeOwnAccount,
  input: closeOwnForm,
  decide: async (own, { password }) => {
    if (!(await checkPassword(password, own.password))) return refuse('password-wrong')
    const judged = judgeClosing(own.offices, own.nationals)
    return judged.ok ? decide({ offices: own.offices.length }) : judged
  },
  save: (tx, own, _, { now, actor }) => {
    const end = { now, by: actor.id, reason: words('id')['closed-by-owner'] }
    return close(tx, own, end, words(own.lang)['closed-by-owner'])
  },
  tell: ({ offices }) => ({ offices, own: true }),
  scope: () => null,
}

/** Close the account of somebody whom one looks after, with a reason that the person is told. */
export const closeAccount: Action<
  care.CaredFor,
  z.output<typeof closeForm>,
  { offices: number; reason: Unsaid<string> },
  Refusal
> = {
  name: 'people.account-closed',
  find: care.holdCaredFor,
  may: may.closeAccount,
  input: closeForm,
  decide: (account, { reason }) => {
    const judged = judgeClosing(account.offices, account.nationals)
    return judged.ok ? decide({ offices: account.offices.length, reason: new Unsaid(reason) }) : judged
  },
  save: (tx, account, { reason }, { now, actor }) => close(tx, account, { now, by: actor.id, reason: reason.value }),
  tell: ({ offices }) => ({ offices }),
  scope: ({ offices }) => offices[0]?.agency ?? null,
}

/**
 * For somebody who cannot sign in, or whose password others know: the old one opens nothing any more, every session
 * ends, and a one-time link to a new one goes to the mailbox of the account. The admin never sees a password.
 */
export const replacePassword: Action<
  care.CaredFor,
  Record<string, never>,
  { token: Unsaid<{ token: string; stored: Buffer }> },
  never
> = {
  name: 'people.password-voided',
  find: care.holdCaredFor,
  may: may.replacePassword,
  input: nothing as z.ZodType<Record<string, never>>,
  decide: () => decide({ token: new Unsaid(newToken()) }),
  save: async (tx, account, { token }, { now }) => {
    const expires = new Date(now.getTime() + replacedPasswordHours * 3_600_000)
    await care.voidPassword(tx, account.id, now)
    await addReset(tx, { id: newId(), person: account.id, token: token.value.stored, sent: now, expires })
    await post(tx, [passwordLetter(account, token.value.token, expires)])
  },
  tell: () => ({}),
  scope: ({ offices }) => offices[0]?.agency ?? null,
}
