import { test } from 'node:test'
import { importInnovations, shippedRounds } from '#competition'
import { drain } from '#platform/jobs.ts'
import * as judges from '../src/demo/judges.ts'
import { seedPeople } from '../src/demo/people.ts'
import { at, castOf, enterAll } from '../src/demo/story.ts'
import { jobs } from '../src/jobs.ts'
import { aWorld } from './world.ts'

test('try', async () => {
  const world = await aWorld(new Date('2016-11-01T02:00:00Z'))
  try {
    await importInnovations(world.db)
    const people = await seedPeople(world.db)
    const rules = shippedRounds().find((r) => r.key.includes('2017'))!
    const round = await world.aRound(rules)
    const { key } = await world.db
      .selectFrom('competition.round')
      .select('key')
      .where('id', '=', round)
      .executeTakeFirstOrThrow()
    for (const [i, s] of rules.stages.entries())
      await world.db
        .insertInto('competition.stage')
        .values({ round, seq: i + 1, kind: s.kind })
        .execute()
    const stage = { ...world, people, rules, round, key }
    const cast = castOf(stage)
    let t = performance.now()
    const lap = (w: string) => {
      console.log(w, ((performance.now() - t) / 1000).toFixed(1))
      t = performance.now()
    }
    const entries = await enterAll(stage, cast, '2016-11-01', 118)
    lap('entered')
    await drain(world.address, world.db, jobs)
    lap('jobs')
    world.clock.set(at('2017-03-11', 0))
    await judges.moveStage(stage, cast, 'admission', 'opening')
    await judges.admitAll(stage, cast)
    lap('admission')
    const states = await world.db
      .selectFrom('competition.proposal')
      .select(['state', (eb) => eb.fn.countAll<string>().as('n')])
      .groupBy('state')
      .execute()
    console.log(states)
    await judges.moveStage(stage, cast, 'admission', 'closing')
    world.clock.set(at('2017-03-22', 0))
    await judges.moveStage(stage, cast, 'scoring', 'opening')
    await judges.gatherEvaluators(stage, cast, Number(states.find((s) => s.state === 'passed')!.n))
    lap('evaluators')
    await judges.assignAll(stage, cast)
    lap('assigned')
    const secretary = await cast.as(people.secretariat[0]!)
    const { done } = await import('../src/demo/story.ts')
    await done(secretary.post(`/judging/rounds/${round}/open`, { until: '2017-04-08' }), 'opening reading')
    world.clock.set(at('2017-04-03', 0))
    await judges.scoreAll(stage, cast, entries)
    lap('scored')
    world.clock.set(at('2017-04-09', 0))
    await done((await cast.as(people.secretariat[0]!)).post(`/judging/rounds/${round}/close`), 'close')
    await done((await cast.as(people.secretariat[0]!)).post(`/judging/rounds/${round}/release`), 'release')
    lap('released')
  } finally {
    await world.drop()
  }
})
