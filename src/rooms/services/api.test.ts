import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { queriesOf } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { aRunningGarda, type RunningGarda } from '../../../test/running-garda.ts'
import type { CaseDetail, CaseSummary, Problem } from './domain/api.ts'
import type { OpenApi } from './domain/openapi.ts'

type Operation = { responses: Record<string, { content?: Record<string, { schema: object }> }> }

describe('services: the API of cases', () => {
  let at: RunningGarda
  let document: OpenApi
  const tokens = {} as Record<'operator' | 'school' | 'reporter' | 'far' | 'elsewhere', string>
  const checked = new Set<string>()

  before(async () => {
    at = await aRunningGarda(new Date('2026-03-02T10:00:00+07:00'))
    document = (await (await at.world.web.request('/services/api/openapi.json')).json()) as OpenApi
    const make = (role: string, area = '') =>
      at.shownOnce(at.admin, `/services/${at.service}/accounts`, { name: `Program ${role} ${area}`, role, area })
    tokens.operator = await make('operator', '35.10.20')
    tokens.far = await make('operator', '35.10.01')
    tokens.school = await make('sekolah', '35.10.07')
    tokens.reporter = await make('pelapor')
    await at.aGatewayElsewhere()
    const { id } = await at.world.db
      .selectFrom('services.service')
      .select('id')
      .where('agency', '=', at.elsewhere)
      .executeTakeFirstOrThrow()
    tokens.elsewhere = await at.shownOnce(at.adminElsewhere, `/services/${id}/accounts`, {
      name: 'Lain',
      role: 'dinas',
    })
  })
  after(() => at.world.drop())

  /** Ask, and hold the answer against the document: its status, its type, its shape. */
  async function ask(
    token: string | undefined,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const answer = await at.world.web.request(`/services/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        'content-type': 'application/json',
        ...(method === 'POST' ? { 'idempotency-key': newId() } : {}),
        ...headers,
      },
    })
    const template = `/services/api/v1${path.replace(/\?.*/, '').replace(/\/cases\/[^/]+/, '/cases/{id}')}`
    const paths = document.paths as Record<string, Record<string, Operation>>
    const described = paths[template]?.[method.toLowerCase()]?.responses[answer.status]
    assert.ok(described, `${method} ${template} may not answer ${answer.status}: ${await answer.clone().text()}`)
    checked.add(`${method} ${template} ${answer.status}`)
    const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
    if (!described.content) return { answer, body: undefined }
    const schema = described.content[type]?.schema
    assert.ok(schema, `${template} ${answer.status} is described as ${type}`)
    const read: unknown = await answer.json()
    const text = JSON.stringify({ ...schema, $defs: document.components.schemas })
    const shape = z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')))
    const parsed = shape.safeParse(read)
    assert.ok(parsed.success, JSON.stringify([read, parsed.error?.issues], null, 1))
    return { answer, body: read }
  }
  const report = { desa: '3510202001', keterangan: 'Bekerja di pasar', kira_umur: 14, hp_pelapor: '081234567890' }
  const opened = async (token = tokens.operator) =>
    (await ask(token, 'POST', '/cases', { move: 'lapor', answers: report })).body as CaseSummary

  it('is closed without a token, with another’s, and with one that was revoked', async () => {
    for (const token of [undefined, 'mel_x', `mel_${'a'.repeat(32)}`]) {
      assert.equal((await ask(token, 'GET', '/cases')).answer.status, 401)
      assert.equal((await ask(token, 'POST', '/cases', {})).answer.status, 401)
    }
    const one = await opened()
    for (const token of [tokens.elsewhere, tokens.far, tokens.school])
      assert.equal((await ask(token, 'GET', `/cases/${one.id}`)).answer.status, 404)
    assert.equal((await ask(tokens.operator, 'GET', '/cases/salah-ketik')).answer.status, 404)
    const gone = await at.shownOnce(at.admin, `/services/${at.service}/accounts`, { name: 'Sementara', role: 'dinas' })
    assert.equal((await ask(gone, 'GET', '/cases')).answer.status, 200)
    const { id, token } = await at.world.db
      .selectFrom('services.account')
      .select(['id', 'token'])
      .where('name', '=', 'Sementara')
      .executeTakeFirstOrThrow()
    assert.ok(!token.toString('latin1').includes(gone) && token.length === 32)
    const end = `/services/${at.service}/accounts/${id}/end`
    assert.equal((await at.adminElsewhere.post(end)).status, 403)
    assert.deepEqual(
      (await Promise.all([at.admin.post(end), at.admin.post(end)])).map(({ status }) => status).sort(),
      [303, 409],
    )
    assert.equal((await ask(gone, 'GET', '/cases')).answer.status, 401)
  })

  it('opens and moves cases as the role does, and says field by field what is wrong', async () => {
    const one = await opened()
    assert.deepEqual([one.state, one.area, one.revision], ['dilaporkan', '3510202001', 1])
    const wrong = await ask(tokens.operator, 'POST', '/cases', {
      move: 'lapor',
      answers: { ...report, kira_umur: 99, nama: 'x' },
    })
    assert.equal(wrong.answer.status, 422)
    assert.deepEqual(
      (wrong.body as Problem).errors?.map(({ field, rule }) => [field, rule]),
      [
        ['nama', 'not-asked:nama'],
        ['kira_umur', 'range:kira_umur'],
      ],
    )
    assert.equal((await ask(tokens.operator, 'POST', '/cases', { answers: {} })).answer.status, 422)
    assert.equal((await ask(tokens.operator, 'POST', '/cases', '[1]')).answer.status, 400)
    assert.equal(
      (await ask(tokens.operator, 'POST', '/cases', { move: 'lapor' }, { 'idempotency-key': '' })).answer.status,
      400,
    )
    assert.equal((await ask(tokens.operator, 'POST', '/cases', { move: 'tugaskan' })).answer.status, 409)
    const moves = `/cases/${one.id}/moves`
    assert.equal((await ask(tokens.operator, 'POST', moves, { move: 'kunjungi', answers: {} })).answer.status, 409)
    const moved = await ask(tokens.operator, 'POST', moves, { move: 'loloskan' })
    assert.deepEqual([(moved.body as CaseSummary).state, moved.answer.headers.get('etag')], ['diperiksa', '"2"'])
    const events = await at.world.db
      .selectFrom('log.event')
      .select(['actor', 'particulars'])
      .where('subject', '=', one.id)
      .execute()
    assert.deepEqual(
      events.map(({ actor, particulars }) => [actor, (particulars as { account: string }).account]),
      [1, 2].map(() => [null, 'Program operator 35.10.20']),
    )
    assert.ok(!/pasar|81234/.test(JSON.stringify(events)))
  })

  it('does a thing once for a key, also when it is sent twice at once, and gives the same answer again', async () => {
    const key = { 'idempotency-key': newId() }
    const send = () => ask(tokens.operator, 'POST', '/cases', { move: 'lapor', answers: report }, key)
    const [first, second] = await Promise.all([send(), send()])
    assert.deepEqual(first.body, second.body)
    const { id } = first.body as CaseSummary
    const other = { move: 'lapor', answers: { ...report, kira_umur: 15 } }
    const reused = async (path: string, body: unknown, with_ = key) => {
      const { answer, body: said } = await ask(tokens.operator, 'POST', path, body, with_)
      return [answer.status, answer.headers.get('content-type'), (said as Problem).code]
    }
    const refused = [422, 'application/problem+json', 'key-reused']
    assert.deepEqual(await reused('/cases', other), refused)
    const sameInOtherOrder = { answers: Object.fromEntries(Object.entries(report).reverse()), move: 'lapor' }
    assert.deepEqual((await ask(tokens.operator, 'POST', '/cases', sameInOtherOrder, key)).body, first.body)
    const fresh = await opened()
    const moveKey = { 'idempotency-key': newId() }
    const moves = `/cases/${fresh.id}/moves`
    assert.equal((await ask(tokens.operator, 'POST', moves, { move: 'loloskan' }, moveKey)).answer.status, 200)
    assert.deepEqual(await reused(moves, { move: 'tugaskan' }, moveKey), refused)
    assert.equal((await ask(tokens.operator, 'POST', moves, { move: 'loloskan' }, moveKey)).answer.status, 200)
    const racing = { 'idempotency-key': newId() }
    const race = await Promise.all(
      [{ move: 'lapor', answers: report }, other].map((body) => ask(tokens.operator, 'POST', '/cases', body, racing)),
    )
    assert.deepEqual(race.map(({ answer }) => answer.status).sort(), [201, 422])
    const kept = await at.world.db.selectFrom('log.once').select('change').where('subject', '=', fresh.id).execute()
    assert.ok(kept.length === 1 && !JSON.stringify(kept).includes(moveKey['idempotency-key']))
    const both = await Promise.all(
      [1, 2].map(() => ask(tokens.operator, 'POST', `/cases/${id}/moves`, { move: 'loloskan' })),
    )
    assert.deepEqual(both.map(({ answer }) => answer.status).sort(), [200, 409])
    const again = await ask(
      tokens.far,
      'POST',
      '/cases',
      { move: 'lapor', answers: { ...report, desa: '3510012001' } },
      key,
    )
    assert.notEqual((again.body as CaseSummary | undefined)?.id, id)
    assert.equal((await ask(tokens.far, 'POST', '/cases', { move: 'lapor', answers: report })).answer.status, 409)
  })

  it('moves only what has not changed since, and sends nothing again that has not', async () => {
    const one = await opened()
    const seen = await ask(tokens.operator, 'GET', `/cases/${one.id}`)
    const mark = seen.answer.headers.get('etag')!
    assert.equal(
      (await ask(tokens.operator, 'GET', `/cases/${one.id}`, undefined, { 'if-none-match': mark })).answer.status,
      304,
    )
    const moves = `/cases/${one.id}/moves`
    assert.equal(
      (await ask(tokens.operator, 'POST', moves, { move: 'loloskan' }, { 'if-match': '"7"' })).answer.status,
      412,
    )
    assert.equal(
      (await ask(tokens.operator, 'POST', moves, { move: 'loloskan' }, { 'if-match': mark })).answer.status,
      200,
    )
    assert.equal(
      (await ask(tokens.operator, 'POST', moves, { move: 'tugaskan' }, { 'if-match': mark })).answer.status,
      412,
    )
  })

  it('shows to a role what the page shows to it, and not more', async () => {
    const mine = await opened(tokens.reporter)
    const reporter = (await ask(tokens.reporter, 'GET', `/cases/${mine.id}`)).body as CaseDetail
    assert.deepEqual(
      [reporter.state, reporter.told?.id, reporter.due, reporter.data],
      [null, 'Sedang ditindaklanjuti', null, { desa: '3510202001' }],
    )
    const operator = (await ask(tokens.operator, 'GET', `/cases/${mine.id}`)).body as CaseDetail
    assert.deepEqual(Object.keys(operator.data).sort(), ['desa', 'hp_pelapor', 'keterangan', 'kira_umur'])
    assert.equal((await ask(tokens.school, 'GET', `/cases/${mine.id}`)).answer.status, 404)
    const sent = await ask(tokens.operator, 'POST', `/cases/${mine.id}/moves`, {
      move: 'minta_lengkapi',
      gaps: { keterangan: 'Pasar mana?' },
    })
    assert.equal(sent.answer.status, 200)
    const asked = (await ask(tokens.reporter, 'GET', `/cases/${mine.id}`)).body as CaseDetail
    assert.deepEqual(
      [asked.gaps, asked.moves.map(({ move, completes }) => [move, completes])],
      [{ keterangan: 'Pasar mana?' }, [['lengkapi', true]]],
    )
    const listed = async (token: string, query = '') =>
      ((await ask(token, 'GET', `/cases${query}`)).body as { data: CaseSummary[] }).data.map(({ id }) => id)
    assert.deepEqual(await listed(tokens.reporter), [mine.id])
    assert.deepEqual(await listed(tokens.reporter, '?state=perlu_dilengkapi'), [])
    assert.deepEqual(await listed(tokens.operator, '?state=perlu_dilengkapi'), [mine.id])
    assert.deepEqual(await listed(tokens.school), [])
    assert.deepEqual(await listed(tokens.elsewhere), [])
    const role = (await ask(tokens.reporter, 'GET', '/package')).body as {
      forms: { id: string }[]
      opens: { move: string }[]
    }
    assert.deepEqual([role.forms.map(({ id }) => id), role.opens.map(({ move }) => move)], [['laporan'], ['lapor']])
  })

  it('lists page by page, each case once, in a fixed number of queries', async () => {
    const count = async (limit: number) =>
      (await queriesOf(() => ask(tokens.operator, 'GET', `/cases?limit=${limit}`))).length
    await count(1)
    assert.equal(await count(3), await count(1))
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { data: CaseSummary[]; next: string | null } = (
        await ask(tokens.operator, 'GET', `/cases?limit=2${cursor && `&cursor=${cursor}`}`)
      ).body as never
      ids.push(...page.data.map(({ id }) => id))
      cursor = page.next
    }
    assert.ok(ids.length >= 5 && new Set(ids).size === ids.length)
    assert.deepEqual(ids, ids.toSorted())
    assert.equal((await ask(tokens.operator, 'GET', '/cases?limit=999')).answer.status, 400)
  })

  it('answers no more than 120 times in a minute, and opens nothing in a retired service', async () => {
    await at.admin.post(`/services/${at.service}/retire`)
    assert.equal((await ask(tokens.operator, 'POST', '/cases', { move: 'lapor', answers: report })).answer.status, 409)
    const statuses = new Set<number>()
    for (let i = 0; i < 125; i++)
      statuses.add(
        (await at.world.web.request('/services/api/v1/cases', { headers: { authorization: `Bearer ${tokens.far}` } }))
          .status,
      )
    assert.deepEqual([...statuses], [200, 429])
    await ask(tokens.far, 'GET', '/package')
  })

  it('has answered all of this as its document says', () => {
    for (const seen of [
      'GET /services/api/v1/cases 200',
      'POST /services/api/v1/cases 201',
      'POST /services/api/v1/cases/{id}/moves 412',
      'GET /services/api/v1/package 429',
    ])
      assert.ok(checked.has(seen), seen)
    assert.deepEqual(
      Object.keys(document.paths).filter((path) => ![...checked].some((one) => one.includes(` ${path} 20`))),
      [],
    )
  })
})
