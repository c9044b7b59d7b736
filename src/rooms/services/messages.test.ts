import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Outgoing } from '#platform/gateway.ts'
import { newId } from '#platform/ids.ts'
import { signedHeaders } from '#platform/signature.ts'
import { aRunningGarda, type RunningGarda } from '../../../test/running-garda.ts'
import { sendMessages, tidyReplies } from './actions/outbox.ts'
import { holdsWholeNumber, quietUntil } from './domain/outbox.ts'
import { endConversations } from './store/gateway.ts'
import { forgetMessages } from './store/message.ts'

describe('services: messages that go out', () => {
  let at: RunningGarda
  before(async () => {
    at = await aRunningGarda(new Date('2026-03-02T10:00:00+07:00'))
  })
  after(() => at.world.drop())

  /** A gateway that keeps what it was given, and answers as told. */
  function aGateway(answer: 'sent' | 'busy' | 'refused' = 'sent') {
    const taken: Outgoing[] = []
    const send = async (message: Outgoing) => {
      taken.push(message)
      if (answer === 'sent') return { state: 'sent' as const, receipt: `g-${message.id}` }
      return { state: 'failed' as const, refused: answer === 'refused', why: 'status 503' }
    }
    return { taken, send }
  }
  const messageOf = (id: string) =>
    at.world.db.selectFrom('services.message').selectAll().where('case', '=', id).executeTakeFirstOrThrow()
  const now = () => at.world.clock.now()

  it('are handed over once though two workers come, always by the same id, until the gateway takes them', async () => {
    const { id } = await at.report({ hp_pelapor: '081234567801' })
    const busy = aGateway('busy')
    assert.equal(await sendMessages(at.world.db, now(), busy, busy), 0)
    assert.equal(busy.taken.length, 1)
    const waiting = await messageOf(id)
    assert.equal(waiting.state, 'queued')
    assert.equal(waiting.due!.getTime() - now().getTime(), 60_000)
    at.world.clock.set(new Date(now().getTime() + 60_000))
    const good = aGateway()
    const both = await Promise.all([
      sendMessages(at.world.db, now(), good, good),
      sendMessages(at.world.db, now(), good, good),
    ])
    assert.deepEqual(both.sort(), [0, 1])
    assert.deepEqual(
      good.taken.map((message) => [message.id, message.to, message.channel]),
      [[busy.taken[0]!.id, '+6281234567801', 'sms']],
    )
    const sent = await messageOf(id)
    assert.deepEqual([sent.state, sent.attempts, sent.receipt], ['sent', 2, `g-${sent.id}`])
  })

  it('are given up when the gateway refuses them, or after twelve tries', async () => {
    const one = await at.report({ hp_pelapor: '081234567802' })
    const refusing = aGateway('refused')
    await sendMessages(at.world.db, now(), refusing, refusing)
    assert.equal((await messageOf(one.id)).state, 'failed')
    const two = await at.report({ hp_pelapor: '081234567803' })
    const busy = aGateway('busy')
    const start = now().getTime()
    // A day and a half, an hour at a time, by day only: nights are quiet.
    for (let i = 0; i < 60; i++) {
      at.world.clock.set(new Date(now().getTime() + 3_600_000))
      await sendMessages(at.world.db, now(), busy, busy)
    }
    assert.equal((await messageOf(two.id)).state, 'failed')
    assert.equal(busy.taken.length, 12)
    at.world.clock.set(new Date(start))
  })

  it('wait at night where their reader is, unless they are urgent', async () => {
    const night = new Date('2026-03-02T22:30:00+07:00')
    const day = now()
    at.world.clock.set(night)
    const { id } = await at.report({ hp_pelapor: '081234567804' })
    const good = aGateway()
    assert.equal(await sendMessages(at.world.db, night, good, good), 0)
    const held = await messageOf(id)
    assert.deepEqual([held.state, held.why, held.due!.toISOString()], ['held', 'quiet', '2026-03-02T23:00:00.000Z'])
    await at.world.db
      .updateTable('services.message')
      .set({ urgent: true, due: night })
      .where('id', '=', held.id)
      .execute()
    assert.equal(await sendMessages(at.world.db, night, good, good), 1)
    at.world.clock.set(day)
  })

  it('know the night of each zone by its hours', () => {
    const at21 = new Date('2026-03-02T21:00:00+08:00')
    assert.equal(quietUntil(at21, 'WITA')?.toISOString(), '2026-03-02T22:00:00.000Z')
    assert.equal(quietUntil(at21, 'WIB'), undefined)
    assert.equal(quietUntil(new Date('2026-03-03T05:59:59+09:00'), 'WIT')?.toISOString(), '2026-03-02T21:00:00.000Z')
    assert.equal(quietUntil(new Date('2026-03-03T06:00:00+09:00'), 'WIT'), undefined)
  })

  it('to a role go to those who hold it where the case is and gave a number, and to nobody else', async () => {
    const { db } = at.world
    const admin = await at.world.as(at.people.admin)
    const settings = { person: at.people.operator }
    const operator = await at.world.as(settings.person)
    assert.equal((await operator.post('/services/contact', { phone: 'dua belas' })).status, 422)
    assert.equal((await operator.post('/services/contact', { phone: '0812 3456 7850' })).status, 303)
    assert.ok((await (await operator.get('/services/contact')).text()).includes('+6281234567850'))
    assert.ok(!(await (await admin.get('/services/contact')).text()).includes('+62812'))
    const office = await at.world.as(at.people.office)
    assert.equal((await office.post('/services/contact', { phone: '081234567851' })).status, 303)
    const row = await db.selectFrom('services.contact').selectAll().execute()
    assert.ok(row.length === 2 && !JSON.stringify(row).includes('8123'))
    const here = await at.report()
    const far = await at.report({ desa: '3510012001' })
    for (const { id } of [here, far])
      await db
        .insertInto('services.message')
        .values({
          ...{ agency: at.agency, id: newId(), case: id, message: 'tugas', at: now(), to_role: 'operator' },
          ...{ text: JSON.stringify({ sms: 'Ada tugas baru' }), state: 'queued', due: now() },
        })
        .execute()
    const good = aGateway()
    await sendMessages(db, now(), good, good)
    assert.deepEqual(
      good.taken.filter(({ text }) => text === 'Ada tugas baru').map(({ to }) => to),
      ['+6281234567850'],
    )
    assert.equal((await operator.post('/services/contact', { phone: '' })).status, 303)
    assert.equal((await db.selectFrom('services.contact').selectAll().execute()).length, 1)
    const kept = await db
      .selectFrom('log.event')
      .select('particulars')
      .where('name', '=', 'services.contact-kept')
      .execute()
    assert.deepEqual(
      kept.map(({ particulars }) => particulars),
      [{ given: true }, { given: true }, { given: false }],
    )
  })

  it('never tell a whole NIK or KK', () => {
    for (const text of ['NIK 9910205203890001.', 'KK 9910 2052 0389 0001', '9910-2052-0389-0001'])
      assert.equal(holdsWholeNumber(text), true, text)
    for (const text of ['GA-26000001, hubungi 081234567890', '2026-03-02 081234567890', '99102052038900011'])
      assert.equal(holdsWholeNumber(text), false, text)
  })

  it('leave the queue when a consent is taken back, and nothing of them goes out any more', async () => {
    const { id } = await at.report({ hp_pelapor: '081234567805' })
    await at.world.db.transaction().execute((tx) => forgetMessages(tx, { agency: at.agency, id }))
    const gone = await messageOf(id)
    assert.deepEqual(
      [gone.text, gone.to_phone, gone.mark, gone.state, gone.why],
      [null, null, null, 'held', 'withdrawn'],
    )
    const good = aGateway()
    await sendMessages(at.world.db, now(), good, good)
    assert.deepEqual(good.taken, [])
  })

  const receive = async (gateway: { id: string; secret: string }, body: unknown, id = newId(), path = 'messages') => {
    const text = JSON.stringify(body)
    return at.world.web.request(`/services/gateways/${gateway.id}/${path}`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...signedHeaders([gateway.secret], id, now(), text) },
    })
  }
  const says = async (gateway: { id: string; secret: string }, from: string, text: string, id = newId()) => {
    const answer = await receive(gateway, { from, text }, id)
    assert.equal(answer.status, 202, await answer.clone().text())
    const good = aGateway()
    await sendMessages(at.world.db, now(), good, good)
    return good.taken.at(-1)?.text ?? ''
  }

  it('do not go to who answered STOP, and go again after START; a reply always does', async () => {
    const gateway = await at.aGateway()
    assert.match(await says(gateway, '081234567806', 'stop'), /tidak akan menerima/)
    const { id } = await at.report({ hp_pelapor: '081234567806' })
    const good = aGateway()
    await sendMessages(at.world.db, now(), good, good)
    assert.deepEqual([good.taken.length, (await messageOf(id)).why], [0, 'opted-out'])
    await says(gateway, '0812-3456-7806', 'Mulai')
    await at.report({ hp_pelapor: '081234567806' })
    await sendMessages(at.world.db, now(), good, good)
    assert.equal(good.taken.length, 1)
  })

  it('are followed by receipts of the gateway, each believed once and only of the own agency', async () => {
    const gateway = await at.aGateway()
    const { id } = await at.report({ hp_pelapor: '081234567807' })
    const good = aGateway()
    await sendMessages(at.world.db, now(), good, good)
    const receipt = (await messageOf(id)).receipt
    const elsewhere = await at.aGatewayElsewhere()
    const told = async (of: typeof gateway, state: string) =>
      (await receive(of, { receipt, state }, newId(), 'receipts')).json() as Promise<{ known: boolean }>
    assert.deepEqual(await told(elsewhere, 'failed'), { known: false })
    assert.deepEqual(await told(gateway, 'delivered'), { known: true })
    assert.deepEqual(await told(gateway, 'failed'), { known: false })
    assert.equal((await messageOf(id)).state, 'delivered')
  })

  it('lead a person through the form by questions, open one case however often YES is brought, and keep nothing else', async () => {
    const gateway = await at.aGateway()
    const from = '081234567810'
    assert.match(await says(gateway, from, 'Halo?'), /Ketik LAPOR/)
    assert.match(await says(gateway, from, 'LAPOR anak tetangga berjualan di pasar'), /Setuju\? Balas YA/)
    assert.match(await says(gateway, from, 'mungkin'), /Balas YA/)
    assert.match(await says(gateway, from, 'ya'), /Desa atau kelurahan/)
    assert.match(await says(gateway, from, 'Atlantis'), /tidak ada dalam daftar/)
    assert.match(await says(gateway, from, 'Jambewangi'), /Nama anak/)
    const open = await at.world.db.selectFrom('services.conversation').selectAll().executeTakeFirstOrThrow()
    assert.ok(!/Jambewangi|3510|pasar|8123/.test(JSON.stringify(open)))
    assert.match(await says(gateway, from, 'lewat'), /Alamat/)
    assert.match(await says(gateway, from, 'lewat'), /umur/)
    assert.match(await says(gateway, from, 'empat'), /angka/)
    assert.match(await says(gateway, from, '99'), /batas/)
    assert.match(await says(gateway, from, '14'), /HP pelapor/)
    assert.match(await says(gateway, from, 'ini'), /Kirim sekarang/)
    const cases = async () =>
      Number(
        (
          await at.world.db
            .selectFrom('services.case')
            .select((eb) => eb.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      )
    const before = await cases()
    const once = newId()
    const [first, second] = await Promise.all([
      receive(gateway, { from, text: 'YA' }, once),
      receive(gateway, { from, text: 'YA' }, once),
    ])
    assert.deepEqual([first.status, second.status], [202, 202])
    assert.deepEqual(await first.json(), await second.json())
    await receive(gateway, { from, text: 'YA' })
    assert.equal(await cases(), before + 1)
    const good = aGateway()
    await sendMessages(at.world.db, now(), good, good)
    const code = good.taken.map(({ text }) => /Nomor (GA-\d+), kode ([A-Z2-9]{10})/.exec(text)).find(Boolean)!
    assert.match(
      await says(gateway, from, `status ${code[1]} ${code[2]}`),
      new RegExp(`${code[1]}: Sedang ditindaklanjuti`),
    )
    assert.match(await says(gateway, from, `status ${code[1]} AAAAAAAAAA`), /tidak cocok/)
    const row = await at.world.db
      .selectFrom('services.case')
      .selectAll()
      .where('number', '=', code[1]!)
      .executeTakeFirstOrThrow()
    assert.deepEqual((row.specific as { data: object }).data, {
      keterangan: 'anak tetangga berjualan di pasar',
      kira_umur: 14,
    })
    assert.deepEqual((row.personal as { data: object }).data, { hp_pelapor: '+6281234567810' })
    assert.equal((await at.world.db.selectFrom('services.conversation').selectAll().execute()).length, 0)
    const events = await at.world.db.selectFrom('log.event').select(['name', 'particulars']).execute()
    assert.ok(!/pasar|81234567|Jambewangi/.test(JSON.stringify(events)))
    const replies = await at.world.db.selectFrom('services.message').selectAll().where('case', 'is', null).execute()
    assert.ok(replies.length > 10 && !/kode|umur/.test(JSON.stringify(replies)))
    await tidyReplies(at.world.db, new Date(now().getTime() + 25 * 3_600_000))
    assert.deepEqual(
      await at.world.db.selectFrom('services.message').select('id').where('case', 'is', null).execute(),
      [],
    )
  })

  it('respect who does not agree, who cancels, and who does not come back', async () => {
    const gateway = await at.aGateway()
    await says(gateway, '081234567811', 'LAPOR')
    assert.match(await says(gateway, '081234567811', 'TIDAK'), /Tidak ada yang disimpan/)
    await says(gateway, '081234567812', 'REPORT')
    await says(gateway, '081234567812', 'yes')
    assert.match(await says(gateway, '081234567812', 'cancel'), /Nothing is kept/)
    await says(gateway, '081234567813', 'LAPOR')
    await says(gateway, '081234567813', 'YA')
    const later = new Date(now().getTime() + 31 * 60_000)
    const start = now()
    at.world.clock.set(later)
    assert.match(await says(gateway, '081234567813', 'Jambewangi'), /sudah berakhir dan isinya dihapus/)
    await says(gateway, '081234567814', 'LAPOR')
    await endConversations(at.world.db, new Date(later.getTime() + 31 * 60_000))
    assert.deepEqual(await at.world.db.selectFrom('services.conversation').select('id').execute(), [])
    at.world.clock.set(start)
  })

  it('are heard only from a gateway that is open and signs, within five minutes', async () => {
    const gateway = await at.aGateway()
    const body = JSON.stringify({ from: '081234567815', text: 'LAPOR' })
    const post = (headers: Record<string, string>, text = body, id = gateway.id) =>
      at.world.web.request(`/services/gateways/${id}/messages`, {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'application/json', ...headers },
      })
    const good = signedHeaders([gateway.secret], newId(), now(), body)
    const old = signedHeaders([gateway.secret], newId(), new Date(now().getTime() - 301_000), body)
    const other = signedHeaders([(await at.aGateway()).secret], newId(), now(), body)
    const statuses: number[] = []
    for (const answer of [
      post({}),
      post({ ...good }, `${body} `),
      post({ ...old }),
      post({ ...other }),
      post({ ...good }, body, newId()),
    ])
      statuses.push((await answer).status)
    assert.deepEqual(statuses, [401, 401, 401, 401, 401])
    const bad = await receive(gateway, { from: '12', text: 'x' })
    assert.equal(bad.status, 422)
    assert.deepEqual(
      ((await bad.json()) as { errors: { field: string }[] }).errors.map(({ field }) => field),
      ['from'],
    )
    await at.closeGateway(gateway.id)
    assert.equal((await receive(gateway, { from: '081234567815', text: 'LAPOR' })).status, 401)
  })
})
