import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { queriesOf } from '#platform/db.ts'
import { aCasesWorld, enrolment, report } from '../../../test/cases-world.ts'
import { tick } from './actions/time.ts'
import { forgetBefore } from './store/merge.ts'

const start = new Date('2026-03-02T05:30:00+07:00')
const day = 86_400_000

describe('services: duplicates', () => {
  let world: Awaited<ReturnType<typeof make>>
  const make = () =>
    aCasesWorld({
      seller: ['laskar', ''],
      otherSeller: ['laskar', ''],
      midwife: ['bidan', '351020'],
      head: ['kepala_puskesmas', '351020'],
      volunteer: ['kader', '351020'],
      farMidwife: ['bidan', '351001'],
    })
  before(async () => {
    world = await make()
  })
  after(() => world.drop())

  let n = 0
  /** A woman who was reported and enrolled, with a NIK of her own unless told. */
  async function enrolled(
    over: Record<string, string> = {},
    reported: Record<string, string> = {},
    by: 'seller' | 'otherSeller' = 'seller',
  ) {
    const id = await world.open(by, reported)
    assert.equal((await world.move('midwife', id, 'hubungi', { cara_kontak: 'telepon' })).status, 303)
    const own = { nama: `Ibu ${String.fromCharCode(65 + (n % 26))}${'abcdefghij'[Math.floor(n++ / 26)]}x`, nik: '' }
    const sent = await world.move('midwife', id, 'daftar', { ...enrolment, ...own, ...over })
    assert.equal(sent.status, 303, await sent.text())
    return id
  }
  const pairs = async (of: string) =>
    (
      await sql<{
        kinds: string[]
        verdict: string | null
      }>`select kinds, verdict from services.duplicate where one = ${of} or other = ${of}`.execute(world.db)
    ).rows
  const numberOf = async (id: string) => (await world.row(id)).number
  const merge = async (
    by: 'midwife' | 'head' | 'volunteer' | 'farMidwife',
    one: string,
    other: string,
    form: Record<string, string> = {},
  ) =>
    (await world.as(world.people[by])).post(`/services/cases/${one}/merge/${other}`, {
      keep: await numberOf(one),
      ...form,
    })
  const mergeId = async (kept: string) =>
    (
      await world.db
        .selectFrom('services.merge')
        .select('id')
        .where('kept', '=', kept)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow()
    ).id
  const undo = async (kept: string) =>
    (await world.as(world.people.midwife)).post(`/services/cases/${kept}/merges/${await mergeId(kept)}/undo`)

  /** All rows of the services that a merge may touch, without revisions. */
  async function everything() {
    const of = async (table: string, without = '{}') =>
      (
        await sql<{
          row: unknown
        }>`select to_jsonb(t) - ${without}::text[] as row from ${sql.table(table)} t order by (to_jsonb(t) - ${without}::text[])::text`.execute(
          world.db,
        )
      ).rows.map(({ row }) => row)
    return {
      cases: await of('services.case', '{revision}'),
      consents: await of('services.consent'),
      tasks: await of('services.task'),
      messages: await of('services.message'),
      media: await of('services.media', '{id}'),
      likeness: await of('services.likeness'),
      pairs: await of('services.duplicate'),
      charges: await of('services.charge'),
    }
  }

  it('are found by the NIK, and by name, birth date and village however the name is written', async () => {
    const first = await enrolled({ nik: '9910205203890001', nama: 'Siti Aminah' })
    const sameNik = await enrolled({ nik: '9910205203890001', nama: 'Aminah' })
    const sameName = await enrolled({ nama: 'Hj. St. Aminnah', tanggal_lahir: '1989-12-03' })
    await enrolled({ nama: 'Siti Aminah' }, { desa: '3510202002' })
    assert.deepEqual((await pairs(first)).map(({ kinds }) => kinds).sort(), [['nik'], ['person']])
    const kept = JSON.stringify(
      (await sql`select t.*, encode(key, 'escape') as text from services.likeness t`.execute(world.db)).rows,
    )
    assert.ok(!/9910205203890001|aminah/i.test(kept))
    const page = await world.text('midwife', `/services/cases/${first}`)
    for (const id of [sameNik, sameName]) assert.ok(page.includes(`/services/cases/${first}/merge/${id}`))
    const list = await world.text('midwife', '/services/duplicates')
    assert.equal(list.match(/Bandingkan dengan/g)?.length, 2)
  })

  it('are told to nobody who does not know of both, or does not see by what', async () => {
    const one = await enrolled({ nik: '9910205203890002' })
    const far = await enrolled({ nik: '9910205203890003' })
    const numbers = [await numberOf(one), await numberOf(far)]
    const others = await enrolled({ nik: '9910205203890002' }, {}, 'otherSeller')
    numbers.push(await numberOf(others))
    // The seller has reported one of the two: that there is another is not hers to know.
    const own = await world.text('seller', `/services/cases/${one}`)
    assert.ok(own.includes(numbers[0]!) && !own.includes(numbers[2]!) && !/orang yang sama/.test(own))
    assert.equal(await world.status('seller', `/services/cases/${one}/merge/${others}`), 404)
    assert.equal((await world.text('seller', '/services/duplicates')).includes(numbers[0]!), false)
    // The volunteer knows of both and sees the NIK masked, but not all that would be merged.
    assert.ok((await world.text('volunteer', `/services/cases/${one}`)).includes(numbers[2]!))
    assert.equal((await merge('volunteer', one, others)).status, 404)
    assert.equal((await world.text('volunteer', '/services/duplicates')).includes(numbers[0]!), false)
    // Far away there is no such case, and after one of them has moved there neither is told of the other.
    assert.equal(await world.status('farMidwife', `/services/cases/${one}/merge/${others}`), 404)
    await world.db.updateTable('services.case').set({ area: '3510012001' }).where('id', '=', others).execute()
    assert.ok(!(await world.text('midwife', `/services/cases/${one}`)).includes(numbers[2]!))
    assert.ok(!(await world.text('farMidwife', `/services/cases/${others}`)).includes(numbers[0]!))
    assert.equal((await merge('midwife', one, others)).status, 404)
    assert.equal((await merge('farMidwife', others, one)).status, 404)
    await world.db.updateTable('services.case').set({ area: '3510202001' }).where('id', '=', others).execute()
  })

  it('are made one by one of two at once, and come back exactly as they were', async () => {
    const kept = await enrolled({ nik: '9910205203890004', tinggi: '150' }, { nama_panggilan: 'Ina' })
    const other = await enrolled(
      { nik: '9910205203890004', riwayat: 'sesar' },
      { izin_ibu: 'tidak', rt: '009' },
      'otherSeller',
    )
    await world.move('midwife', other, 'periksa', { sistol: '170', diastol: '110', 'temuan[]': ['peb'] })
    const part = await world.db
      .selectFrom('services.case')
      .select('id')
      .where('part_of', '=', other)
      .executeTakeFirstOrThrow()
    const shot = await everything()
    const preview = await world.text('midwife', `/services/cases/${kept}/merge/${other}`)
    for (const shown of ['RT', '003', '009', await numberOf(kept), await numberOf(other)])
      assert.ok(preview.includes(shown), shown)
    assert.deepEqual(await everything(), shot)

    const at = [
      merge('midwife', kept, other, { 'take.rt': 'second' }),
      merge('head', kept, other, { 'take.rt': 'second' }),
    ]
    assert.deepEqual((await Promise.all(at)).map(({ status }) => status).sort(), [303, 409])
    const [stays, gone] = [await world.row(kept), await world.row(other)]
    assert.deepEqual([gone.merged_into, gone.due, gone.closed?.getTime()], [kept, null, world.clock.now().getTime()])
    assert.deepEqual([stays.state, stays.due], ['terdaftar', stays.due])
    const data = (stays.open as { data: Record<string, unknown> }).data
    assert.equal(data.rt, '009')
    // She refused in the other report: what that covers is gone from both.
    assert.ok(!/Ina|81234/.test(JSON.stringify([stays, gone])))
    assert.equal((await world.row(part.id)).part_of, kept)
    const tasks = await world.db
      .selectFrom('services.task')
      .select('case')
      .where('done', 'is', null)
      .where('case', '=', other)
      .execute()
    assert.deepEqual(tasks, [])
    const lead = await (await world.as(world.people.midwife)).get(`/services/cases/${other}`)
    assert.deepEqual([lead.status, lead.headers.get('location')], [303, `/services/cases/${kept}`])
    assert.equal((await world.move('midwife', other, 'tangani')).status, 404)

    assert.deepEqual((await Promise.all([undo(kept), undo(kept)])).map(({ status }) => status).sort(), [303, 409])
    const back = await everything()
    for (const part of Object.keys(shot) as (keyof typeof shot)[]) assert.deepEqual(back[part], shot[part], part)
    assert.equal((await merge('midwife', kept, other)).status, 303)
    assert.equal((await undo(kept)).status, 303)
    assert.deepEqual(await everything(), shot)
  })

  it('come back as they were whatever was chosen, however often', async () => {
    const ids = [
      await enrolled({ nik: '9910205203890005', nama: 'Sulastri' }),
      await enrolled({ nik: '9910205203890005' }, { izin_ibu: 'tidak' }),
      await world.open('seller', { nama_panggilan: 'Lastri', patokan: 'pasar' }),
      await enrolled({ nama: 'Sulastri' }, { rt: '008' }),
    ]
    const shot = await everything()
    for (const [i, one] of ids.entries())
      for (const other of ids.slice(i + 1)) {
        const keep = (i + ids.indexOf(other)) % 2 ? one : other
        const fields = ['rt', 'nama', 'hp', 'patokan', 'tanggal_lahir'].map((field, j) => [
          `take.${field}`,
          ['first', 'second', ''][(i + j) % 3]!,
        ])
        const sent = await merge('midwife', one, other, { keep: await numberOf(keep), ...Object.fromEntries(fields) })
        assert.equal(sent.status, 303, await sent.text())
        assert.equal((await undo(keep)).status, 303)
        const back = await everything()
        for (const part of Object.keys(shot) as (keyof typeof shot)[]) assert.deepEqual(back[part], shot[part], part)
      }
    // One into another into a third, and back in turn.
    assert.equal((await merge('midwife', ids[0]!, ids[1]!)).status, 303)
    assert.equal((await merge('midwife', ids[3]!, ids[0]!)).status, 303)
    assert.equal(
      (await (await world.as(world.people.midwife)).get(`/services/cases/${ids[1]}`)).headers.get('location'),
      `/services/cases/${ids[3]}`,
    )
    assert.equal((await undo(ids[3]!)).status, 303)
    assert.equal((await undo(ids[0]!)).status, 303)
    assert.deepEqual(await everything(), shot)
  })

  it('do not come back once the one that stayed has moved, or the time is over', async () => {
    const [one, other, third, fourth] = [
      await enrolled({ nik: '9910205203890006' }),
      await enrolled({ nik: '9910205203890006' }),
      await enrolled({ nik: '9910205203890007' }),
      await enrolled({ nik: '9910205203890007' }),
    ]
    assert.equal((await merge('midwife', one, other)).status, 303)
    assert.equal((await world.move('midwife', one, 'periksa', { sistol: '120', diastol: '80' })).status, 303)
    const moved = await undo(one)
    assert.equal(moved.status, 409)
    assert.ok((await moved.text()).includes('sudah bergerak'))
    assert.equal((await merge('midwife', third, fourth)).status, 303)
    const late = new Date(world.clock.now().getTime() + 14 * day)
    assert.ok((await forgetBefore(world.db, late)) > 0)
    world.clock.set(late)
    assert.equal((await undo(third)).status, 409)
    world.clock.set(start)
    assert.equal((await undo(third)).status, 409)
    assert.equal(await forgetBefore(world.db, late), 0)
  })

  it('are offered no more once somebody has said that they differ, not even after a merge', async () => {
    const [a, b, c] = [
      await enrolled({ nik: '9910205203890008' }),
      await enrolled({ nik: '9910205203890008' }),
      await enrolled({ nik: '9910205203890008' }),
    ]
    assert.equal((await pairs(a)).length, 2)
    const midwife = await world.as(world.people.midwife)
    const different = () => midwife.post(`/services/cases/${a}/merge/${b}/different`)
    assert.deepEqual(
      (await Promise.all([different(), different()])).map(({ status }) => status),
      [303, 303],
    )
    assert.ok(!(await world.text('midwife', `/services/cases/${a}`)).includes(`merge/${b}`))
    assert.equal((await merge('midwife', c, a)).status, 303)
    const left = await world.text('midwife', `/services/cases/${c}`)
    assert.ok(!left.includes(`merge/${b}`))
    assert.equal((await undo(c)).status, 303)
    assert.ok((await world.text('midwife', `/services/cases/${c}`)).includes(`merge/${b}`))
  })

  it('let a consent that is taken back reach all that was merged, and what was before', async () => {
    const [one, other] = [
      await enrolled({ nik: '9910205203890009', nama: 'Rahasia Satu' }),
      await enrolled({ nik: '9910205203890009', nama: 'Rahasia Dua' }),
    ]
    assert.equal((await merge('midwife', one, other)).status, 303)
    assert.equal(
      (await (await world.as(world.people.midwife)).post(`/services/cases/${one}/consents/layanan`)).status,
      303,
    )
    const rows = [await world.row(one), await world.row(other)]
    assert.ok(!/Rahasia/.test(JSON.stringify(rows)))
    const { rows: likeness } = await sql`select 1 from services.likeness where "case" in (${one}, ${other})`.execute(
      world.db,
    )
    assert.deepEqual(likeness, [])
    const { before: kept } = await world.db
      .selectFrom('services.merge')
      .select('before')
      .where('kept', '=', one)
      .executeTakeFirstOrThrow()
    assert.equal(kept, null)
    assert.equal((await undo(one)).status, 409)
  })

  it('lead on whoever holds the code of the merged one, and show what both hold alike', async () => {
    const kept = await enrolled({ nik: '9910205203890010', nama: 'Wati Rahasia' })
    const woman = await world.as()
    const cookieOf = (response: Response, name: string) =>
      response.headers
        .getSetCookie()
        .find((one) => one.startsWith(`${name}=`))!
        .split(';')[0]!
    const sent = await woman.post(`/services/${world.service}/report`, { ...report, nama_panggilan: 'Wati', rt: '003' })
    const receipt = await (
      await woman.get(`/services/${world.service}/receipt`, { cookie: cookieOf(sent, 'tanda') })
    ).text()
    const number = /LPS-\d{8}/.exec(receipt)![0]
    const code = /<dd>([A-Z2-9]{10})<\/dd>/.exec(receipt)![1]!
    const { id } = await world.db
      .selectFrom('services.case')
      .select('id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    assert.equal((await merge('midwife', kept, id, { 'take.nama_panggilan': 'second' })).status, 303)
    const right = await woman.post(`/services/${world.service}/follow`, { number, code })
    const ikut = { cookie: cookieOf(right, 'ikut') }
    const page = await (await woman.get(`/services/${world.service}/followed`, ikut)).text()
    assert.ok(page.includes('Wati') && page.includes(number) && page.includes('Terdaftar'))
    for (const hidden of ['Rahasia', await numberOf(kept), '>152<', 'kuning', 'gabung'])
      assert.ok(!page.includes(hidden), hidden)
    assert.equal(
      (await woman.send('POST', `/services/${world.service}/followed/consents/data`, new URLSearchParams(), ikut))
        .status,
      303,
    )
    assert.ok(!/Wati"|81234/.test(JSON.stringify([await world.row(kept), await world.row(id)])))
    // The seller who reported the one that stayed learns nothing of it.
    const own = await world.text('seller', `/services/cases/${kept}`)
    assert.ok(!own.includes(number) && !/gabung/i.test(own))
  })

  it('are merged by number too, within one service, and time goes on as if nothing had been', async () => {
    const [one, other] = [await enrolled(), await world.open('otherSeller', { nama_panggilan: 'Rina' })]
    const midwife = await world.as(world.people.midwife)
    const at = `/services/cases/${one}/merge`
    assert.equal((await midwife.get(at)).status, 200)
    for (const number of ['', 'LPS-26999999', await numberOf(one)])
      assert.equal((await midwife.post(at, { number })).status, 422)
    const found = await midwife.post(at, { number: (await numberOf(other)).toLowerCase() })
    assert.equal(found.headers.get('location'), `${at}/${other}`)
    const dueBefore = (await world.row(other)).due
    assert.equal((await merge('midwife', one, other)).status, 303)
    world.clock.set(new Date(start.getTime() + day))
    assert.equal((await undo(one)).status, 303)
    assert.deepEqual((await world.row(other)).due, dueBefore)
    world.clock.set(new Date(start.getTime() + 4 * day))
    await tick(world.db, world.clock.now())
    assert.equal((await world.row(other)).state, 'tereskalasi')
    world.clock.set(start)
  })

  it('are found though both come to be known at the same moment', async () => {
    const ids = [await world.open('seller'), await world.open('seller')]
    for (const id of ids) await world.move('midwife', id, 'hubungi', { cara_kontak: 'telepon' })
    const sent = await Promise.all(
      ids.map((id) => world.move('midwife', id, 'daftar', { ...enrolment, nik: '9910205203890012', nama: 'Serentak' })),
    )
    assert.deepEqual(
      sent.map(({ status }) => status),
      [303, 303],
    )
    assert.deepEqual(
      (await pairs(ids[0]!)).map(({ kinds }) => kinds),
      [['nik', 'person']],
    )
  })

  it('are listed in a fixed number of queries', async () => {
    const midwife = await world.as(world.people.midwife)
    const count = async () => (await queriesOf(() => midwife.get('/services/duplicates'))).length
    await count()
    const few = await count()
    for (let i = 0; i < 3; i++) await enrolled({ nik: '9910205203890011' })
    assert.equal(await count(), few)
  })
})
