import { HTTPException } from 'hono/http-exception'
import type { Actor } from '#platform/action.ts'
import type { C, Form } from '#platform/http.ts'
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

/** A typed field as text, whatever was sent. */
export const typed = (form: Form, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value : ''
}

/** The typed fields to show again. */
export const again = (form: Form): Record<string, string> =>
  Object.fromEntries(Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

/** Offices with what this reader may do to each. */
export const withActs = <Row extends Post & { person: string; ended: Date | null; has_factor: boolean }>(
  actor: Actor,
  offices: readonly Row[],
) =>
  offices.map((office) => ({
    ...office,
    mayEnd: !office.ended && may.endRole(actor, office),
    mayClear: !office.ended && office.has_factor && may.clearFactor(actor, { id: office.person }),
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
