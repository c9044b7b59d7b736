import type { Actor } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type Event, record } from '#platform/log.ts'
import { newToken } from '#platform/password.ts'
import { Unsaid } from '#platform/secret.ts'
import { judgePost } from '../domain/office.ts'
import { may } from '../permissions.ts'
import { holdTeam } from '../store/invitation.ts'
import { sendInvitations } from './invitation.ts'

/**
 * Invite people to a role of the national team, in the transaction of another room's act. Whoever holds the role or has
 * an open invitation to it is passed over. Returns how many letters were posted.
 * @throws when the actor may not invite: the other room's act must have asked before
 */
export async function inviteTeam(
  tx: Tx,
  { actor, now }: { actor: Actor; now: Date },
  role: 'evaluator' | 'panel',
  people: readonly { name: string; email: string }[],
): Promise<number> {
  const team = await holdTeam(tx, actor, actor.id ?? '')
  if (!team || !may.invite(actor, { role, agency: null })) throw new Error('Only the national admin invites a team')
  const wanted = { role, agency: null, unit: null }
  const list = people
    .filter(({ email }) => judgePost(team, { ...wanted, email, handOver: false }, now).ok)
    .map(({ name, email }) => ({
      name,
      email,
      ...wanted,
      id: newId(),
      lang: 'id' as const,
      hand_over: null,
      secret: new Unsaid(newToken()),
      agencyName: null,
      unitName: null,
    }))
  await sendInvitations(tx, list, { now, by: actor.id })
  const event = { at: now, actor: actor.id, name: 'people.person-invited', scope: null, particulars: { role } }
  await record(
    tx,
    list.map(({ id }): Event => ({ ...event, subject: id })),
  )
  return list.length
}
