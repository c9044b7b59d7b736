import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { assertInvariants } from '../../../test/invariants.ts'
import { aJudgedRound } from '../../../test/judging-world.ts'

test('judging: evaluators are added, entries assigned, sheets filled, and the ranking shown after release', async () => {
  const w = await aJudgedRound({ entries: 3, people: 3 })
  await w.team()
  await w.assign()
  const pairs = await w.readings()
  assert.equal(pairs.length, 6)
  await w.open()
  for (const { proposal, evaluator } of pairs) {
    const points = 60 + 10 * w.proposals.indexOf(proposal) + w.people.indexOf(evaluator)
    assert.equal((await w.score(evaluator, proposal, points)).status, 303)
  }
  assert.equal((await w.national.get(`${w.base}/ranking`)).status, 404)
  assert.equal((await w.national.post(`${w.base}/close`)).status, 303)
  assert.equal((await w.national.post(`${w.base}/release`)).status, 303)
  const page = await (await w.national.get(`${w.base}/ranking`)).text()
  const places = ['Layanan Jemput Bola 3', 'Layanan Jemput Bola 2', 'Layanan Jemput Bola 1'].map((title) =>
    page.indexOf(`<th scope="row">${title}</th>`, page.indexOf('Urutan')),
  )
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  )
  assert.ok(places.every((place) => place > 0))
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: points stay sealed from everybody but their evaluator until release, and then are shown', async () => {
  const w = await aJudgedRound({ entries: 1, people: 3 })
  await w.team()
  await w.assign()
  await w.open()
  const [first, second] = await w.readings()
  // Marks that stand nowhere else on any page, so that finding them means that they leaked.
  await w.score(first!.evaluator, first!.proposal, '73,37')
  await w.score(second!.evaluator, second!.proposal, '64,91')
  const proposal = w.proposals[0]!
  const panel = await w.as(await w.aPerson('panel'))
  const outside = await w.as(w.people.find((p) => p !== first!.evaluator && p !== second!.evaluator))
  const other = await w.as(second!.evaluator)
  const own = await w.as(first!.evaluator)
  const readers = { national: w.national, panel, outside, other, public: await w.as() }
  const addresses = ['', '/evaluators', '/assignment', '/waves', '/rule', '/ranking', '/offset', '/panel', '/nominees']
    .map((end) => `${w.base}${end}`)
    .concat([`/judging/sheets/${proposal}`, '/judging', `${w.base}/evaluators/${first!.evaluator}`])
  const leaks: string[] = []
  for (const state of ['open', 'closed']) {
    for (const [name, reader] of Object.entries(readers))
      for (const address of addresses) {
        const text = await (await reader.get(address)).text()
        if (/73[.,]37/.test(text)) leaks.push(`${state}: ${address} shows ${name} the points`)
      }
    await w.national.post(`${w.base}/close`)
  }
  assert.deepEqual(leaks, [])
  assert.match(await (await own.get(`/judging/sheets/${proposal}`)).text(), /73,37/)

  const events = await w.db.selectFrom('log.event').select('particulars').execute()
  assert.equal(JSON.stringify(events).includes('73.37'), false)

  await w.national.post(`${w.base}/release`)
  assert.equal((await w.national.get(`${w.base}/ranking`)).status, 200)
  assert.equal((await panel.get(`${w.base}/ranking`)).status, 200)
  assert.equal((await other.get(`${w.base}/ranking`)).status, 404)
  assert.equal((await w.national.get(`${w.base}/offset`)).status, 404)
  await w.drop()
})

test('judging: an unfinished sheet lowers no mean', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team()
  await w.assign()
  await w.open()
  const [first, second] = await w.readings()
  await w.score(first!.evaluator, first!.proposal, 80)
  const evaluator = await w.as(second!.evaluator)
  const saved = await evaluator.json('POST', `/judging/sheets/${second!.proposal}/save`, {
    marks: [{ criterion: w.criteria[0], points: 1, comment: '', base: 0 }],
  })
  assert.equal(saved.status, 200)
  const refused = await evaluator.post(`/judging/sheets/${second!.proposal}`, { act: 'finish', 'base-note': '0' })
  assert.equal(refused.status, 409)
  await w.national.post(`${w.base}/close`)
  await w.national.post(`${w.base}/release`)
  const row = await w.db.selectFrom('judging.ranking').select('result').executeTakeFirstOrThrow()
  const { ranked } = row.result as { ranked: { n: number; raw: number; rank: number }[] }
  assert.deepEqual(
    ranked.map(({ n, raw, rank }) => ({ n, raw, rank })),
    [{ n: 1, raw: 80, rank: 1 }],
  )
  await w.drop()
})

test('judging: what a device sends twice is saved once, and what was overtaken is told so', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team()
  await w.assign()
  await w.open()
  const [reading] = await w.readings()
  const evaluator = await w.as(reading!.evaluator)
  const [criterion] = w.criteria
  const send = (points: number, base: number) =>
    evaluator.json('POST', `/judging/sheets/${reading!.proposal}/save`, {
      marks: [{ criterion, points, comment: 'jelas', base }],
    })
  const fatesOf = async (response: Response) => ((await response.json()) as { fates: unknown }).fates

  assert.deepEqual(await fatesOf(await send(70, 0)), [{ field: criterion, fate: 'saved', revision: 1 }])
  // The answer was lost on the way: the device sends the same again, from the revision it knows.
  assert.deepEqual(await fatesOf(await send(70, 0)), [{ field: criterion, fate: 'same', revision: 1 }])
  assert.deepEqual(await fatesOf(await send(75, 1)), [{ field: criterion, fate: 'saved', revision: 2 }])
  assert.deepEqual(await fatesOf(await send(10, 1)), [
    { field: criterion, fate: 'behind', revision: 2, points: 75, comment: 'jelas' },
  ])
  // Two devices at the same moment: one is saved, the other is told.
  const both = await Promise.all([send(81, 2), send(82, 2)])
  const fates = (await Promise.all(both.map(fatesOf))) as { fate: string }[][]
  assert.deepEqual(fates.map(([fate]) => fate!.fate).sort(), ['behind', 'saved'])
  await w.drop()
})

test('judging: points that are no points are refused beside their field, and everything typed is kept', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team()
  await w.assign()
  await w.open()
  const [reading] = await w.readings()
  for (const points of ['101', '-1', '12,345', 'baik']) {
    const response = await w.score(reading!.evaluator, reading!.proposal, points)
    assert.equal(response.status, 422, points)
    const text = await response.text()
    assert.ok(text.includes(`value="${points}"`) && text.includes(`href="#points-${w.criteria[0]}"`), points)
  }
  assert.equal((await w.db.selectFrom('judging.score').selectAll().execute()).length, 0)
  await w.drop()
})

test('judging: a finished sheet is taken back until reading closes, and written by nobody after', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team()
  await w.assign()
  const [reading] = await w.readings()
  const evaluator = await w.as(reading!.evaluator)
  const at = `/judging/sheets/${reading!.proposal}`
  const one = { marks: [{ criterion: w.criteria[0], points: 50, comment: '', base: 0 }] }
  assert.equal((await evaluator.json('POST', `${at}/save`, one)).status, 409, 'not yet open')
  await w.open()
  assert.equal((await w.score(reading!.evaluator, reading!.proposal, 70)).status, 303)
  assert.equal((await evaluator.json('POST', `${at}/save`, one)).status, 200, 'overtaken, so nothing is written')
  assert.equal((await evaluator.post(`${at}/reopen`)).status, 303)
  assert.equal((await evaluator.post(`${at}/reopen`)).status, 409)
  assert.equal((await w.national.post(`${w.base}/close`)).status, 303)
  const again = { marks: [{ criterion: w.criteria[0], points: 50, comment: '', base: 1 }] }
  assert.equal((await evaluator.json('POST', `${at}/save`, again)).status, 409)
  assert.equal((await evaluator.post(`${at}/reopen`)).status, 409)
  assert.equal((await w.national.post(`${w.base}/reopen`, { reason: 'Listrik padam di tiga daerah' })).status, 303)
  assert.equal((await evaluator.json('POST', `${at}/save`, again)).status, 200)
  await w.drop()
})

test('judging: release and the other acts on a round happen once, however many try', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team()
  await w.assign()
  const four = async (path: string, form = {}) =>
    (await Promise.all([1, 2, 3, 4].map(() => w.national.post(`${w.base}/${path}`, form)))).map((r) => r.status).sort()
  assert.deepEqual(await four('open', { until: '2017-04-30' }), [303, 409, 409, 409])
  assert.deepEqual(await four('close'), [303, 409, 409, 409])
  assert.deepEqual(await four('release'), [303, 409, 409, 409])
  assert.equal((await w.db.selectFrom('judging.ranking').select('id').execute()).length, 1)
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: the worklist, the sheet and the round cost as many queries for three entries as for one', async () => {
  const counts: number[][] = []
  for (const entries of [1, 3]) {
    const w = await aJudgedRound({ entries, people: 2 })
    await w.team()
    await w.assign()
    await w.open()
    const [reading] = await w.readings()
    const evaluator = await w.as(reading!.evaluator)
    const of = async (read: () => Promise<Response>) => {
      let status = 0
      const queries = await queriesOf(async () => {
        status = (await read()).status
      })
      assert.equal(status, 200)
      return queries.length
    }
    counts.push([
      await of(async () => evaluator.get('/judging')),
      await of(async () => evaluator.get(`/judging/sheets/${reading!.proposal}`)),
      await of(async () => w.national.get(w.base)),
      await of(async () => w.national.get(`${w.base}/assignment`)),
      await of(async () => w.national.get(`${w.base}/evaluators`)),
    ])
    await w.drop()
  }
  assert.deepEqual(counts[1], counts[0])
})
