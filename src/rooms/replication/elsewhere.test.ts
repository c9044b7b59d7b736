import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { fillGallery } from '../../../test/running-replication.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { done } from '../../demo/story.ts'
import { knowAdoptersElsewhere } from './store/elsewhere.ts'
import { lineageOf } from './store/lineage.ts'

describe('replication: who runs it in other installations', () => {
  let world: World
  let code: string
  before(async () => {
    world = await aWorld(new Date('2026-03-02T09:00:00+07:00'))
    const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    code = await (await fillGallery(world))('Laskar Penjaja Sayur')
    const to = (await done(admin.post(`/services/agencies/${agency}/install/laskar-penjaja-sayur`), 'installing'))
      .headers
    const service = to.get('location')!.split('/')[2]!
    await done(admin.post(`/replication/innovations/${code}/publish`, { service, unit: '' }), 'publishing')
    const one = { from: 'Melayani Lumajang', since: '2026-01-10', stage: 'active' as const, asleep: false }
    const there = new Map([
      [
        'id.banyuwangi.laskar-penjaja-sayur',
        [
          { ...one, name: 'Pemerintah Kabupaten Lumajang' },
          { ...one, name: 'Pemerintah Kota Batu', stage: 'first-case' as const, asleep: true },
        ],
      ],
      ['id.lain.paket', [{ ...one, name: 'Paket lain' }]],
    ])
    knowAdoptersElsewhere(async (_, packages) => new Map([...there].filter(([name]) => packages.includes(name))))
  })
  after(() => world.drop())

  it('stands in the page and in the lineage of the innovation whose package it is', async () => {
    const text = await (await (await world.as()).get(`/replication/innovations/${code}`)).text()
    for (const name of ['Di pemasangan lain', 'Pemerintah Kabupaten Lumajang', 'Pemerintah Kota Batu'])
      assert.ok(text.includes(name), name)
    assert.ok(!text.includes('Paket lain'))
    const tree = (await lineageOf(world.db, code, world.clock.now()))!
    assert.deepEqual(
      tree.children.map(({ name, stage, asleep, from }) => [name, stage, asleep, from]),
      [
        ['Pemerintah Kabupaten Lumajang', 'active', false, 'Melayani Lumajang'],
        ['Pemerintah Kota Batu', 'first-case', true, 'Melayani Lumajang'],
      ],
    )
  })
})
