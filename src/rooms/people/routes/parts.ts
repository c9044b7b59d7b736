import { HTTPException } from 'hono/http-exception'
import type { Actor } from '#platform/action.ts'
import type { C, Form } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import type { Post } from '../domain/office.ts'
import { may } from '../permissions.ts'

/** Whoever is signed in; others are asked to sign in first. */
export function signedIn(c: C): Actor & { id: string } {
  const { actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  return { ...actor, id: actor.id }
}

/** A page for those who may see it; for everybody else signed in there is no such page. */
export function only(c: C, may: (actor: Actor) => boolean): Actor & { id: string } {
  const actor = signedIn(c)
  if (!may(actor)) throw new HTTPException(404)
  return actor
}

/** The present password is asked again for what matters; guessing it with an open session is counted: eight in fifteen minutes. */
export const passwordTries = (c: C, person: string) =>
  withinLimit(c.get('ctx').db, `password:account:${person}`, 8, 900)

/** A typed field as text, whatever was sent. */
export const typed = (form: Form, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value : ''
}

/** The typed fields to show again. */
export const again = (form: Form): Record<string, string> =>
  Object.fromEntries(Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

/** Offices with what this reader may do to each. */
export const withActs = <Row extends Post & { person: string; ended: Date | null }>(
  actor: Actor,
  offices: readonly Row[],
) =>
  offices.map((office) => ({
    ...office,
    mayEnd: !office.ended && may.endRole(actor, office),
  }))

/** Invitations with what this reader may do to each. */
export const withInvitationActs = <Row extends Post & { hand_over: string | null }>(
  actor: Actor,
  invitations: readonly Row[],
) =>
  invitations.map((invitation) => ({
    ...invitation,
    mayResend: may.resendInvitation(actor, invitation),
    mayRevoke: may.revokeInvitation(actor, invitation),
  }))
