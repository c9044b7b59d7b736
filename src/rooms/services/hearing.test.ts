import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { perform } from '#platform/action.ts'
import { inFiles, packageOf, small } from '../../../test/packages.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { moveCase, openCase, withdrawConsent } from './actions/case.ts'
import { hearTold } from './actions/hearing.ts'
import { installLocal } from './actions/local.ts'
import { installPackage, retireService } from './actions/service.ts'
import { beginUpgrade, installUpgrade } from './actions/upgrade.ts'
import { circles } from './domain/hearing.ts'
import { nationalHolidays } from './domain/holidays.ts'
import { readPackage } from './domain/package/read.ts'
import { prove } from './domain/rehearsal.ts'
import { findUpgradable } from './store/upgrade.ts'

/** Lending a wheelchair, which tells that it was handed over and came back; the address only with the consent to be visited. */
const teller: Record<string, string> = {
  ...small,
  'consents.yaml': small['consents.yaml']!.replace('version: 1,', 'version: 1, tells: [kursi.diserahkan],'),
  'flows/pinjam.yaml': small['flows/pinjam.yaml']!.replace(
    'effects: [{ send: siap }]',
    'effects: [{ send: siap }, { tell: kursi.diserahkan, with: { nomor: case.number, desa: desa, alamat: alamat } }]',
  ).replace(
    'from: [dipinjam], to: kembali, roles: [petugas]',
    'from: [dipinjam], to: kembali, roles: [petugas], effects: [{ tell: kursi.kembali, with: { nomor: case.number } }]',
  ),
}

/** Visits: opened by what is heard, and ended by it. */
const listener: Record<string, string> = {
  'package.yaml': small['package.yaml']!.replace('id: id.contoh.kursi-roda', 'id: id.contoh.kunjungan').replace(
    'main: pinjam',
    'main: kunjungan',
  ),
  'roles.yaml': small['roles.yaml']!,
  'calendars.yaml': small['calendars.yaml']!,
  'forms/tujuan.yaml': `
id: tujuan
names: { id: Tujuan }
fields:
  - { id: nomor, type: text, privacy: open, required: true, label: { id: Nomor } }
  - { id: desa, type: region, level: village, privacy: open, required: true, label: { id: Desa } }
  - { id: alamat, type: text, label: { id: Alamat } }
`,
  'flows/kunjungan.yaml': `
id: kunjungan
names: { id: Kunjungan }
states:
  - { id: dijadwalkan, kind: open, names: { id: Dijadwalkan } }
  - { id: selesai, kind: final, names: { id: Selesai } }
moves:
  - { id: jadwalkan, names: { id: Jadwalkan }, from: new, to: dijadwalkan, roles: [petugas], form: tujuan }
  - { id: selesaikan, names: { id: Selesai }, from: [dijadwalkan], to: selesai, roles: [petugas] }
hears:
  - { event: kursi.diserahkan, move: jadwalkan, with: { nomor: nomor, desa: desa, alamat: alamat } }
  - { event: kursi.kembali, move: selesaikan, match: { field: nomor, value: nomor } }
`,
  'examples/kunjungan.yaml': `
id: kunjungan
names: { id: Dari yang didengar }
begins: "2026-03-02T09:00"
steps:
  - { hear: kursi.diserahkan, with: { nomor: KR-1, desa: "3510202001" }, expect: { state: dijadwalkan, data: { nomor: KR-1, alamat: null } } }
  - { hear: kursi.kembali, with: { nomor: KR-1 }, expect: { state: selesai } }
`,
}

describe('services: a package hears another', () => {
  let world: World
  let agency: string
  const services = {} as Record<'teller' | 'listener', string>
  const people = {} as Record<'admin' | 'officer', string>

  const actor = (id: string, admin = false) => ({
    id,
    name: '',
    secondFactor: true,
    offices: admin ? [{ role: 'local-admin', agency, unit: null }] : [],
  })
  const ctx = (who: 'admin' | 'officer') => ({
    db: world.db,
    clock: world.clock,
    actor: actor(people[who], who === 'admin'),
  })
  const install = async (files: Record<string, string>) =>
    perform(installPackage, ctx('admin'), agency, { files: inFiles(files) })

  before(async () => {
    world = await aWorld(new Date('2026-03-02T10:00:00+07:00'))
    agency = await world.anAgency()
    people.admin = await world.aPerson('local-admin', { agency })
    people.officer = await world.aPerson()
    for (const [name, files] of [
      ['teller', teller],
      ['listener', listener],
    ] as const) {
      const done = await install(files)
      assert.equal(done.kind, 'done')
      services[name] = done.kind === 'done' ? done.change.service : ''
    }
    const admin = await world.as(people.admin)
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', people.officer)
      .executeTakeFirstOrThrow()
    for (const service of Object.values(services))
      assert.equal((await admin.post(`/services/${service}/roles`, { email, role: 'petugas', area: '' })).status, 303)
  })
  after(() => world.drop())

  /** Lend a wheelchair; the case and its number. */
  async function lent(over: Record<string, unknown> = {}) {
    const answers = {
      nama: 'Budi',
      umur: 70,
      desa: '3510202001',
      setuju: true,
      alamat: 'Jalan Mawar',
      hp: '081234567890',
      ...over,
    }
    const opened = await perform(
      openCase('public'),
      { ...ctx('officer'), actor: { ...actor(people.officer), id: null } },
      services.teller,
      { move: 'ajukan', answers },
    )
    assert.equal(opened.kind, 'done')
    const { id, number } = (opened as { change: { id: string; number: string } }).change
    await move(id, 'serahkan')
    return { id, number }
  }
  const move = async (id: string, name: string) =>
    assert.equal((await perform(moveCase('member'), ctx('officer'), id, { move: name })).kind, 'done')
  const hear = () => hearTold(world.db, world.clock.now())
  const visits = () =>
    world.db.selectFrom('services.case').selectAll().where('service', '=', services.listener).orderBy('id').execute()
  const outcomes = async () =>
    (await world.db.selectFrom('services.heard').select('outcome').orderBy('telling').orderBy('place').execute()).map(
      ({ outcome }) => outcome,
    )

  it('opens a case from what was told, once though two workers come, and ends it by what is told later', async () => {
    const { id, number } = await lent()
    const before = await world.db.selectFrom('services.telling').selectAll().execute()
    assert.ok(before.length === 1 && !JSON.stringify(before).includes('Mawar'))
    assert.equal(
      (await Promise.all([hear(), hear()])).reduce((a, b) => a + b),
      1,
    )
    const [visit] = await visits()
    assert.deepEqual(
      [(visit!.open as { data: object }).data, (visit!.personal as { data: object }).data, visit!.depth, visit!.state],
      [{ nomor: number, desa: '3510202001' }, { alamat: 'Jalan Mawar' }, 1, 'dijadwalkan'],
    )
    await move(id, 'kembalikan')
    assert.equal(await hear(), 1)
    assert.equal(await hear(), 0)
    assert.deepEqual(
      (await visits()).map(({ state }) => state),
      ['selesai'],
    )
    assert.deepEqual(await outcomes(), ['opened', 'moved'])
    assert.ok(!JSON.stringify(await world.db.selectFrom('log.event').select('particulars').execute()).includes('Mawar'))
    assert.ok(
      (await world.db.selectFrom('services.telling').selectAll().execute()).every(
        ({ content, done }) => content === null && done,
      ),
    )
  })

  it('tells only what a consent covers, and takes it back from the other service too', async () => {
    await lent({ setuju: false })
    await hear()
    const refused = (await visits()).at(-1)!
    assert.deepEqual((refused.personal as { data: object }).data, {})
    const agreed = await lent()
    const waiting = await lent()
    await perform(withdrawConsent('member'), ctx('officer'), waiting.id, { purpose: 'antar' })
    await hear()
    const visit = (await visits()).find(
      ({ open }) => (open as { data: { nomor: string } }).data.nomor === agreed.number,
    )!
    assert.deepEqual((visit.personal as { data: object }).data, { alamat: 'Jalan Mawar' })
    assert.equal(
      (await perform(withdrawConsent('member'), ctx('officer'), agreed.id, { purpose: 'antar' })).kind,
      'done',
    )
    const after = (await visits()).filter(({ id }) => id === visit.id)
    assert.ok(after.length === 1 && !JSON.stringify(after).includes('Mawar'))
  })

  it('notes why nothing came of it, and goes on', async () => {
    const { id } = await lent()
    assert.equal((await perform(retireService, ctx('admin'), services.listener, {})).kind, 'done')
    await world.db.updateTable('services.case').set({ depth: 5 }).where('id', '=', id).execute()
    await move(id, 'kembalikan')
    const count = (await visits()).length
    await hear()
    assert.equal((await visits()).length, count)
    assert.deepEqual((await outcomes()).slice(-2), ['no-new-cases', 'too-deep'])
  })

  it('is refused where a value would be told without consent, or packages would tell one another for ever', async () => {
    const refusedBy = (files: Record<string, string>) => {
      const read = readPackage(inFiles(files))
      return read.problems.filter(({ level }) => level === 'error').map(({ rule }) => rule)
    }
    const flow = teller['flows/pinjam.yaml']!
    assert.deepEqual(refusedBy({ ...teller, 'flows/pinjam.yaml': flow.replace('alamat: alamat', 'alamat: nama') }), [
      'told-without-consent',
    ])
    assert.deepEqual(refusedBy({ ...teller, 'flows/pinjam.yaml': flow.replace('alamat: alamat', 'alamat: nik') }), [
      'full-identity',
    ])
    assert.deepEqual(refusedBy({ ...teller, 'consents.yaml': small['consents.yaml']! }), ['told-without-consent'])
    const visits = listener['flows/kunjungan.yaml']!
    assert.deepEqual(
      refusedBy({ ...listener, 'flows/kunjungan.yaml': visits.replace('move: jadwalkan,', 'move: hilang,') }),
      ['unknown-move'],
    )
    assert.deepEqual(
      refusedBy({ ...listener, 'flows/kunjungan.yaml': visits.replace(', match: { field: nomor, value: nomor }', '') }),
      ['hears-of-which'],
    )
    assert.deepEqual(
      refusedBy({ ...listener, 'flows/kunjungan.yaml': visits.replace('alamat: alamat', 'rumah: alamat') }),
      ['unknown-field-name'],
    )

    const back = {
      ...listener,
      'package.yaml': listener['package.yaml']!.replace('version: 1.2.0', 'version: 1.3.0'),
      'flows/kunjungan.yaml': visits.replace(
        'to: selesai, roles: [petugas]',
        'to: selesai, roles: [petugas], effects: [{ tell: kunjungan.selesai }]',
      ),
    }
    const hearing = {
      ...teller,
      'package.yaml': teller['package.yaml']!.replace('version: 1.2.0', 'version: 1.3.0'),
      'flows/pinjam.yaml': `${flow}hears:\n  - { event: kunjungan.selesai, move: serahkan, match: { field: nama, value: nama } }\n`,
    }
    const [one, two] = [packageOf(inFiles(back)), packageOf(inFiles(hearing))]
    assert.deepEqual(prove(one, nationalHolidays()), [])
    assert.deepEqual(circles(two, []), [])
    assert.deepEqual(
      circles(two, [one]).map(({ rule, file }) => [rule, file]),
      [['hears-in-a-circle', 'flows/pinjam']],
    )
    assert.equal((await install(back)).kind, 'done')
    const second = await install(hearing)
    const refusal = (outcome: { kind: string; refusal?: string }) => [outcome.kind, outcome.refusal]
    assert.deepEqual(refusal(second), ['refused', 'package-refused'])
    const running = await findUpgradable(world.db, services.teller)
    const changed = { from: running!.hash, content: two }
    assert.deepEqual(refusal(await perform(installLocal, ctx('admin'), services.teller, changed)), [
      'refused',
      'package-refused',
    ])
    const begun = await perform(beginUpgrade, ctx('admin'), services.teller, { files: inFiles(hearing) })
    assert.equal(begun.kind, 'done')
    assert.deepEqual(refusal(await perform(installUpgrade, ctx('admin'), services.teller, {})), [
      'refused',
      'package-refused',
    ])
    assert.equal((await findUpgradable(world.db, services.teller))?.hash, running?.hash)
  })
})
