import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertInvariants } from '../../../test/invariants.ts'
import { aJudgedRound } from '../../../test/judging-world.ts'
import { computed } from './running.ts'

type World = Awaited<ReturnType<typeof aJudgedRound>>

const conflictsOf = (w: World) =>
  w.db.selectFrom('judging.conflict').select(['proposal', 'evaluator', 'source']).orderBy('source').execute()

/** Begin a computation and wait for it; gives the text of its page. */
async function computedPage(w: World) {
  const begun = await w.national.post(`${w.base}/assignment/runs`)
  assert.equal(begun.status, 303)
  const address = begun.headers.get('location')!
  await computed(address.split('/').at(-1)!)
  return { address, text: await (await w.national.get(address)).text() }
}

test('judging: a home region, an employer and an earlier innovation are conflicts, and the assignment goes around them', async () => {
  const w = await aJudgedRound({ entries: 3, people: 3 })
  await w.team()
  const [first, second, third] = w.proposals
  const agencies = await w.db.selectFrom('competition.proposal').select(['id', 'agency']).execute()
  const agencyOf = (id: string) => agencies.find((each) => each.id === id)!.agency
  const code = async (id: string) =>
    (await w.db.selectFrom('people.agency').select('code').where('id', '=', agencyOf(id)).executeTakeFirstOrThrow())
      .code
  const facts = { minLoad: '0', maxLoad: '60' }
  const put = (person: string, form: Record<string, string>) =>
    w.national.post(`${w.base}/evaluators/${person}`, { ...facts, university: '', ...form })
  // 35.10 is where the first entry comes from; the third comes from 33.01.
  assert.equal((await put(w.people[0]!, { homeRegion: '35.10 Banyuwangi' })).status, 303)
  assert.equal((await put(w.people[1]!, { employer: await code(second!) })).status, 303)
  const work = { kind: 'co-author', agency: await code(third!), title: ' layanan  jemput-bola 3!' }
  assert.equal((await w.national.post(`${w.base}/evaluators/${w.people[2]}/involvements`, work)).status, 303)
  assert.deepEqual(await conflictsOf(w), [
    { proposal: third, evaluator: w.people[2], source: 'co-author' },
    { proposal: second, evaluator: w.people[1], source: 'employer' },
    { proposal: first, evaluator: w.people[0], source: 'home-region' },
  ])
  // Another home or employer is another identity to confirm.
  for (const person of w.people.slice(0, 2))
    assert.equal((await w.national.post(`${w.base}/evaluators/${person}/confirm`)).status, 303)
  await w.assign()
  assert.deepEqual(
    (await w.readings()).map(({ proposal, evaluator }) => [w.proposals.indexOf(proposal), w.people.indexOf(evaluator)]),
    [
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 2],
      [2, 0],
      [2, 1],
    ],
  )
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: a place that nobody knows is refused beside its field', async () => {
  const w = await aJudgedRound({ entries: 1, people: 1 })
  const form = { person: w.people[0]!, homeRegion: 'Atlantis', employer: 'Kerajaan Langit', minLoad: '9', maxLoad: '5' }
  const response = await w.national.post(`${w.base}/evaluators`, form)
  assert.equal(response.status, 422)
  const text = await response.text()
  for (const kept of ['href="#homeRegion"', 'href="#employer"', 'value="Atlantis"', 'value="Kerajaan Langit"'])
    assert.ok(text.includes(kept), kept)
  await w.drop()
})

test('judging: somebody whose identity is not confirmed gets nothing to read', async () => {
  const w = await aJudgedRound({ entries: 1, people: 3 })
  await w.team()
  await w.db.updateTable('judging.evaluator').set({ confirmed: null }).where('person', '=', w.people[0]!).execute()
  await w.assign()
  assert.equal(
    (await w.readings()).some((each) => each.evaluator === w.people[0]),
    false,
  )
  const change = { proposal: w.proposals[0]!, to: w.people[0]!, reason: 'Ahli di bidang ini' }
  assert.equal((await w.national.post(`${w.base}/assignment/change`, change)).status, 409)
  await w.drop()
})

test('judging: a conflict that comes up late ends the reading, is never counted, and asks for a replacement', async () => {
  const w = await aJudgedRound({ entries: 1, people: 3 })
  await w.team()
  await w.assign()
  await w.open()
  const [first, second] = await w.readings()
  await w.score(first!.evaluator, first!.proposal, 20)
  await w.score(second!.evaluator, second!.proposal, 80)
  const evaluator = await w.as(first!.evaluator)
  const reason = { reason: 'Adik saya bekerja di unit ini' }
  assert.equal((await evaluator.post(`/judging/sheets/${first!.proposal}/conflict`, reason)).status, 303)
  assert.equal((await evaluator.post(`/judging/sheets/${first!.proposal}/conflict`, reason)).status, 409)
  assert.match(await (await evaluator.get(`/judging/sheets/${first!.proposal}`)).text(), /tidak lagi Anda baca/)
  await w.assign()
  const third = w.people.find((person) => person !== first!.evaluator && person !== second!.evaluator)
  assert.deepEqual(
    (await w.readings())
      .map(({ evaluator, purpose, ended_as }) => ({ evaluator, purpose, ended_as }))
      .sort((a, b) => (a.evaluator < b.evaluator ? -1 : 1)),
    [
      { evaluator: first!.evaluator, purpose: 'first', ended_as: 'recused' },
      { evaluator: second!.evaluator, purpose: 'first', ended_as: null },
      { evaluator: third!, purpose: 'replacement', ended_as: null },
    ].sort((a, b) => (a.evaluator < b.evaluator ? -1 : 1)),
  )
  await w.national.post(`${w.base}/close`)
  await w.national.post(`${w.base}/release`)
  const row = await w.db.selectFrom('judging.ranking').select('result').executeTakeFirstOrThrow()
  assert.deepEqual(
    (row.result as { ranked: { n: number; raw: number }[] }).ranked.map(({ n, raw }) => [n, raw]),
    [[1, 80]],
  )
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: when two readers differ too much, a third is looked for, and nobody learns the points', async () => {
  const w = await aJudgedRound({ entries: 2, people: 3 })
  await w.team()
  await w.assign()
  await w.open()
  for (const { proposal, evaluator } of await w.readings()) {
    const apart =
      proposal === w.proposals[0] && evaluator === (await w.readings()).find((r) => r.proposal === proposal)!.evaluator
    assert.equal((await w.score(evaluator, proposal, apart ? 41 : 90)).status, 303)
  }
  assert.match(await (await w.national.get(`${w.base}/assignment`)).text(), /1 proposal memerlukan pembaca ketiga/)
  await w.assign()
  const all = (await w.readings()).filter((each) => each.proposal === w.proposals[0])
  assert.deepEqual(all.map((each) => each.purpose).sort(), ['first', 'first', 'third'])
  assert.equal(new Set(all.map((each) => each.evaluator)).size, 3)
  // Called once: nothing lacks any more.
  assert.equal((await w.national.post(`${w.base}/assignment/runs`)).status, 409)
  await w.drop()
})

test('judging: an assignment that cannot be met says which entries, which rule, and what would help', async () => {
  const w = await aJudgedRound({ entries: 3, people: 2 })
  await w.team({ maxLoad: '2' })
  const { text } = await computedPage(w)
  for (const sentence of [
    '2 pembacaan tidak mendapat tempat',
    'harus menempatkan 3 pembacaan pada Penilai 1, yang hanya punya tempat untuk 2 (beban tertinggi)',
    'Naikkan beban tertinggi Penilai 1 sebanyak 1: masih tersisa 1',
    'Tambah 1 evaluator tanpa konflik, masing-masing sampai 2 proposal: ini saja sudah cukup',
  ])
    assert.ok(text.includes(sentence), sentence)
  await w.drop()
})

test('judging: two of one university do not read the same entry', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team({ university: 'Universitas Contoh' })
  const { text } = await computedPage(w)
  assert.match(text, /tidak ada susunan pembaca yang boleh, walau semua evaluator bebas \(satu perguruan tinggi/)
  assert.match(text, /Lepas aturan perguruan tinggi: ini saja sudah cukup/)
  await w.drop()
})

test('judging: a proposal of the computer that was overtaken by a conflict is not accepted', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team()
  const { address } = await computedPage(w)
  await w.db.updateTable('judging.evaluator').set({ home_region: '35.10' }).where('person', '=', w.people[0]!).execute()
  const response = await w.national.post(`${address}/accept`)
  assert.equal(response.status, 409)
  assert.match(await response.text(), /Ada perubahan sejak perhitungan ini/)
  assert.equal((await w.readings()).length, 0)
  await w.drop()
})

test('judging: a proposal of the computer is accepted once, and only one computation goes on at a time', async () => {
  const w = await aJudgedRound({ entries: 2, people: 3 })
  await w.team()
  const begun = await Promise.all([1, 2, 3].map(() => w.national.post(`${w.base}/assignment/runs`)))
  // On a busy machine a request may come so late that the first computation has ended: then it is no second one.
  const runs = begun.filter(({ status }) => status === 303).map((each) => each.headers.get('location')!)
  assert.ok(runs.length >= 1, 'none began')
  assert.equal(begun.filter(({ status }) => status === 409).length, 3 - runs.length)
  const going = await w.db.selectFrom('judging.run').select('id').where('state', '=', 'running').execute()
  assert.ok(going.length <= 1, `${going.length} computations at a time`)
  for (const run of runs) await computed(run.split('/').at(-1)!)
  // A later one supersedes those before it: one proposal stands.
  const proposed = await w.db.selectFrom('judging.run').select('id').where('state', '=', 'proposed').execute()
  assert.equal(proposed.length, 1)
  const address = `${w.base}/assignment/runs/${proposed[0]!.id}`
  const accepted = await Promise.all([1, 2, 3].map(() => w.national.post(`${address}/accept`)))
  assert.deepEqual(accepted.map((each) => each.status).sort(), [303, 409, 409])
  assert.equal((await w.readings()).length, 4)
  await w.drop()
})

test('judging: a computation that was cancelled leaves nothing to accept', async () => {
  const w = await aJudgedRound({ entries: 2, people: 3 })
  await w.team()
  const begun = await w.national.post(`${w.base}/assignment/runs`)
  const address = begun.headers.get('location')!
  const run = address.split('/').at(-1)!
  const cancelled = await w.national.post(`${address}/cancel`)
  await computed(run)
  // It may have been quicker than we; then there is nothing to cancel, and either way one state stands.
  const { state } = await w.db.selectFrom('judging.run').select('state').where('id', '=', run).executeTakeFirstOrThrow()
  assert.deepEqual([cancelled.status, state], cancelled.status === 303 ? [303, 'cancelled'] : [409, 'proposed'])
  if (state === 'cancelled') assert.equal((await w.national.post(`${address}/accept`)).status, 409)
  await w.drop()
})

test('judging: a reading is moved by hand with a reason, never onto a conflict and never twice', async () => {
  const w = await aJudgedRound({ entries: 1, people: 3 })
  await w.team()
  await w.assign()
  const [first, second] = await w.readings()
  const spare = w.people.find((person) => person !== first!.evaluator && person !== second!.evaluator)!
  const move = (form: Record<string, string>) => w.national.post(`${w.base}/assignment/change`, { number: '', ...form })
  const proposal = w.proposals[0]!
  assert.equal((await move({ proposal, from: first!.evaluator, to: spare, reason: '' })).status, 422)
  assert.equal(
    (await move({ proposal, from: first!.evaluator, to: second!.evaluator, reason: 'Sakit lama' })).status,
    409,
  )
  assert.equal((await move({ proposal, from: first!.evaluator, to: spare, reason: 'Sakit lama' })).status, 303)
  assert.equal((await move({ proposal, from: first!.evaluator, to: spare, reason: 'Sakit lama' })).status, 409)
  assert.deepEqual(
    (await w.readings())
      .filter((each) => each.ended_as === null)
      .map((each) => each.evaluator)
      .sort(),
    [second!.evaluator, spare].sort(),
  )
  await w.drop()
})

test('judging: evaluators are written to when reading opens and when they get more, without a title of an entry', async () => {
  const w = await aJudgedRound({ entries: 2, people: 3 })
  await w.team()
  await w.assign()
  const letters = () => w.db.selectFrom('log.mail').select(['to_name', 'subject', 'body']).orderBy('id').execute()
  assert.deepEqual(await letters(), [])
  await w.open()
  const readers = new Set((await w.readings()).map((each) => each.evaluator))
  assert.deepEqual(
    (await letters()).map((letter) => letter.to_name).sort(),
    [...readers].map((person) => `Penilai ${w.people.indexOf(person) + 1}`).sort(),
  )
  const [first] = await w.readings()
  const evaluator = await w.as(first!.evaluator)
  await evaluator.post(`/judging/sheets/${first!.proposal}/conflict`, { reason: 'Pernah menjadi konsultannya' })
  await w.assign()
  const all = await letters()
  assert.equal(all.length, readers.size + 1)
  assert.match(all.at(-1)!.body, /Ada 1 proposal tambahan/)
  assert.equal(
    all.some((letter) => /Jemput Bola/.test(letter.subject + letter.body)),
    false,
  )
  await w.drop()
})

test('judging: whoever withdraws leaves finished sheets behind and unfinished ones to others', async () => {
  const w = await aJudgedRound({ entries: 2, people: 3 })
  await w.team()
  await w.assign()
  await w.open()
  const all = await w.readings()
  const person = w.people.find((each) => all.filter((r) => r.evaluator === each).length === 2) ?? all[0]!.evaluator
  const own = all.filter((each) => each.evaluator === person)
  await w.score(person, own[0]!.proposal, 70)
  const withdraw = () => w.national.post(`${w.base}/evaluators/${person}/withdraw`, { reason: 'Pindah tugas' })
  assert.equal((await withdraw()).status, 303)
  assert.equal((await withdraw()).status, 409)
  assert.deepEqual(
    (await w.readings()).filter((each) => each.evaluator === person).map((each) => [each.proposal, each.ended_as]),
    own.map((each) => [each.proposal, each.proposal === own[0]!.proposal ? null : 'withdrawn']),
  )
  await w.drop()
})

test('judging: what the secretariat manages is not there for others', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team()
  const others = {
    evaluator: await w.as(w.people[0]),
    panel: await w.as(await w.aPerson('panel')),
    nobody: await w.as(await w.aPerson()),
    public: await w.as(),
    'national without factor': await w.as(w.admin, { secondFactor: false }),
  }
  const gets = ['', '/evaluators', `/evaluators/${w.people[0]}`, '/assignment', '/waves', '/ranking']
  const posts = [
    '/evaluators',
    `/evaluators/${w.people[0]}/confirm`,
    '/assignment/runs',
    '/assignment/change',
    '/assignment/settings',
    '/open',
    '/close',
    '/release',
    '/waves',
  ]
  const wrong: string[] = []
  for (const [name, reader] of Object.entries(others)) {
    for (const end of gets) {
      const { status } = await reader.get(`${w.base}${end}`)
      if (status !== 404 && status !== 303) wrong.push(`GET ${end} as ${name}: ${status}`)
    }
    for (const end of posts) {
      const { status } = await reader.post(`${w.base}${end}`, { until: '2017-04-30' })
      if (status !== 404 && status !== 303) wrong.push(`POST ${end} as ${name}: ${status}`)
    }
  }
  assert.deepEqual(wrong, [])
  const { opened } = (await w.db.selectFrom('judging.reading').select('opened').executeTakeFirst()) ?? { opened: null }
  assert.equal(opened, null)
  await w.drop()
})
