import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { aWorld, type World } from '../../../../test/world.ts'
import { compareRound } from '../actions/examination.ts'
import type { Finding } from '../domain/admission-finding.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'

const rules = shippedRounds().find(({ year }) => year === 2017)!

/** A text that breaks no rule of its own: long enough, varied, and each answer different. */
const sound = (seed: string) =>
  Object.fromEntries(
    rules.groups[0]!.questions.map(({ key }) => [
      key,
      `${key} ${seed} ${Array.from({ length: 45 }, (_, i) => `kata${seed}${key}${i}`).join(' ')}`,
    ]),
  )

describe('competition: administrative selection', () => {
  let world: World
  let round: string
  let agency: string
  let unit: string
  let first: string
  let second: string
  before(async () => {
    world = await aWorld(new Date('2017-03-12T02:00:00Z'))
    round = await world.aRound(rules)
    agency = await world.anAgency({ name: 'Pemerintah Kabupaten Satu' })
    unit = await world.aUnit(agency, 'Dinas Kesehatan Satu')
    await world.aPerson('unit', { agency, unit }, 'Ibu Unit')
    await world.aPerson('local-admin', { agency }, 'Bapak Admin')
    first = await world.aPerson('national-admin', {}, 'Pembaca Satu')
    second = await world.aPerson('national-admin', {}, 'Pembaca Dua')
    await stage('open')
  })
  after(() => world.drop())

  async function stage(time: 'none' | 'open' | 'over') {
    await world.db.deleteFrom('competition.stage').where('round', '=', round).execute()
    if (time === 'none') return
    const closed = time === 'over' ? world.clock.now() : null
    await world.db
      .insertInto('competition.stage')
      .values({ round, seq: 1, kind: 'admission', opened: world.clock.now(), closed })
      .execute()
  }
  const anEntry = (title: string, answers?: Record<string, string>) =>
    world.aProposal({ agency, unit, round }, { title, state: 'submitted', ...(answers && { answers }) })
  const stateOf = async (id: string) =>
    (await world.db.selectFrom('competition.proposal').select('state').where('id', '=', id).executeTakeFirstOrThrow())
      .state
  const address = (id: string, ending = '') => `/competition/rounds/${round}/admission/${id}${ending}`
  const fail = { verdict: 'fail', 'reasons[]': ['age'], 'note-age': 'Mulai Januari 2017, baru dua bulan.' }
  const letters = () => world.db.selectFrom('log.mail').selectAll().orderBy('id').execute()

  it('passes at the first reading and writes to the unit and the local admin, each once', async () => {
    const id = await anEntry('Antar Obat Satu')
    const reader = await world.as(first)
    const response = await reader.post(address(id), { verdict: 'pass', note: '' })
    assert.equal(response.status, 303)
    assert.equal(await stateOf(id), 'passed')
    const sent = (await letters()).filter(({ subject }) => subject.includes('Antar Obat Satu'))
    assert.deepEqual(sent.map(({ to_name }) => to_name).sort(), ['Bapak Admin', 'Ibu Unit'])
    assert.match(sent[0]!.body, /lolos seleksi administrasi Kompetisi Inovasi Pelayanan Publik 2017/)
  })

  it('fails only when a second person agrees, and says why in the letter', async () => {
    const id = await anEntry('Antar Obat Dua')
    const one = await world.as(first)
    const two = await world.as(second)
    assert.equal((await one.post(address(id), fail)).status, 303)
    assert.equal(await stateOf(id), 'submitted')
    assert.equal((await letters()).filter(({ subject }) => subject.includes('Antar Obat Dua')).length, 0)
    // The same person is not the second reader.
    const same = await one.post(address(id), fail)
    assert.equal(same.status, 409)
    assert.match(await same.text(), /Anda sudah membaca proposal ini/)
    assert.equal((await two.post(address(id), fail)).status, 303)
    assert.equal(await stateOf(id), 'failed')
    const sent = (await letters()).filter(({ subject }) => subject.includes('Antar Obat Dua'))
    assert.equal(sent.length, 2)
    assert.match(
      sent[0]!.body,
      /Umur inovasi kurang[\s\S]*Mulai Januari 2017, baru dua bulan\.[\s\S]*Yang dapat dilakukan/,
    )
  })

  it('passes when the second reader disagrees with a fail, and keeps both readings', async () => {
    const id = await anEntry('Antar Obat Tiga')
    await (await world.as(first)).post(address(id), fail)
    assert.equal((await (await world.as(second)).post(address(id), { verdict: 'pass' })).status, 303)
    assert.equal(await stateOf(id), 'passed')
    const readings = await world.db
      .selectFrom('competition.admission')
      .select(['reading', 'verdict', 'by'])
      .where('proposal', '=', id)
      .orderBy('reading')
      .execute()
    assert.deepEqual(readings, [
      { reading: 1, verdict: 'fail', by: first },
      { reading: 2, verdict: 'pass', by: second },
    ])
  })

  it('finds the award of an earlier year in the register as decrees and sources write it', async () => {
    const award = (name: string, agency_name: string, level: string, year: number) =>
      world.db
        .insertInto('competition.winner')
        .values({
          id: newId(),
          innovation: newId(),
          name,
          agency_name,
          region_name: 'Satu',
          year,
          level,
          summary: name,
          source: 'uji',
        })
        .execute()
    const rows: [string, string, string, number][] = [
      ['Jendela Tunggal Satu', 'Pemerintah Kabupaten Satu', 'Top 9', 2014],
      ['Tombol Darurat Satu', 'Dinas Kesehatan Satu', 'Top 35', 2016],
      ['Warung Sehat Satu', 'Pemerintah Kabupaten Satu', 'Top 99', 2016],
      ['Perahu Pintar Satu', 'Pemerintah Kota Lain', 'Top 25', 2015],
    ]
    for (const row of rows) await award(...row)
    const ids: string[] = []
    for (const [i, [name]] of rows.entries()) ids.push(await anEntry(name, sound(`juara${i}`)))
    await compareRound(world.db, round, world.clock.now())
    const found = await world.db
      .selectFrom('competition.examination')
      .select(['proposal', 'findings'])
      .where('proposal', 'in', ids)
      .execute()
    const prior = (id: string) =>
      (found.find(({ proposal }) => proposal === id)!.findings as Finding[])
        .filter(({ rule }) => rule === 'prior-award')
        .map(({ severity, params }) => [severity, params])
    // Once among the finalists does not exclude, nor does another agency's award.
    assert.deepEqual(ids.map(prior), [
      [['fail', { level: 'top', years: '2014' }]],
      [['fail', { level: 'top', years: '2016' }]],
      [['pass', {}]],
      [['pass', {}]],
    ])
    const page = await (await (await world.as(first)).get(address(ids[1]!))).text()
    assert.match(page, /pemenang instansi ini sendiri/)
    assert.doesNotMatch(page, /milik instansi lain/)
  })

  it('of two readers at the same moment one decides and the other is told so', async () => {
    const id = await anEntry('Antar Obat Empat')
    const readers = [await world.as(first), await world.as(second)]
    const answers = await Promise.all(readers.map((reader) => reader.post(address(id), { verdict: 'pass' })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
    assert.equal(await stateOf(id), 'passed')
  })

  it('keeps what was typed when a reason has no explanation', async () => {
    const id = await anEntry('Antar Obat Lima')
    const reader = await world.as(first)
    const response = await reader.post(address(id), {
      verdict: 'fail',
      'reasons[]': ['theme', 'title'],
      'note-theme': 'Tidak ada kaitan dengan kategori kesehatan.',
      'note-title': '',
      note: 'Catatan panjang yang tidak boleh hilang.',
    })
    const text = await response.text()
    assert.equal(response.status, 422)
    assert.match(text, /Jelaskan dalam paling sedikit 10 huruf/)
    assert.match(text, /Tidak ada kaitan dengan kategori kesehatan\./)
    assert.match(text, /Catatan panjang yang tidak boleh hilang\./)
    assert.equal(await stateOf(id), 'submitted')
    assert.equal((await reader.post(address(id), { verdict: 'fail' })).status, 422)
    assert.equal((await reader.post(address(id), {})).status, 422)
  })

  it('decides nothing while the stage is not open, and changes a result afterwards only by another person with a reason', async () => {
    const id = await anEntry('Antar Obat Enam')
    const one = await world.as(first)
    const two = await world.as(second)
    await stage('none')
    assert.equal((await one.post(address(id), { verdict: 'pass' })).status, 409)
    await stage('open')
    await one.post(address(id), { verdict: 'pass' })
    await stage('over')
    assert.equal((await two.post(address(id), fail)).status, 409)
    assert.equal((await two.post(address(id, '/change'), { ...fail, note: '' })).status, 422)
    assert.equal(
      (await one.post(address(id, '/change'), { ...fail, note: 'Tanggal mulai ternyata keliru.' })).status,
      409,
    )
    assert.equal(
      (await two.post(address(id, '/change'), { ...fail, note: 'Tanggal mulai ternyata keliru.' })).status,
      303,
    )
    assert.equal(await stateOf(id), 'failed')
    const [last] = (await letters()).filter(({ subject }) => subject.includes('Antar Obat Enam')).slice(-1)
    assert.match(last!.body, /Hasil sebelumnya diubah\. Alasannya: Tanggal mulai ternyata keliru\./)
    await stage('open')
  })

  it('is for the secretariat alone, with a second factor', async () => {
    const id = await anEntry('Antar Obat Tujuh')
    const paths = [`/competition/rounds/${round}/admission`, address(id)]
    const others = [
      await world.aPerson('unit', { agency, unit }),
      await world.aPerson('deputy', { agency }),
      await world.aPerson('evaluator'),
      await world.aPerson('panel'),
      await world.aPerson(),
    ]
    for (const path of paths) {
      for (const person of others) {
        const visitor = await world.as(person)
        assert.equal((await visitor.get(path)).status, 404)
        assert.equal((await visitor.post(address(id), { verdict: 'pass' })).status, 404)
        assert.equal((await visitor.post(address(id, '/change'), { verdict: 'fail' })).status, 404)
        for (const ending of ['pass', 'pass-clean', 'examine'])
          assert.equal((await visitor.post(`/competition/rounds/${round}/admission/${ending}`, {})).status, 404)
      }
      assert.equal((await (await world.as()).get(path)).status, 303)
      assert.equal((await (await world.as(first)).get(path)).status, 200)
    }
    assert.equal(await stateOf(id), 'submitted')
    const other = await world.aRound(rules)
    assert.equal((await (await world.as(first)).get(`/competition/rounds/${other}/admission/${id}`)).status, 404)
    assert.equal((await (await world.as(first)).get(`/competition/rounds/${round}/admission/kosong`)).status, 404)
  })

  it('publishes who passed once the stage is closed, and never who failed', async () => {
    const good = await anEntry('Terbit Lolos')
    const bad = await anEntry('Rahasia Gagal')
    const [one, two] = [await world.as(first), await world.as(second)]
    await one.post(address(good), { verdict: 'pass' })
    await one.post(address(bad), fail)
    await two.post(address(bad), fail)
    const visitor = await world.as()
    assert.equal((await visitor.get(`/competition/rounds/${round}/admitted`)).status, 404)
    await stage('over')
    const published = await visitor.get(`/competition/rounds/${round}/admitted`)
    assert.equal(published.status, 200)
    const text = await published.text()
    assert.match(text, /Terbit Lolos/)
    assert.doesNotMatch(text, /Rahasia Gagal/)
    const searched = await (await visitor.get(`/competition/rounds/${round}/admitted?q=Rahasia`)).text()
    assert.doesNotMatch(searched, /Rahasia Gagal/)
    await stage('open')
  })

  it('passes in bulk only what the machine found nothing on, and reports the rest', async () => {
    const open = await world.aRound(rules)
    await world.db
      .insertInto('competition.stage')
      .values({ round: open, seq: 1, kind: 'admission', opened: world.clock.now() })
      .execute()
    const add = (title: string, answers: Record<string, string>) =>
      world.aProposal(
        { agency, unit, round: open },
        { title, state: 'submitted', answers, category: rules.categories[0]!.key },
      )
    const complete = {
      ...sound('x'),
      'inovator-nama': 'Nama',
      'inovator-telepon': '0812 0000 0000',
      'inovator-surel': 'a@b.id',
      video: 'https://contoh.go.id/video',
      'pernyataan-kebenaran': 'ya',
    }
    const clean = await add('Posyandu Keliling Desa', complete)
    const broken = await add('Sekolah Sungai Musi', { ringkasan: 'Singkat.' })
    // The required evidence is the one thing that a row in this test cannot hold.
    await compareRound(world.db, open, world.clock.now())
    await world.db
      .updateTable('competition.examination')
      .set({ findings: '[]', rules: [], fails: 0, warnings: 0, hints: 0 })
      .where('proposal', '=', clean)
      .execute()
    const reader = await world.as(first)
    const queue = `/competition/rounds/${open}/admission`
    const foreign = await world.as(first, { lang: 'en' })
    const declared = /<h3>Declaration of truth<\/h3><p>(.*?)<\/p>/
    assert.equal(declared.exec(await (await foreign.get(`${queue}/${clean}`)).text())?.[1], 'Yes, we declare so')
    for (const [n, said] of [
      [1, '1 broken rule, 1 thing to look at, 1 hint'],
      [3, '3 broken rules, 3 things to look at, 3 hints'],
    ] as const) {
      const counts = { fails: n, warnings: n, hints: n }
      await world.db.updateTable('competition.examination').set(counts).where('proposal', '=', broken).execute()
      assert.ok((await (await foreign.get(queue)).text()).includes(`${said}<`), said)
    }
    const response = await reader.post(`${queue}/pass`, { 'entry[]': [clean, broken] })
    const text = await response.text()
    assert.equal(response.status, 200)
    assert.match(text, /1 proposal diloloskan, 1 tidak\./)
    assert.match(text, /Sekolah Sungai Musi: Ada temuan mesin/)
    assert.deepEqual([await stateOf(clean), await stateOf(broken)], ['passed', 'submitted'])
  })

  it('shows a queue of one and of three with the same number of queries, heaviest findings first', async () => {
    const counts: number[] = []
    for (const n of [1, 3]) {
      const own = await world.aRound(rules)
      for (let i = 0; i < n; i++)
        await world.aProposal({ agency, unit, round: own }, { title: `Hitung ${n}-${i}`, state: 'submitted' })
      await compareRound(world.db, own, world.clock.now())
      const reader = await world.as(first)
      await reader.get(`/competition/rounds/${own}/admission`)
      counts.push(
        (
          await queriesOf(async () => {
            const text = await (await reader.get(`/competition/rounds/${own}/admission`)).text()
            for (let i = 0; i < n; i++) assert.match(text, new RegExp(`Hitung ${n}-${i}`))
          })
        ).length,
      )
    }
    assert.equal(counts[0], counts[1])
  })
})
