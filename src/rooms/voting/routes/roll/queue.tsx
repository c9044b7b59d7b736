import { curves, days, meets, openPlan, usualTimes } from '@melayani/polling/queue'
import { Hono } from 'hono'
import { type Env, page } from '#platform/http.ts'
import { queueForm } from '../../forms/queue.ts'
import { type PlanRow, QueuePage } from '../../pages/roll/queue.tsx'
import { placesWithVoters } from '../../store/roll/voter.ts'
import { rollParam } from './parts.ts'

export const routes = new Hono<Env>()
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

routes.get('/voting/elections/:election/roll/queue', async (c) => {
  const election = await rollParam(c)
  const asked = queueForm.parse(c.req.query())
  const { opens, closes } = election.profile.rules
  const minutes = minuteOf(closes.value) - minuteOf(opens.value)
  const times = {
    ...usualTimes,
    ...{ card: asked.card, manual: asked.manual, cardFails: asked.fails / 100 },
    booth: { median: asked.booth, p95: asked.booth * (usualTimes.booth.p95 / usualTimes.booth.median) },
  }
  const goal = { wait: asked.wait, late: asked.late }
  const places = (await placesWithVoters(c.get('ctx').db, election.id)).filter(({ voters }) => voters > 0)
  const rows: PlanRow[] = []
  for (const { number, voters, desks, booths } of places) {
    const setting = { roll: voters, turnout: asked.turnout / 100, minutes, times }
    const plan = openPlan({ ...setting, curve: curves[asked.curve], tokenTable: asked.token })
    const planned = plan.outlook({ desks, booths })
    const needed = plan.needed(goal)
    rows.push({ number, voters, planned, good: meets(planned, goal), needed: needed ?? null })
    // Each place is a few hundred milliseconds of arithmetic; other requests go in between.
    await new Promise((go) => setImmediate(go))
  }
  const shown = { asked, rows, minutes, days, opens: opens.value }
  return page(c, <QueuePage view={c.get('view')} election={election} {...shown} />)
})
