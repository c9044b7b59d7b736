import { importInnovations } from '#competition'
import { syncGallery } from '#gallery'
import { done } from '../src/demo/story.ts'
import { askSleepers } from '../src/rooms/replication/actions/heartbeat.ts'
import { questionsOf } from '../src/rooms/replication/domain/maturity.ts'
import { instrument } from '../src/rooms/replication/store/survey.ts'
import type { Moment } from './whole-round.ts'
import { aWorld, type World } from './world.ts'

/** The gallery with its real innovations; returns the code of the one whose name begins so. */
export async function fillGallery({ db }: Pick<World, 'db'>) {
  await importInnovations(db)
  await db.transaction().execute(syncGallery)
  return async (name: string): Promise<string> => {
    const query = db.selectFrom('gallery.innovation').select('code').where('name', 'like', `${name}%`)
    return (await query.executeTakeFirstOrThrow()).code
  }
}

const report = (rt: string) => ({
  desa: '3510202001',
  rt,
  izin_ibu: 'ya_data_saja',
  nama_panggilan: `Ibu ${rt}`,
  hp: '081234567890',
  kira_umur: '27',
  sudah_periksa: 'tidak',
  'tanda[]': ['pucat'],
  'tanda_bahaya[]': ['tidak_ada'],
})

/** An innovation that is published, copied by two, certified once; a question that waits; hubs with a survey in each state. */
export async function playReplication(show: (moment: Moment) => Promise<void>): Promise<World> {
  const world = await aWorld(new Date('2026-01-05T09:00:00+07:00'))
  const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
  const [sempu, kalipuro] = [
    await world.aUnit(agency, 'Puskesmas Sempu'),
    await world.aUnit(agency, 'Puskesmas Kalipuro'),
  ]
  const other = await world.anAgency({ name: 'Pemerintah Kabupaten Jember', region: '35.09' })
  const province = await world.anAgency({ kind: 'province', name: 'Pemerintah Provinsi Jawa Timur', region: '35' })
  const people = {
    owner: await world.aPerson('local-admin', { agency }),
    adopter: await world.aPerson('local-admin', { agency: other }),
    province: await world.aPerson('local-admin', { agency: province }),
    'national admin': await world.aPerson('national-admin'),
  }
  const seller = await world.aPerson()
  const code = await (await fillGallery(world))('Laskar Penjaja Sayur')
  const at = `/replication/innovations/${code}`
  const as = async (who: keyof typeof people) => world.as(people[who])
  const [owner, adopter, hubAdmin, national] = await Promise.all(
    (['owner', 'adopter', 'province', 'national admin'] as const).map(as),
  )
  const placeOf = (answer: Response) => answer.headers.get('location')!
  const service = placeOf(
    await done(owner!.post(`/services/agencies/${agency}/install/laskar-penjaja-sayur`, { unit: sempu }), 'installing'),
  ).split('/')[2]!
  await done(owner!.post(`${at}/publish`, { service, unit: sempu }), 'publishing')
  const copy = placeOf(await done(adopter!.post(`${at}/adopt`, { unit: '' }), 'adopting'))
  const own = placeOf(
    await done(owner!.post(`${at}/interest`, { unit: kalipuro, reason: 'Kami juga perlu.' }), 'interest'),
  )
  // Without a package: as far as the certificate.
  const drive = await (await fillGallery(world))('Payment Point Drive Thru')
  const letters = placeOf(
    await done(
      adopter!.post(`/replication/innovations/${drive}/interest`, { reason: 'Warga antre terlalu lama.' }),
      'interest',
    ),
  )
  for (const [who, move] of [
    [adopter, 'sign'],
    [owner, 'sign'],
    [owner, 'approve'],
    [adopter, 'begin'],
    [owner, 'certify'],
  ] as const)
    await done(who!.post(`${letters}/${move}`, { note: 'Dilihat berjalan di lapangan.' }), move)
  world.clock.set(new Date('2026-05-04T09:00:00+07:00'))
  await askSleepers(world.db, world.clock.now())
  for (const who of [owner, adopter, hubAdmin, national]) await who!.wake()
  const { email } = await world.db
    .selectFrom('people.person')
    .select('email')
    .where('id', '=', seller)
    .executeTakeFirstOrThrow()
  await done(owner!.post(`/services/${service}/roles`, { email, role: 'laskar', area: '' }), 'a role')
  for (const rt of ['001', '002', '003', '004', '005', '006'])
    await done((await world.as(seller)).post(`/services/${service}/open`, report(rt)), 'a report')
  world.clock.set(new Date('2026-05-06T09:00:00+07:00'))
  for (const who of [owner, adopter, hubAdmin, national]) await who!.wake()
  await done(owner!.post(`/services/${service}/figures`, { day: '2026-05-05' }), 'publishing figures')
  const question = await world.db
    .selectFrom('replication.question')
    .select('id')
    .where('agency', '=', other)
    .executeTakeFirstOrThrow()
  const hub = await world.db
    .selectFrom('replication.hub')
    .select('id')
    .where('name', '=', 'JIPP Jawa Timur')
    .executeTakeFirstOrThrow()
  await done(national!.post(`/replication/hubs/${hub.id}/coaches`, { email, area: '35.10' }), 'a coach')
  const answers = (name: string) =>
    Object.fromEntries(
      questionsOf(instrument).flatMap(({ id }, i) => [
        [`${name}-${id}`, i % 2 ? 'penuh' : 'sebagian'],
        [`link-${id}`, 'https://contoh.go.id/bukti'],
      ]),
    )
  const survey = (year: number) => `/replication/hubs/${hub.id}/surveys/${year}`
  for (const year of [2024, 2025, 2026]) {
    await done(hubAdmin!.post(survey(year), answers('own')), 'answers')
    if (year < 2026) await done(hubAdmin!.post(`${survey(year)}/send`), 'sending')
    if (year < 2025) await done(national!.post(`${survey(year)}/verify`, answers('verified')), 'verifying')
  }
  const paper = await world.db
    .selectFrom('replication.paper')
    .select('code')
    .where('kind', '=', 'certificate')
    .executeTakeFirstOrThrow()
  const everybody = ['public', ...Object.keys(people)]
  await show({
    name: 'innovations copied',
    world,
    readers: { public: undefined, ...people },
    whole: false,
    letters: [
      ...everybody.flatMap((as) => [
        { as, address: '/replication' },
        { as, address: at },
        { as, address: `/gallery/${code}` },
        { as, address: survey(2024) },
      ]),
      { as: 'public', address: `/replication/certificates/SR-2026-0001?code=${paper.code}` },
      { as: 'public', address: '/replication/certificates/SR-2026-0001?code=SALAH' },
      { as: 'adopter', address: `${at}/adopt?look=1` },
      { as: 'adopter', address: copy },
      { as: 'adopter', address: letters },
      { as: 'adopter', address: `/replication/questions/${question.id}` },
      { as: 'owner', address: own },
      { as: 'province', address: survey(2026) },
      { as: 'national admin', address: survey(2025) },
      { as: 'national admin', address: `/replication/overview?hub=${hub.id}` },
      { as: 'national admin', address: copy },
    ],
  })
  return world
}
