import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { shippedRounds } from '#competition'
import { newId } from '#platform/ids.ts'
import { aPanelWorld, type PanelWorld } from '../../../test/panel-world.ts'
import { readPdf } from '../../../test/pdf-text.ts'
import { codeFrom, objectionWindow } from './domain/objection.ts'

const rules = shippedRounds().find((round) => round.key === '2021')!
const announced = new Date('2021-06-16T02:00:00Z')
const typed = {
  name: 'Warga Penyanggah',
  contact: 'warga.penyanggah@contoh.id',
  text: 'Layanan ini sudah berhenti sejak Januari, loketnya tutup setiap hari.',
}

describe('judging: objections', () => {
  let world: PanelWorld
  let finalist: string
  let other: string
  before(async () => {
    world = await aPanelWorld(rules, announced)
    const [a, b] = await world.entries('city', [90, 80])
    finalist = a!
    other = b!
    await world.onlyPlaces({ kota: 1 })
    await world.announced({ [finalist]: 'finalist', [other]: 'not' })
  })
  after(() => world.drop())

  const receiptOf = (response: Response) => new URL(response.headers.get('location')!, 'http://x').searchParams

  it('are taken from anybody until the last second of the window, and not after', async () => {
    const visitor = await world.as()
    const at = `/judging/entries/${finalist}/objection`
    assert.match(await (await visitor.get(at)).text(), /21 Juni 2021, 23\.59\.59 WIB/)
    world.clock.set(new Date('2021-06-21T16:59:59.900Z'))
    const sent = await visitor.post(at, typed)
    assert.equal(sent.status, 303)
    world.clock.set(new Date('2021-06-21T17:00:00Z'))
    const late = await visitor.post(at, typed)
    assert.equal(late.status, 409)
    const again = await late.text()
    assert.match(again, /Masa sanggah sudah berakhir/)
    world.clock.set(announced)
    const receipt = receiptOf(sent)
    const followed = await (await visitor.get(`/judging/objections?${receipt}`)).text()
    assert.match(followed, /sedang diperiksa sekretariat/)
    assert.ok(!followed.includes(typed.name) && !followed.includes(typed.contact))
    const paper = /href="(\/judging\/objections\/receipt\.pdf[^"]+)"/.exec(followed)![1]!.replaceAll('&amp;', '&')
    const pdf = readPdf(new Uint8Array(await (await visitor.get(paper)).arrayBuffer()))
    for (const word of [receipt.get('nomor')!, receipt.get('kode')!, '21 Juni 2021, 23.59.59 WIB'])
      assert.ok(pdf.text.includes(word), `${word}\n${pdf.text}`)
    assert.doesNotMatch(pdf.text, /Penyanggah|warga\.|loketnya/)
    for (const wrong of ['', '?nomor=S-1&kode=AAAAAAAAAA', `?nomor=${receipt.get('nomor')}`])
      assert.equal((await visitor.get(`/judging/objections/receipt.pdf${wrong}`)).status, 404)
  })

  it('find nothing with a wrong code, and keep what was typed when something is missing', async () => {
    const visitor = await world.as()
    const wrong = await visitor.get('/judging/objections?nomor=S-1&kode=AAAAAAAAAA')
    assert.equal(wrong.status, 422)
    const short = await visitor.post(`/judging/entries/${finalist}/objection`, { ...typed, text: 'pendek' })
    assert.equal(short.status, 422)
    assert.match(await short.text(), /value="Warga Penyanggah"/)
    const machine = await visitor.post(`/judging/entries/${finalist}/objection`, { ...typed, website: 'http://x' })
    assert.equal(machine.status, 422)
  })

  it('exist only for what was announced', async () => {
    const visitor = await world.as()
    assert.equal((await visitor.get(`/judging/entries/${other}/objection`)).status, 404)
    assert.equal((await visitor.post(`/judging/entries/${other}/objection`, typed)).status, 404)
    assert.equal((await visitor.get('/judging/entries/bukan/objection')).status, 404)
  })

  it('carry a file, which only the secretariat can open, and keep none outside the window', async () => {
    const fresh = await aPanelWorld(rules, announced)
    try {
      const [one] = await fresh.entries('city', [90])
      await fresh.onlyPlaces({ kota: 1 })
      await fresh.announced({ [one!]: 'finalist' })
      const visitor = await fresh.as()
      const send = (content: string) => {
        const body = new FormData()
        for (const [key, value] of Object.entries(typed)) body.append(key, value)
        body.append('file', new File([content], 'bukti.pdf'))
        return visitor.send('POST', `/judging/entries/${one}/objection`, body)
      }
      assert.equal((await send('bukan pdf')).status, 422)
      assert.equal((await send('%PDF-1.4\n%%EOF')).status, 303)
      const { id } = await fresh.db.selectFrom('judging.objection').select('id').executeTakeFirstOrThrow()
      const file = await fresh.secretary.get(`/judging/objections/${id}/file`)
      assert.deepEqual([file.status, file.headers.get('content-type')], [200, 'application/pdf'])
      const panel = await fresh.as(fresh.panelists[0])
      for (const other of [visitor, panel])
        assert.equal((await other.get(`/judging/objections/${id}/file`)).status, 404)
      fresh.clock.set(new Date('2021-07-01T00:00:00Z'))
      assert.equal((await send('%PDF-1.4\n%%EOF')).status, 409)
      assert.equal((await fresh.db.selectFrom('log.file').select('id').execute()).length, 1)
    } finally {
      await fresh.drop()
    }
  })

  it('give a double click one receipt', async () => {
    const fresh = await aPanelWorld(rules, announced)
    try {
      const [one] = await fresh.entries('city', [90])
      await fresh.onlyPlaces({ kota: 1 })
      await fresh.announced({ [one!]: 'finalist' })
      const visitor = await fresh.as()
      const once = newId()
      const both = await Promise.all(
        [1, 2].map(() => visitor.post(`/judging/entries/${one}/objection`, { ...typed, once })),
      )
      assert.deepEqual(
        both.map((r) => r.status),
        [303, 303],
      )
      assert.equal(both[0]!.headers.get('location'), both[1]!.headers.get('location'))
      assert.equal((await fresh.db.selectFrom('judging.objection').select('id').execute()).length, 1)
      assert.equal((await visitor.get(both[0]!.headers.get('location')!)).status, 200)
    } finally {
      await fresh.drop()
    }
  })

  it('two at once get numbers of their own; the sixth from one place in an hour must wait', async () => {
    const fresh = await aPanelWorld(rules, announced)
    try {
      const [one] = await fresh.entries('city', [90])
      await fresh.onlyPlaces({ kota: 1 })
      await fresh.announced({ [one!]: 'finalist' })
      const visitor = await fresh.as()
      const send = () => visitor.post(`/judging/entries/${one}/objection`, typed)
      const first = await Promise.all([send(), send()])
      assert.equal(new Set(first.map((r) => receiptOf(r).get('nomor'))).size, 2)
      const rest = []
      for (let i = 0; i < 4; i++) rest.push((await send()).status)
      assert.deepEqual(rest, [303, 303, 303, 429])
    } finally {
      await fresh.drop()
    }
  })

  it('upheld, the entry is decided again, its place goes to another, and only then can the result be fixed', async () => {
    const { db, secretary } = world
    const { id } = await db.selectFrom('judging.objection').select('id').executeTakeFirstOrThrow()
    const upheld = { outcome: 'upheld', answer: 'Benar: layanan berhenti, kami memeriksanya di tempat.' }
    const both = await Promise.all([1, 2].map(() => secretary.post(`/judging/objections/${id}/answer`, upheld)))
    assert.deepEqual(both.map((r) => r.status).sort(), [303, 409])

    const change = { [`outcome-${other}`]: 'finalist', [`reason-${other}`]: 'Menggantikan.' }
    const plenary = `/judging/rounds/${world.round}/plenary/finalists/decisions`
    assert.equal((await secretary.post(plenary, change)).status, 409, 'no place is free yet')
    const again = { outcome: 'not', reason: 'Layanan sudah berhenti.' }
    assert.equal((await secretary.post(`/judging/objections/${id}/decide`, again)).status, 303)
    assert.equal((await secretary.post(`/judging/objections/${id}/decide`, again)).status, 409)
    assert.equal((await secretary.post(plenary, change)).status, 303)

    const page = await (await (await world.as()).get(`/judging/rounds/${world.round}/finalists`)).text()
    assert.match(page, /1 sanggahan masuk, 1 diterima, 0 ditolak, 0 sedang diperiksa/)
    const chosen = await db
      .selectFrom('judging.decision')
      .select(['proposal', 'outcome'])
      .where('replaced', 'is', null)
      .orderBy('outcome')
      .execute()
    assert.deepEqual(chosen, [
      { proposal: other, outcome: 'finalist' },
      { proposal: finalist, outcome: 'not' },
    ])
  })

  it('keep who objected from the panel, the public, the log and the stored rows', async () => {
    const { db } = world
    const { id } = await db.selectFrom('judging.objection').select('id').executeTakeFirstOrThrow()
    const panel = await world.as(world.panelists[0])
    const evaluator = await world.as(await world.aPerson('evaluator'))
    const weak = await world.as(world.secretaryId, { secondFactor: false })
    for (const person of [panel, evaluator]) {
      assert.equal((await person.get(`/judging/objections/${id}`)).status, 404)
      assert.equal((await person.post(`/judging/objections/${id}/answer`, {})).status, 404)
      assert.equal((await person.get(`/judging/rounds/${world.round}/objections`)).status, 404)
    }
    // Without the second factor the secretariat is led to give it, and sees nothing before.
    const led = await weak.get(`/judging/objections/${id}`)
    const ke = encodeURIComponent(`/judging/objections/${id}`)
    assert.deepEqual([led.status, led.headers.get('location')], [303, `/akun/faktor?ke=${ke}`])
    assert.match(await (await world.secretary.get(`/judging/objections/${id}`)).text(), /Warga Penyanggah/)
    const everything = JSON.stringify([
      await db.selectFrom('log.event').selectAll().execute(),
      await db.selectFrom('log.once').selectAll().execute(),
      await db.selectFrom('judging.objection').selectAll().execute(),
      await db.selectFrom('log.mail').selectAll().execute(),
    ])
    assert.ok(!everything.includes(typed.name) && !everything.includes(typed.contact))
  })

  it('have a window that ends as the day ends in Jakarta, and that a late announcement does not shorten', () => {
    const until = (at: string, days: number, calendar: string | null) =>
      objectionWindow(
        { ...rules, objectionDays: days, calendar: { ...rules.calendar, objectionUntil: calendar } },
        new Date(at),
      )!.until.toISOString()
    assert.equal(until('2021-06-16T02:00:00Z', 5, null), '2021-06-21T16:59:59.000Z')
    assert.equal(until('2021-06-16T17:30:00Z', 5, null), '2021-06-22T16:59:59.000Z')
    assert.equal(until('2021-06-20T02:00:00Z', 5, '2021-06-21T23:59:59+07:00'), '2021-06-25T16:59:59.000Z')
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.nat(30),
        (at, days) => {
          const window = objectionWindow(
            { ...rules, objectionDays: days, calendar: { ...rules.calendar, objectionUntil: null } },
            at,
          )!
          const whole = window.until.getTime() - at.getTime()
          assert.ok(whole >= days * 86_400_000 - 1000 && whole < (days + 1) * 86_400_000)
        },
      ),
    )
    assert.match(codeFrom(new Uint8Array(32).fill(255)), /^[2-9A-HJ-NP-Z]{10}$/)
  })
})
