import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { confirmSigning, fixRoll, noteSigning } from '../../actions/roll/fix.ts'
import type { Again } from '../../pages/parts.tsx'
import { FixPage } from '../../pages/roll/fix.tsx'
import { assistancePaper, attendancePaper, rollSheet } from '../../pages/roll/paper.ts'
import { may } from '../../permissions.ts'
import { committeeOf } from '../../store/election.ts'
import { fixedOf } from '../../store/roll/fixed.ts'
import { invitedOf } from '../../store/roll/invitation.ts'
import { questionsIn } from '../../store/roll/question.ts'
import { signingsOf } from '../../store/roll/signature.ts'
import { placesWithVoters } from '../../store/roll/voter.ts'
import { words } from '../../text/index.ts'
import { logRefusal, rollParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/roll/fix'

async function fixPage(c: C, again: Again = {}) {
  const election = await rollParam(c)
  const { db, actor } = c.get('ctx')
  const { open, voters: listed } = await questionsIn(db, election)
  const voters = [...listed.values()]
  const places = await placesWithVoters(db, election.id)
  const fixed = await fixedOf(db, election.id)
  const last = fixed.at(-1)
  const waits = [
    ...(voters.length === 0 ? ['roll-empty'] : []),
    ...(voters.some(({ tps }) => tps === null) ? ['voters-unplaced'] : []),
    ...(voters.length > 0 && places.some((place) => place.voters === 0) ? ['place-empty'] : []),
    ...(open.length > 0 ? ['questions-open'] : []),
  ]
  return (
    <FixPage
      view={c.get('view')}
      election={election}
      waits={waits}
      voters={voters.length}
      added={voters.filter(({ additional, no }) => additional && no === null).length}
      fixed={fixed}
      signings={last ? await signingsOf(db, election.id, last.kind) : []}
      fixes={may.fixRoll(actor, election)}
      signs={may.signRoll(actor, election)}
      {...again}
    />
  )
}

routes.get(at, async (c) => page(c, await fixPage(c)))

routes.post(at, async (c) => {
  const election = await rollParam(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(fixRoll, ctx, election.id, {})
  await logRefusal(c, election.id, 'fix', outcome)
  return answer(c, outcome, {
    onDone: `/voting/elections/${election.id}/roll/fix`,
    say: words(c.get('view').lang).fixDone,
    again: (_, refusal) => fixPage(c, { refusal }),
  })
})

routes.post(`${at}/signings`, async (c) => {
  const election = await rollParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(noteSigning, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/roll/fix`,
    say: words(c.get('view').lang).signingNoted,
    again: (problems, refusal) => fixPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/signings/:candidate`, async (c) => {
  const election = await rollParam(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(confirmSigning(idParam(c, 'candidate')), ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/roll/fix`,
    say: words(c.get('view').lang).signingConfirmed,
    again: (_, refusal) => fixPage(c, { refusal }),
  })
})

routes.get(`${at}/sheet.pdf`, async (c) => {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  const fixed = found((await fixedOf(db, election.id)).at(-1))
  const paper = await rollSheet(c.get('view'), election, fixed, {
    committee: await committeeOf(db, election.id),
    candidates: await signingsOf(db, election.id, fixed.kind),
  })
  return c.body(paper, 200, paperHeaders(`DPT-${election.villageName}`))
})

/** The empty form for voters with a companion (R46). */
routes.get(`${at}/:name{assistance-[0-9]+\\.pdf}`, async (c) => {
  const election = await rollParam(c)
  const number = Number(/\d+/.exec(c.req.param('name'))![0])
  const place = found((await placesWithVoters(c.get('ctx').db, election.id)).find((each) => each.number === number))
  const paper = await assistancePaper(c.get('view'), election, place)
  return c.body(paper, 200, paperHeaders(`Formulir-pendamping-TPS-${number}`))
})

routes.get(`${at}/:name{attendance-[0-9]+\\.pdf}`, async (c) => {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  const number = Number(/\d+/.exec(c.req.param('name'))![0])
  const fixed = found((await fixedOf(db, election.id)).at(-1))
  const place = (await placesWithVoters(db, election.id)).find((each) => each.number === number)
  const counted = fixed.places.find((each) => each.number === number)
  if (!place || !counted) throw new HTTPException(404)
  const { voters } = await invitedOf(db, election.id, { tps: place.id })
  c.header('Cache-Control', 'no-store')
  const paper = await attendancePaper(c.get('view'), election, { number, hash: counted.hash }, voters)
  return c.body(paper, 200, paperHeaders(`Daftar-hadir-TPS-${number}`))
})
