import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shippedRounds } from '#competition'
import { aPanelWorld } from '../../../test/panel-world.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!

/** Two nominees in an open plenary; the second comes from an agency of its own. */
async function sitting() {
  const w = await aPanelWorld(rules)
  const [a, b] = await w.entries('city', [90, 80])
  await w.moveTo('panel')
  await w.onlyPlaces({ kota: 2 })
  assert.equal((await w.secretary.post(`/judging/rounds/${w.round}/nominees`)).status, 303)
  const at = `/judging/rounds/${w.round}/plenary/finalists`
  assert.equal((await w.secretary.post(`${at}/open`)).status, 303)
  const agencies = await w.db
    .selectFrom('competition.proposal as p')
    .innerJoin('people.agency as g', 'g.id', 'p.agency')
    .select(['p.id', 'g.code', 'g.name'])
    .execute()
  const codeOf = (proposal: string) => agencies.find((each) => each.id === proposal)!.code
  const decided = (...proposals: string[]) =>
    Object.fromEntries(
      proposals.flatMap((id) => [
        [`outcome-${id}`, 'finalist'],
        [`reason-${id}`, 'Dampaknya nyata.'],
      ]),
    )
  const interests = `/judging/rounds/${w.round}/interests`
  return { w, a: a!, b: b!, at, codeOf, decided, interests }
}

test('judging: a panel member takes no part in the decision on an entry of an agency that he or she declared, and the page says why', async () => {
  const { w, a, b, at, codeOf, decided, interests } = await sitting()
  const [first, second] = await Promise.all(w.panelists.map((person) => w.as(person)))
  assert.equal((await first!.post(interests, { agency: codeOf(a), region: '' })).status, 303)
  const page = await (await first!.get(at)).text()
  assert.match(page, /Anda tidak ikut memutus/)
  assert.equal(page.includes(`name="outcome-${a}"`), false)
  assert.ok(page.includes(`name="outcome-${b}"`))
  // Sent all the same, the other decision stands and this one does not.
  const both = await first!.post(`${at}/decisions`, decided(a, b))
  assert.equal(both.status, 409)
  assert.match(await both.text(), /Anda menyatakan benturan kepentingan/)
  assert.deepEqual(await w.db.selectFrom('judging.decision').select(['proposal', 'recused']).execute(), [
    { proposal: b, recused: [] },
  ])
  assert.equal((await second!.post(`${at}/decisions`, decided(a))).status, 303)
  const [kept] = await w.db.selectFrom('judging.decision').select('recused').where('proposal', '=', a).execute()
  assert.deepEqual(kept, { recused: [w.panelists[0]!] })
  const { name } = await w.db
    .selectFrom('people.person')
    .select('name')
    .where('id', '=', w.panelists[0]!)
    .executeTakeFirstOrThrow()
  assert.ok((await (await w.secretary.get(at)).text()).includes(`Tidak ikut memutus: ${name}`))
  assert.ok(
    (await (await w.secretary.get(`/judging/entries/${a}/nominee`)).text()).includes(`Tidak ikut memutus: ${name}`),
  )
  await w.drop()
})

test('judging: who declares while the decision is being written is either in time or not part of it', async () => {
  const { w, a, at, codeOf, decided, interests } = await sitting()
  const member = await w.as(w.panelists[0]!)
  const [declared, wrote] = await Promise.all([
    member.post(interests, { agency: codeOf(a), region: '' }),
    member.post(`${at}/decisions`, decided(a)),
  ])
  assert.equal(declared.status, 303)
  const rows = await w.db.selectFrom('judging.decision').select('recused').execute()
  assert.deepEqual([wrote.status, rows], wrote.status === 303 ? [303, [{ recused: [] }]] : [409, []])
  await w.drop()
})

test('judging: a member declares any agency, withdraws it with a reason, and then decides again; only members do', async () => {
  const { w, a, at, codeOf, decided, interests } = await sitting()
  const outside = await w.anAgency({ kind: 'bumn', name: 'Perusahaan Umum Contoh', region: null })
  const member = await w.as(w.panelists[0]!)
  const missing = await member.post(interests, { agency: 'Kerajaan Langit', region: '' })
  assert.equal(missing.status, 422)
  const text = await missing.text()
  assert.ok(text.includes('value="Kerajaan Langit"') && text.includes('href="#agency"'))
  assert.equal((await member.post(interests, { agency: 'perusahaan umum contoh', region: '' })).status, 303)
  assert.equal((await member.post(interests, { agency: codeOf(a), region: '' })).status, 303)
  const own = await w.db.selectFrom('judging.interest').select(['id', 'agency']).orderBy('id').execute()
  assert.equal(own[0]!.agency, outside)
  const withdraw = (reason: string) => member.post(`${interests}/withdraw`, { interest: own[1]!.id, reason })
  assert.equal((await withdraw('')).status, 422)
  const three = await Promise.all([1, 2, 3].map(() => withdraw('Salah pilih instansi')))
  assert.deepEqual(three.map((each) => each.status).sort(), [303, 409, 409])
  assert.match(await (await member.get(interests)).text(), /Salah pilih instansi/)
  assert.equal((await member.post(`${at}/decisions`, decided(a))).status, 303)
  // Of another member it is not there to withdraw, and others do not declare at all.
  const other = await w.as(w.panelists[1]!)
  assert.equal((await other.post(`${interests}/withdraw`, { interest: own[0]!.id, reason: 'Bukan saya' })).status, 409)
  assert.equal((await w.secretary.post(interests, { agency: codeOf(a), region: '' })).status, 403)
  for (const person of [await w.aPerson('evaluator'), await w.aPerson(), undefined])
    assert.equal([303, 403].includes((await (await w.as(person)).post(interests, { agency: codeOf(a) })).status), true)
  await w.drop()
})
