import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { aRunningGarda, type RunningGarda } from '../../../test/running-garda.ts'
import { publicRating } from './domain/rating.ts'

describe('services: from the citizen’s side', () => {
  let at: RunningGarda
  before(async () => {
    at = await aRunningGarda(new Date('2026-03-02T10:00:00+07:00'))
  })
  after(() => at.world.drop())

  const caseOf = (id: string) =>
    at.world.db.selectFrom('services.case').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const missing = { 'gap.keterangan': 'Pasar yang mana?', 'gap.kira_umur': 'Kira-kira berapa tahun?' }
  const answers = { keterangan: 'Pasar Jambewangi', kira_umur: '13' }

  it('sends a case back with one list, and takes all of it in one form or nothing', async () => {
    const reported = await at.report()
    const operator = await at.world.as(at.people.operator)
    const move = `/services/cases/${reported.id}/moves/minta_lengkapi`
    const form = await (await operator.get(move)).text()
    assert.ok(form.includes('name="gap.keterangan"') && form.includes('name="gap.kira_umur"'))
    const empty = await operator.post(move)
    assert.equal(empty.status, 422)
    assert.ok((await empty.text()).includes('paling sedikit satu isian'))
    const kept = await operator.post(move, { 'gap.keterangan': 'ab' })
    assert.equal(kept.status, 422)
    assert.ok((await kept.text()).includes('value="ab"'))
    assert.equal((await operator.post(move, missing)).status, 303)
    assert.equal((await caseOf(reported.id)).state, 'perlu_dilengkapi')

    const follower = await at.follower(reported)
    const page = await (await follower.get()).text()
    for (const said of ['Perlu Anda lengkapi', 'Pasar yang mana?', 'Kira-kira berapa tahun?'])
      assert.ok(page.includes(said), said)
    const asked = await (await follower.get('/moves/lengkapi')).text()
    assert.deepEqual(
      [...asked.matchAll(/name="(\w+)"/g)]
        .map(([, name]) => name)
        .filter((name) => name !== 'once' && name !== 'viewport' && name !== 'description'),
      ['keterangan', 'kira_umur'],
    )
    const half = await follower.post('/moves/lengkapi', { keterangan: 'Pasar Jambewangi' })
    assert.equal(half.status, 422)
    const halfText = await half.text()
    assert.ok(halfText.includes('value="Pasar Jambewangi"') && halfText.includes('href="#kira_umur"'))
    const both = await Promise.all([
      follower.post('/moves/lengkapi', answers),
      follower.post('/moves/lengkapi', answers),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    const row = await caseOf(reported.id)
    assert.deepEqual(
      [row.state, (row.specific as { data: object }).data],
      ['dilaporkan', { keterangan: 'Pasar Jambewangi', kira_umur: 13 }],
    )
    assert.equal((row.life as { gaps?: object }).gaps, undefined)
    assert.equal((await follower.get('/moves/lengkapi')).status, 404)
    const told = await at.world.db
      .selectFrom('log.event')
      .select('particulars')
      .where('subject', '=', reported.id)
      .execute()
    assert.ok(!/Pasar|Kira-kira/.test(JSON.stringify(told)))
  })

  it('lets a follower read what was written to her and nothing that was written to others', async () => {
    const reported = await at.report({ hp_pelapor: '081234567801' })
    await at.world.db
      .insertInto('services.message')
      .values({
        agency: at.agency,
        id: '00000000-0000-7000-8000-0000000000aa',
        case: reported.id,
        message: 'diterima_sekolah',
        at: at.world.clock.now(),
        to_phone: (
          await at.world.db
            .selectFrom('services.message')
            .select('to_phone')
            .where('to_phone', 'is not', null)
            .executeTakeFirstOrThrow()
        ).to_phone,
        text: JSON.stringify({ sms: 'Bapak/Ibu Wali, anak Anda diterima di SKB' }),
      })
      .execute()
    const page = await (await (await at.follower(reported)).get()).text()
    assert.ok(page.includes(`Laporan anak tidak sekolah diterima. No: ${reported.number}`))
    assert.ok(!page.includes('anak Anda diterima') && !page.includes('81234567801'))
  })

  async function ended() {
    const reported = await at.report()
    const operator = await at.world.as(at.people.operator)
    await operator.post(`/services/cases/${reported.id}/moves/gandakan`, { sama_dengan: 'GA-26000001' })
    const { closed } = await caseOf(reported.id)
    assert.ok(closed, 'the case has ended')
    return reported
  }

  it('is rated once a case, after its end, changed for seven days, by nobody that can be found', async () => {
    const going = await at.follower(await at.report())
    assert.equal((await going.post('/rating', { score: '4' })).status, 403)
    const reported = await ended()
    const follower = await at.follower(reported)
    assert.ok((await (await follower.get()).text()).includes('Bagaimana pelayanan kami?'))
    assert.equal((await follower.post('/rating', { score: '5', words: 'Ramah' })).status, 422)
    assert.equal((await follower.post('/rating', {})).status, 422)
    const twice = await Promise.all([
      follower.post('/rating', { score: '2', words: 'Lama sekali' }),
      follower.post('/rating', { score: '2', words: 'Lama sekali' }),
    ])
    assert.deepEqual(
      twice.map(({ status }) => status),
      [303, 303],
    )
    const start = at.world.clock.now()
    at.world.clock.set(new Date(start.getTime() + 7 * 86_400_000))
    const later = await at.follower(reported)
    assert.equal((await later.post('/rating', { score: '3', words: '' })).status, 303)
    at.world.clock.set(new Date(start.getTime() + 8 * 86_400_000))
    const tooLate = await at.follower(reported)
    assert.ok(!(await (await tooLate.get()).text()).includes('name="score"'))
    assert.equal((await tooLate.post('/rating', { score: '1' })).status, 409)
    at.world.clock.set(start)
    const rows = await at.world.db.selectFrom('services.rating').selectAll().execute()
    assert.deepEqual(
      rows.map(({ score, words }) => [score, words]),
      [[3, null]],
    )
    assert.ok(!JSON.stringify(rows).includes(reported.id))
    const events = await at.world.db
      .selectFrom('log.event')
      .selectAll()
      .where('name', '=', 'services.service-rated')
      .execute()
    assert.deepEqual(
      events.map(({ subject, actor, particulars }) => [subject, actor, particulars]),
      [1, 2, 3].map(() => [at.service, null, {}]),
    )
    const once = await at.world.db
      .selectFrom('log.once')
      .select('change')
      .where('action', '=', 'services.service-rated')
      .execute()
    assert.ok(!JSON.stringify(once).includes('Lama'))
  })

  it('shows a mean from five ratings on, in steps of five, from the next day on', async () => {
    assert.equal(publicRating([1, 2, 3, 4]), undefined)
    assert.deepEqual(publicRating([4, 4, 3, 3, 4, 1, 1]), { n: 5, mean: 3.6 })
    const shown = async () =>
      /dari (\d+) penilaian/.exec(await (await (await at.world.as()).get(`/services/${at.service}`)).text())?.[1]
    const words = async () => (await (await at.admin.get(`/services/${at.service}/ratings`)).text()).includes('Cepat')
    for (let i = 0; i < 4; i++) await (await at.follower(await ended())).post('/rating', { score: '4', words: 'Cepat' })
    assert.deepEqual([await shown(), await words()], [undefined, false])
    const start = at.world.clock.now()
    at.world.clock.set(new Date(start.getTime() + 86_400_000))
    await at.admin.wake()
    assert.deepEqual([await shown(), await words()], ['5', true])
    at.world.clock.set(start)
    assert.equal((await at.adminElsewhere.get(`/services/${at.service}/ratings`)).status, 403)
  })

  it('is reached by a short link with its code, counted, and not any more once it is revoked', async () => {
    const path = `/services/${at.service}/links`
    assert.equal((await at.adminElsewhere.post(path, { name: 'Brosur' })).status, 403)
    assert.equal((await (await at.world.as(at.people.operator)).post(path, { name: 'Brosur' })).status, 403)
    assert.equal((await at.admin.post(path, { name: 'B' })).status, 422)
    assert.equal((await at.admin.post(path, { name: 'Brosur' })).status, 303)
    const link = await at.world.db.selectFrom('services.link').selectAll().executeTakeFirstOrThrow()
    const square = await (await at.admin.get(`${path}/${link.id}/square`)).text()
    assert.ok(square.includes('<svg') && square.includes(`/l/${link.code}`))
    const anybody = await at.world.as()
    assert.ok((await (await anybody.get(`/l/${link.code}`)).text()).includes('Desa atau kelurahan'))
    assert.equal((await anybody.post(`/l/${link.code}`, { desa: '3510202001' })).status, 422)
    const report = { desa: '3510202001', keterangan: 'Di sawah' }
    assert.equal((await anybody.post(`/l/${link.code}`, report)).status, 303)
    const counts = async () =>
      at.world.db
        .selectFrom('services.link')
        .select(['seen', 'sent'])
        .where('id', '=', link.id)
        .executeTakeFirstOrThrow()
    assert.deepEqual(await counts(), { seen: 1, sent: 1 })
    for (const code of ['zzzzzzz', 'a', 'AAAAAAA']) assert.equal((await anybody.get(`/l/${code}`)).status, 404)
    const end = `${path}/${link.id}/end`
    assert.deepEqual(
      (await Promise.all([at.admin.post(end), at.admin.post(end)])).map(({ status }) => status).sort(),
      [303, 409],
    )
    assert.equal((await anybody.get(`/l/${link.code}`)).status, 404)
    assert.equal((await anybody.post(`/l/${link.code}`, report)).status, 404)
  })

  it('takes no new cases when it is retired, finishes those that are open, and can be opened again', async () => {
    const reported = await at.report()
    const retire = `/services/${at.service}/retire`
    assert.equal((await at.adminElsewhere.post(retire)).status, 403)
    assert.deepEqual(
      (await Promise.all([at.admin.post(retire), at.admin.post(retire)])).map(({ status }) => status).sort(),
      [303, 409],
    )
    const anybody = await at.world.as()
    const page = await (await anybody.get(`/services/${at.service}`)).text()
    assert.ok(page.includes('tidak menerima kasus baru sejak') && !page.includes(`/services/${at.service}/report`))
    assert.ok((await (await anybody.get('/services')).text()).includes('Tidak menerima kasus baru'))
    assert.equal((await anybody.get(`/services/${at.service}/report`)).status, 303)
    const refused = await anybody.post(`/services/${at.service}/report`, { desa: '3510202001', keterangan: 'Di pasar' })
    assert.equal(refused.status, 409)
    assert.ok((await refused.text()).includes('Di pasar'))
    const operator = await at.world.as(at.people.operator)
    assert.ok((await (await operator.get('/services/worklist')).text()).includes(reported.number))
    assert.equal((await operator.post(`/services/cases/${reported.id}/moves/loloskan`)).status, 303)
    assert.equal((await (await at.follower(reported)).get()).status, 200)
    assert.equal((await at.admin.post(`/services/${at.service}/reopen`)).status, 303)
    await at.report()
  })
})
