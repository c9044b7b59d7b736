import assert from 'node:assert/strict'
import { it } from 'node:test'
import { drain } from '#platform/jobs.ts'
import { aWorld } from '../../test/world.ts'
import { jobs } from '../jobs.ts'
import { banyuwangi, laskar } from './cast.ts'
import { countedVillage, countVillage } from './counted.ts'
import { castOf } from './story.ts'
import { prepareVillage } from './village.ts'

it('the demo: a village prepares an election and practises it, and another has voted, is verified and decided', async () => {
  const world = await aWorld(new Date('2026-11-22T10:00:00+07:00'))
  try {
    const { db, web, clock } = world
    const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
    const people = [banyuwangi.admin, banyuwangi.unit, laskar.volunteer, laskar.head]
    for (const [at, { email }] of people.entries()) {
      const id = await world.aPerson(at === 0 ? 'local-admin' : undefined, at === 0 ? { agency } : {})
      await db.updateTable('people.person').set({ email }).where('id', '=', id).execute()
    }
    const cast = castOf({ web, db, clock })
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
    await countVillage({ web, db, clock }, cast, agency)
    assert.equal(clock.now().toISOString(), '2026-11-22T03:00:00.000Z')
    await drain(world.address, db, jobs, world.files)
    const visitor = await world.as()
    const read = async (address: string) =>
      (await (await visitor.get(address)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    const { election: id, places } = countedVillage
    const result = await read(`/voting/elections/${id}/result`)
    assert.match(result, /Terpilih: Calon Peragaan Satu, nomor 1, dengan 8 suara\./)
    assert.match(result, /TPS 1 Balai RW 01 Masuk 8\/12 5 2 1 TPS 2 Balai RW 02 Masuk 6\/10 3 3 0/)
    for (const place of places) {
      const page = await read(`/voting/tps/${place.id}/result`)
      assert.equal(page.match(/Benar, dan sama dengan lembar/g)?.length, 2, page)
    }
    assert.match(await read('/voting'), /Pilkades peragaan yang sudah dihitung/)
    await cast.leave()
  } finally {
    await world.drop()
  }
})
