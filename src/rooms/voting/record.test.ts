import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Signed } from '@melayani/polling/format'
import { drain } from '#platform/jobs.ts'
import { makeRecord, seal } from '../../../packages/polling/test/recorded.ts'
import { appointed } from '../../../test/running-voting-results.ts'
import { aRecordedElection, correction } from '../../../test/voting-results.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { jobs as all } from '../../jobs.ts'
import { keepStream, placeOf } from './actions/keeping.ts'
import { openCounting } from './store/counting.ts'
import { nodeOf } from './store/node.ts'
import { profiles } from './store/profile.ts'

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('voting: records and archives that arrive', () => {
  let world: World
  let client: Awaited<ReturnType<World['as']>>
  let regency: string
  let chair: string
  let made: Awaited<ReturnType<typeof aRecordedElection>>
  let agency: string
  before(async () => {
    world = await aWorld(new Date('2026-11-22T07:00:00Z'))
    agency = await world.anAgency()
    regency = await world.aPerson('local-admin', { agency })
    chair = await world.aPerson()
    client = await world.as()
    made = await aRecordedElection(world.db, regency, { agency, village: '35.10.20.2001' })
    await appointed(world, agency, made.election, chair, 'chair')
    await world.db.transaction().execute((tx) => openCounting(tx, world.clock.now()))
  })
  after(() => world.drop())

  const put = async (bytes: Uint8Array, name = sha(bytes)) => {
    const response = await client.send('PUT', `/voting/intake/records/${name}`, new Uint8Array(bytes), {
      'content-type': 'application/octet-stream',
    })
    const answer = (await response.json()) as { refused?: string; kind?: string }
    return [response.status, answer.refused ?? answer.kind]
  }
  const judged = async () => {
    await drain(world.address, world.db, all, world.files)
    const rows = await world.db.selectFrom('voting.record').select(['kind', 'verdict']).orderBy('kind').execute()
    return rows.map(({ kind, verdict }) => `${kind} ${verdict}`)
  }
  const questioned = async () => (await nodeOf(world.db, 2026, '')).questioned

  it('are refused when they are not what they are called, are empty, or nobody here has sealed their package', async () => {
    const { bytes } = made.record
    assert.deepEqual(await put(bytes, '0'.repeat(64)), [422, 'file-differs'])
    assert.deepEqual(await put(new TextEncoder().encode('apa saja')), [403, 'file-unknown'])
    assert.deepEqual(await put(bytes.subarray(0, bytes.length - 512)), [403, 'file-unknown'])
    const strange = { ...made.record.makers, hash: 'f'.repeat(64) }
    assert.deepEqual(await put(seal({ ...made.record, makers: strange }).bytes), [403, 'file-unknown'])
    assert.deepEqual(await world.db.selectFrom('voting.record').select('kind').execute(), [])
    assert.equal(existsSync(placeOf(world.files, sha(new TextEncoder().encode('apa saja')))), false)
  })

  it('hold no disk and no file open while a stranger stalls, and three strangers at a time at most', async () => {
    const files = () =>
      readdirSync(world.files.folder, { recursive: true }).filter((name) => `${name}`.endsWith('.part'))
    const stall = async function* () {
      yield new Uint8Array(10)
      await new Promise(() => undefined)
    }
    for (const patience of [
      { stall: 1, whole: 60_000 },
      { stall: 60_000, whole: 1 },
    ])
      assert.deepEqual(await keepStream(world.files, 'a'.repeat(64), stall(), 100, patience), {
        refusal: 'file-stalled',
      })
    assert.deepEqual(files(), [])

    const streams: ReadableStreamDefaultController<Uint8Array>[] = []
    const begin = (n: number) => {
      const body = new ReadableStream<Uint8Array>({
        start: (own) => {
          own.enqueue(new Uint8Array(10))
          streams.push(own)
        },
      })
      const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/octet-stream' }
      const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body, headers, duplex: 'half' }
      return world.web.request(`/voting/intake/records/${sha(Buffer.of(n))}`, init)
    }
    const three = [1, 2, 3].map(begin)
    // As many turns as it takes until their files are begun, or one of them is answered.
    const answered = Promise.race(three).then(({ status }) => assert.fail(`answered ${status}`))
    while (files().length < 3) await Promise.race([answered, new Promise((next) => setTimeout(next, 1))])
    assert.deepEqual(await put(made.record.bytes), [429, 'too-many'])
    for (const each of streams) each.close()
    assert.deepEqual(
      (await Promise.all(three)).map(({ status }) => status),
      [422, 422, 422],
    )
    assert.deepEqual(files(), [])
  })

  it('are kept once, judged by the verifier that anybody runs, and give their archive and photograph', async () => {
    assert.equal((await client.json('POST', '/voting/intake/results', made.result)).status, 201)
    const { bytes } = made.record
    const answers = await Promise.all([put(bytes), put(bytes), put(bytes)])
    assert.deepEqual(answers.map(([status]) => status).sort(), [200, 200, 201])
    assert.deepEqual(await judged(), ['archive sound', 'plano null', 'record sound'])
    assert.equal(await questioned(), 0)
  })

  it('are handed in by whoever has the stick: the same judgement, once, and the page shows where it is', async () => {
    const files = { good: made.record.bytes, cut: made.record.bytes.subarray(0, made.record.bytes.length - 512) }
    const hand = (bytes: Uint8Array) => {
      const body = new FormData()
      body.set('file', new File([new Uint8Array(bytes)], 'tps-1.record'))
      return client.send('POST', '/voting/hand-in', body)
    }
    const kept = async () => (await world.db.selectFrom('voting.record').select('sha256').execute()).length
    const before = await kept()
    const taken = await hand(files.good)
    assert.deepEqual([taken.status, taken.headers.get('location')], [303, `/voting/check?hash=${sha(files.good)}`])
    assert.match(await (await client.get(`/voting/check?hash=${sha(files.good)}`)).text(), /TPS 1/)
    const refused = await hand(files.cut)
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /bukan hasil atau rekaman TPS yang dikenal/)
    assert.equal(await kept(), before)
  })

  it('show an archive, a report and the photograph to everybody, byte for byte', async () => {
    const archive = made.record.entries.get('election.bel')!
    const file = await client.get(`/voting/tps/${made.tps}/files/${sha(archive)}`)
    assert.equal(file.status, 200)
    assert.equal(sha(new Uint8Array(await file.arrayBuffer())), sha(archive))
    assert.equal((await client.get(`/voting/tps/${made.tps}/files/${'0'.repeat(64)}`)).status, 404)
    const page = async () => (await client.get(`/voting/tps/${made.tps}/result`)).text()
    assert.match(await page(), /Benar, dan sama dengan lembar/)
    // The tool from Debian knows one of the two groups, and is named for that one only.
    const inGroup = (group_name: 'BELENIOS-2048' | 'Ed25519') =>
      world.db.updateTable('voting.election').set({ group_name }).execute()
    assert.doesNotMatch(await page(), /belenios-tool/)
    await inGroup('BELENIOS-2048')
    assert.match(await page(), /belenios-tool election verify/)
    await inGroup('Ed25519')
  })

  it('follow a tracking code: recorded or not, never the choice, and the code is not kept', async () => {
    const follow = async (code: string) => {
      const response = await client.post(`/voting/tps/${made.tps}/follow`, { code })
      return [response.status, await response.text()] as const
    }
    for (const code of made.record.codes) {
      const [status, page] = await follow(` ${code} `)
      assert.equal(status, 200)
      assert.match(page, /Suara Anda tercatat/)
      assert.match(page, /Nomor \d dari 5 surat suara/)
      assert.ok(!page.includes(code) && !/Sari|Budi/.test(page))
    }
    const [, none] = await follow(Buffer.alloc(32, 7).toString('base64').slice(0, 43))
    assert.match(none, /Tidak ada di arsip/)
    assert.equal((await follow('bukan kode'))[0], 422)
    const events = JSON.stringify(await world.db.selectFrom('log.event').selectAll().execute())
    for (const code of made.record.codes) assert.ok(!events.includes(code))
  })

  it('question the polling place at every level when a correction says other numbers than the archive', async () => {
    const { makers } = made.record
    const first = JSON.parse(made.result.text) as Record<string, unknown>
    const second = { ...first, ...correction(made.result), votes: [2, 2] }
    const signed = makers.signedBy('result/1', second, ['chair', 'officer', 'device'])
    assert.equal((await client.json('POST', '/voting/intake/results', signed)).status, 201)
    assert.deepEqual(await judged(), ['archive differs', 'plano null', 'record sound'])
    assert.equal(await questioned(), 1)
    assert.match(await (await client.get(`/voting/tps/${made.tps}/result`)).text(), /angkanya lain dari lembar/)
  })

  it('question the place whose archive is sound but home-made: of its own trustees and tokens under the sealed uuid', async () => {
    const { db } = world
    const person = await world.aPerson()
    const other = await aRecordedElection(db, person, { agency, village: '35.10.20.2002' })
    await db.transaction().execute((tx) => openCounting(tx, world.clock.now()))
    const { makers } = other.record
    const { uuid } = JSON.parse(makers.package.ballot.election)
    const forged = makeRecord({ tps: { uuid, candidates: ['Sari Wulandari', 'Budi Santoso'] }, votes: [2, 2, 2, 2, 0] })
    const archive = forged.entries.get('election.bel')!
    const said = JSON.parse(JSON.parse(new TextDecoder().decode(forged.entries.get('result-1.json'))).text)
    assert.deepEqual([JSON.parse(forged.makers.package.ballot.election).uuid, said.votes], [uuid, [0, 4]])
    const result = { ...JSON.parse(other.result.text), votes: said.votes, archive: sha(archive) }
    const signed = makers.signedBy('result/1', result, ['chair', 'officer', 'device'])
    assert.equal((await client.json('POST', '/voting/intake/results', signed)).status, 201)
    assert.deepEqual(await put(archive), [201, 'archive'])
    await judged()
    const verdicts = await db.selectFrom('voting.record').select('verdict').where('tps', '=', other.tps).execute()
    assert.deepEqual(verdicts, [{ verdict: 'differs' }])
    assert.equal(await questioned(), 2)
  })

  it('bring what witnesses signed there: it waits for an answer as the others do, once however many records bring it', async () => {
    const rows = async () => {
      const list = await world.db.selectFrom('voting.objection').selectAll().orderBy('number').execute()
      return list.map(({ number, tps, role, name, statement, state, code, filed, due }) => ({
        ...{ number, tps, role, name, statement, state, code },
        days: (due.getTime() - filed.getTime()) / 86_400_000,
        filed: filed.toISOString(),
      }))
    }
    const signed = {
      ...{ number: 1, tps: made.tps, role: 'witness', name: 'Saksi 1', state: 'filed', code: null },
      ...{ statement: 'Bilik 1 terlalu dekat dengan jendela.', days: profiles[0]!.rules.answerDays.value },
      filed: '2026-11-22T07:00:00.000Z',
    }
    assert.deepEqual(await rows(), [signed])
    const page = async (who = client) => (await who.get(`/voting/elections/${made.election}/objections`)).text()
    const shown = (await page()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    assert.match(shown, /Keberatan 1 .*Menunggu panitia.*TPS 1 .*Saksi calon .*Bilik 1 terlalu dekat dengan jendela\./)
    assert.doesNotMatch(shown, /Saksi 1/)
    const events = JSON.stringify(await world.db.selectFrom('log.event').selectAll().execute())
    assert.doesNotMatch(events, /terlalu dekat|Saksi 1/)

    // Nothing is decided over it, whatever the days for objections are.
    world.clock.set(new Date('2026-12-20T07:00:00Z'))
    const waits = async () => {
      const text = await (await (await world.as(chair)).get(`/voting/elections/${made.election}/decision`)).text()
      return /Ada keberatan yang belum diputus/.test(text)
    }
    assert.equal(await waits(), true)
    const [{ id }] = (await world.db.selectFrom('voting.objection').select('id').execute()) as [{ id: string }]
    const text = 'Bilik digeser menjauh dari jendela pukul 08.15, disaksikan semua saksi.'
    const step = async (person: string, kind: string) =>
      (await (await world.as(person)).post(`/voting/objections/${id}`, { kind, outcome: 'upheld', text })).status
    assert.deepEqual([await step(chair, 'answer'), await waits()], [303, true])
    assert.deepEqual([await step(regency, 'decision'), await waits()], [303, false])

    // One that somebody wrote in without a witness's card is nobody's, and neither is its record.
    const forged = seal(made.record, (entries, { signedBy }) => {
      const [{ text: own }] = JSON.parse(new TextDecoder().decode(entries.get('objections.json'))) as [Signed]
      const strange = { ...JSON.parse(own), text: 'Tidak pernah ditandatangani.' }
      entries.set(
        'objections.json',
        new TextEncoder().encode(JSON.stringify([signedBy('objection/1', strange, ['device'])])),
      )
    })
    assert.deepEqual(await put(forged.bytes), [201, 'record'])
    await judged()
    assert.equal((await rows()).length, 1)

    // After the days for objections the record comes again, signed once more because of a second one.
    const later = seal(made.record, (entries, { signedBy }) => {
      const list = JSON.parse(new TextDecoder().decode(entries.get('objections.json'))) as Signed[]
      const { package: hash, step } = JSON.parse(list[0]!.text) as { package: string; step: string }
      const text = 'Saksi calon 2 diminta keluar sebelum penghitungan.'
      const { signatures, ...second } = signedBy('objection/1', { package: hash, step, text }, ['witness'])
      const own = signatures.filter(({ signer }) => signer === 'Saksi 2')
      entries.set(
        'objections.json',
        new TextEncoder().encode(JSON.stringify([...list, { ...second, signatures: own }])),
      )
    })
    assert.deepEqual(await put(later.bytes), [201, 'record'])
    await judged()
    assert.deepEqual(await rows(), [
      { ...signed, state: 'decided' },
      {
        ...signed,
        ...{ number: 2, name: 'Saksi 2', filed: '2026-12-20T07:00:00.000Z' },
        statement: 'Saksi calon 2 diminta keluar sebelum penghitungan.',
      },
    ])
    assert.equal(await waits(), true)
  })
})
