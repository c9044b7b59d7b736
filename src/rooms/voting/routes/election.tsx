import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, idParam, page, readForm } from '#platform/http.ts'
import { appoint, dismiss } from '../actions/election.ts'
import { changeRules } from '../actions/rules.ts'
import { CommitteePage } from '../pages/committee.tsx'
import { ElectionPage } from '../pages/election.tsx'
import type { Again } from '../pages/parts.tsx'
import { RulesPage } from '../pages/rules.tsx'
import { may } from '../permissions.ts'
import { candidatesOf, isFixed } from '../store/candidate.ts'
import { decisionOf } from '../store/decision.ts'
import { deliberationOf } from '../store/deliberation.ts'
import { committeeOf } from '../store/election.ts'
import { placesOf } from '../store/place.ts'
import { words } from '../text/index.ts'
import { electionParam, officeParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election'

routes.get(at, async (c) => {
  const election = await electionParam(c)
  const { db, actor } = c.get('ctx')
  const candidates = (await candidatesOf(db, election.id)).filter(({ number }) => number !== null)
  const decision = await decisionOf(db, election.id)
  const deliberation = election.kind === 'deliberation' ? await deliberationOf(db, election.id) : undefined
  return page(
    c,
    <ElectionPage
      view={c.get('view')}
      election={election}
      candidates={candidates}
      places={await placesOf(db, election.id)}
      decision={decision?.confirmed ? decision : undefined}
      deliberation={deliberation?.confirmed ? deliberation : undefined}
      office={may.seeOffice(actor, election)}
    />,
  )
})

async function rulesPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const election = await electionParam(c)
  const moves = (election.state === 'preparing' || election.state === 'sealed') && !(await isFixed(db, election.id))
  const changes = moves && may.changeRules(actor, election)
  return <RulesPage view={c.get('view')} election={election} profile={election.profile} changes={changes} {...again} />
}

routes.get(`${at}/rules`, async (c) => page(c, await rulesPage(c)))

routes.post(`${at}/rules`, async (c) => {
  const election = await officeParam(c)
  if (!may.changeRules(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  const { ground, ...rules } = form
  return answer(c, await perform(changeRules, ctx, election.id, { ground, rules }), {
    onDone: `/voting/elections/${election.id}/rules`,
    say: words(c.get('view').lang).rulesSaved,
    again: (problems, refusal) => rulesPage(c, { typed: form, problems, refusal }),
  })
})

async function committeePage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const election = await officeParam(c)
  const members = await committeeOf(db, election.id)
  const appoints = may.appointCommittee(actor, election)
  return <CommitteePage view={c.get('view')} election={election} members={members} appoints={appoints} {...again} />
}

routes.get(`${at}/committee`, async (c) => page(c, await committeePage(c)))

routes.post(`${at}/committee`, async (c) => {
  const election = await officeParam(c)
  if (!may.appointCommittee(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(appoint, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/committee`,
    say: words(c.get('view').lang).appointed,
    again: (problems, refusal) => committeePage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/committee/:person/dismiss`, async (c) => {
  const election = await officeParam(c)
  if (!may.appointCommittee(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { ctx } = await readForm(c)
  return answer(c, await perform(dismiss(idParam(c, 'person')), ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/committee`,
    say: words(c.get('view').lang).dismissed,
    again: (_, refusal) => committeePage(c, { refusal }),
  })
})
