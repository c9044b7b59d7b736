import assert from 'node:assert/strict'
import { it } from 'node:test'
import { aWorld } from '../../test/world.ts'
import { banyuwangi, laskar } from './cast.ts'
import { castOf } from './story.ts'
import { prepareVillage } from './village.ts'

it('the demo: a village prepares an election and practises it; what is missing stands in its office', async () => {
  const world = await aWorld(new Date('2026-11-22T10:00:00+07:00'))
  try {
    const { db, web, clock } = world
    const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
    const people = [banyuwangi.admin, banyuwangi.unit, laskar.volunteer, laskar.head]
    for (const [at, { email }] of people.entries()) {
      const id = await world.aPerson(at === 0 ? 'local-admin' : undefined, at === 0 ? { agency } : {})
      await db.updateTable('people.person').set({ email }).where('id', '=', id).execute()
    }
    const cast = castOf({ web, db, clock: { ...clock, set: () => {} } })
    await prepareVillage(db, cast, agency, clock.now())
    const elections = await db.selectFrom('voting.election').select(['id', 'mode']).orderBy('mode').execute()
    assert.deepEqual(
      elections.map(({ mode }) => mode),
      ['practice', 'real'],
    )
    const chair = await db
      .selectFrom('people.person')
      .select('id')
      .where('email', '=', banyuwangi.unit.email)
      .executeTakeFirstOrThrow()
    const office = await (await world.as(chair.id)).get(`/voting/elections/${elections[1]!.id}/office`)
    const text = (await office.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    for (const said of ['Ada calon tanpa foto.', 'TPS 3: belum ada ketua KPPS', 'Daftar pemilih belum ditetapkan.'])
      assert.ok(text.includes(said), said)
    await cast.leave()
  } finally {
    await world.drop()
  }
})
