import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertInvariants } from '../../../test/invariants.ts'
import { aJudgedRound } from '../../../test/judging-world.ts'
import { deadlineOf, isLate, judgeExtension } from './domain/deadline.ts'

type World = Awaited<ReturnType<typeof aJudgedRound>>
const until = new Date('2017-04-30T23:59:59+07:00')
const lastSecond = new Date('2017-04-30T23:59:59.900+07:00')
const tooLate = new Date('2017-05-01T00:00:00+07:00')
const reason = 'Listrik padam di tiga daerah'

async function opened(people = 2) {
  const w = await aJudgedRound({ entries: 1, people })
  await w.team()
  await w.assign()
  await w.open()
  return w
}

const scores = (w: World) => w.db.selectFrom('judging.score').select(['criterion', 'points']).execute()

test('judging: the last second of a deadline still counts, and an extension only moves it later and ahead of now', () => {
  assert.deepEqual([isLate(until, lastSecond), isLate(until, tooLate), isLate(null, tooLate)], [false, true, false])
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e9), fc.nat(1e9), (before, after, now) => {
      const judged = judgeExtension(new Date(before), new Date(after), new Date(now))
      assert.equal(judged.ok, after > before && after > now)
    }),
  )
  const round = { until, thirdUntil: null }
  const own = new Date('2017-05-05T23:59:59+07:00')
  assert.deepEqual(
    [
      deadlineOf(round, { purpose: 'first', waveUntil: null }),
      deadlineOf(round, { purpose: 'third', waveUntil: null }),
      deadlineOf({ until, thirdUntil: own }, { purpose: 'third', waveUntil: null }),
      deadlineOf(round, { purpose: 'wave', waveUntil: own }),
      deadlineOf(round, { purpose: 'wave', waveUntil: null }),
      deadlineOf({ until, thirdUntil: own }, { purpose: 'replacement', waveUntil: null }),
    ],
    [until, until, own, own, until, until],
  )
})

test('judging: after the deadline nothing is written on a sheet, finished, or taken back; what stands there is no news', async () => {
  const w = await opened()
  const [first, second] = await w.readings()
  const at = `/judging/sheets/${first!.proposal}`
  const one = (points: number, base = 0) => ({ marks: [{ criterion: w.criteria[0], points, comment: '', base }] })
  w.clock.set(lastSecond)
  const reader = await w.as(first!.evaluator)
  assert.equal((await reader.json('POST', `${at}/save`, one(70))).status, 200)
  assert.equal((await w.score(second!.evaluator, second!.proposal, 80)).status, 303)
  w.clock.set(tooLate)

  const late = await reader.json('POST', `${at}/save`, one(71, 1))
  assert.equal(late.status, 409)
  assert.match(((await late.json()) as { why: string }).why, /Batas waktu membaca sudah lewat/)
  // Overtaken by another device and too late: what was typed is not put aside for what stands there.
  assert.equal((await reader.json('POST', `${at}/save`, one(55, 0))).status, 409)
  // The answer to what arrived in time was lost: the same again is acknowledged.
  assert.equal((await reader.json('POST', `${at}/save`, one(70))).status, 200)

  const whole = await w.score(first!.evaluator, first!.proposal, '64,25')
  assert.equal(whole.status, 409)
  const page = await whole.text()
  assert.equal(page.match(/value="64,25"/g)?.length, w.criteria.length, 'everything typed stays on the screen')
  for (const said of [/Batas waktu sudah lewat/, /diisi sampai 30 April 2017, 23\.59 WIB/, /belum sampai ke server/])
    assert.match(page, said)

  const other = await w.as(second!.evaluator)
  assert.equal((await other.post(`/judging/sheets/${second!.proposal}/reopen`)).status, 409)
  const list = await (await other.get('/judging')).text()
  assert.match(list, /Nilai tidak dapat ditulis atau diubah lagi/)
  assert.deepEqual((await scores(w)).map(({ points }) => points).sort(), [70, ...w.criteria.map(() => 80)].sort())
  // A conflict can still be declared: it takes points away from nobody else.
  assert.equal((await reader.post(`${at}/conflict`, { reason: 'Adik saya bekerja di sana' })).status, 303)
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: an extension by a named person, with a reason, lets evaluators write again, and tells those who had not finished', async () => {
  const w = await opened()
  const [first, second] = await w.readings()
  await w.score(second!.evaluator, second!.proposal, 80)
  w.clock.set(tooLate)
  const national = await w.as(w.admin)
  const extend = (form: Record<string, string>) => national.post(`${w.base}/until`, form)
  assert.equal((await extend({ until: '2017-05-05' })).status, 422, 'without a reason')
  assert.equal((await extend({ until: '2017-04-30', reason })).status, 409, 'it is past')
  assert.equal((await extend({ until: '2017-02-31', reason })).status, 422, 'no such day')
  assert.equal((await extend({ until: '2017-05-05', reason, part: 'wave-3' })).status, 409, 'no such wave')
  const four = await Promise.all([1, 2, 3, 4].map(() => extend({ until: '2017-05-05', reason })))
  assert.deepEqual(four.map((each) => each.status).sort(), [303, 409, 409, 409])

  const said = await (await national.get(w.base)).text()
  const { name } = await w.db
    .selectFrom('people.person')
    .select('name')
    .where('id', '=', w.admin)
    .executeTakeFirstOrThrow()
  for (const part of [reason, name, '5 Mei 2017, 23.59 WIB']) assert.ok(said.includes(part), part)
  const letters = await w.db
    .selectFrom('log.mail')
    .select(['to_name', 'body'])
    .where('subject', 'like', 'Batas waktu%')
    .execute()
  assert.deepEqual(
    letters.map((letter) => [letter.to_name, letter.body.includes(reason)]),
    [[`Penilai ${w.people.indexOf(first!.evaluator) + 1}`, true]],
  )
  assert.equal((await w.score(first!.evaluator, first!.proposal, 71)).status, 303)
  w.clock.set(new Date('2017-05-06T00:00:00+07:00'))
  const reader = await w.as(first!.evaluator)
  assert.equal((await reader.post(`/judging/sheets/${first!.proposal}/reopen`)).status, 409)
  await w.drop()
})

test('judging: third readings and waves have deadlines of their own where they were given one', async () => {
  const w = await aJudgedRound({ entries: 1, people: 3 })
  await w.team()
  await w.assign()
  await w.open()
  const two = await w.readings()
  await w.score(two[0]!.evaluator, two[0]!.proposal, 20)
  await w.score(two[1]!.evaluator, two[1]!.proposal, 90)
  w.clock.set(tooLate)
  const national = await w.as(w.admin)
  const begun = await national.post(`${w.base}/assignment/runs`)
  const address = begun.headers.get('location')!
  const { computed } = await import('./running.ts')
  await computed(address.split('/').at(-1)!)
  assert.equal((await national.post(`${address}/accept`)).status, 409, 'nobody is given what cannot be written on')
  assert.equal((await national.post(`${w.base}/until`, { part: 'third', until: '2017-05-03', reason })).status, 303)
  assert.equal((await national.post(`${address}/accept`)).status, 303)
  const third = (await w.readings()).find((each) => each.purpose === 'third')!
  assert.equal((await w.score(third.evaluator, third.proposal, 60)).status, 303)
  const reader = await w.as(two[0]!.evaluator)
  assert.equal((await reader.post(`/judging/sheets/${two[0]!.proposal}/reopen`)).status, 409, 'for others it is past')
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: only the national admin extends', async () => {
  const w = await opened()
  const others = [w.people[0]!, await w.aPerson('panel'), await w.aPerson(), undefined]
  for (const person of others) {
    const { status } = await (await w.as(person)).post(`${w.base}/until`, { until: '2017-06-01', reason })
    assert.ok(status === 404 || status === 303, `${person}: ${status}`)
  }
  assert.deepEqual(await w.db.selectFrom('judging.extension').selectAll().execute(), [])
  await w.drop()
})
