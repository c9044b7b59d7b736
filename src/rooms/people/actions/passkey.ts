import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { madePasskey, type NewPasskey, usedPasskey } from '#platform/passkey.ts'
import { decide, refuse } from '#platform/result.ts'
import { judgeAdding, judgeRemoving } from '../domain/factor.ts'
import { nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as factors from '../store/factor.ts'
import { factorsOf } from './factor.ts'

type Asked = NonNullable<Awaited<ReturnType<typeof factors.holdChallenge>>>
const madeForm = z.object({ response: z.looseObject({ id: z.string().max(2000) }), name: z.string().trim().max(60) })
const usedForm = z.object({ response: z.looseObject({ id: z.string().max(2000) }) })

/** Add the passkey that the browser made. An account whose first factor it is gets recovery codes when it asks for them. */
export const addPasskey = (
  session: string | null,
): Action<
  Asked,
  z.output<typeof madeForm>,
  NewPasskey & { name: string },
  'passkey-failed' | 'passkey-known' | 'factor-first'
> => ({
  name: 'people.passkey-added',
  find: (tx, actor, id) => factors.holdChallenge(tx, actor, id, session),
  may: may.changeOwnFactor,
  input: madeForm,
  decide: async (held, { response, name }, { actor }) => {
    const judged = judgeAdding(factorsOf(held, actor))
    if (!judged.ok) return judged
    const made = held.challenge ? await madePasskey(response, held.challenge) : undefined
    if (!made) return refuse('passkey-failed')
    if (held.passkeys.some((key) => key.credential === made.credential)) return refuse('passkey-known')
    return decide({ ...made, name: name || 'Passkey' })
  },
  save: async (tx, held, key, { now }) => {
    await factors.addPasskey(tx, held.id, key, now)
    if (session) await factors.markFactor(tx, session, held.id, now)
  },
  tell: () => ({}),
  scope: () => null,
})

/** Sign in with a passkey as second factor. */
export const usePasskey = (
  session: string | null,
): Action<Asked, z.output<typeof usedForm>, { credential: string; counter: number }, 'passkey-failed'> => ({
  name: 'people.factor-given',
  find: (tx, actor, id) => factors.holdChallenge(tx, actor, id, session),
  may: may.changeOwnFactor,
  input: usedForm,
  decide: async (held, { response }) => {
    const used = held.challenge ? await usedPasskey(response, held.challenge, held.passkeys) : undefined
    return used ? decide(used) : refuse('passkey-failed')
  },
  save: async (tx, held, key, { now }) => {
    await factors.notePasskeyUse(tx, held.id, key, now)
    if (session) await factors.markFactor(tx, session, held.id, now)
  },
  tell: () => ({}),
  scope: () => null,
})

/** Remove one of one's passkeys. */
export const removePasskey = (
  credential: string,
): Action<factors.HeldFactors, Record<string, never>, { last: boolean }, 'factor-first' | 'factor-needed'> => ({
  name: 'people.passkey-removed',
  find: async (tx, actor, id) => {
    const held = await factors.holdFactors(tx, actor, id)
    return held?.passkeys.some((key) => key.credential === credential) ? held : undefined
  },
  may: may.changeOwnFactor,
  input: nothing as z.ZodType<Record<string, never>>,
  decide: (held, _, { actor }) => {
    const judged = judgeRemoving(factorsOf(held, actor))
    return judged.ok ? decide({ last: !held.totp_since && held.passkeys.length === 1 }) : judged
  },
  save: async (tx, held, { last }, { now }) => {
    await factors.removePasskey(tx, held.id, credential)
    if (last) await factors.replaceRecoveryCodes(tx, held.id, [], now)
  },
  tell: () => ({}),
  scope: () => null,
})
