import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { asLine, type Files, type Package, readPackage } from '#services'

/** The files of a package that is shipped. */
export function filesOf(name: string): Files {
  const folder = path.join(import.meta.dirname, '../programs', name)
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.\w+$/.test(file))
      .map((file) => [file.split(path.sep).join('/'), readFileSync(path.join(folder, file))]),
  )
}

/** A package, which must be a good one. */
export function packageOf(files: Files): Package {
  const read = readPackage(files)
  assert.deepEqual(read.problems.filter(({ level }) => level === 'error').map(asLine), [])
  assert.ok(read.ok)
  return read.value
}

export function inFiles(texts: Record<string, string>): Files {
  return new Map(Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)]))
}

/** A small good package, to be spoilt in one place at a time: lending a wheelchair. */
export const small: Record<string, string> = {
  'package.yaml': `
format: melayani.package/1
id: id.contoh.kursi-roda
version: 1.2.0
names: { id: Pinjam kursi roda }
summary: { id: Warga meminjam kursi roda. }
languages: [id]
licence: CC0-1.0
origin: { innovation: Contoh, agency: Dinas Contoh, fidelity: { id: Dibuat untuk pengujian. } }
standard:
  requirements: { id: KTP }
  procedure: { id: Ajukan lalu ambil }
  duration: { id: 2 hari kerja }
  fee: { id: Gratis }
  product: { id: Kursi roda }
  complaints: { id: Lewat kelurahan }
main: pinjam
`,
  'roles.yaml': `
roles:
  - { id: warga, names: { id: Warga }, reach: own, sees: [open, personal, specific], public: true }
  - { id: petugas, names: { id: Petugas }, reach: area, sees: [open, personal] }
`,
  'calendars.yaml': `
calendars:
  - { id: kerja, names: { id: Hari kerja }, kind: working, hours: { mon: [["08:00", "16:00"]], tue: [["08:00", "16:00"]], wed: [["08:00", "16:00"]], thu: [["08:00", "16:00"]], fri: [["08:00", "12:00"]] } }
  - { id: selalu, names: { id: Selalu }, kind: always }
`,
  'settings.yaml': `
settings:
  - { id: hari_pinjam, type: number, default: 14, min: 1, max: 60, label: { id: Lama pinjam } }
`,
  'consents.yaml': `
purposes:
  - { id: antar, names: { id: Antar }, text: { id: Bolehkah alamat dipakai untuk mengantar? }, version: 1, askedBy: setuju, givenWhen: setuju = true }
`,
  'messages.yaml': `
messages:
  - id: siap
    to: { phone: hp }
    with: { nama: { value: nama, max: 30 } }
    text: { sms: { id: "{nama}, kursi roda siap diambil." } }
`,
  'indicators.yaml': `
indicators:
  - { id: jumlah, kind: count, by: desa, names: { id: Peminjaman } }
  - { id: lama, kind: median, value: minutes.dipinjam, names: { id: Menit sampai dipinjam } }
`,
  'forms/permohonan.yaml': `
id: permohonan
names: { id: Permohonan }
fields:
  - { id: nama, type: text, min: 2, max: 60, required: true, pattern: "[A-Z][a-z ]{1,59}", label: { id: Nama } }
  - { id: nik, type: nik, label: { id: NIK } }
  - { id: umur, type: int, min: 0, max: 120, required: true, label: { id: Umur } }
  - { id: desa, type: region, level: village, privacy: open, required: true, label: { id: Desa } }
  - { id: sakit, type: multi, privacy: specific, label: { id: Sebab }, options: [{ id: stroke, label: { id: Stroke } }, { id: patah, label: { id: Patah tulang } }] }
  - { id: setuju, type: bool, label: { id: Boleh diantar? } }
  - { id: alamat, type: text, consent: antar, label: { id: Alamat } }
  - { id: hp, type: phone, label: { id: HP } }
checks:
  - { id: anak, level: warning, field: umur, when: umur < 17, says: { id: Anak perlu wali. } }
`,
  'rules/urutan.yaml': `
id: urutan
kind: sum
privacy: specific
names: { id: Urutan }
versions:
  - validFrom: "2020-01-01"
    base: 1
    factors:
      - { id: tua, when: umur >= 60, points: 3, says: { id: umur ≥ 60 } }
      - { id: stroke, when: 'list contains(sakit, "stroke")', points: 2, says: { id: stroke } }
    bands:
      - { from: 1, id: biasa, label: { id: biasa } }
      - { from: 4, id: dahulu, label: { id: didahulukan } }
`,
  'flows/pinjam.yaml': `
id: pinjam
names: { id: Peminjaman }
states:
  - { id: diajukan, kind: open, names: { id: Diajukan } }
  - { id: kurang, kind: paused, names: { id: Menunggu kelengkapan } }
  - { id: dipinjam, kind: open, names: { id: Dipinjam } }
  - { id: kembali, kind: final, names: { id: Kembali } }
tasks:
  - { id: cari, label: { id: Cari kursi } }
moves:
  - { id: ajukan, names: { id: Ajukan }, from: new, to: diajukan, roles: [warga], form: permohonan, effects: [{ rule: urutan }] }
  - { id: minta, names: { id: Minta kelengkapan }, from: [diajukan], to: kurang, roles: [petugas] }
  - { id: lengkapi, names: { id: Lengkapi }, from: [kurang], to: diajukan, roles: [warga] }
  - { id: serahkan, names: { id: Serahkan }, from: [diajukan], to: dipinjam, roles: [petugas], effects: [{ send: siap }] }
  - { id: kembalikan, names: { id: Kembalikan }, from: [dipinjam], to: kembali, roles: [petugas] }
  - { id: anggap_batal, names: { id: Batal sendiri }, from: [diajukan, kurang], to: kembali, roles: [] }
limits:
  - { id: janji, names: { id: Janji layanan }, in: [diajukan, kurang], calendar: kerja, time: [{ amount: 2, unit: working_days }], steps: [{ at: 50, task: cari, for: petugas }, { at: 100, task: cari, for: petugas }, { at: 500, move: anggap_batal }] }
`,
  'examples/pinjam.yaml': `
id: pinjam
names: { id: Peminjaman biasa }
begins: "2026-03-02T09:00"
steps:
  - { do: ajukan, as: warga, with: { nama: Budi, umur: 70, desa: "3510202001", sakit: [stroke], setuju: false, alamat: Jalan Mawar, hp: "081234567890" }, expect: { state: diajukan, rules: { urutan: { total: 6, band: dahulu } }, dropped: [alamat], due: { janji: "2026-03-04T16:00" }, sees: { petugas: [nama, umur, desa, setuju, hp] } } }
  - { after: PT2H, do: minta, as: petugas, expect: { state: kurang, due: { janji: null } } }
  - { after: P7D, do: lengkapi, as: warga, expect: { state: diajukan, due: { janji: "2026-03-11T16:00" } } }
  - { do: serahkan, as: petugas, expect: { state: dipinjam, sent: [siap] } }
  - { after: P3D, do: kembalikan, as: petugas, expect: { state: kembali } }
`,
}
