import assert from 'node:assert/strict'
import { it } from 'node:test'
import { shippedRounds } from '#competition'
import { heartbeatOf } from '#replication'
import { runningOf } from '#services'
import { fillGallery } from '../../test/running-replication.ts'
import { aWorld } from '../../test/world.ts'
import { app } from '../app.ts'
import { playCopies, unitNamed } from './cases/copies.ts'
import { bondowoso, copiers } from './cast.ts'
import type { DemoAgency } from './people.ts'
import { castList } from './seed.ts'
import { castOf, done } from './story.ts'

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

it('the demo: what the vegetable sellers do is published by Puskesmas Sempu and copied: once certified, once begun, once asleep', async () => {
  const now = new Date('2026-11-22T10:00:00+07:00')
  const world = await aWorld(new Date('2026-02-15T00:00:00+07:00'))
  try {
    const { db, web, clock } = world
    const agencies = new Map<string, DemoAgency>()
    for (const [name, region] of [
      ['Pemerintah Kabupaten Banyuwangi', '35.10'],
      ['Pemerintah Kabupaten Gresik', '35.25'],
      ['Pemerintah Kabupaten Bondowoso', '35.11'],
    ] as const) {
      const id = await world.anAgency({ name, region })
      agencies.set(name, { id, name, admin: await world.aPerson('local-admin', { agency: id }), units: new Map() })
    }
    // Only in a demo is a NIK of province 99 one.
    await db.updateTable('people.agency').set({ demo: true }).execute()
    const code = await (await fillGallery(world))('Laskar Penjaja Sayur')
    const owner = agencies.get('Pemerintah Kabupaten Banyuwangi')!
    const unit = await unitNamed(db, owner, 'Puskesmas Sempu')
    assert.equal(await unitNamed(db, owner, 'Puskesmas Sempu'), unit)
    const cast = castOf({ web, db, clock })
    const install = `/services/agencies/${owner.id}/install/laskar-penjaja-sayur`
    const installed = await done((await cast.as(owner.admin)).post(install, { unit }), 'installing')
    const service = installed.headers.get('location')!.split('/')[2]!
    const people = { secretariat: [], evaluators: [], panel: [], agencies }
    await playCopies({ db, clock, people }, cast, { service, unit, from: clock.now(), now })
    const published = await db.selectFrom('replication.publication').select(['innovation', 'agency', 'unit']).execute()
    assert.deepEqual(published, [{ innovation: code, agency: owner.id, unit }])
    const running = await runningOf(db, 'id.banyuwangi.laskar-penjaja-sayur', now)
    const lives = running.map((one) => {
      const { stage, asleep } = heartbeatOf({ ...one, outcome: null }, now)
      return [one.unitName, stage, asleep !== null]
    })
    assert.deepEqual(lives.slice(1), [
      ['Puskesmas Kalipuro', 'active', false],
      ['Puskesmas Peragaan Gresik', 'installed', true],
      ['Puskesmas Peragaan Bondowoso', 'first-case', false],
    ])
    const processes = await db.selectFrom('replication.process').select('state').orderBy('since').execute()
    assert.deepEqual(
      processes.map(({ state }) => state),
      ['certified', 'interest', 'implementing'],
    )
    for (const { email } of [copiers[0]!.people.bidan, bondowoso]) assert.ok(castList().includes(email))
  } finally {
    await world.drop()
  }
})
