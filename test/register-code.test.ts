import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addAwards, shippedRounds } from '#competition'
import { syncGallery } from '#gallery'
import { aWorld, type World } from './world.ts'

describe('the house: a code of the register', () => {
  let world: World
  before(async () => {
    world = await aWorld(new Date('2021-04-05T02:00:00Z'))
  })
  after(() => world.drop())

  it('that the gallery gave names the innovation when the competition invites it', async () => {
    const award = {
      name: 'Perahu Sehat',
      agency_name: 'Dinas Kesehatan Kabupaten Contoh',
      agency: null,
      region_name: 'Jawa Timur',
      region: '35',
      year: 2018,
      level: 'Top 45',
      category: 'Kesehatan',
      summary: 'Layanan yang datang ke pulau.',
      source: 'uji',
    }
    await addAwards(world.db, [award, { ...award, name: 'Rumah Baca' }], null)
    await world.db.transaction().execute((tx) => syncGallery(tx))
    const innovation = await world.db
      .selectFrom('gallery.innovation')
      .select(['id', 'code'])
      .where('name', '=', 'Perahu Sehat')
      .executeTakeFirstOrThrow()
    const round = await world.aRound(shippedRounds().find(({ key }) => key === '2021')!)
    const national = await world.as(await world.aPerson('national-admin'))
    const form = { group: 'khusus', pasted: innovation.code.toLowerCase() }
    assert.equal((await national.post(`/competition/rounds/${round}/invitations`, form)).status, 303)
    assert.deepEqual(await world.db.selectFrom('competition.invitation').select(['innovation', 'name']).execute(), [
      { innovation: innovation.id, name: 'Perahu Sehat' },
    ])
  })
})
