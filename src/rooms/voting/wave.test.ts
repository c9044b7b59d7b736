import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../test/world.ts'

describe('voting: waves, villages and committees', () => {
  let world: World
  let agency: string
  let wave: string
  const who: Record<string, string> = {}
  before(async () => {
    world = await aWorld(new Date('2026-10-20T09:00:00+07:00'))
    agency = await world.anAgency({ name: 'Pemerintah Kabupaten Contoh', region: '34.04' })
    who.regency = await world.aPerson('local-admin', { agency })
    who.elsewhere = await world.aPerson('local-admin', { agency: await world.anAgency({ region: '35.10' }) })
    who.province = await world.aPerson('local-admin', {
      agency: await world.anAgency({ kind: 'province', region: '34' }),
    })
    who.chair = await world.aPerson()
    who.member = await world.aPerson()
    who.national = await world.aPerson('national-admin')
  })
  after(() => world.drop())

  const as = (name?: string, lang: 'id' | 'en' = 'id') => world.as(name && who[name], { lang })
  const status = async (name: string | undefined, address: string, form: Record<string, string>) =>
    (await (await as(name)).post(address, form)).status
  const emailOf = async (name: string) =>
    (await world.db.selectFrom('people.person').select('email').where('id', '=', who[name]!).executeTakeFirstOrThrow())
      .email

  it('are opened by a regency for a day to come, with a profile that holds on it, once for two at once', async () => {
    const at = `/voting/agencies/${agency}/waves`
    const form = { name: 'Pilkades serentak 2026', held: '2026-11-22', profile: 'sleman' }
    assert.equal(await status(undefined, at, form), 303)
    assert.equal(await status('elsewhere', at, form), 404)
    assert.equal(await status('regency', at, { ...form, held: '2026-10-19' }), 409)
    assert.equal(await status('regency', at, { ...form, profile: 'atlantis' }), 409)
    assert.equal(await status('regency', at, { ...form, held: '2019-10-19' }), 409)
    assert.equal(await status('regency', at, { ...form, held: 'besok' }), 422)
    assert.deepEqual((await Promise.all([1, 2].map(() => status('regency', at, form)))).sort(), [303, 409])
    const rows = await world.db.selectFrom('voting.wave').select(['id', 'agency', 'held']).execute()
    assert.deepEqual(rows, [{ id: rows[0]!.id, agency, held: '2026-11-22' }])
    assert.match(await (await (await as()).get('/voting')).text(), /Pilkades serentak 2026[\s\S]*Dipersiapkan/)
    wave = rows[0]!.id
    const province = await world.db
      .selectFrom('people.agency')
      .select('id')
      .where('kind', '=', 'province')
      .executeTakeFirstOrThrow()
    assert.equal(await status('province', `/voting/agencies/${province.id}/waves`, form), 404)
  })

  it('hold each village of the regency once, and practice as often as one likes', async () => {
    const at = `/voting/waves/${wave}/elections`
    const form = { village: 'Condongcatur', kind: 'contest', outside: 'Dinas PMD', needed: '3' }
    assert.equal(await status('elsewhere', at, form), 403)
    assert.equal(await status('regency', at, { ...form, village: 'Sempu' }), 409)
    assert.equal(await status('regency', at, { ...form, needed: '0' }), 422)
    // With one candidate this regency deliberates: nobody votes against an empty box there.
    assert.equal(await status('regency', at, { ...form, kind: 'empty-box' }), 409)
    assert.deepEqual((await Promise.all([1, 2].map(() => status('regency', at, form)))).sort(), [303, 409])
    for (const _ of [1, 2]) assert.equal(await status('regency', at, { ...form, practice: 'ya' }), 303)
    assert.equal(
      await status('regency', at, { ...form, village: 'Caturtunggal', kind: 'deliberation', practice: 'ya' }),
      303,
    )
    const rows = await world.db
      .selectFrom('voting.election')
      .select(['village', 'mode', 'state'])
      .where('kind', '=', 'contest')
      .orderBy('mode', 'desc')
      .execute()
    assert.deepEqual(
      rows.map(({ mode, state }) => [mode, state]),
      [
        ['real', 'preparing'],
        ['practice', 'preparing'],
        ['practice', 'preparing'],
      ],
    )
  })

  it('show a practice only to those who prepare it', async () => {
    const { id } = await world.db
      .selectFrom('voting.election')
      .select('id')
      .where('mode', '=', 'practice')
      .executeTakeFirstOrThrow()
    const seen = async (name?: string) => (await (await as(name)).get(`/voting/elections/${id}`)).status
    assert.deepEqual(await Promise.all([seen(), seen('elsewhere'), seen('chair')]), [404, 404, 404])
    assert.deepEqual(await Promise.all([seen('regency'), seen('national')]), [200, 200])
  })

  it('never turn a practice into an election, not even by hand in the database', async () => {
    await assert.rejects(
      world.db.updateTable('voting.election').set({ mode: 'real' }).where('mode', '=', 'practice').execute(),
      /the mode of an election cannot be changed/,
    )
  })

  it('have a committee that the regency appoints, with one chair', async () => {
    const { id } = await world.db
      .selectFrom('voting.election')
      .select('id')
      .where('mode', '=', 'real')
      .executeTakeFirstOrThrow()
    const at = `/voting/elections/${id}/committee`
    const chair = { email: await emailOf('chair'), role: 'chair' }
    assert.equal(await status('chair', at, chair), 404)
    assert.equal(await status('national', at, chair), 403)
    assert.equal(await status('regency', at, { email: 'tidak@ada.id', role: 'member' }), 409)
    assert.deepEqual((await Promise.all([1, 2].map(() => status('regency', at, chair)))).sort(), [303, 409])
    assert.equal(await status('regency', at, { email: await emailOf('member'), role: 'chair' }), 409)
    assert.equal(await status('regency', at, { email: await emailOf('member'), role: 'member' }), 303)
    assert.equal(await status('chair', at, { email: await emailOf('national'), role: 'member' }), 403)
    assert.equal((await (await as('chair')).get(at)).status, 200)
    assert.ok((await (await (await as('chair')).get('/voting')).text()).includes(`/voting/elections/${id}/office`))
    assert.equal(await status('regency', `${at}/${who.member}/dismiss`, {}), 303)
    assert.equal(await status('regency', `${at}/${who.member}/dismiss`, {}), 409)
    assert.equal((await (await as('member')).get(at)).status, 404)
  })

  it('are listed with the same number of queries, for one village and for three', async () => {
    const client = await as('regency')
    const counts: number[] = []
    for (const village of ['Caturtunggal', 'Maguwoharjo', 'Sinduadi']) {
      await client.post(`/voting/waves/${wave}/elections`, {
        village,
        kind: 'contest',
        outside: 'Dinas PMD',
        needed: '3',
      })
      counts.push(
        (await queriesOf(() => client.get(`/voting/waves/${wave}`))).length * 1000 +
          (await queriesOf(() => client.get('/voting'))).length,
      )
    }
    assert.equal(counts[2], counts[0])
  })

  it('let the regency set rules otherwise, with a ground that is shown, and nothing that cannot hold', async () => {
    const { id } = await world.db
      .selectFrom('voting.election')
      .select('id')
      .where('mode', '=', 'real')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const at = `/voting/elections/${id}/rules`
    const form = {
      opens: '07.30',
      closes: '14:00',
      quorum: '',
      extensions: '60, 60',
      ground: 'Perbup Nomor 12 Tahun 2026.',
    }
    assert.equal(await status('chair', at, form), 404)
    assert.equal(await status('national', at, form), 403)
    assert.equal(await status('regency', at, { ...form, ground: '' }), 422)
    const wrongs: Record<string, string>[] = [
      { opens: '25:00' },
      { closes: '06:00' },
      { quorum: '3' },
      { quorum: '3/2' },
      { tie: '1, 6' },
      { tie: '1, 1' },
      { copies: '' },
      { single: 'x' },
      { minCandidates: '6' },
      { cutOff: 'x' },
    ]
    for (const wrong of wrongs)
      assert.equal(await status('regency', at, { ...form, ...wrong }), 409, JSON.stringify(wrong))
    assert.deepEqual((await Promise.all([1, 2].map(() => status('regency', at, form)))).sort(), [303, 409])
    const text = (await (await (await as()).get(at)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    for (const said of [
      'Pemungutan suara dibuka 07.30 Ditetapkan untuk pemilihan ini Perbup Nomor 12 Tahun 2026.',
      'Kuorum Tidak ada kuorum Ditetapkan',
      '60 + 60 Ditetapkan',
      'Calon paling banyak 5 Disimpulkan',
    ])
      assert.ok(text.includes(said), said)
    const rest = { tie: '3, 5', single: 'empty-box', copies: 'Ketua KPPS; BPD', ground: form.ground }
    assert.equal(await status('regency', at, rest), 303)
    const again = (await (await (await as()).get(at)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    for (const said of [
      'Bila suara terbanyak sama 1. Jenjang pendidikan; 2. Pemungutan suara ulang Ditetapkan',
      'Bila hanya satu calon Melawan kotak kosong Ditetapkan',
      'Penerima salinan hasil Ketua KPPS, BPD Ditetapkan',
    ])
      assert.ok(again.includes(said), `${said}: ${again}`)
    // As it is shown in the form it is read: what is sent back unchanged changes nothing.
    const shown = await (await (await as('regency')).get(at)).text()
    const [, ladder] = /name="tie" value="([^"]*)"/.exec(shown) ?? shown.match(/value="([^"]*)"[^>]*name="tie"/)!
    const [, copies] = /name="copies" value="([^"]*)"/.exec(shown) ?? shown.match(/value="([^"]*)"[^>]*name="copies"/)!
    assert.deepEqual([ladder, copies], ['3, 5', 'Ketua KPPS, BPD'])
    assert.equal(await status('regency', at, { ...rest, tie: ladder!, copies: copies! }), 409)
    const told = await world.db
      .selectFrom('log.event')
      .select('particulars')
      .where('name', '=', 'voting.rules-changed')
      .execute()
    assert.deepEqual(
      told.map(({ particulars }) => (particulars as { rules: string[] }).rules),
      [
        ['opens', 'closes', 'quorum', 'extensions'],
        ['tie', 'single', 'copies'],
      ],
    )
  })

  it('say how each rule is known, and call none of them law that nobody read', async () => {
    const { id } = await world.db
      .selectFrom('voting.election')
      .select('id')
      .where('mode', '=', 'real')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    const text = (await (await (await as()).get(`/voting/elections/${id}/rules`)).text())
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
    assert.ok(text.includes('Kuorum 2/3 dari daftar pemilih Diberitakan sumber umum jogjapolitan.harianjogja.com'))
    assert.ok(text.includes('Pemilih setiap TPS, paling banyak 500'))
    assert.ok(text.includes('Setelan, belum diperiksa pada naskah peraturan'))
  })
})
