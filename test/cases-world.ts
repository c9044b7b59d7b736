import assert from 'node:assert/strict'
import { done } from '../src/demo/story.ts'
import { aWorld } from './world.ts'

export const report = {
  desa: '3510202001',
  rt: '003',
  izin_ibu: 'ya_data_saja',
  nama_panggilan: 'Sari',
  hp: '081234567890',
  sudah_periksa: 'tidak',
  'tanda[]': ['pucat'],
  'tanda_bahaya[]': ['tidak_ada'],
}
export const enrolment = {
  setuju_layanan: 'ya',
  nama: 'Sari Contoh',
  nik: '9910205203890001',
  tanggal_lahir: '1989-03-12',
  hpht: '2025-09-15',
  hamil_ke: '3',
  jumlah_anak: '2',
  jarak_tahun: '5',
  tinggi: '152',
  sistol: '120',
  diastol: '80',
}

type Fields = Record<string, string | readonly string[]>

/** Laskar Penjaja Sayur in one agency, with people in its roles: `posts` as person → role and area. */
export async function aCasesWorld<Name extends string>(
  posts: Record<Name, readonly [role: string, area: string]>,
  program = 'laskar-penjaja-sayur',
) {
  const world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
  const agency = await world.anAgency()
  await world.db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
  const admin = await world.aPerson('local-admin', { agency })
  const chief = await world.as(admin)
  const answer = await done(chief.post(`/services/agencies/${agency}/install/${program}`), 'installing')
  const service = answer.headers.get('location')!.split('/')[2]!
  const people = {} as Record<Name, string>
  const emailOf = async (person: string) =>
    (await world.db.selectFrom('people.person').select('email').where('id', '=', person).executeTakeFirstOrThrow())
      .email
  for (const [name, [role, area]] of Object.entries(posts) as [Name, readonly [string, string]][]) {
    people[name] = await world.aPerson()
    await done(
      chief.post(`/services/${service}/roles`, { email: await emailOf(people[name]), role, area }),
      `role ${role}`,
    )
  }
  const postOf = async (name: Name) =>
    (
      await world.db
        .selectFrom('services.post')
        .select('id')
        .where('person', '=', people[name])
        .where('ended', 'is', null)
        .executeTakeFirstOrThrow()
    ).id

  /** A report by this person; the id of the case. */
  async function open(by: Name, over: Fields = {}, form: Fields = report): Promise<string> {
    const sent = await (await world.as(people[by])).post(`/services/${service}/open`, { ...form, ...over })
    assert.equal(sent.status, 303, await sent.text())
    return sent.headers.get('location')!.split('/').at(-1)!
  }
  const move = async (by: Name, id: string, name: string, form: Fields = {}) =>
    (await world.as(people[by])).post(`/services/cases/${id}/moves/${name}`, form)
  const status = async (by: Name, address: string) => (await (await world.as(people[by])).get(address)).status
  const text = async (by: Name, address: string) => (await (await world.as(people[by])).get(address)).text()
  const row = (id: string) =>
    world.db.selectFrom('services.case').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  return { ...world, agency, service, admin, people, emailOf, postOf, open, move, status, text, row }
}
