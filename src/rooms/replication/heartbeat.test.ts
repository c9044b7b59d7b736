import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { fillGallery } from '../../../test/running-replication.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { done } from '../../demo/story.ts'
import { askSleepers } from './actions/heartbeat.ts'

describe('replication: what sleeps is asked', () => {
  let world: World
  let code: string
  let agency: string
  const who: Record<string, string> = {}
  before(async () => {
    world = await aWorld(new Date('2026-01-05T09:00:00+07:00'))
    agency = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
    who.admin = await world.aPerson('local-admin', { agency })
    who.deputy = await world.aPerson('deputy', { agency })
    who.stranger = await world.aPerson('local-admin', { agency: await world.anAgency() })
    who.national = await world.aPerson('national-admin')
    code = await (await fillGallery(world))('Laskar Penjaja Sayur')
    const admin = await as('admin')
    const to = (
      await done(admin.post(`/services/agencies/${agency}/install/laskar-penjaja-sayur`), 'installing')
    ).headers.get('location')!
    await done(
      admin.post(`/replication/innovations/${code}/publish`, { service: to.split('/')[2]!, unit: '' }),
      'publishing',
    )
  })
  after(() => world.drop())

  const as = (name?: string) => world.as(name && who[name])
  const at = (day: string) => {
    world.clock.set(new Date(`${day}T08:00:00+07:00`))
    return askSleepers(world.db, world.clock.now())
  }
  const textOf = async (address: string, name?: string) =>
    (await (await (await as(name)).get(address)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  const letters = async () =>
    (await world.db.selectFrom('log.mail').select('subject').where('subject', 'like', '%masih berjalan%').execute())
      .length
  const lastQuestion = async () =>
    `/replication/questions/${(await world.db.selectFrom('replication.question').select('id').orderBy('asked', 'desc').limit(1).executeTakeFirstOrThrow()).id}`

  it('after 90 days, once, however often and however late the worker looks, and by two workers at once', async () => {
    assert.equal(await at('2026-04-05'), 0)
    // The worker slept too: it asks when it wakes.
    world.clock.set(new Date('2026-05-20T08:00:00+07:00'))
    const both = await Promise.all([1, 2].map(() => askSleepers(world.db, world.clock.now())))
    assert.equal(both[0]! + both[1]!, 1)
    assert.equal(await at('2026-05-21'), 0)
    assert.equal(await letters(), 2)
    assert.ok((await textOf(`/gallery/${code}`)).includes('Tertidur sejak 5 Januari 2026'))
    assert.ok((await textOf('/replication/processes', 'admin')).includes('masih berjalan?'))
  })

  it('is answered by its agency alone, once, and the answer is shown', async () => {
    const address = await lastQuestion()
    const answer = async (name: string, form: Record<string, string>) =>
      (await (await as(name)).post(address, form)).status
    const said = { answer: 'paused', until: '2026-08-01', words: 'Menunggu bidan baru.' }
    assert.deepEqual(await Promise.all([answer('stranger', said), answer('national', said)]), [404, 404])
    assert.equal((await (await as()).get(address)).status, 303)
    assert.equal(await answer('admin', { ...said, until: '' }), 422)
    assert.equal(await answer('admin', { ...said, until: '2026-01-01' }), 409)
    assert.deepEqual((await Promise.all([answer('admin', said), answer('deputy', said)])).sort(), [303, 409])
    const shown = await textOf(`/gallery/${code}`)
    assert.ok(shown.includes('Berhenti sementara sampai 1 Agustus 2026') && shown.includes('Menunggu bidan baru.'))
    const told = await world.db
      .selectFrom('log.event')
      .select('particulars')
      .where('name', '=', 'replication.question-answered')
      .executeTakeFirstOrThrow()
    assert.deepEqual(told.particulars, { answer: 'paused', until: '2026-08-01' })
  })

  it('is asked again when the pause is over, and no more after it stopped', async () => {
    assert.equal(await at('2026-08-01'), 0)
    assert.equal(await at('2026-08-02'), 1)
    await done(
      (await as('admin')).post(await lastQuestion(), { answer: 'stopped', words: 'Tidak dilanjutkan.' }),
      'answer',
    )
    assert.equal(await at('2027-08-02'), 0)
  })
})
