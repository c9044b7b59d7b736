import { done } from '../src/demo/story.ts'
import { furnishCases } from './running-cases.ts'
import { furnishChannels } from './running-citizen.ts'
import { furnishField } from './running-field.ts'
import { furnishFigures } from './running-figures.ts'
import { playStudio } from './running-studio.ts'
import { playUpgrade } from './running-upgrade.ts'
import type { Moment } from './whole-round.ts'
import { aWorld, type World } from './world.ts'

/** Two packages at work in one agency: vendors report mothers to a midwife, and anybody may report a child who left school. */
export async function playServices(show: (moment: Moment) => Promise<void>): Promise<World> {
  const world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
  const agency = await world.anAgency()
  await world.db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
  const people = {
    'local admin': await world.aPerson('local-admin', { agency }),
    seller: await world.aPerson(),
    midwife: await world.aPerson(),
    'national admin': await world.aPerson('national-admin'),
  }
  const admin = await world.as(people['local admin'])
  const installed: Record<string, string> = {}
  for (const name of ['laskar-penjaja-sayur', 'garda-ampuh']) {
    const answer = await done(admin.post(`/services/agencies/${agency}/install/${name}`), `installing ${name}`)
    installed[name] = answer.headers.get('location')!.split('/')[2]!
  }
  const [laskar, garda] = [installed['laskar-penjaja-sayur']!, installed['garda-ampuh']!]
  for (const [person, role, area] of [
    ['seller', 'laskar', ''],
    ['midwife', 'bidan', '35.10.20'],
  ] as const) {
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', people[person])
      .executeTakeFirstOrThrow()
    await done(admin.post(`/services/${laskar}/roles`, { email, role, area }), `the role ${role}`)
  }
  const report = {
    desa: '3510202001',
    rt: '003',
    izin_ibu: 'ya_data_saja',
    nama_panggilan: 'Sari',
    hp: '081234567890',
    kira_umur: '27',
    sudah_periksa: 'tidak',
    'tanda[]': ['pucat'],
    'tanda_bahaya[]': ['tidak_ada'],
  }
  const seller = await world.as(people.seller)
  const cases: string[] = []
  for (const rt of ['003', '004', '005']) {
    const sent = await done(seller.post(`/services/${laskar}/open`, { ...report, rt }), 'a report')
    cases.push(sent.headers.get('location')!)
  }
  const midwife = await world.as(people.midwife)
  for (const address of cases.slice(1))
    await done(midwife.post(`${address}/moves/hubungi`, { cara_kontak: 'kunjungan' }), 'the first contact')
  await furnishField(world, admin, laskar)
  const place = { agency, service: laskar, admin: people['local admin'], national: people['national admin'] }
  const letters = [
    ...[laskar, garda].flatMap((service) => [
      { as: 'public', address: `/services/${service}` },
      { as: 'public', address: `/services/${service}/follow` },
    ]),
    { as: 'public', address: `/services/${garda}/report` },
    { as: 'seller', address: `/services/${laskar}/open` },
    ...cases.flatMap((address) => [
      { as: 'seller', address },
      { as: 'midwife', address },
    ]),
    { as: 'local admin', address: `/services/agencies/${agency}/install` },
    { as: 'national admin', address: '/services/publishers' },
    ...(await furnishChannels(world, admin, agency, garda)),
    ...(await playStudio(admin, agency)).map((address) => ({ as: 'local admin', address })),
    ...(await furnishFigures(world, laskar)),
    ...(await furnishCases(world, admin, { person: people.midwife, client: midwife }, laskar, cases)),
    ...(await playUpgrade(world, place)).map((address) => ({ as: 'local admin', address })),
  ]
  const readers = { public: undefined, ...people }
  await show({ name: 'services at work', world, readers, letters, whole: false })
  return world
}
