import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { type C, found, idParam } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { masked } from '#platform/nik.ts'
import { noteRefusedChange } from '../../actions/roll/open.ts'
import type { Election } from '../../domain/election.ts'
import { may } from '../../permissions.ts'
import { findElection } from '../../store/election.ts'
import type { InvitedFilter } from '../../store/roll/invitation.ts'
import type { Voter } from '../../store/roll/voter.ts'
import { signedIn } from '../parts.ts'

/** The election of the address for those who keep its roll; for everybody else there is nothing here. */
export async function rollParam(c: C): Promise<Election> {
  const actor = signedIn(c)
  const election = found(await findElection(c.get('ctx').db, actor, idParam(c, 'election')))
  if (!may.keepRoll(actor, election)) throw new HTTPException(404)
  return election
}

/** A voter as pages show them: nothing on any page has the whole NIK. */
export const shown = <V extends Voter>({ nik, ...voter }: V) => ({ ...voter, masked: masked(nik) })

/** An attempt to change a fixed roll is refused and stays in the log. */
export async function logRefusal(
  c: C,
  election: string,
  what: string,
  outcome: { kind: string; refusal?: string },
): Promise<void> {
  if (outcome.kind === 'refused' && (outcome.refusal === 'roll-fixed' || outcome.refusal === 'roll-closed'))
    await perform(noteRefusedChange(what), { ...c.get('ctx'), once: undefined }, election, {})
}

/** What of the address says which invitations: a polling place, a neighbourhood, or one voter. */
export function filterOf(c: C): InvitedFilter {
  const text = (name: string) => c.req.query(name)?.replaceAll('\0', '').slice(0, 60)
  const [tps, voter] = [c.req.query('tps'), c.req.query('voter')]
  return {
    tps: isId(tps) ? tps : undefined,
    voter: isId(voter) ? voter : undefined,
    ...{ hamlet: text('hamlet'), rw: text('rw'), rt: text('rt') },
  }
}
