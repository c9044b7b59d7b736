import assert from 'node:assert/strict'
import { createCipheriv, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { nobody } from '#platform/action.ts'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../test/world.ts'
import type { Client } from '../../demo/client.ts'
import { tick } from './actions/time.ts'
import type { Book, Carried, Report } from './domain/field.ts'
import { bookOf } from './routes/book.ts'
import { findDevice } from './store/field.ts'

const minute = 60_000
const hour = 3_600_000
const day = 24 * hour

type Answer = { id: string; kind: string; refusal?: string; reason?: string; taken?: Record<string, unknown> }
type Read = { books: Book[]; same: string[]; cases: Carried[]; secrets: Record<string, string> }

describe('services: reports from the field', () => {
  let world: World
  let agency: string
  let service: string
  let release: string
  const people = {} as Record<'admin' | 'far' | 'seller' | 'midwife' | 'second', string>
  const clients = {} as Record<keyof typeof people, Client>
  const phones = {} as Record<'seller' | 'midwife' | 'second', { device: string; token: string }>
  const start = new Date('2026-03-02T05:30:00+07:00')

  before(async () => {
    world = await aWorld(start)
    agency = await world.anAgency()
    await world.db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
    people.admin = await world.aPerson('local-admin', { agency })
    people.far = await world.aPerson('local-admin', { agency: await world.anAgency() })
    for (const name of ['seller', 'midwife', 'second'] as const) people[name] = await world.aPerson()
    for (const name of Object.keys(people) as (keyof typeof people)[]) clients[name] = await world.as(people[name])
    const answer = await clients.admin.post(`/services/agencies/${agency}/install/laskar-penjaja-sayur`)
    service = answer.headers.get('location')!.split('/')[2]!
    const row = await world.db.selectFrom('services.service').select('release').executeTakeFirstOrThrow()
    release = row.release.toString('hex')
    await give('seller', 'laskar', '')
    await give('midwife', 'bidan', '35.10.20')
    await give('second', 'bidan', '35.10.20')
    for (const name of ['seller', 'midwife', 'second'] as const) {
      const made = await clients[name].json('POST', '/services/field/device', {})
      assert.equal(made.status, 201)
      phones[name] = (await made.json()) as { device: string; token: string }
    }
  })
  after(() => world.drop())

  async function give(name: keyof typeof people, role: string, area: string) {
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', people[name])
      .executeTakeFirstOrThrow()
    assert.equal((await clients.admin.post(`/services/${service}/roles`, { email, role, area })).status, 303)
  }
  async function endRoles(name: keyof typeof people) {
    const posts = await world.db
      .selectFrom('services.post')
      .select('id')
      .where('person', '=', people[name])
      .where('ended', 'is', null)
      .execute()
    for (const { id } of posts)
      assert.equal((await clients.admin.post(`/services/${service}/roles/${id}/end`)).status, 303)
  }

  const opening = (over: Partial<Report> = {}, answers: object = {}): Report => ({
    ...{ id: randomUUID(), service, release, case: null, seen: 0, after: [], role: 'laskar', move: 'lapor' },
    despite: {},
    at: world.clock.now().getTime(),
    answers: {
      ...{ desa: '3510202001', rt: '003', izin_ibu: 'ya_data_saja', nama_panggilan: 'Sari', sudah_periksa: 'tidak' },
      ...{ tanda: ['pucat'], tanda_bahaya: ['tidak_ada'], ...answers },
    },
    ...over,
  })
  const contacted = (of: Carried, over: Partial<Report> = {}): Report =>
    opening({
      ...{ case: of.id, seen: of.seen, release: of.release, role: 'bidan', move: 'hubungi' },
      answers: { cara_kontak: 'telepon' },
      ...over,
    })
  async function send(name: keyof typeof phones, reports: Report[], now = world.clock.now().getTime()) {
    const answer = await clients[name].json('POST', '/services/field/reports', {
      ...{ device: phones[name].device, now, reports },
    })
    assert.equal(answer.status, 200)
    return ((await answer.json()) as { answers: Answer[] }).answers
  }
  const book = async (name: keyof typeof phones, have = '') =>
    (await (await clients[name].get(`/services/field/book?device=${phones[name].device}&have=${have}`)).json()) as Read
  const caseOf = (id: unknown) =>
    world.db.selectFrom('services.case').selectAll().where('id', '=', String(id)).executeTakeFirstOrThrow()
  /** Every client's session is kept in use after the clock has jumped. */
  async function later(ms: number) {
    world.clock.set(new Date(world.clock.now().getTime() + ms))
    for (const client of Object.values(clients)) await client.wake()
  }

  it('hands out the forms of roles that work offline, and cases as far as their role sees them, in a fixed number of queries', async () => {
    const device = (await findDevice(world.db, phones.midwife.device, people.midwife))!
    const actor = { ...nobody, id: people.midwife }
    await send('seller', [opening({}, { hp: '081234567890' })])
    const read = async () => {
      let made: Read | undefined
      const queries = await queriesOf(async () => {
        made = await bookOf(world.db, actor, device, new Set())
      })
      return { queries: queries.length, made: made! }
    }
    await read()
    const one = await read()
    await send('seller', [opening(), opening()])
    const three = await read()
    assert.deepEqual([one.made.cases.length, three.made.cases.length], [1, 3])
    assert.equal(one.queries, three.queries)
    const [mine] = one.made.books
    assert.deepEqual(mine!.roles, ['bidan'])
    assert.deepEqual(
      mine!.pkg.flows.flatMap(({ moves }) => moves.map(({ id }) => id)).filter((id) => id === 'lapor'),
      [],
    )
    assert.equal(one.made.cases[0]!.data.hp, '+6281234567890')
    // A seller sees nothing of a woman, and has no next step.
    const sellers = await book('seller')
    assert.deepEqual(sellers.cases, [])
    assert.deepEqual(
      sellers.books[0]!.pkg.flows.flatMap(({ moves }) => moves.map(({ id }) => id)),
      ['lapor'],
    )
    assert.notEqual(sellers.secrets[service], one.made.secrets[service])
    const again = await book('seller', sellers.books[0]!.name)
    assert.deepEqual([again.books, again.same], [[], [sellers.books[0]!.name]])
    assert.equal((await (await world.as()).get('/services/field/book')).status, 401)
    // Another's phone is nobody else's.
    const stolen = await clients.seller.get(`/services/field/book?device=${phones.midwife.device}`)
    assert.equal(stolen.status, 400)
  })

  it('drops what is not agreed to on the server too, and refuses what is wrong with the place of each fault', async () => {
    const [kept] = await send('seller', [opening({}, { izin_ibu: 'tidak', nama_panggilan: 'Sari' })])
    assert.deepEqual((await caseOf(kept!.taken!.case)).personal, { data: { izin_ibu: 'tidak' }, rules: {} })
    const wrong = opening({}, { rt: '3' })
    const [refused] = await send('seller', [wrong])
    assert.deepEqual(refused, {
      id: wrong.id,
      kind: 'refused',
      refusal: 'form',
      objections: [{ rule: 'digits:rt', field: 'rt', level: 'error' }],
    })
    // Mended, it goes under the same id.
    const [mended] = await send('seller', [{ ...wrong, answers: { ...wrong.answers, rt: '004' } }])
    assert.equal(mended!.kind, 'done')
    assert.deepEqual(
      (await send('seller', [{ id: 'x' } as never])).map(({ kind, refusal }) => [kind, refusal]),
      [['refused', 'invalid']],
    )
  })

  it('counts from the capture, put right by how far the clock of the phone is off, and keeps both times', async () => {
    const now = world.clock.now().getTime()
    await later(3 * day)
    const late = now + 3 * day
    const taken = async (report: Report, phoneNow: number) => {
      const [answer] = await send('seller', [report], phoneNow)
      const row = await world.db
        .selectFrom('services.report')
        .selectAll()
        .where('id', '=', report.id)
        .executeTakeFirstOrThrow()
      return { off: answer!.taken!.off, row, it: await caseOf(answer!.taken!.case) }
    }
    const right = await taken(opening({ at: now + hour }), late)
    assert.deepEqual([right.off, right.it.opened.getTime()], [0, now + hour])
    // Two hours fast: the capture is put back by two hours.
    const fast = await taken(opening({ at: now + 3 * hour }), late + 2 * hour)
    assert.deepEqual([fast.off, fast.it.opened.getTime()], [120, now + hour])
    assert.deepEqual([fast.row.captured.getTime(), fast.row.received.getTime()], [now + 3 * hour, late])
    const future = await taken(opening({ at: late + 5 * day }), late)
    assert.equal(future.it.opened.getTime(), late)
    // Before the package was there nothing was captured with it.
    const old = await taken(opening({ at: 0 }), late)
    assert.equal(old.it.opened.getTime(), start.getTime())
    const event = await world.db
      .selectFrom('log.event')
      .select(['at', 'particulars'])
      .where('subject', '=', right.it.id)
      .where('name', '=', 'services.case-opened')
      .executeTakeFirstOrThrow()
    assert.equal(event.at.getTime(), late)
    assert.equal((event.particulars as { on: string }).on, new Date(now + hour).toISOString())
    // What was due since then happens, in its order.
    await tick(world.db, world.clock.now())
    assert.equal((await caseOf(old.it.id)).state, 'tereskalasi')
  })

  it('takes moves in their order, and refuses one when somebody else has moved the case meanwhile', async () => {
    await send('seller', [opening(), opening()])
    const { cases } = await book('midwife')
    const [first, second] = cases.filter(({ state }) => state === 'ditugaskan')
    const contact = contacted(first!)
    const notPregnant = contacted(first!, { move: 'catat_bukan_hamil', answers: {}, after: [contact.id] })
    assert.deepEqual(
      (await send('midwife', [contact, notPregnant])).map(({ kind }) => kind),
      ['done', 'done'],
    )
    assert.equal((await caseOf(first!.id)).state, 'bukan_hamil')
    // Both had taken the other case along; the one who comes second is told.
    assert.equal((await send('second', [contacted(second!)]))[0]!.kind, 'done')
    const [told] = await send('midwife', [
      contacted(second!, { move: 'lapor_bahaya', answers: { tanda_bahaya: ['demam'] } }),
    ])
    assert.deepEqual([told!.kind, told!.refusal], ['refused', 'moved-meanwhile'])
    assert.equal((await caseOf(second!.id)).state, 'dihubungi')
  })

  it('still takes the forms of a version that has run here, and no other', async () => {
    const content = await world.db.selectFrom('services.release').select('content').executeTakeFirstOrThrow()
    const other = randomBytes(32)
    const pkg = { ...(content.content as object), changed: true }
    await world.db
      .insertInto('services.release')
      .values({
        hash: other,
        package: 'id.banyuwangi.laskar-penjaja-sayur',
        version: '1.0.1',
        content: JSON.stringify(pkg),
        added: world.clock.now(),
      })
      .execute()
    const [unknown] = await send('seller', [opening({ release: other.toString('hex') })])
    assert.deepEqual([unknown!.kind, unknown!.refusal], ['refused', 'release-unknown'])
    await world.db
      .insertInto('services.installation')
      .values({ agency, service, release: other, at: world.clock.now() })
      .execute()
    await world.db.updateTable('services.service').set({ release: other }).where('id', '=', service).execute()
    const [old] = await send('seller', [opening()])
    assert.equal(old!.kind, 'done')
    assert.equal((await caseOf(old!.taken!.case)).release.toString('hex'), release)
    await world.db
      .updateTable('services.service')
      .set({ release: Buffer.from(release, 'hex') })
      .where('id', '=', service)
      .execute()
  })

  it('answers a report that it has alike for ever; what comes after the role has ended is held for the local admin', async () => {
    const early = opening()
    const [receipt] = await send('seller', [early])
    const [captured, wrong, unfit] = [opening(), opening(), opening({}, { rt: '3' })]
    await later(hour)
    await endRoles('seller')
    await later(3 * day)
    const afterwards = opening()
    assert.deepEqual(await send('seller', [early]), [receipt])
    const held = await send('seller', [captured, wrong, unfit, afterwards])
    assert.deepEqual(
      held.map(({ kind, reason }) => [kind, reason]),
      Array.from({ length: 4 }, () => ['held', 'role-over']),
    )
    assert.deepEqual(await send('seller', [captured]), [held[0]])
    const rows = await world.db.selectFrom('services.held_report').select(['id', 'content']).execute()
    assert.equal(rows.length, 4)
    assert.ok(rows.every(({ content }) => !content!.includes('Sari')))

    const at = `/services/${service}/held`
    assert.equal((await clients.far.get(at)).status, 403)
    assert.equal((await clients.midwife.get(at)).status, 403)
    const page = await (await clients.admin.get(at)).text()
    assert.ok(!page.includes('Sari') && page.includes('peran Anda sudah berakhir'))
    const act = async (name: keyof typeof people, { id }: Report, what: 'take' | 'refuse') =>
      (await clients[name].post(`${at}/${people.seller}/${id}/${what}`)).status
    assert.equal(await act('far', captured, 'take'), 404)
    assert.deepEqual(
      (await Promise.all([act('admin', captured, 'take'), act('admin', captured, 'take')])).sort(),
      [303, 409],
    )
    const taken = await world.db
      .selectFrom('services.report')
      .select(['case', 'counted'])
      .where('id', '=', captured.id)
      .executeTakeFirstOrThrow()
    assert.equal(taken.counted.getTime(), captured.at)
    assert.equal((await caseOf(taken.case)).opened_by, people.seller)
    assert.equal(await act('admin', unfit, 'take'), 409)
    assert.equal(await act('admin', afterwards, 'take'), 409)
    assert.equal(await act('admin', wrong, 'refuse'), 303)
    const over = await world.db
      .selectFrom('services.held_report')
      .select(['content', 'outcome'])
      .where('id', '=', wrong.id)
      .executeTakeFirstOrThrow()
    assert.deepEqual(over, { content: null, outcome: 'refused' })
    // Somebody who never had a role here cannot leave anything.
    const stranger = await world.as(await world.aPerson())
    const theirs = (await (await stranger.json('POST', '/services/field/device', {})).json()) as { device: string }
    const answer = await stranger.json('POST', '/services/field/reports', {
      ...{ device: theirs.device, now: 0, reports: [opening()] },
    })
    const [no] = ((await answer.json()) as { answers: Answer[] }).answers
    assert.deepEqual([no!.kind, no!.refusal], ['refused', 'service-unknown'])
  })

  it('tells a phone what it must forget, and opens what was sealed there', async () => {
    const contact = async (name: keyof typeof phones) =>
      (await (await world.as()).json('POST', '/services/field/contact', { token: phones[name].token })).json()
    assert.deepEqual(await contact('midwife'), { kind: 'known', signedOut: false, services: [service] })
    assert.deepEqual(await contact('seller'), { kind: 'known', signedOut: false, services: [] })
    const before = await book('second')
    const report = contacted(before.cases.find(({ state }) => state === 'ditugaskan')!)
    const boxOf = (text: string, secret: string) => {
      const iv = randomBytes(12)
      const key = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', 'melayani field', 32))
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return { iv: iv.toString('base64'), data: data.toString('base64') }
    }
    const deposit = async (of: Report, secret: string, token = phones.second.token) =>
      (
        await (
          await world.as()
        ).json('POST', '/services/field/sealed', {
          ...{ token, now: world.clock.now().getTime(), id: of.id, service, media: [] },
          box: boxOf(JSON.stringify({ report: of }), secret),
        })
      ).json()
    const secret = before.secrets[service]!
    assert.deepEqual(await deposit(report, secret), { kind: 'keep' })
    await later(minute)
    await endRoles('second')
    assert.deepEqual(await deposit(report, randomBytes(32).toString('base64')), { kind: 'unreadable' })
    assert.deepEqual(await deposit(report, secret), { kind: 'held' })
    assert.deepEqual(await deposit(report, secret), { kind: 'held' })
    assert.equal((await clients.admin.post(`/services/${service}/held/${people.second}/${report.id}/take`)).status, 303)
    assert.equal((await caseOf(report.case)).state, 'dihubungi')
    // Signing out in the browser reaches the phone as well.
    assert.equal((await clients.second.post('/keluar')).status, 303)
    assert.deepEqual(await contact('second'), { kind: 'known', signedOut: true, services: [] })
    assert.equal(
      (await (await world.as()).json('POST', '/services/field/contact', { token: 'x'.repeat(43) })).status,
      404,
    )
  })

  it('holds what comes for a case that another has now, or for a service that was closed', async () => {
    const { cases } = await book('midwife')
    const mine = cases.find(({ state }) => state === 'ditugaskan' || state === 'tereskalasi')!
    await world.db.updateTable('services.case').set({ area: '3510012001' }).where('id', '=', mine.id).execute()
    const [elsewhere] = await send('midwife', [contacted(mine)])
    assert.deepEqual([elsewhere!.kind, elsewhere!.reason], ['held', 'case-elsewhere'])
    await give('seller', 'laskar', '')
    await world.db
      .updateTable('services.service')
      .set({ retired: world.clock.now() })
      .where('id', '=', service)
      .execute()
    const [closed] = await send('seller', [opening()])
    assert.deepEqual([closed!.kind, closed!.reason], ['held', 'service-retired'])
    assert.equal((await book('seller')).books[0]!.current, false)
    assert.equal(
      (await clients.admin.post(`/services/${service}/held/${people.seller}/${closed!.id}/take`)).status,
      303,
    )
    await world.db.updateTable('services.service').set({ retired: null }).where('id', '=', service).execute()
  })
})
