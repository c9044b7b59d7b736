import { test } from 'node:test'
import { importInnovations, shippedRounds } from '#competition'
import { seedPeople } from '../src/demo/people.ts'
import { castOf, enterAll } from '../src/demo/story.ts'
import { aWorld } from './world.ts'

test('try', async () => {
  const world = await aWorld(new Date('2016-11-01T02:00:00Z'))
  await importInnovations(world.db)
  const people = await seedPeople(world.db)
  const rules = shippedRounds().find((r) => r.key.includes('2017'))!
  const round = await world.aRound(rules)
  const { key } = await world.db
    .selectFrom('competition.round')
    .select('key')
    .where('id', '=', round)
    .executeTakeFirstOrThrow()
  const stage = { ...world, people, rules, round, key }
  const cast = castOf(stage)
  const t = performance.now()
  const entries = await enterAll(stage, cast, '2016-11-01', 118)
  console.log(entries.length, (performance.now() - t) / 1000)
  console.log(
    await world.db
      .selectFrom('competition.proposal')
      .select(['state', (eb) => eb.fn.countAll().as('n')])
      .groupBy('state')
      .execute(),
  )
  await world.drop()
})
