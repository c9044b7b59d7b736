import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newId } from '#platform/ids.ts'
import { aVillage, jpeg, type Village } from '../../../test/office-world.ts'
import type { Profile } from './domain/profile.ts'

describe('voting: one candidate (R30)', () => {
  let village: Village
  before(async () => {
    village = await aVillage()
  })
  after(() => village.world.drop())

  const election = () =>
    village.world.db
      .selectFrom('voting.election')
      .select(['kind', 'profile'])
      .where('id', '=', village.election)
      .executeTakeFirstOrThrow() as Promise<{ kind: string; profile: Profile }>
  const textOf = async (path: string, lang: 'id' | 'en' = 'id') =>
    (await (await (await village.as('chair', lang)).get(village.at(path))).text())
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
  const right = {
    closed: '2026-09-10',
    'extended-0': '2026-09-25',
    'extended-1': '2026-10-05',
    ground: 'BA panitia nomor 12',
  }
  const close = (over: Record<string, string> = {}, who = 'chair') =>
    village.post(who, '/registration', { ...right, ...over })
  const draw = async () => {
    const [one] = await village.candidates()
    const form = { [`number-${one!.id}`]: '1', place: 'Balai desa', witnesses: 'Ketua BPD' }
    return village.post('chair', '/draws', form)
  }

  it('goes on alone only after the registration was extended, by minutes and dates, and the last extension is over', async () => {
    assert.equal(await close(), 409)
    assert.equal(await village.post('chair', '/candidates', { name: 'Sari Wulandari' }), 303)
    assert.match(await textOf('/candidates'), /diperpanjang 15 \+ 10 hari .* Musyawarah mufakat/)
    assert.match(await textOf('/candidates', 'en'), /extended by 15 \+ 10 days .* By deliberation/)
    assert.equal(await close({}, 'regency'), 403)
    assert.equal(await close({}, 'stranger'), 404)
    assert.equal(await close({ 'extended-1': '' }), 422)
    assert.equal(await close({ ground: '' }), 422)
    assert.equal(await close({ 'extended-0': '2026-09-24' }), 409)
    assert.equal(await close({ 'extended-1': '2026-10-20' }), 409)
    assert.equal((await election()).kind, 'contest')
    // What was typed comes back.
    const body = new URLSearchParams({ ...right, 'extended-0': '2026-09-24' })
    const again = await (await village.as('chair')).post(village.at('/registration'), Object.fromEntries(body))
    assert.match(await again.text(), /value="2026-09-24"/)
  })

  it('deliberates where the profile says so, once for two at once, and can be opened again until the draw', async () => {
    assert.deepEqual((await Promise.all([close(), close()])).sort(), [303, 409])
    const { kind, profile } = await election()
    assert.deepEqual(
      [kind, profile.registration],
      ['deliberation', { closed: right.closed, extended: ['2026-09-25', '2026-10-05'], ground: right.ground }],
    )
    assert.equal(await draw(), 409)
    assert.match(await textOf('/candidates'), /Perpanjangan ke-2 sampai 5 Oktober 2026 .* BA panitia nomor 12/)
    assert.ok(!(await textOf('/office')).includes('Belum dicatat bahwa pendaftaran diperpanjang'))
    assert.equal(await village.post('chair', '/candidates', { name: 'Budi Santoso' }), 409)
    assert.deepEqual(
      (await Promise.all([1, 2].map(() => village.post('member', '/registration/reopen')))).sort(),
      [303, 409],
    )
    const open = await election()
    assert.deepEqual([open.kind, open.profile.registration], ['contest', undefined])
  })

  it('stands against the empty box where the profile says so, and is not drawn before the extensions are noted', async () => {
    const { db } = village.world
    const { profile } = await election()
    const rules = { ...profile.rules, single: { ...profile.rules.single, value: 'empty-box' as const } }
    const set = (over: Record<string, unknown>) =>
      db.updateTable('voting.election').set(over).where('id', '=', village.election).execute()
    const [one] = await village.candidates()
    const photo = new File([new Uint8Array(jpeg(1))], 'f.jpg')
    assert.equal(await village.upload('chair', `/candidates/${one!.id}/photo`, { photo }), 303)
    // As a regency that knew of one candidate from the beginning added it.
    await set({ kind: 'empty-box', profile: JSON.stringify({ ...profile, rules }) })
    assert.equal(await draw(), 409)
    assert.match(await textOf('/office'), /Belum dicatat bahwa pendaftaran diperpanjang/)
    assert.ok(!(await textOf('/office')).includes('Jenis pemilihan bukan yang ditentukan aturan'))
    // The rule is another since: the election is not ready, and is what the rule says once the end is noted.
    const box = { agency: village.agency, election: village.election, id: newId(), name: 'Kotak kosong' }
    await db
      .insertInto('voting.candidate')
      .values({ ...box, empty_box: true, added: village.world.clock.now() })
      .execute()
    await set({ profile: JSON.stringify(profile) })
    assert.match(await textOf('/office'), /Jenis pemilihan bukan yang ditentukan aturan untuk satu calon/)
    assert.equal(await close(), 303)
    assert.deepEqual([(await election()).kind, (await village.candidates()).length], ['deliberation', 1])
    assert.ok(!(await textOf('/office')).includes('Jenis pemilihan bukan yang ditentukan aturan'))
    await set({ kind: 'contest', profile: JSON.stringify({ ...profile, rules }) })
    assert.equal(await close(), 303)
    assert.deepEqual(
      (await village.candidates()).map(({ name, emptyBox }) => [name, emptyBox]),
      [
        ['Sari Wulandari', false],
        ['Kotak kosong', true],
      ],
    )
    assert.equal(await draw(), 303)
    assert.equal(await village.post('chair', '/registration/reopen'), 409)
    assert.equal(await village.post('member', '/draws/confirm'), 303)
    assert.deepEqual(
      (await village.candidates()).map(({ number }) => number),
      [1, 2],
    )
  })

  it('is asked for as the shipped profile has it in an election that was added before this rule was known', async () => {
    const { profile } = await election()
    const { registration: _, ...rules } = profile.rules
    const { registration: __, ...old } = profile
    await village.world.db
      .updateTable('voting.election')
      .set({ profile: JSON.stringify({ ...old, rules }) })
      .where('id', '=', village.election)
      .execute()
    assert.match(await textOf('/office'), /Belum dicatat bahwa pendaftaran diperpanjang/)
    assert.match(await textOf('/rules'), /Perpanjangan pendaftaran sebelum satu calon cukup \(hari\) 15 \+ 10/)
  })
})
