import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { filesOf, findFile } from '#platform/files.ts'
import { answer, type C, type Env, fileAnswer, found, idParam, page, readForm } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { orderInvitations, orderOf } from '../../actions/roll/print.ts'
import type { Election } from '../../domain/election.ts'
import { lettersPerPart, partsOf } from '../../domain/roll/invitation.ts'
import { invitationPaper } from '../../pages/roll/invitation-paper.ts'
import { PrintPage } from '../../pages/roll/print.tsx'
import { fixedOf } from '../../store/roll/fixed.ts'
import { invitedOf } from '../../store/roll/invitation.ts'
import { placesWithVoters } from '../../store/roll/voter.ts'
import { words } from '../../text/index.ts'
import { filterOf, rollParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/roll/invitations'

/** What the invitations of a polling place say; for those whose roll is fixed. */
async function ordered(c: C, election: Election, tps: string | undefined) {
  const { db } = c.get('ctx')
  const place = found((await placesWithVoters(db, election.id)).find(({ id }) => id === tps))
  const roll = found((await fixedOf(db, election.id)).at(-1))
  return { place, order: orderOf(election, place, roll.hash, c.get('view').lang) }
}

/** A bundle or a single one at once; more than a file holds is made beside everything else. */
routes.get(`${at}/print.pdf`, async (c) => {
  const election = await rollParam(c)
  const { voters, total } = await invitedOf(c.get('ctx').db, election.id, filterOf(c), {
    limit: lettersPerPart,
    offset: 0,
  })
  const tps = voters[0]?.tps
  if (!tps || voters.some((voter) => voter.tps !== tps)) throw new HTTPException(404)
  if (total > voters.length) return c.redirect(`/voting/elections/${election.id}/roll/invitations/print/${tps}`, 303)
  const { order } = await ordered(c, election, tps)
  const headers = { ...paperHeaders(`Undangan-${election.villageName}`), 'Cache-Control': 'no-store' }
  return c.body(invitationPaper(order, voters), 200, headers)
})

async function printPage(c: C, refusal?: string) {
  const election = await rollParam(c)
  const { place, order } = await ordered(c, election, idParam(c, 'tps'))
  const parts = partsOf(order)
  const known = new Map(
    (
      await filesOf(
        c.get('ctx').db,
        parts.map(({ id }) => id),
      )
    ).map(({ id, done }) => [id, done !== null]),
  )
  const shown = parts.map(({ id, from, until }) => ({ from, until, there: known.get(id) === true }))
  // While they are made the page asks again by itself.
  const waits = known.size > 0 && shown.some(({ there }) => !there)
  if (waits) c.header('Refresh', '3')
  const { number } = place
  return (
    <PrintPage
      view={c.get('view')}
      election={election}
      tps={place.id}
      number={number}
      parts={shown}
      waits={waits}
      refusal={refusal}
    />
  )
}

routes.get(`${at}/print/:tps`, async (c) => page(c, await printPage(c)))

routes.post(`${at}/print/:tps`, async (c) => {
  const election = await rollParam(c)
  const { place, order } = await ordered(c, election, idParam(c, 'tps'))
  const { ctx } = await readForm(c)
  return answer(c, await perform(orderInvitations(order, place.number), ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/roll/invitations/print/${place.id}`,
    say: words(c.get('view').lang).printOrdered,
    again: (_, refusal) => printPage(c, refusal),
  })
})

routes.get(`${at}/print/:tps/:part{[0-9]+\\.pdf}`, async (c) => {
  const election = await rollParam(c)
  const { order } = await ordered(c, election, idParam(c, 'tps'))
  const part = found(partsOf(order)[Number.parseInt(c.req.param('part'), 10) - 1])
  c.header('Cache-Control', 'no-store')
  return fileAnswer(c, found(await findFile(c.get('ctx').db, part.id)))
})
