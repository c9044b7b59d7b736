import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { post } from '#platform/mail.ts'
import { checkPassword, newToken } from '#platform/password.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { changedParts, emailChangeHours, type Profile } from '../domain/profile.ts'
import { emailForm, nothing, profileForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as profiles from '../store/profile.ts'
import { endOtherSessions } from '../store/session.ts'
import { emailLetter, newEmailLetter } from './letters.ts'

type Held = NonNullable<Awaited<ReturnType<typeof profiles.holdProfile>>>

/** Change one's own name, language and telephone. */
export const changeProfile: Action<Held, Profile, { profile: Unsaid<Profile>; parts: string[] }, 'no-change'> = {
  name: 'people.profile-changed',
  find: profiles.holdProfile,
  may: may.changeOwnProfile,
  input: profileForm,
  decide: (own, profile) => {
    const parts = changedParts(own, profile)
    // A language confirmed for the first time is a choice, although it is the one that was there.
    return parts.length === 0 && own.lang_since ? refuse('no-change') : decide({ profile: new Unsaid(profile), parts })
  },
  save: (tx, own, { profile }, { now }) => profiles.saveProfile(tx, own.id, profile.value, now),
  tell: ({ parts }) => ({ parts }),
  scope: () => null,
}

/** Remember the language for the account, as it was chosen by the switch. */
export const chooseLanguage: Action<Held, { lang: 'id' | 'en' }, { lang: 'id' | 'en' }, 'no-change'> = {
  name: 'people.language-chosen',
  find: profiles.holdProfile,
  may: may.changeOwnProfile,
  input: z.object({ lang: z.enum(['id', 'en']) }),
  decide: (own, { lang }) => (own.lang === lang && own.lang_since ? refuse('no-change') : decide({ lang })),
  save: (tx, own, { lang }, { now }) => profiles.saveLanguage(tx, own.id, lang, now),
  tell: ({ lang }) => ({ lang }),
  scope: () => null,
}

type Asking = NonNullable<Awaited<ReturnType<typeof profiles.holdForNewEmail>>>
type Asked = { email: Unsaid<string>; token: Unsaid<{ token: string; stored: Buffer }> | null }

/**
 * Ask for another address. Nothing changes before the link in the new mailbox is used; the present address is told. The
 * answer never tells whether somebody has the address: its owner is told instead.
 */
export const requestEmail = (
  wanted: string,
): Action<Asking, { email: string; password: string }, Asked, 'password-wrong' | 'email-same'> => ({
  name: 'people.email-requested',
  find: (tx, actor, id) => profiles.holdForNewEmail(tx, actor, id, wanted),
  may: may.changeOwnProfile,
  input: emailForm,
  decide: async (own, { email, password }) => {
    if (!(await checkPassword(password, own.password))) return refuse('password-wrong')
    if (email === own.email) return refuse('email-same')
    return decide({ email: new Unsaid(email), token: own.taken ? null : new Unsaid(newToken()) })
  },
  save: async (tx, own, { email, token }, { now }) => {
    const expires = new Date(now.getTime() + emailChangeHours * 3_600_000)
    if (token)
      await profiles.addEmailChange(tx, {
        id: newId(),
        person: own.id,
        email: email.value,
        token: token.value.stored,
        sent: now,
        expires,
      })
    await post(tx, [
      newEmailLetter(own, email.value, token?.value.token, expires),
      emailLetter('asked', own, email.value),
    ])
  },
  tell: () => ({}),
  scope: () => null,
})

type Confirming = NonNullable<Awaited<ReturnType<typeof profiles.holdEmailChange>>>

/** The new address counts, proved by its link in a session of the account. Sessions elsewhere end; the old address is told. */
export const confirmEmail = (
  token: Buffer,
  ownSession: string | null,
): Action<Confirming, Record<string, never>, { email: Unsaid<string> }, 'email-link-gone' | 'email-taken'> => ({
  name: 'people.email-changed',
  find: (tx, actor, id) => profiles.holdEmailChange(tx, actor, id, token),
  may: may.changeOwnProfile,
  input: nothing as z.ZodType<Record<string, never>>,
  decide: ({ link, taken }, _, { now }) => {
    if (link.used || now >= link.expires) return refuse('email-link-gone')
    return taken ? refuse('email-taken') : decide({ email: new Unsaid(link.email) })
  },
  save: async (tx, own, { email }, { now }) => {
    await profiles.saveEmail(tx, own.id, email.value, now)
    await endOtherSessions(tx, own.id, ownSession, now)
    await post(tx, [emailLetter('changed', own, email.value)])
  },
  tell: () => ({}),
  scope: () => null,
})
