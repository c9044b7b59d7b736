import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { aCasesWorld } from '../../../test/cases-world.ts'
import { tick } from './actions/time.ts'
import { figuresOf } from './store/figures.ts'

const posts = {
  operator: ['operator', '35.10.21'],
  elsewhere: ['operator', '35.10.05'],
  visitor: ['petugas', '35.10.21'],
  office: ['dinas', ''],
  school: ['sekolah', '35.10.21'],
  protection: ['bcc', ''],
} as const

const report = { desa: '3510211001', nama_anak: 'Dewi Contoh', hp_pelapor: '081234567890' }
const visit = {
  ada_orang_dewasa: 'ya',
  setuju_wali: 'ya',
  setuju_foto: 'tidak',
  nama: 'Dewi Contoh',
  tanggal_lahir: '2011',
  jenis_kelamin: 'p',
  nama_wali: 'Siti Contoh',
  hp_wali: '081234567891',
  kategori: 'do',
  keluar: '2025-12',
  'alasan[]': ['biaya', 'ditinggal'],
  'kondisi[]': ['yatim_piatu', 'miskin'],
  'kebutuhan[]': ['seragam', 'uang_saku'],
}
const aid = (n: number, jenis: string, sumber: string, mulai: string, akhir: string) => ({
  [`bantuan.${n}.jenis_bantuan`]: jenis,
  [`bantuan.${n}.sumber`]: sumber,
  [`bantuan.${n}.mulai_bantuan`]: mulai,
  [`bantuan.${n}.akhir_bantuan`]: akhir,
})

describe('services: Garda Ampuh at work', () => {
  let world: Awaited<ReturnType<typeof aCasesWorld<keyof typeof posts>>>
  let child: string
  before(async () => {
    world = await aCasesWorld(posts, 'garda-ampuh')
  })
  after(() => world.drop())

  const clock = (time: string) => world.clock.set(new Date(`${time}+07:00`))
  const open = (by: keyof typeof posts, over: Record<string, string> = {}) => world.open(by, over, report)
  const status = async (by: keyof typeof posts, id: string, name: string, form = {}) =>
    (await world.move(by, id, name, form)).status
  const said = async (by: keyof typeof posts, id: string, name: string, form = {}) => {
    const answer = await world.move(by, id, name, form)
    return [answer.status, (await answer.text()).replace(/<[^>]+>/g, ' ')] as const
  }
  const stateOf = async (id: string) => (await world.row(id)).state
  const rules = async (id: string) =>
    ((await world.row(id)).specific as { rules: Record<string, { values: Record<string, unknown> }[]> }).rules
  const paid = async (id: string) => (await rules(id)).bayar!.at(-1)!.values.total
  /** From the report to the open door of the home. */
  async function assigned(over: Record<string, string> = {}) {
    const id = await open('operator', over)
    assert.equal(await status('operator', id, 'loloskan'), 303)
    assert.equal(await status('operator', id, 'tugaskan'), 303)
    return id
  }

  it('takes a report from anybody without a name; whoever follows it learns what became of it and never who the child is', async () => {
    const nobody = await world.as()
    const nothing = await nobody.post(`/services/${world.service}/report`, { desa: report.desa })
    assert.equal(nothing.status, 422)
    const digits = await nobody.post(`/services/${world.service}/report`, { desa: report.desa, nama_anak: 'Dewi 2' })
    assert.equal(digits.status, 422)
    const nowhere = await nobody.post(`/services/${world.service}/report`, { ...report, desa: '3510219999' })
    assert.equal(nowhere.status, 422)
    const sent = await nobody.post(`/services/${world.service}/report`, {
      desa: report.desa,
      keterangan: 'Anak perempuan di warung',
    })
    assert.equal(sent.status, 303)
    const { cookie } = {
      cookie: sent.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; '),
    }
    const receipt = await (await nobody.get(`/services/${world.service}/receipt`, { cookie })).text()
    const [number, code] = [
      /GA-\d+/.exec(receipt)![0],
      /<code[^>]*>([A-Z2-9]{10})<\/code>|>([A-Z2-9]{10})</.exec(receipt)!,
    ]
    const given = code[1] ?? code[2]!
    const row = await world.db
      .selectFrom('services.case')
      .select('id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    assert.equal(await status('operator', row.id, 'loloskan'), 303)
    assert.equal(await status('operator', row.id, 'tugaskan'), 303)
    assert.equal(await status('visitor', row.id, 'kunjungi', visit), 303)
    const followed = await nobody.post(`/services/${world.service}/follow`, { number, code: given })
    assert.equal(followed.status, 303)
    const own = followed.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const page = await (await nobody.get(`/services/${world.service}/followed`, { cookie: own })).text()
    assert.ok(page.includes('Sudah ditindaklanjuti'))
    for (const hidden of ['Dewi', 'Siti', 'warung', '0812', 'Terverifikasi', 'biaya', 'Prioritas'])
      assert.ok(!page.includes(hidden), hidden)
  })

  it('is looked at for duplicates before anybody is sent; the same child again ends there', async () => {
    child = await open('operator')
    const again = await open('operator', { nama_anak: 'Dewi contoh' })
    assert.equal(await status('visitor', again, 'loloskan'), 404)
    assert.equal(await status('operator', again, 'gandakan'), 422)
    const { number } = await world.row(child)
    assert.equal(await status('operator', again, 'gandakan', { sama_dengan: number }), 303)
    assert.equal(await stateOf(again), 'ganda')
    assert.equal(await status('operator', again, 'loloskan'), 409)
    assert.equal(await world.status('elsewhere', `/services/cases/${child}`), 404)
  })

  it('is visited with an adult and the guardian’s consent, and without a NIK where the child has none', async () => {
    assert.equal(await status('operator', child, 'loloskan'), 303)
    assert.equal(await status('operator', child, 'tugaskan'), 303)
    clock('2026-03-04T10:00:00')
    for (const over of [{ ada_orang_dewasa: 'tidak' }, { setuju_wali: 'tidak' }]) {
      const [code, text] = await said('visitor', child, 'kunjungi', { ...visit, ...over })
      assert.equal(code, 409)
      assert.ok(text.includes('Tanpa orang dewasa atau persetujuan wali'))
    }
    const [wrong] = await said('visitor', child, 'kunjungi', {
      ...visit,
      tanggal_lahir: '2011-05-01',
      nik: '9910215203890001',
    })
    assert.equal(wrong, 422, 'a NIK of another birth date is looked at')
    const two = await Promise.all([
      status('visitor', child, 'kunjungi', visit),
      status('visitor', child, 'kunjungi', visit),
    ])
    assert.deepEqual(two.sort(), [303, 409])
    const row = await world.row(child)
    const { data } = row.specific as { data: Record<string, unknown> }
    assert.deepEqual(
      [row.state, data.nik, data.tanggal_lahir, data.foto],
      ['terverifikasi', undefined, '2011~', undefined],
    )
    // Left less than six months ago 25, compulsory age 20, orphan 10, poorest 20: at once.
    const { total, band } = (await rules(child)).prioritas!.at(-1)!.values
    assert.deepEqual([total, band], [75, 'utama'])
    assert.equal(row.due?.toISOString(), new Date('2026-03-06T19:36:00+07:00').toISOString(), '80 % of three days')
  })

  it('has a plan, and aid that no two public sources pay twice for one time', async () => {
    assert.equal(await status('school', child, 'rencanakan', { rute: 'sekolah', jenjang: 'smp' }), 404)
    assert.equal(await status('visitor', child, 'rencanakan', { rute: 'sekolah', jenjang: 'smp' }), 303)
    assert.equal(await status('visitor', child, 'setujui_bantuan', { mata_anggaran_ada: 'ya' }), 404)
    assert.equal(await status('office', child, 'setujui_bantuan', { mata_anggaran_ada: 'tidak' }), 409)
    const ours = aid(0, 'uang_saku', 'apbd', '2026-04-01', '2026-12-31')
    const twice = { mata_anggaran_ada: 'ya', ...ours, ...aid(1, 'uang_saku', 'pip', '2026-12-31', '2027-06-30') }
    assert.equal(await status('office', child, 'setujui_bantuan', twice), 422)
    const backwards = { mata_anggaran_ada: 'ya', ...aid(0, 'transport', 'apbd', '2026-04-02', '2026-04-01') }
    assert.equal(await status('office', child, 'setujui_bantuan', backwards), 422)
    const next = { mata_anggaran_ada: 'ya', ...ours, ...aid(1, 'uang_saku', 'pip', '2027-01-01', '2027-06-30') }
    const fellow = aid(2, 'uang_saku', 'sas', '2026-04-01', '2026-12-31')
    assert.equal(await status('office', child, 'setujui_bantuan', { ...next, ...fellow }), 303)
    assert.equal(await stateOf(child), 'siap_ditempatkan')
  })

  it('is placed by the school, which learns the child and not why she left', async () => {
    const page = await world.text('school', `/services/cases/${child}`)
    assert.ok(page.includes('Dewi Contoh'))
    for (const hidden of ['Ditinggal', 'Yatim', 'termiskin', 'Prioritas']) assert.ok(!page.includes(hidden), hidden)
    const place = { tempat_belajar: 'SMPN 3 Contoh', npsn: '20500000', kelas: 'VIII B', mulai_belajar: '2026-04-01' }
    assert.equal(await status('school', child, 'terima', { ...place, npsn: '205' }), 422)
    assert.equal(await status('school', child, 'terima', place), 303)
    const { text } = await world.db
      .selectFrom('services.message')
      .select('text')
      .where('case', '=', child)
      .where('message', '=', 'diterima_sekolah')
      .executeTakeFirstOrThrow()
    const { sms } = text as { sms: string }
    assert.ok(sms.length <= 160 && sms.includes('SMPN 3 Contoh') && !sms.includes('Dewi'))
  })

  it('is paid for the days attended only, by the rate of the month, and of a month without a rate not at all', async () => {
    clock('2026-05-02T09:00:00')
    const month = { bulan: '2026-04-30', hari_sekolah: '22', hadir: '20', alpa: '0' }
    assert.equal(await status('school', child, 'catat_hadir', { ...month, hadir: '23' }), 422)
    assert.equal(await status('school', child, 'catat_hadir', { ...month, bulan: '2026-05-31' }), 422, 'not yet over')
    assert.equal(await status('school', child, 'catat_hadir', month), 303)
    assert.equal(await paid(child), 20 * 15_000)
    // The aid of the own budget did not run in 2022, and rates of before 2019 are not known.
    assert.equal(await status('school', child, 'catat_hadir', { ...month, bulan: '2022-05-31' }), 303)
    assert.equal(await paid(child), 0)
    assert.equal(await status('school', child, 'catat_hadir', { ...month, bulan: '2018-12-31' }), 409)
    assert.equal(await paid(child), 0)
  })

  it('is at risk below 80 per cent or after more than three days without a reason, by itself, and not at the border', async () => {
    clock('2026-06-01T09:00:00')
    const month = { bulan: '2026-05-31', hari_sekolah: '20', hadir: '16', alpa: '3' }
    assert.equal(await status('school', child, 'catat_hadir', month), 303)
    assert.equal(await stateOf(child), 'belajar', 'exactly 80 per cent, exactly three days')
    assert.equal(await paid(child), 16 * 15_000)
    assert.equal(await status('school', child, 'catat_hadir', { ...month, hadir: '15', alpa: '0' }), 303)
    assert.equal(await stateOf(child), 'berisiko')
    assert.equal(await status('school', child, 'kembali_belajar', { hasil_risiko: 'Sakit' }), 404)
    assert.equal(await status('visitor', child, 'kembali_belajar', { hasil_risiko: 'Sakit dan sudah sembuh' }), 303)
    clock('2026-07-01T09:00:00')
    assert.equal(
      await status('school', child, 'catat_hadir', { ...month, bulan: '2026-06-30', hadir: '20', alpa: '4' }),
      303,
    )
    assert.equal(await stateOf(child), 'berisiko')
    assert.equal(await status('visitor', child, 'kambuh', { rute: 'paket_b', jenjang: 'smp' }), 303)
    assert.equal(await stateOf(child), 'direncanakan')
    assert.equal(
      await status('school', child, 'luluskan', { nomor_ijazah: 'CONTOH-1' }),
      409,
      'nobody graduates who is not there',
    )
  })

  it('may be a matter of protection, which those few know of, and nobody else from any page', async () => {
    const id = await assigned({ nama_anak: 'Nia Rahasia' })
    const concern = { 'jenis_perlindungan[]': ['perkawinan'], uraian_perlindungan: 'Akan dinikahkan bulan depan' }
    assert.equal(await status('operator', id, 'laporkan_perlindungan', concern), 404)
    assert.equal(await status('visitor', id, 'laporkan_perlindungan', concern), 303)
    const part = await world.db
      .selectFrom('services.case')
      .select(['id', 'number', 'due'])
      .where('part_of', '=', id)
      .executeTakeFirstOrThrow()
    assert.equal(await world.status('protection', `/services/cases/${part.id}`), 200)
    assert.ok((await world.text('protection', `/services/cases/${part.id}`)).includes('Akan dinikahkan'))
    for (const other of ['operator', 'visitor', 'office', 'school'] as const) {
      assert.equal(await world.status(other, `/services/cases/${part.id}`), 404)
      for (const page of [`/services/cases/${id}`, '/services/worklist'])
        assert.ok(
          !/Akan dinikahkan|Perkawinan anak|-perlindungan/.test(await world.text(other, page)),
          `${other} ${page}`,
        )
      assert.equal(await status(other, part.id, 'tangani'), 404)
    }
    // The same day: half of eight hours, then all of them, whether anybody looks or not.
    await tick(world.db, new Date(part.due!.getTime() + 5 * 3_600_000))
    const tasks = await world.db.selectFrom('services.task').select('role').where('case', '=', part.id).execute()
    assert.deepEqual(tasks, [{ role: 'bcc' }, { role: 'bcc' }, { role: 'bcc' }])
    assert.equal(await status('protection', part.id, 'tangani'), 303)
  })

  it('may be refused, is asked again at most four times, and is not found only after two more visits', async () => {
    const refusing = await assigned({ nama_anak: 'Budi Contoh' })
    assert.equal(await status('visitor', refusing, 'tolak', { reason: '' }), 422)
    for (let i = 0; i < 5; i++) {
      assert.equal(await status('visitor', refusing, 'tolak', { reason: 'bekerja' }), 303)
      assert.equal(await status('visitor', refusing, 'hubungi_lagi'), i < 4 ? 303 : 409)
    }
    const { personal, specific } = await world.row(refusing)
    assert.deepEqual(Object.keys((specific as { data: object }).data), ['nama_anak'])
    assert.deepEqual(Object.keys((personal as { data: object }).data), ['hp_pelapor'])
    const gone = await assigned({ nama_anak: 'Tono Contoh' })
    for (let visits = 0; visits < 3; visits++) {
      assert.equal(await status('visitor', gone, 'nyatakan_tidak_ditemukan'), 409)
      assert.equal(await status('visitor', gone, 'tidak_bertemu', { catatan_kunjungan: 'Tetangga' }), 303)
    }
    assert.equal(await status('visitor', gone, 'tidak_bertemu', { catatan_kunjungan: 'Tetangga' }), 409)
    assert.equal(await status('visitor', gone, 'nyatakan_tidak_ditemukan'), 303)
    assert.equal(await status('visitor', gone, 'hubungi_lagi'), 409)
  })

  it('leaves out who is in school after all or not of the age, by itself', async () => {
    const inSchool = await assigned({ nama_anak: 'Ani Contoh' })
    const { 'alasan[]': _, keluar: __, ...rest } = visit
    assert.equal(await status('visitor', inSchool, 'kunjungi', { ...rest, kategori: 'sekolah' }), 303)
    assert.equal(await stateOf(inSchool), 'tidak_memenuhi')
    const old = await assigned({ nama_anak: 'Eko Contoh' })
    const grown = { ...visit, tanggal_lahir: '2000-01-01' }
    assert.equal(await status('visitor', old, 'kunjungi', grown), 422)
    assert.equal(await status('visitor', old, 'kunjungi', { ...grown, 'despite.di_luar_umur': 'Umur dari KK' }), 303)
    assert.equal(await stateOf(old), 'tidak_memenuhi')
  })

  it('is taken back by the guardian: nothing of the child is left in any page, and the history is', async () => {
    const page = await world.text('office', `/services/cases/${child}`)
    assert.ok(page.includes('Siti Contoh'))
    const office = await world.as(world.people.office)
    assert.equal((await office.post(`/services/cases/${child}/consents/pendampingan`)).status, 303)
    for (const reader of ['office', 'operator', 'visitor', 'school'] as const) {
      const after = await world.text(reader, `/services/cases/${child}`)
      for (const gone of ['Siti Contoh', 'SMPN 3', 'VIII B', '2011', '300.000'])
        assert.ok(!after.includes(gone), `${reader}: ${gone}`)
    }
    const texts = await world.db
      .selectFrom('services.message')
      .select(['text', 'to_phone'])
      .where('case', '=', child)
      .execute()
    assert.ok(texts.length > 0 && texts.every(({ text, to_phone }) => text === null && to_phone === null))
  })

  it('is counted for two reports, and each can be read again as it was', async () => {
    const at = `/services/${world.service}/figures`
    const publish = async (day: string) => {
      const answer = await (await world.as(world.admin)).post(at, { day })
      assert.equal(answer.headers.get('location'), at)
    }
    for (let i = 0; i < 4; i++) await open('operator', { nama_anak: `Anak ${'abcd'[i]}` })
    clock('2026-07-02T09:00:00')
    await publish('2026-07-01')
    const first = (await figuresOf(world.db, world.service))!
    for (let i = 0; i < 6; i++) await open('operator', { nama_anak: `Anak ${'efghij'[i]}` })
    clock('2026-07-03T09:00:00')
    await publish('2026-07-02')
    const second = (await figuresOf(world.db, world.service))!
    const found = (figures: typeof first) =>
      figures.figures.find(({ indicator }) => indicator === 'ditemukan')!.whole.value
    assert.deepEqual([found(first), found(second)], [12, 18])
    const public_ = await world.as()
    for (const { address, hash } of [first, second]) {
      const page = await (await public_.get(address)).text()
      assert.ok(page.includes(hash) && !/Dewi|Nia|Siti|3510211001/.test(page))
    }
  })
})
