import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { aWorld, type World } from '../../../../test/world.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'
import { listStages } from '../store/round.ts'

const text = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ')

describe('competition: rounds for everybody', () => {
  let world: World
  before(async () => {
    world = await aWorld()
  })
  after(() => world.drop())

  it('shows every shipped round in both languages, with nothing left unsaid', async () => {
    const ids = new Map<string, string>()
    for (const rules of shippedRounds()) ids.set(rules.key, await world.aRound(rules, { key: rules.key }))
    for (const lang of ['id', 'en'] as const) {
      const reader = await world.as(undefined, { lang })
      const list = text(await (await reader.get('/competition')).text())
      for (const rules of shippedRounds()) {
        assert.ok(list.includes(rules.name[lang]), `${rules.key} is missing from the list`)
        const response = await reader.get(`/competition/rounds/${ids.get(rules.key)}`)
        assert.equal(response.status, 200)
        const shown = text(await response.text())
        const wanted = [
          rules.name[lang],
          ...rules.groups.map((group) => group.label[lang]),
          ...rules.categories.map((category) => category.label[lang]),
          ...rules.clusters.map((cluster) => cluster.label[lang]),
          ...rules.stages.map((stage) => stage.label[lang]),
          ...rules.groups.flatMap((group) => group.questions.flatMap((q) => [q.label[lang], q.help[lang]])),
          ...(rules.interview?.sheet ?? []).map((criterion) => criterion.label[lang]),
          ...rules.legalBasis,
        ].filter((each) => !shown.includes(each.replace(/\s+/g, ' ')))
        assert.deepEqual(wanted, [], `${rules.key} in ${lang}`)
        assert.doesNotMatch(shown, /undefined|\[object|NaN|Invalid Date|\{\w+\}/)
      }
    }
  })

  it('says of a value whether it was chosen or published', async () => {
    const id = await world.aRound(shippedRounds()[0]!)
    const shown = text(await (await (await world.as()).get(`/competition/rounds/${id}`)).text())
    assert.match(
      shown,
      /Sudah dipakai paling sedikit 12 bulan pada hari penutupan\. Sumber: Panduan Review SINOVIK 2020\./,
    )
    assert.match(
      shown,
      /Ketentuan putaran ini \(bukan peraturan\)\. Jumlah pembaca, selisih yang diizinkan, dan pembulatan/,
    )
  })

  it('keeps a draft from everybody but the secretariat', async () => {
    const id = await world.aRound(shippedRounds()[1]!, { state: 'draft', key: 'rahasia' })
    const agency = await world.anAgency()
    const readers = [undefined, await world.aPerson('local-admin', { agency }), await world.aPerson('evaluator')]
    for (const reader of readers) {
      const who = await world.as(reader)
      assert.equal((await who.get(`/competition/rounds/${id}`)).status, 404)
      assert.equal((await who.get('/competition/rounds/rahasia')).status, 404)
      assert.ok(!(await (await who.get('/competition')).text()).includes(id))
    }
    const national = await world.as(await world.aPerson('national-admin'))
    assert.equal((await national.get(`/competition/rounds/${id}`)).status, 200)
  })

  it('finds a round by its key too', async () => {
    const id = await world.aRound(shippedRounds()[4]!, { key: 'dua-lima' })
    const response = await (await world.as()).get('/competition/rounds/dua-lima')
    assert.equal(response.status, 303)
    assert.equal(response.headers.get('location'), `/competition/rounds/${id}`)
    assert.deepEqual(await listStages(world.db, id), [])
  })
})
