import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { addVoter, changeVoter, strikeVoter } from '../../actions/roll/change.ts'
import { openForAdditional, openForChange } from '../../actions/roll/open.ts'
import type { Again } from '../../pages/parts.tsx'
import { AddVoterPage, VoterPage } from '../../pages/roll/voter.tsx'
import { VotersPage } from '../../pages/roll/voters.tsx'
import { changesOf } from '../../store/roll/change.ts'
import { fixedOf } from '../../store/roll/fixed.ts'
import { findVoter, pageSize, placesWithVoters, votersOf } from '../../store/roll/voter.ts'
import { words } from '../../text/index.ts'
import { logRefusal, rollParam, shown } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/roll'

routes.get(`${at}/voters`, async (c) => {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  const tps = c.req.query('tps')
  const name = c.req.query('name')?.replaceAll('\0', '').trim().slice(0, 60)
  const filter = {
    tps: isId(tps) ? tps : undefined,
    name: name || undefined,
    unplaced: c.req.query('unplaced') !== undefined,
  }
  const number = Math.max(1, Math.min(10_000, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))
  const { voters, total } = await votersOf(db, election.id, filter, number)
  return page(
    c,
    <VotersPage
      view={c.get('view')}
      election={election}
      voters={voters.map(shown)}
      total={total}
      page={number}
      size={pageSize}
      places={await placesWithVoters(db, election.id)}
      filter={filter}
    />,
  )
})

async function addPage(c: C, again: Again = {}) {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  const places = await placesWithVoters(db, election.id)
  const later = (await fixedOf(db, election.id)).length > 0
  return <AddVoterPage view={c.get('view')} election={election} places={places} later={later} {...again} />
}

routes.get(`${at}/add`, async (c) => page(c, await addPage(c)))

routes.post(`${at}/add`, async (c) => {
  const election = await rollParam(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(addVoter, ctx, election.id, form)
  await logRefusal(c, election.id, 'add', outcome)
  return answer(c, outcome, {
    onDone: `/voting/elections/${election.id}/roll`,
    say: words(c.get('view').lang).voterAdded,
    again: (problems, refusal) => addPage(c, { typed: form, problems, refusal }),
  })
})

async function voterPage(c: C, again: Again & { striking?: Again['typed'] } = {}) {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  const voter = found(await findVoter(db, election.id, idParam(c, 'voter')))
  const roll = { state: election.state, fixed: await fixedOf(db, election.id) }
  const open = (voter.additional ? openForAdditional(roll) : openForChange(roll)) === undefined
  return (
    <VoterPage
      view={c.get('view')}
      election={election}
      voter={shown(voter)}
      struck={voter.struck}
      open={open}
      places={await placesWithVoters(db, election.id)}
      changes={await changesOf(db, election.id, voter.id)}
      {...again}
    />
  )
}

routes.get(`${at}/voters/:voter`, async (c) => page(c, await voterPage(c)))

routes.post(`${at}/voters/:voter`, async (c) => {
  const election = await rollParam(c)
  const voter = idParam(c, 'voter')
  found(await findVoter(c.get('ctx').db, election.id, voter))
  const { form, ctx } = await readForm(c)
  const outcome = await perform(changeVoter, ctx, voter, form)
  await logRefusal(c, election.id, 'change', outcome)
  return answer(c, outcome, {
    onDone: `/voting/elections/${election.id}/roll/voters/${voter}`,
    say: words(c.get('view').lang).voterChanged,
    again: (problems, refusal) => voterPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/voters/:voter/strike`, async (c) => {
  const election = await rollParam(c)
  const voter = idParam(c, 'voter')
  found(await findVoter(c.get('ctx').db, election.id, voter))
  const { form, ctx } = await readForm(c)
  const outcome = await perform(strikeVoter, ctx, voter, form)
  await logRefusal(c, election.id, 'strike', outcome)
  return answer(c, outcome, {
    onDone: `/voting/elections/${election.id}/roll`,
    say: words(c.get('view').lang).voterStruck,
    again: (problems, refusal) => {
      // The same names stand in the form above.
      const own = Object.fromEntries(Object.entries(problems).map(([name, problem]) => [`strike-${name}`, problem]))
      return voterPage(c, { striking: form, problems: own, refusal })
    },
  })
})
