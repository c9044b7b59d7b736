import { z } from 'zod'
import { name, words } from './basics.ts'

/**
 * How sensitive a value is (UU 27/2022): `open` tells nothing of a person, `personal` does, `specific` is of the kinds
 * that the law protects most (health, children, biometrics, criminal record, personal finance).
 */
export const privacy = z.enum(['open', 'personal', 'specific'])

/** How a case is given to one person of a role, instead of to all who work in its area. */
const assign = z.strictObject({
  /** `area`: the smallest area that holds the case; `load`: fewest open cases; `nearest`: shortest way, if both places are known. */
  by: z.enum(['area', 'load', 'nearest']),
  /** Who may do it by hand, from the worklist. */
  roles: z.array(name).max(40).default([]),
  /** By itself, when a case is opened. */
  opening: z.boolean().default(false),
  /** Time to answer before the next person is asked. */
  minutes: z.int().min(1).max(20_160).default(60),
})

export const role = z.strictObject({
  id: name,
  names: words,
  /** Which cases: those of the person's own area, only those that she reported, or all. */
  reach: z.enum(['own', 'area', 'all']),
  /** Which values of such a case. */
  sees: z.array(privacy).max(3),
  /** Works with forms kept on the phone, without signal. */
  offline: z.boolean().default(false),
  /** Acts without an account: by short link, or by a message gateway. */
  public: z.boolean().default(false),
  assign: assign.optional(),
})
export const roles = z.strictObject({ roles: z.array(role).min(1).max(40) })

export type Role = z.infer<typeof role>
export type Assign = z.infer<typeof assign>
export type Privacy = z.infer<typeof privacy>
