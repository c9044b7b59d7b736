import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { allowLocal } from '#platform/outside.ts'
import { isSigned } from '#platform/signature.ts'
import { aRunningGarda, type RunningGarda } from '../../../test/running-garda.ts'
import { deliver } from './actions/hook.ts'
import { nextTry } from './domain/hook.ts'

type Got = {
  id: string
  body: { type: string; data: Record<string, string> }
  text: string
  headers: Record<string, string | undefined>
}

describe('services: an agency’s other systems are told', () => {
  let at: RunningGarda
  let server: Server
  let port: number
  const got: Got[] = []
  let status = 200

  before(async () => {
    allowLocal(true)
    at = await aRunningGarda(new Date('2026-03-02T10:00:00+07:00'))
    server = createServer((request, response) => {
      let text = ''
      request.on('data', (part) => {
        text += String(part)
      })
      request.on('end', () => {
        const headers = request.headers as Record<string, string | undefined>
        if (status === 200) got.push({ id: headers['webhook-id']!, body: JSON.parse(text), text, headers })
        response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end()
      })
    })
    await listen(0)
    port = (server.address() as AddressInfo).port
  })
  after(async () => {
    allowLocal(false)
    await close()
    await at.world.drop()
  })
  const listen = (on: number) => new Promise<void>((ready) => server.listen(on, '127.0.0.1', ready))
  const close = () =>
    new Promise<void>((closed) => {
      server.closeAllConnections()
      server.close(() => closed())
    })
  const now = () => at.world.clock.now()
  const later = (minutes: number) => at.world.clock.set(new Date(now().getTime() + minutes * 60_000))
  const hooks = () => `/services/agencies/${at.agency}/hooks`
  let secret = ''

  it('at addresses that its local admin adds, outside or on this machine in a demo, and at no others', async () => {
    const address = `http://127.0.0.1:${port}/hook`
    assert.equal((await at.adminElsewhere.post(hooks(), { address })).status, 404)
    assert.equal((await (await at.world.as(at.people.operator)).get(hooks())).status, 404)
    for (const closed of [
      'http://example.org/',
      'https://10.0.0.1/',
      'https://[::1]/',
      'https://localhost/',
      'https://a:b@example.org/',
      'ftp://example.org/',
    ]) {
      const refused = await at.admin.post(hooks(), { address: closed })
      assert.equal(refused.status, 409, closed)
      assert.ok((await refused.text()).includes(`value="${closed}"`))
    }
    secret = await at.shownOnce(at.admin, hooks(), { address })
    const row = await at.world.db.selectFrom('services.hook').selectAll().executeTakeFirstOrThrow()
    assert.ok(!JSON.stringify(row).includes(secret.slice(6)))
    assert.ok(!(await (await at.admin.get(hooks())).text()).includes(secret))
  })

  it('what happened, signed, each once though two workers run, in the order of the case, and never a value', async () => {
    const { id, number } = await at.report({ hp_pelapor: '081234567890' })
    const operator = await at.world.as(at.people.operator)
    await operator.post(`/services/cases/${id}/moves/loloskan`)
    await Promise.all([deliver(at.world.db, now()), deliver(at.world.db, now())])
    await deliver(at.world.db, now())
    assert.deepEqual(
      got.map(({ body }) => [body.type, body.data.case, body.data.number, body.data.move, body.data.state]),
      [
        ['services.case-opened', id, number, 'lapor', 'dilaporkan'],
        ['services.case-moved', id, number, 'loloskan', 'diperiksa'],
      ],
    )
    assert.ok(!/pasar|81234|Bekerja/.test(got.map(({ text }) => text).join()))
    for (const { headers, text } of got)
      assert.ok(isSigned(secret, headers as Parameters<typeof isSigned>[1], now(), text))
    assert.equal(isSigned(secret, got[0]!.headers as Parameters<typeof isSigned>[1], now(), `${got[0]!.text} `), false)
  })

  it('later, when the receiver was down: nothing is lost, and each case keeps its order', async () => {
    got.length = 0
    await close()
    const cases = [await at.report(), await at.report()]
    const operator = await at.world.as(at.people.operator)
    for (const { id } of cases) await operator.post(`/services/cases/${id}/moves/loloskan`)
    assert.equal(await deliver(at.world.db, now()), 0)
    later(30)
    assert.equal(await deliver(at.world.db, now()), 0)
    await listen(port)
    status = 503
    later(60)
    assert.equal(await deliver(at.world.db, now()), 0)
    status = 302
    later(60)
    assert.equal(await deliver(at.world.db, now()), 0)
    status = 200
    for (let i = 0; i < 6; i++) {
      later(120)
      await deliver(at.world.db, now())
    }
    assert.equal(got.length, 4)
    assert.equal(new Set(got.map(({ id }) => id)).size, 4)
    for (const { id } of cases)
      assert.deepEqual(
        got.filter(({ body }) => body.data.case === id).map(({ body }) => body.data.move),
        ['lapor', 'loloskan'],
      )
  })

  it('until three days are over; then somebody sees it and sends it again', async () => {
    got.length = 0
    status = 500
    const { id } = await at.report()
    const start = now()
    for (let i = 0; i < 90; i++) {
      await deliver(at.world.db, now())
      later(60)
    }
    const dead = await at.world.db.selectFrom('services.delivery').selectAll().where('state', '=', 'dead').execute()
    assert.deepEqual(
      dead.map(({ subject, failure }) => [subject, failure]),
      [[id, 'status 500']],
    )
    assert.ok(dead[0]!.settled!.getTime() - start.getTime() <= 3 * 86_400_000)
    await at.admin.wake()
    await at.adminElsewhere.wake()
    const page = await (await at.admin.get(hooks())).text()
    assert.ok(page.includes('jawaban 500') && page.includes('lapor → dilaporkan'))
    const again = `${hooks()}/deliveries/${dead[0]!.id}/again`
    assert.equal(
      (await at.adminElsewhere.post(`/services/agencies/${at.elsewhere}/hooks/deliveries/${dead[0]!.id}/again`)).status,
      404,
    )
    status = 200
    assert.deepEqual(
      (await Promise.all([at.admin.post(again), at.admin.post(again)])).map((one) => one.status).sort(),
      [303, 409],
    )
    assert.equal(await deliver(at.world.db, now()), 1)
    assert.deepEqual(
      got.map(({ body }) => body.data.case),
      [id],
    )
  })

  it('with a new secret, beside which the old one signs for a day, and not at all once it is ended', async () => {
    got.length = 0
    const { id } = await at.world.db.selectFrom('services.hook').select('id').executeTakeFirstOrThrow()
    const next = await at.shownOnce(at.admin, `${hooks()}/${id}/secret`, {})
    await at.report()
    await deliver(at.world.db, now())
    later(25 * 60)
    await at.admin.wake()
    await at.report()
    await deliver(at.world.db, now())
    const signedBy = (key: string) =>
      got.map(({ headers, text }) =>
        isSigned(
          key,
          headers as Parameters<typeof isSigned>[1],
          new Date(Number(headers['webhook-timestamp']) * 1000),
          text,
        ),
      )
    assert.deepEqual(
      [signedBy(secret), signedBy(next)],
      [
        [true, false],
        [true, true],
      ],
    )
    const end = `${hooks()}/${id}/end`
    assert.deepEqual(
      (await Promise.all([at.admin.post(end), at.admin.post(end)])).map((one) => one.status).sort(),
      [303, 409],
    )
    await at.report()
    assert.equal(await deliver(at.world.db, now()), 0)
  })

  it('waits longer each time, and never beyond three days', () => {
    const first = new Date(0)
    assert.deepEqual(
      [1, 2, 3, 9, 20].map((n) => (nextTry(first, first, n)!.getTime() - first.getTime()) / 60_000),
      [1, 2, 4, 256, 360],
    )
    assert.equal(nextTry(first, new Date(3 * 86_400_000), 20), undefined)
  })

  it('nothing of a sub-case that only few may know of', async () => {
    const { toldOutside } = await import('./domain/hook.ts')
    assert.ok(toldOutside.length > 0)
    const address = `http://127.0.0.1:${port}/second`
    await at.shownOnce(at.admin, hooks(), { address })
    got.length = 0
    const { id } = await at.report()
    const part = await at.world.db
      .selectFrom('services.case')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await at.world.db.updateTable('services.case').set({ flow: 'perlindungan' }).where('id', '=', id).execute()
    await deliver(at.world.db, now())
    assert.deepEqual(got, [])
    await at.world.db.updateTable('services.case').set({ flow: part.flow }).where('id', '=', id).execute()
  })
})
