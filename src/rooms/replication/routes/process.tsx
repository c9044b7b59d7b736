import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { moveProcess } from '../actions/process.ts'
import { isOver, type Move, moveNames, movesNow } from '../domain/process.ts'
import { ProcessesPage, ProcessPage } from '../pages/process.tsx'
import { sidesOf } from '../permissions.ts'
import { findKnown } from '../store/innovation.ts'
import { papersOf } from '../store/paper.ts'
import { findProcess, type Held, listProcesses, stepsOf } from '../store/process.ts'
import { openQuestions } from '../store/question.ts'
import { runnersOf } from '../store/runner.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

routes.get('/replication/processes', async (c) => {
  const actor = signedIn(c)
  const { db } = c.get('ctx')
  const rows = await listProcesses(db, actor)
  return page(c, <ProcessesPage view={c.get('view')} rows={rows} questions={await openQuestions(db, actor)} />)
})

/** The replication of the address, for those whom it concerns. */
export async function heldParam(c: C): Promise<Held> {
  const actor = signedIn(c)
  return found(await findProcess(c.get('ctx').db, actor, idParam(c, 'process')))
}

type Again = { typed?: { move: string; form: Form }; problems?: Problems; refusal?: string | undefined }

async function processPage(c: C, held: Held, again: Again = {}) {
  const { db, actor, clock } = c.get('ctx')
  const known = found(await findKnown(db, held.innovation))
  const runners = (await runnersOf(db, [known], clock.now())).get(known.code)!
  const sides = sidesOf(actor, held)
  const adopts = sides.includes('adopter')
  return (
    <ProcessPage
      view={c.get('view')}
      process={held}
      runner={runners.find(({ process }) => process === held.id)}
      steps={await stepsOf(db, held.id)}
      papers={await papersOf(db, held.id)}
      doable={movesNow(held.standing, sides)}
      adopts={adopts}
      installs={adopts && known.publication !== null && held.service === null && !isOver(held.state)}
      {...again}
    />
  )
}

routes.get('/replication/processes/:process', async (c) => page(c, await processPage(c, await heldParam(c))))

routes.post('/replication/processes/:process/:move', async (c) => {
  const held = await heldParam(c)
  const move = c.req.param('move') as Move
  if (!moveNames.includes(move)) throw new HTTPException(404)
  const { form, ctx } = await readForm(c)
  const w = words(c.get('view').lang)
  const outcome = await perform(moveProcess(move), ctx, held.id, form)
  return answer(c, outcome, {
    onDone: `/replication/processes/${held.id}`,
    say: fill(w.moved, { what: w[`did-${move}`] }),
    again: async (problems, refusal) =>
      processPage(c, await heldParam(c), { typed: { move, form }, problems, refusal }),
  })
})
