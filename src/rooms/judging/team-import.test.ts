import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drain } from '#platform/jobs.ts'
import { writeXlsx } from '#platform/sheet.ts'
import { assertInvariants } from '../../../test/invariants.ts'
import { aJudgedRound } from '../../../test/judging-world.ts'
import { jobs } from '../../jobs.ts'

type World = Awaited<ReturnType<typeof aJudgedRound>>
const head = 'Nama;Surel;Instansi;Daerah asal;Keahlian;Bidang;Tempat kerja;Paling sedikit;Paling banyak'

async function upload(w: World, content: string | Uint8Array<ArrayBuffer>, name = 'tim.csv', by = w.national) {
  const body = new FormData()
  body.set('file', new File([content], name))
  return by.send('POST', `${w.base}/evaluators/import`, body)
}
const emailOf = async (w: World, person: string) =>
  (await w.db.selectFrom('people.person').select('email').where('id', '=', person).executeTakeFirstOrThrow()).email
const team = (w: World) =>
  w.db
    .selectFrom('judging.evaluator')
    .select(['person', 'university', 'home_region', 'expertise', 'min_load', 'max_load', 'confirmed'])
    .execute()

test('judging: evaluators come from a table, those with the role at once and the others when they accept, identities unconfirmed', async () => {
  const w = await aJudgedRound({ entries: 1, people: 1 })
  const category = w.rules.categories[0]!
  const rows = [
    head,
    `Penilai Satu;${(await emailOf(w, w.people[0]!)).toUpperCase()};Universitas A;35.10;${category.label.id};;;5;40`,
    `Penilai Baru;baru@kampus.ac.id;Universitas B;;${category.key};${category.key};;;`,
  ].join('\r\n')
  const checked = await upload(w, rows)
  assert.equal(checked.status, 303)
  const at = checked.headers.get('location')!
  assert.match(await (await w.national.get(at)).text(), /Semua baris dapat diimpor/)
  assert.deepEqual(await team(w), [], 'nothing before it is confirmed')
  const four = await Promise.all([1, 2, 3, 4].map(() => w.national.post(at)))
  assert.deepEqual(four.map((each) => each.status).sort(), [303, 409, 409, 409])
  const [first] = await team(w)
  assert.deepEqual(first, {
    person: w.people[0],
    university: 'Universitas A',
    home_region: '35.10',
    expertise: [category.key],
    min_load: 5,
    max_load: 40,
    confirmed: null,
  })
  assert.deepEqual(await w.db.selectFrom('judging.conflict').select('source').execute(), [{ source: 'home-region' }])
  assert.deepEqual(await w.db.selectFrom('judging.team_import').select('rows').execute(), [{ rows: [] }])
  assert.match(await (await w.national.get(`${w.base}/evaluators`)).text(), /baru@kampus\.ac\.id/)

  const letters = await w.db.selectFrom('log.mail').select(['to_email', 'body']).execute()
  assert.deepEqual(
    letters.map((letter) => letter.to_email),
    ['baru@kampus.ac.id'],
  )
  const link = /\/people\/invitations\/\S+/.exec(letters[0]!.body)![0]
  const guest = await w.as()
  const password = 'kereta api malam 42'
  const accepted = await guest.post(link, { name: 'Penilai Baru', password, again: password, phone: '', lang: 'id' })
  assert.equal(accepted.status, 303, (await accepted.text()).slice(0, 300))
  for (let i = 0; i < 2; i++) await drain(w.address, w.db, jobs)
  const two = await team(w)
  assert.deepEqual(
    two.map((each) => [each.university, each.max_load, each.confirmed]),
    [
      ['Universitas A', 40, null],
      ['Universitas B', 60, null],
    ],
  )
  assert.doesNotMatch(await (await w.national.get(`${w.base}/evaluators`)).text(), /Diundang, belum menerima/)
  // The same list again finds everybody there.
  const again = await upload(w, rows)
  assert.equal((await w.national.post(again.headers.get('location')!)).status, 409)
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: every problem of a table is listed by row and column, and nothing of it is written', async () => {
  const w = await aJudgedRound({ entries: 1, people: 1 })
  const rows = [
    ['nama', 'surel', 'daerah asal', 'keahlian', 'tempat kerja', 'paling sedikit', 'paling banyak'],
    ['Penilai Satu', await emailOf(w, w.people[0]!), '', '', '', '', ''],
    ['', 'bukan-surel', 'Atlantis', 'sihir', 'Kerajaan Langit', '9', '5'],
    ['Kembar', 'kembar@kampus.ac.id', '', '', '', '', ''],
    ['Kembar', 'Kembar@kampus.ac.id', '', '', '', 'dua', ''],
  ]
  const checked = await upload(w, new Uint8Array(await writeXlsx(rows)), 'tim.xlsx')
  assert.equal(checked.status, 303)
  const at = checked.headers.get('location')!
  const page = await (await w.national.get(at)).text()
  const problems = [...page.matchAll(/<tr><th scope="row"[^>]*>(\d+)<\/th><td[^>]*>([a-z_]+)<\/td>/g)].map((m) => [
    m[1],
    m[2],
  ])
  assert.deepEqual(problems, [
    ['3', 'nama'],
    ['3', 'surel'],
    ['3', 'daerah_asal'],
    ['3', 'tempat_kerja'],
    ['3', 'keahlian'],
    ['3', 'paling_banyak'],
    ['5', 'surel'],
    ['5', 'paling_sedikit'],
  ])
  assert.match(page, /Surel yang sama ada di baris 4/)
  assert.match(page, /Kategori “sihir” tidak ada/)
  assert.equal((await w.national.post(at)).status, 409)
  assert.deepEqual([await team(w), await w.db.selectFrom('log.mail').select('id').execute()], [[], []])
  assert.equal((await upload(w, 'nama;telepon\nA;1')).status, 422)
  assert.equal((await upload(w, '')).status, 422)
  await w.drop()
})

test('judging: only the secretariat imports evaluators, and only until reading is over', async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  await w.team()
  await w.assign()
  const csv = 'nama;surel\nPenilai Baru;baru@kampus.ac.id'
  const at = (await upload(w, csv)).headers.get('location')!
  for (const person of [w.people[0]!, await w.aPerson('panel'), await w.aPerson()]) {
    const other = await w.as(person)
    assert.equal((await upload(w, csv, 'tim.csv', other)).status, 404)
    for (const address of [at, `${w.base}/evaluators/import`, `${w.base}/evaluators/import/template.csv`])
      assert.equal((await other.get(address)).status, 404, address)
    assert.equal((await other.post(at)).status, 404)
  }
  assert.match(await (await w.national.get(`${w.base}/evaluators/import/template.csv`)).text(), /^nama,surel,instansi,/)
  await w.open()
  await w.national.post(`${w.base}/close`)
  assert.equal((await w.national.post(at)).status, 409)
  assert.deepEqual(await w.db.selectFrom('judging.expected').select('id').execute(), [])
  await w.drop()
})
