import assert from 'node:assert/strict'
import { it } from 'node:test'
import { shippedRounds } from '#competition'
import { aWorld } from '../../test/world.ts'
import { app } from '../app.ts'

it('the demo: a round made in it and every draft written for it say that they are a demonstration; elsewhere none do', async () => {
  const world = await aWorld(new Date('2016-11-15T02:00:00Z'))
  try {
    const { db, clock, files } = world
    const agency = await world.anAgency()
    const unit = await world.aUnit(agency)
    const secretary = await world.as(await world.aPerson('national-admin'))
    const writer = await world.as(await world.aPerson('unit', { agency, unit }))
    const rules = shippedRounds().find(({ key }) => key === '2017')!
    for (const demo of [true, false]) {
      const house = app({ db, clock, files, demo })
      const post = (cookie: string, address: string, form: Record<string, string>) =>
        house.request(address, {
          method: 'POST',
          body: new URLSearchParams(form),
          headers: { cookie, 'sec-fetch-site': 'same-origin' },
        })
      const key = `putaran-${demo}`
      const copy = { from: 'shipped:2017', key, year: '2017', nameId: 'Putaran', nameEn: 'Round' }
      const round = (await post(secretary.cookie, '/competition/rounds/new', copy)).headers
        .get('location')!
        .split('/')[3]!
      assert.equal((await post(secretary.cookie, `/competition/rounds/${round}/publication`, {})).status, 303)
      const draft = {
        unit: `${agency}/${unit}`,
        group: 'umum',
        category: rules.categories[0]!.key,
        title: `Perahu Sehat ${demo}`,
        startedOn: '2014-03-01',
      }
      assert.equal((await post(writer.cookie, `/competition/${key}/start`, draft)).status, 303)
      const marked = await db
        .selectFrom('competition.round as r')
        .innerJoin('competition.proposal as p', 'p.round', 'r.id')
        .select(['r.demo as round', 'p.demo as proposal'])
        .where('r.id', '=', round)
        .execute()
      assert.deepEqual(marked, [{ round: demo, proposal: demo }])
    }
  } finally {
    await world.drop()
  }
})
