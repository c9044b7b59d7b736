import { type Decision, decide, refuse } from '#platform/result.ts'

/** The second factors of an account. `given` says whether this session has proved one. */
export type Factors = { app: boolean; passkeys: number; given: boolean; required: boolean }

export const hasFactor = ({ app, passkeys }: Pick<Factors, 'app' | 'passkeys'>): boolean => app || passkeys > 0

/**
 * Whether this session may add or show factors: whoever has none yet, or has given one. With the password alone nobody
 * puts a factor of their own beside the owner's.
 */
export const judgeAdding = (factors: Factors): Decision<null, 'factor-first'> =>
  hasFactor(factors) && !factors.given ? refuse('factor-first') : decide(null)

/** Whether one factor may go: it was given in this session, and whoever must have one keeps another. */
export function judgeRemoving(factors: Factors): Decision<null, 'factor-first' | 'factor-needed'> {
  if (!factors.given) return refuse('factor-first')
  const left = (factors.app ? 1 : 0) + factors.passkeys - 1
  return factors.required && left < 1 ? refuse('factor-needed') : decide(null)
}
