import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { aWorld, type World } from '../../../../test/world.ts'
import { compareRound } from '../actions/examination.ts'
import { similarNow } from '../actions/similar.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'
import { findRound } from '../store/round.ts'

const rules = (year: number) => shippedRounds().find((each) => each.year === year)!
const sentence = (word: string, n: number) => Array.from({ length: n }, (_, i) => `${word}${i}`).join(' ')
const shared = sentence('sama', 60)

describe('competition: near-duplicates as people see them', () => {
  let world: World
  let past: string
  let present: string
  let earlier: string
  let entered: string
  let hidden: string
  let secretary: string
  const east = { agency: '', unit: '' }
  const west = { agency: '', unit: '' }
  before(async () => {
    world = await aWorld(new Date('2021-04-20T02:00:00Z'))
    past = await world.aRound(rules(2017))
    present = await world.aRound(rules(2021))
    east.agency = await world.anAgency({ name: 'Pemerintah Kota Timur' })
    west.agency = await world.anAgency({ name: 'Pemerintah Kota Barat' })
    east.unit = await world.aUnit(east.agency)
    west.unit = await world.aUnit(west.agency)
    secretary = await world.aPerson('national-admin')
    const answers = (own: string) => ({ ringkasan: `${shared} ${sentence(own, 20)}` })
    earlier = await world.aProposal(
      { ...east, round: past },
      { title: 'Kakekku Datang (Kartu Keluargaku Data Ulang)', state: 'passed', answers: answers('lama') },
    )
    entered = await world.aProposal(
      { ...west, round: present },
      { title: 'Kakekku Datang', state: 'submitted', answers: answers('baru') },
    )
    hidden = await world.aProposal(
      { ...east, round: present },
      { title: 'Konsep Belum Diajukan', answers: answers('konsep') },
    )
    await world.db
      .insertInto('competition.winner')
      .values({
        id: newId(),
        innovation: newId(),
        name: 'Kakekku Datang (Kartu Keluargaku Data Ulang)',
        agency_name: 'Pemerintah Kota Timur',
        region_name: 'Timur',
        year: 2017,
        level: 'Top 99',
        summary: 'Data ulang kartu keluarga.',
        source: 'uji',
        proposal: earlier,
      })
      .execute()
    await compareRound(world.db, past, world.clock.now())
    await compareRound(world.db, present, world.clock.now())
  })
  after(() => world.drop())

  const beside = (a: string, b: string, round = present) => `/competition/rounds/${round}/admission/${a}/beside/${b}`

  it('shows two texts with what they share marked in both, and the award that could be the source', async () => {
    const reader = await world.as(secretary)
    const entry = await (await reader.get(`/competition/rounds/${present}/admission/${entered}`)).text()
    assert.match(entry, new RegExp(beside(entered, earlier)))
    assert.match(entry, /milik instansi lain: mungkin replikasi: judul sama/)
    const text = await (await reader.get(beside(entered, earlier))).text()
    for (const side of ['a', 'b']) assert.match(text, new RegExp(`<mark id="${side}-1">.*?${shared}</mark>`, 's'))
    assert.doesNotMatch(text, /<mark[^>]*>[^<]*(?:baru|lama)\d/)
    assert.match(text, /1 bagian sama kata demi kata; yang terpanjang 60 kata/)
    assert.match(text, /tercatat sebagai pemenang &quot;Kakekku Datang \(Kartu Keluargaku Data Ulang\)&quot;/)
  })

  it('advises a replication in the letter when the reader says so', async () => {
    await world.db
      .insertInto('competition.stage')
      .values({ round: present, seq: 1, kind: 'admission', opened: world.clock.now() })
      .execute()
    await world.aPerson('unit', west)
    const { id } = await world.db.selectFrom('competition.winner').select('id').executeTakeFirstOrThrow()
    const reader = await world.as(secretary)
    const saved = await reader.post(`/competition/rounds/${present}/admission/${entered}`, {
      verdict: 'pass',
      source: id,
    })
    assert.equal(saved.status, 303)
    const { body } = await world.db.selectFrom('log.mail').select('body').executeTakeFirstOrThrow()
    assert.match(
      body,
      /mirip dengan "Kakekku Datang \(Kartu Keluargaku Data Ulang\)" dari Pemerintah Kota Timur \(2017\)/,
    )
  })

  it('is for the secretariat, and for two submissions of which one is in the round', async () => {
    const reader = await world.as(secretary)
    assert.equal((await reader.get(beside(entered, hidden))).status, 404)
    assert.equal((await reader.get(beside(entered, entered))).status, 404)
    assert.equal((await reader.get(beside(entered, earlier, past))).status, 404)
    const strangers = [
      await world.aPerson('unit', west),
      await world.aPerson('local-admin', { agency: west.agency }),
      await world.aPerson('evaluator'),
    ]
    for (const person of strangers)
      assert.equal((await (await world.as(person)).get(beside(entered, earlier))).status, 404)
  })

  it('tells the writer of a draft what it is like, names no agency before the list is published, and no draft at all', async () => {
    const round = (await findRound(world.db, present))!
    const own = {
      agency: east.agency,
      id: newId(),
      title: 'Kakekku Datang',
      group: 'umum',
      startedOn: null,
      agencyName: 'Pemerintah Kota Lain',
      unitName: 'Dinas Lain',
      answers: { ringkasan: `${shared} ${sentence('lagi', 20)}` },
    }
    const seen = async () => similarNow(world.db, { ...own, agency: newId() }, round, world.clock.now())
    const found = await seen()
    assert.deepEqual(
      found.winners.map(({ winner, relation }) => [winner.name, relation]),
      [['Kakekku Datang (Kartu Keluargaku Data Ulang)', 'replication']],
    )
    assert.deepEqual(
      new Map(found.proposals.map(({ id, agencyName }) => [id, agencyName])),
      new Map([
        [entered, null],
        [earlier, null],
      ]),
    )
    for (const { textLikeness } of found.proposals) assert.ok(textLikeness! > 0.4 && textLikeness! < 0.9)
    await world.db
      .updateTable('competition.stage')
      .set({ closed: world.clock.now() })
      .where('round', '=', present)
      .execute()
    const later = await seen()
    assert.equal(later.proposals.find(({ id }) => id === entered)!.agencyName, 'Pemerintah Kota Barat')
  })

  it('asks the database the same for an entry with one like it and with three', async () => {
    const reader = await world.as(secretary)
    const counts: number[] = []
    for (const n of [1, 3]) {
      const round = await world.aRound(rules(2021))
      const ids: string[] = []
      for (let i = 0; i <= n; i++)
        ids.push(await world.aProposal({ ...west, round }, { title: `Kembar ${'ABCD'[i]}`, state: 'submitted' }))
      await compareRound(world.db, round, world.clock.now())
      const path = `/competition/rounds/${round}/admission/${ids[0]}`
      await reader.get(path)
      counts.push(
        (
          await queriesOf(async () => {
            const text = await (await reader.get(path)).text()
            assert.equal(text.split('/beside/').length - 1, n)
          })
        ).length,
      )
    }
    assert.equal(counts[0], counts[1])
  })
})
