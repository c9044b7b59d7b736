import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { seal, Unsaid, unseal } from '#platform/secret.ts'
import { acceptedStep, newRecoveryCodes, newTotpSecret, storedRecoveryCode } from '#platform/totp.ts'
import { recoveryCodes } from '../domain/account.ts'
import { type Factors, hasFactor, judgeAdding, judgeRemoving } from '../domain/factor.ts'
import { codeForm, nothing, reasonForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as factors from '../store/factor.ts'

type Held = factors.HeldFactors
type Code = z.output<typeof codeForm>
type None = Record<string, never>
const none = nothing as z.ZodType<None>

/** The factors of whoever acts, as the rules see them. */
export const factorsOf = (
  held: { totp_since: Date | null; passkeys: readonly unknown[] },
  actor: { offices: readonly { role: string }[]; secondFactor: boolean },
): Factors => ({
  app: held.totp_since !== null,
  passkeys: held.passkeys.length,
  given: actor.secondFactor,
  required: actor.offices.some((office) => office.role === 'national-admin'),
})

const own = { find: factors.holdFactors, may: may.changeOwnFactor, scope: () => null, tell: () => ({}) } as const

/** Make a secret for an authenticator app. It counts once a code of it was given. */
export const prepareApp: Action<Held, None, { secret: Unsaid<string> }, 'factor-on' | 'factor-first'> = {
  ...own,
  name: 'people.app-prepared',
  input: none,
  decide: (held, _, { actor }) => {
    if (held.totp_since) return refuse('factor-on')
    const judged = judgeAdding(factorsOf(held, actor))
    return judged.ok ? decide({ secret: new Unsaid(newTotpSecret()) }) : judged
  },
  save: (tx, held, { secret }) => factors.prepareApp(tx, held.id, seal(secret.value)),
}

/** The first code proves that the app has the secret; with it come the recovery codes, shown once. */
export const confirmApp = (
  session: string | null,
): Action<
  Held,
  Code,
  { step: number; codes: Unsaid<string[]> },
  'factor-off' | 'factor-on' | 'factor-first' | 'code-wrong'
> => ({
  ...own,
  name: 'people.app-added',
  input: codeForm,
  decide: (held, { code }, { actor, now }) => {
    if (held.totp_since) return refuse('factor-on')
    if (!held.totp_secret) return refuse('factor-off')
    const judged = judgeAdding(factorsOf(held, actor))
    if (!judged.ok) return judged
    const step = acceptedStep(unseal(held.totp_secret), code, now, null)
    return step === undefined
      ? refuse('code-wrong')
      : decide({ step, codes: new Unsaid(newRecoveryCodes(recoveryCodes)) })
  },
  save: async (tx, held, { step, codes }, { now }) => {
    await factors.confirmApp(tx, held.id, step, now)
    await factors.replaceRecoveryCodes(tx, held.id, codes.value.map(storedRecoveryCode), now)
    if (session) await factors.markFactor(tx, session, held.id, now)
  },
})

/** Give the code of the app at sign-in. A code works once: the row is held, and the step is kept. */
export const giveCode = (session: string | null): Action<Held, Code, { step: number }, 'code-wrong'> => ({
  ...own,
  name: 'people.factor-given',
  input: codeForm,
  decide: (held, { code }, { now }) => {
    const secret = held.totp_since && held.totp_secret
    const last = held.totp_last === null ? null : Number(held.totp_last)
    const step = secret ? acceptedStep(unseal(secret), code, now, last) : undefined
    return step === undefined ? refuse('code-wrong') : decide({ step })
  },
  save: async (tx, held, { step }, { now }) => {
    await factors.saveStep(tx, held.id, step)
    if (session) await factors.markFactor(tx, session, held.id, now)
  },
})

/** Give one of the recovery codes instead; it is used up. */
export const giveRecoveryCode = (
  session: string | null,
): Action<Held, Code, { code: Unsaid<Buffer> }, 'code-wrong'> => ({
  ...own,
  name: 'people.recovery-code-used',
  input: codeForm,
  decide: (held, { code }) => {
    const typed = storedRecoveryCode(code)
    const found = held.codes.find((stored) => timingSafeEqual(stored, typed))
    return found ? decide({ code: new Unsaid(found) }) : refuse('code-wrong')
  },
  save: async (tx, held, { code }, { now }) => {
    await factors.useRecoveryCode(tx, held.id, code.value, now)
    if (session) await factors.markFactor(tx, session, held.id, now)
  },
})

export const renewRecoveryCodes: Action<Held, None, { codes: Unsaid<string[]> }, 'factor-first'> = {
  ...own,
  name: 'people.recovery-codes-made',
  input: none,
  decide: (held, _, { actor }) =>
    factorsOf(held, actor).given && hasFactor(factorsOf(held, actor))
      ? decide({ codes: new Unsaid(newRecoveryCodes(recoveryCodes)) })
      : refuse('factor-first'),
  save: (tx, held, { codes }, { now }) =>
    factors.replaceRecoveryCodes(tx, held.id, codes.value.map(storedRecoveryCode), now),
}

export const removeApp: Action<Held, None, { last: boolean }, 'factor-first' | 'factor-needed' | 'factor-off'> = {
  ...own,
  name: 'people.app-removed',
  input: none,
  decide: (held, _, { actor }) => {
    if (!held.totp_since) return refuse('factor-off')
    const judged = judgeRemoving(factorsOf(held, actor))
    return judged.ok ? decide({ last: held.passkeys.length === 0 }) : judged
  },
  save: async (tx, held, { last }, { now }) => {
    await factors.removeApp(tx, held.id)
    if (last) await factors.replaceRecoveryCodes(tx, held.id, [], now)
  },
}

const clearing = z.object({ ...reasonForm.shape })

/** Clear the factors of somebody who lost them all, after making sure who asks. Their sessions end. */
export const clearFactor: Action<
  NonNullable<Awaited<ReturnType<typeof factors.holdFactorOwner>>>,
  z.output<typeof clearing>,
  { reason: string },
  'factor-none'
> = {
  name: 'people.factor-cleared',
  find: factors.holdFactorOwner,
  may: may.clearFactor,
  input: clearing,
  decide: (owner, { reason }) => (owner.totp_since || owner.passkeys > 0 ? decide({ reason }) : refuse('factor-none')),
  save: (tx, owner, _, { now }) => factors.clearFactors(tx, owner.id, now),
  // The reason stays with the change: it is the only place where the decision is explained.
  tell: ({ reason }) => ({ reason }),
  scope: () => null,
}
