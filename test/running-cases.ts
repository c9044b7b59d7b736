import { done } from '../src/demo/story.ts'
import type { Moment } from './whole-round.ts'
import type { World } from './world.ts'

type Client = Awaited<ReturnType<World['as']>>

/** Two women who seem to be one, a case that is offered, and where the pages of worklist, posts and ledger are. */
export async function furnishCases(
  world: World,
  admin: Client,
  midwife: { person: string; client: Client },
  service: string,
  cases: readonly string[],
): Promise<Moment['letters']> {
  const enrolment = {
    ...{ setuju_layanan: 'ya', nama: 'Sari Contoh', nik: '9910205203890001', tanggal_lahir: '1989-03-12' },
    ...{ hpht: '2025-09-15', hamil_ke: '3', jumlah_anak: '2', jarak_tahun: '5', tinggi: '152' },
    ...{ sistol: '120', diastol: '80' },
  }
  const [first, second, third] = cases as [string, string, string]
  for (const address of [second, third])
    await done(midwife.client.post(`${address}/moves/daftar`, enrolment), 'the same woman twice')
  const { id: post } = await world.db
    .selectFrom('services.post')
    .select('id')
    .where('person', '=', midwife.person)
    .where('service', '=', service)
    .executeTakeFirstOrThrow()
  const place = { capacity: '40', lat: '-8,325', lon: '114,138' }
  await done(admin.post(`/services/${service}/roles/${post}`, place), 'the place of a post')
  await done(midwife.client.post(`${first}/assign/bidan`, { post }), 'an offer')
  const idOf = (address: string) => address.split('/').at(-1)!
  const chosen = new URLSearchParams([
    ['case', idOf(first)],
    ['case', idOf(second)],
    ['move', `${service}.kehamilan.hubungi`],
  ])
  return [
    ...[
      ...['/services/duplicates', '/services/taken-over', '/services/offers', '/services/worklist?kasus=lewat'],
      ...[`${second}/merge`, `${second}/merge/${idOf(third)}`, `${first}/assign/bidan`],
      ...[`/services/worklist/moves?${chosen}`, '/services/worklist/moves'],
    ].map((address) => ({ as: 'midwife', address })),
    { as: 'local admin', address: `/services/${service}/roles/${post}` },
    { as: 'local admin', address: `/services/${service}/ledger` },
  ]
}
