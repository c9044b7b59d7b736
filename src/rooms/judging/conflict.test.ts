import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#platform/ids.ts'
import { assertInvariants } from '../../../test/invariants.ts'
import { aJudgedRound } from '../../../test/judging-world.ts'

type World = Awaited<ReturnType<typeof aJudgedRound>>
const reason = 'Pindah dari sana dua puluh tahun lalu'

const nameOf = async (w: World, person: string) =>
  (await w.db.selectFrom('people.person').select('name').where('id', '=', person).executeTakeFirstOrThrow()).name
const agencyOf = (w: World, proposal: string) =>
  w.db
    .selectFrom('competition.proposal as p')
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .select(['a.id', 'a.code', 'a.name'])
    .where('p.id', '=', proposal)
    .executeTakeFirstOrThrow()

/** One entry, three evaluators; the first of them comes from where the entry comes from. */
async function atHome() {
  const w = await aJudgedRound({ entries: 1, people: 3 })
  await w.team()
  const person = w.people[0]!
  const facts = { minLoad: '0', maxLoad: '60', university: 'Universitas 1', homeRegion: '35.10' }
  assert.equal((await w.national.post(`${w.base}/evaluators/${person}`, facts)).status, 303)
  const at = `${w.base}/evaluators/${person}`
  assert.equal((await w.national.post(`${at}/confirm`)).status, 303)
  const conflict = { proposal: w.proposals[0]!, source: 'home-region' }
  const give = () =>
    w.national.post(`${w.base}/assignment/change`, { proposal: w.proposals[0]!, to: person, reason: 'Ahli bidang ini' })
  return { w, person, at, conflict, give }
}

test('judging: a derived conflict is cleared by hand with a reason, shown with who and why, and counts again when that is taken back', async () => {
  const { w, person, at, conflict, give } = await atHome()
  assert.equal((await give()).status, 409)
  assert.equal((await w.national.post(`${at}/clear`, conflict)).status, 422, 'without a reason')
  assert.equal((await w.national.post(`${at}/clear`, { ...conflict, source: 'employer', reason })).status, 409)
  const four = await Promise.all([1, 2, 3, 4].map(() => w.national.post(`${at}/clear`, { ...conflict, reason })))
  assert.deepEqual(four.map((each) => each.status).sort(), [303, 409, 409, 409])
  const page = await (await w.national.get(at)).text()
  assert.ok(page.includes(`Bukan konflik: ${reason} (${await nameOf(w, w.admin)}, `), page)
  assert.equal((await give()).status, 303)
  await assertInvariants(w.db)

  // Found again at every change, from the same home: it stays cleared, and the reading goes on.
  await w.open('Uji dengan sedikit pembaca')
  assert.deepEqual(
    (await w.readings()).map((each) => each.ended_as),
    [null],
  )
  const four2 = await Promise.all(
    [1, 2, 3, 4].map(() => w.national.post(`${at}/restore`, { ...conflict, reason: 'Keluarganya masih di sana' })),
  )
  assert.deepEqual(four2.map((each) => each.status).sort(), [303, 409, 409, 409])
  assert.deepEqual(
    (await w.readings()).map((each) => [each.evaluator, each.ended_as]),
    [[person, 'recused']],
  )
  const history = await (await w.national.get(at)).text()
  for (const part of [reason, 'Keluarganya masih di sana']) assert.ok(history.includes(part), part)
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: what was cleared for one home is a conflict again for another', async () => {
  const { w, at, conflict, give } = await atHome()
  assert.equal((await w.national.post(`${at}/clear`, { ...conflict, reason })).status, 303)
  const facts = { minLoad: '0', maxLoad: '60', university: 'Universitas 1', homeRegion: '35' }
  assert.equal((await w.national.post(at, facts)).status, 303)
  assert.equal((await w.national.post(`${at}/confirm`)).status, 303)
  assert.equal((await give()).status, 409)
  await w.drop()
})

test('judging: nobody but the secretariat clears a conflict, and nobody their own', async () => {
  const { w, person, at, conflict } = await atHome()
  const panel = await w.aPerson('panel')
  for (const who of [person, panel, await w.aPerson(), undefined])
    for (const end of ['clear', 'restore', 'involvements/withdraw', 'involvements/correct']) {
      const { status } = await (await w.as(who)).post(`${at}/${end}`, { ...conflict, reason, work: newId() })
      assert.ok(status === 404 || status === 303, `${end}: ${status}`)
    }
  assert.deepEqual(await w.db.selectFrom('judging.clearance').selectAll().execute(), [])
  // A national admin who reads as well is in the same position as any other reader.
  await w.db
    .insertInto('people.role')
    .values({ id: newId(), person, role: 'national-admin', since: new Date('2014-01-01T00:00:00Z') })
    .execute()
  const both = await w.as(person)
  const own = await both.post(`${at}/clear`, { ...conflict, reason })
  assert.equal(own.status, 409)
  assert.match(await own.text(), /diputuskan oleh orang lain/)
  await w.drop()
})

test('judging: an evaluator withdraws what they declared, with a reason; the entry stays with somebody else', async () => {
  const w = await aJudgedRound({ entries: 1, people: 3 })
  await w.team()
  await w.assign()
  await w.open()
  const [first] = await w.readings()
  const reader = await w.as(first!.evaluator)
  const sheet = `/judging/sheets/${first!.proposal}`
  const why = { reason: 'Adik saya bekerja di unit ini' }
  assert.equal((await reader.post(`${sheet}/conflict/withdraw`, why)).status, 409, 'nothing was declared')
  assert.equal((await reader.post(`${sheet}/conflict`, why)).status, 303)
  const at = `${w.base}/evaluators/${first!.evaluator}`
  const declared = { proposal: first!.proposal, source: 'declared', reason }
  assert.equal((await w.national.post(`${at}/clear`, declared)).status, 409, 'only whoever declared it')
  assert.equal((await reader.post(`${sheet}/conflict/withdraw`, { reason: '' })).status, 422)
  const mistaken = { reason: 'Salah baca nama unitnya' }
  const three = await Promise.all([1, 2, 3].map(() => reader.post(`${sheet}/conflict/withdraw`, mistaken)))
  assert.deepEqual(three.map((each) => each.status).sort(), [303, 409, 409])
  assert.match(await (await reader.get(sheet)).text(), /Pernyataan itu sudah Anda cabut: Salah baca nama unitnya/)
  const page = await (await w.national.get(at)).text()
  for (const part of [why.reason, mistaken.reason]) assert.ok(page.includes(part), part)
  await w.assign()
  assert.deepEqual(
    (await w.readings()).filter((each) => each.evaluator === first!.evaluator).map((each) => each.ended_as),
    ['recused'],
  )
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: a noted innovation is found by its identity in the register, is corrected and withdrawn with a reason, and stays as history', async () => {
  const w = await aJudgedRound({ entries: 2, people: 2 })
  await w.team()
  const [entry] = w.proposals
  const agency = await agencyOf(w, entry!)
  const elsewhere = await w.anAgency({ name: 'Pemerintah Kabupaten Lain' })
  const innovation = newId()
  const winner = async (name: string, of: { id: string; name: string }, year: number, identity = innovation) => {
    const id = newId()
    const text = { name, agency_name: of.name, region_name: 'Jawa Timur', level: 'Top 99', summary: 'x', source: 'uji' }
    await w.db
      .insertInto('competition.winner')
      .values({ ...text, id, innovation: identity, agency: of.id, year })
      .execute()
    return id
  }
  const other = { id: elsewhere, name: 'Pemerintah Kabupaten Lain' }
  const award = await winner('Nama Lama', other, 2014)
  await winner('Inovasi Lain Sama Sekali', other, 2015, newId())
  // The entry says which winner it is; it came from another agency, under another name.
  await w.db.updateTable('competition.proposal').set({ winner: award }).where('id', '=', entry!).execute()
  assert.notEqual(agency.id, elsewhere)

  const person = w.people[0]!
  const at = `${w.base}/evaluators/${person}`
  const conflicts = () => w.db.selectFrom('judging.conflict').select(['proposal', 'evaluator', 'source']).execute()
  const work = { kind: 'mentor', agency: 'Pemerintah Kabupaten Lain', title: 'Inovasi lain, sama sekali' }
  assert.equal((await w.national.post(`${at}/involvements`, work)).status, 303)
  assert.equal((await w.national.post(`${at}/involvements`, work)).status, 409)
  assert.deepEqual(await conflicts(), [])
  const noted = () =>
    w.db
      .selectFrom('judging.involvement')
      .select(['id', 'title', 'innovation', 'ended_reason', 'replaced_by'])
      .orderBy('ended', (o) => o.asc().nullsLast())
      .execute()
  const [wrong] = await noted()

  const correct = (form: Record<string, string>) =>
    w.national.post(`${at}/involvements/correct`, { ...work, work: wrong!.id, ...form })
  assert.equal((await correct({ innovation, reason: '' })).status, 422)
  const corrected = await Promise.all([1, 2, 3].map(() => correct({ innovation, reason: 'Ternyata yang lain' })))
  assert.deepEqual(corrected.map((each) => each.status).sort(), [303, 409, 409])
  assert.deepEqual(await conflicts(), [{ proposal: entry, evaluator: person, source: 'mentor' }])
  const two = await noted()
  assert.deepEqual(
    two.map((each) => [each.innovation === innovation, each.ended_reason, each.replaced_by]),
    [
      [false, 'Ternyata yang lain', two[1]!.id],
      [true, null, null],
    ],
  )
  const page = await (await w.national.get(at)).text()
  for (const part of ['Dalam daftar pemenang: Nama Lama, Top 99, 2014', 'Diperbaiki', 'Ternyata yang lain'])
    assert.ok(page.includes(part), part)

  const withdraw = { work: two[1]!.id, reason: 'Tidak pernah mendampinginya' }
  const withdrawn = await Promise.all([1, 2, 3].map(() => w.national.post(`${at}/involvements/withdraw`, withdraw)))
  assert.deepEqual(withdrawn.map((each) => each.status).sort(), [303, 409, 409])
  assert.deepEqual(await conflicts(), [])
  assert.ok((await (await w.national.get(at)).text()).includes('Tidak pernah mendampinginya'))
  // Withdrawn, it can be noted again.
  assert.equal((await w.national.post(`${at}/involvements`, work)).status, 303)
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: the page of an evaluator costs as many queries for three conflicts and innovations as for one', async () => {
  const { queriesOf } = await import('#platform/db.ts')
  const counts: number[] = []
  for (const n of [1, 3]) {
    const w = await aJudgedRound({ entries: n, people: 1 })
    await w.team()
    const at = `${w.base}/evaluators/${w.people[0]}`
    for (const [i, proposal] of w.proposals.entries()) {
      const { name } = await agencyOf(w, proposal)
      const work = { kind: 'mentor', agency: name, title: `Layanan Jemput Bola ${i + 1}` }
      assert.equal((await w.national.post(`${at}/involvements`, work)).status, 303)
    }
    let text = ''
    const queries = await queriesOf(async () => {
      text = await (await w.national.get(at)).text()
    })
    assert.equal(text.match(/Nyatakan bukan konflik<\/summary>/g)?.length, n)
    counts.push(queries.length)
    await w.drop()
  }
  assert.equal(counts[1], counts[0])
})
