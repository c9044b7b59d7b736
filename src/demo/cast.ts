import type { RoleName } from '#people'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { hashPassword } from '#platform/password.ts'
import { seal } from '#platform/secret.ts'

/** One password for the whole cast: the demo is open to whoever can reach it. */
export const demoPassword = 'peragaan-melayani'

/** The secret of the secretariat's authenticator app, as public as the password: `npm run demo-code` shows its code. */
export const demoSecret = 'MELAYANIPERAGAANMELAYANIPERAGAAN'

/** An evaluator of the demo: university, expertise (category keys) and home province, all invented. */
export type DemoEvaluator = { name: string; email: string; university: string; expertise: string[]; home: string }

const address = (name: string) => `${name}@peragaan.example`

export const secretariat = [
  { name: 'Ratna Prameswari', email: address('ratna') },
  { name: 'Bagus Hendrawan', email: address('bagus') },
]

export const evaluators: DemoEvaluator[] = [
  ['Arif Nugroho', 'Universitas Peragaan Utara', ['kesehatan', 'responsif-gender'], '12'],
  ['Bunga Maharani', 'Universitas Peragaan Utara', ['pendidikan', 'pemberdayaan-masyarakat'], '14'],
  ['Cakra Wibisono', 'Institut Peragaan Barat', ['tata-kelola', 'pertumbuhan-ekonomi'], '32'],
  ['Dian Puspitasari', 'Institut Peragaan Barat', ['kesehatan', 'ketahanan-pangan'], '36'],
  ['Endah Purwanti', 'Universitas Peragaan Tengah', ['lingkungan-hidup', 'ketahanan-pangan'], '33'],
  ['Fitri Handayani', 'Universitas Peragaan Tengah', ['tata-kelola', 'pendidikan'], '34'],
  ['Gilang Ramadhan', 'Universitas Peragaan Timur', ['pertumbuhan-ekonomi', 'pengentasan-kemiskinan'], '73'],
  ['Hesti Kurniasih', 'Universitas Peragaan Timur', ['kesehatan', 'pengentasan-kemiskinan'], '71'],
  ['Imam Santosa', 'Sekolah Tinggi Peragaan Selatan', ['tata-kelola', 'lingkungan-hidup'], '51'],
  ['Joko Susanto', 'Sekolah Tinggi Peragaan Selatan', ['pendidikan', 'kesehatan'], '52'],
  ['Kartika Dewi', 'Universitas Peragaan Kepulauan', ['pertumbuhan-ekonomi', 'pemberdayaan-masyarakat'], '81'],
  ['Laras Widyaningrum', 'Universitas Peragaan Kepulauan', ['kesehatan', 'tata-kelola'], '64'],
].map(
  ([name, university, expertise, home]) =>
    ({
      name,
      university,
      expertise,
      home,
      email: address((name as string).split(' ')[0]!.toLowerCase()),
    }) as DemoEvaluator,
)

export const panel = [
  'Maya Anggraini',
  'Nanda Saputra',
  'Oktavia Lestari',
  'Prabu Wijaya',
  'Qori Rahmawati',
  'Surya Atmaja',
].map((name) => ({ name, email: address(name.split(' ')[0]!.toLowerCase()) }))

/** The people whose names a newcomer signs in with: the local admin and two units of Banyuwangi. */
export const banyuwangi = {
  admin: { name: 'Dewi Lestariningsih', email: address('dewi') },
  unit: { name: 'Agus Setiawan', email: address('agus') },
}

/** Who works in Laskar Penjaja Sayur at Puskesmas Sempu; the first seller is the one whose name a newcomer signs in with. */
export const sellers = [
  ...['Parti', 'Sumini', 'Lastri', 'Jumiati', 'Karsih'],
  ...['Wagini', 'Poniyem', 'Suyati', 'Mistin', 'Kasiani'],
].map((name, i) => ({ name: `${name} (penjaja sayur ${i + 1})`, email: address(`penjaja${i === 0 ? '' : i + 1}`) }))
export const laskar = {
  midwife: { name: 'Umi Rahayu', email: address('bidan'), role: 'bidan' },
  head: { name: 'Wiwik Handayani', email: address('kapus'), role: 'kepala_puskesmas' },
  volunteer: { name: 'Tri Hastuti', email: address('kader'), role: 'kader' },
  doctor: { name: 'Yoga Pranata', email: address('dokter'), role: 'dokter' },
}
/** Who works in Garda Ampuh. */
export const garda = {
  operator: { name: 'Rini Astuti', email: address('operator'), role: 'operator' },
  visitor: { name: 'Heru Prasetyo', email: address('petugas'), role: 'petugas' },
  office: { name: 'Sri Wahyuningsih', email: address('dinas'), role: 'dinas' },
  school: { name: 'Bambang Irawan', email: address('sekolah'), role: 'sekolah' },
  protection: { name: 'Nita Kurnia', email: address('bcc'), role: 'bcc' },
}

/** A unit that copies Laskar Penjaja Sayur; `adopted` as a share of the time that the first has run. */
export type Copier = {
  agency: string
  unit: string
  /** Code of the district. */
  district: string
  adopted: number
  /** How many women are reported; none: nothing happens there. */
  women: number
  certified?: boolean
  people: { laskar: { name: string; email: string }; bidan: { name: string; email: string } }
}
/** The local admin of the neighbour that copies; named by `seedPeople`. */
export const bondowoso = { name: 'Admin lokal Kabupaten Bondowoso', email: address('admin-kabupaten-bondowoso') }
const copying = (name: string, seller: string, midwife: string) => ({
  laskar: { name: seller, email: address(`penjaja-${name}`) },
  bidan: { name: midwife, email: address(`bidan-${name}`) },
})
export const copiers: readonly Copier[] = [
  {
    agency: 'Pemerintah Kabupaten Banyuwangi',
    unit: 'Puskesmas Kalipuro',
    district: '35.10.21',
    adopted: 0.3,
    women: 24,
    certified: true,
    people: copying('kalipuro', 'Sutini (penjaja sayur)', 'Fatimah Azizah'),
  },
  {
    agency: 'Pemerintah Kabupaten Gresik',
    unit: 'Puskesmas Peragaan Gresik',
    district: '35.25.01',
    adopted: 0.4,
    women: 0,
    people: copying('gresik', 'Rukmini (penjaja sayur)', 'Laila Safitri'),
  },
  {
    agency: 'Pemerintah Kabupaten Bondowoso',
    unit: 'Puskesmas Peragaan Bondowoso',
    district: '35.11.11',
    adopted: 0.93,
    women: 7,
    people: copying('bondowoso', 'Supatmi (penjaja sayur)', 'Indah Permata'),
  },
]

let hash: Promise<string> | undefined

/** Add a person of the cast, with one office or none; the same address twice gives the same person. */
export async function addPerson(
  db: Db,
  person: { name: string; email: string },
  role?: RoleName,
  office: { agency?: string; unit?: string } = {},
): Promise<string> {
  hash ??= hashPassword(demoPassword)
  const known = await db.selectFrom('people.person').select('id').where('email', '=', person.email).executeTakeFirst()
  const id = known?.id ?? newId()
  if (!known)
    await db
      .insertInto('people.person')
      .values({
        id,
        ...person,
        password: await hash,
        demo: true,
        ...(role === 'national-admin' && { totp_secret: seal(demoSecret), totp_since: new Date() }),
      })
      .execute()
  if (!role) return id
  await db
    .insertInto('people.role')
    .values({ ...office, id: newId(), person: id, role, since: new Date('2014-01-01T00:00:00Z') })
    .onConflict((c) => c.doNothing())
    .execute()
  return id
}
