import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#platform/ids.ts'
import { aJudgedRound } from '../../../test/judging-world.ts'
import { assign, verifyAssignment } from './domain/assignment.ts'
import { assignFairly } from './domain/assignment-fair.ts'
import { type Here, isWorkedOn } from './domain/liveness.ts'
import { computed, endInterrupted } from './running.ts'

type World = Awaited<ReturnType<typeof aJudgedRound>>

/** The row that a process leaves behind which was killed in the middle of a computation. */
async function leftBehind(w: World, process: string) {
  const id = newId()
  const begun = w.clock.now()
  await w.db
    .insertInto('judging.run')
    .values({ round: w.round, id, process, settings: '{}', state: 'running', beat: new Date(), begun, by: w.admin })
    .execute()
  return id
}

test('judging: a computation is worked on when its process lives, and elsewhere as long as it is heard of', () => {
  const here: Here = { worker: 'satu/7', works: (id) => id === 'mine', lives: (pid) => pid === 8 }
  const of = (id: string, worker: string, silent: number) => isWorkedOn({ id, worker, silent }, here)
  assert.deepEqual(
    [
      of('mine', 'satu/7', 1e9),
      of('before', 'satu/7', 0),
      of('x', 'satu/8', 1000),
      of('x', 'satu/9', 0),
      of('x', 'dua/9', 59_999),
      of('x', 'dua/9', 60_000),
    ],
    [true, false, true, false, true, false],
  )
})

test('judging: a computation cut off by a restart is shown as interrupted, ended at the next start, and can be started again', async () => {
  const w = await aJudgedRound({ entries: 2, people: 3 })
  await w.team()
  const id = await leftBehind(w, 'host-yang-lain/1')
  await w.db
    .updateTable('judging.run')
    .set({ beat: new Date(0) })
    .where('id', '=', id)
    .execute()
  const address = `${w.base}/assignment/runs/${id}`
  // When looked at, before any start: the row still says that it runs.
  const page = await (await w.national.get(address)).text()
  assert.match(page, /Terputus/)
  assert.match(page, /Mulai lagi/)
  assert.match(await (await w.national.get(`${w.base}/assignment`)).text(), /Terputus/)
  assert.match(await (await w.national.get(`${address}/events`)).text(), /event: ended\ndata: interrupted/)

  const now = new Date('2017-03-20T05:00:00Z')
  assert.deepEqual(
    await Promise.all([endInterrupted(w.db, now), endInterrupted(w.db, now)]).then((n) => n.sort()),
    [0, 1],
  )
  const row = await w.db
    .selectFrom('judging.run')
    .select(['state', 'ended'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  assert.deepEqual(row, { state: 'interrupted', ended: now })
  const told = await w.db
    .selectFrom('log.event')
    .select(['actor', 'at'])
    .where('name', '=', 'judging.assignment-interrupted')
    .execute()
  assert.deepEqual(told, [{ actor: null, at: now }])

  const again = await w.national.post(`${w.base}/assignment/runs`)
  assert.equal(again.status, 303)
  const run = again.headers.get('location')!.split('/').at(-1)!
  await computed(run)
  // By the house's clock, not the machine's.
  const ended = await w.db
    .selectFrom('judging.run')
    .select(['state', 'begun', 'ended'])
    .where('id', '=', run)
    .executeTakeFirstOrThrow()
  assert.deepEqual(ended, { state: 'proposed', begun: w.clock.now(), ended: w.clock.now() })
  await w.drop()
})

test('judging: one that nobody works on is no hindrance, even before the next start', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team()
  const id = await leftBehind(w, 'host-yang-lain/1')
  assert.equal((await w.national.post(`${w.base}/assignment/runs`)).status, 409, 'somebody elsewhere may work on it')
  await w.db
    .updateTable('judging.run')
    .set({ beat: new Date(0) })
    .where('id', '=', id)
    .execute()
  assert.equal(await endInterrupted(w.db, w.clock.now()), 1)
  await w.assign()
  assert.equal((await w.readings()).length, 2)
  await w.drop()
})

test('judging: conflicts found again at a run carry the time of the house', async () => {
  const w = await aJudgedRound({ entries: 1, people: 3 })
  await w.team()
  await w.db.updateTable('judging.evaluator').set({ home_region: '35.10' }).where('person', '=', w.people[0]!).execute()
  await w.assign()
  assert.deepEqual(await w.db.selectFrom('judging.conflict').select(['source', 'at']).execute(), [
    { source: 'home-region', at: w.clock.now() },
  ])
  await w.drop()
})

test('judging: the fairest assignment is one that obeys all rules and whose worst reading is as good as it can be', () => {
  // Two entries, two readers: the greatest total leaves the second entry the worst reading of all.
  const problem = {
    proposals: 2,
    evaluators: 2,
    affinity: Int32Array.from([900, 500, 450, 10]),
    need: [1, 1],
    minLoad: [0, 0],
    maxLoad: [1, 1],
    conflicts: [],
  }
  const greedy = assign({ ...problem, affinity: Int32Array.from([990, 500, 450, 10]) })
  assert.equal(greedy.outcome === 'assigned' && greedy.total, 1000)
  const fair = assignFairly({ ...problem, affinity: Int32Array.from([990, 500, 450, 10]) })
  assert.equal(fair.floor, 450)
  assert.ok(fair.result.outcome === 'assigned')
  assert.deepEqual([...fair.result.pairs], [0, 1, 1, 0])
  assert.deepEqual(verifyAssignment({ ...problem, floor: 450 }, fair.result), [])
  assert.deepEqual(assignFairly(problem, { shouldStop: () => true }).result, { outcome: 'cancelled' })
})

test('judging: the secretariat asks for the fairest assignment in the form, and the page says what floor was reached', async () => {
  const w = await aJudgedRound({ entries: 2, people: 3 })
  await w.team({ 'expertise[]': 'kesehatan' })
  const settings = { reviews: '2', bridge: '0', floor: '', seed: 'undian', waves: '', stopBelow: '2', fairest: 'ya' }
  assert.equal((await w.national.post(`${w.base}/assignment/settings`, settings)).status, 303)
  assert.match(await (await w.national.get(`${w.base}/assignment`)).text(), /name="fairest"[^>]*checked/)
  const run = await w.assign()
  assert.match(
    await (await w.national.get(`${w.base}/assignment/runs/${run}`)).text(),
    /Setiap pembacaan mencapai kecocokan paling sedikit 99\d/,
  )
  await w.drop()
})
