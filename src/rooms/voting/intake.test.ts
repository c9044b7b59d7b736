import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hashOf, newSigningKey, type Signed } from '@melayani/polling/format'
import { qrParts } from '@melayani/polling/print'
import { sql } from 'kysely'
import { queriesOf } from '#platform/db.ts'
import { aSealedElection, correction, type Place } from '../../../test/voting-results.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { noSums, type Sums } from './domain/rollup.ts'
import { jobs } from './jobs.ts'
import { callLate, openCounting } from './store/counting.ts'
import { fold, nodeOf, nodesBelow } from './store/node.ts'

type Answer = { taken: boolean; sheet?: string; refused?: string; sentence?: string; hash?: string; new?: boolean }

describe('voting: results that arrive', () => {
  let world: World
  let person: string
  let agency: string
  let places: Place[]
  let client: Awaited<ReturnType<World['as']>>

  before(async () => {
    world = await aWorld(new Date('2026-11-22T07:00:00Z'))
    agency = await world.anAgency()
    person = await world.aPerson('local-admin', { agency })
    client = await world.as()
    const plan = { agency, village: '35.10.20.2001', places: [{ voters: 591 }, { voters: 566 }, { voters: 300 }] }
    places = (await aSealedElection(world.db, person, plan)).places
    await world.db.transaction().execute((tx) => openCounting(tx, world.clock.now()))
  })
  after(() => world.drop())

  async function send(result: unknown): Promise<[number, Answer]> {
    const response = await client.json('POST', '/voting/intake/results', result)
    return [response.status, (await response.json()) as Answer]
  }
  const refusal = async (result: unknown) => {
    const [status, { refused, sentence }] = await send(result)
    assert.ok(sentence && !/[{}]/.test(sentence), `a sentence for ${refused}`)
    return [status, refused]
  }
  const some = (sums: Partial<Sums>): Sums => ({ ...noSums(), ...sums })
  const expected = { elections: 1, tps: 3, voters: 1457 }
  const state = async (place: Place) =>
    world.db
      .selectFrom('voting.tps_count')
      .select(['state', 'votes'])
      .where('tps', '=', place.id)
      .executeTakeFirstOrThrow()

  it('are expected at every level from the sealing on, once however often it is asked', async () => {
    await Promise.all([1, 2, 3].map(() => world.db.transaction().execute((tx) => openCounting(tx, world.clock.now()))))
    for (const region of ['', '35', '35.10', '35.10.20', '35.10.20.2001'])
      assert.deepEqual(await nodeOf(world.db, 2026, region), some(expected), region)
    assert.deepEqual(await nodeOf(world.db, 2026, '35.1'), noSums())
    assert.deepEqual(await nodeOf(world.db, 2025, ''), noSums())
  })

  it('are refused with a sentence when a signature is missing, wrong, twice or of somebody else', async () => {
    const [place] = places
    const good = place!.result([100, 90])
    const swapped = { ...good, text: place!.result([90, 100]).text }
    assert.deepEqual(await refusal(swapped), [403, 'signature-wrong'])
    assert.deepEqual(await refusal(place!.result([100, 90], { signers: { roles: ['witness'] } })), [
      403,
      'chair-missing',
    ])
    assert.deepEqual(await refusal(place!.result([100, 90], { signers: { station: null } })), [403, 'station-missing'])
    // Anybody can make the key of a station: the chair alone, or with a witness, makes no result.
    const forged = (...roles: string[]) => place!.result([100, 90], { signers: { roles, station: newSigningKey() } })
    assert.deepEqual(await refusal(forged('chair')), [403, 'officer-missing'])
    assert.deepEqual(await refusal(forged('chair', 'witness')), [403, 'officer-missing'])
    assert.deepEqual(await refusal(forged('officer')), [403, 'chair-missing'])
    const [first, ...rest] = good.signatures
    const stranger = { ...first!, key: newSigningKey().key }
    assert.deepEqual(await refusal({ ...good, signatures: [stranger, ...rest] }), [403, 'signer-unknown'])
    const witnessAsChair = good.signatures.map((each) => (each.role === 'witness' ? { ...each, role: 'chair' } : each))
    assert.deepEqual(await refusal({ ...good, signatures: witnessAsChair }), [403, 'signer-unknown'])
    assert.deepEqual(await refusal({ ...good, signatures: [...good.signatures, first] }), [403, 'signer-twice'])
    const copied = good.signatures.map((each) => ({ ...each, signature: first!.signature }))
    assert.deepEqual(await refusal({ ...good, signatures: copied }), [403, 'signature-wrong'])
  })

  it('are refused with a sentence when they cannot be read, name another place, or come too early', async () => {
    const [one, two] = places as [Place, Place]
    for (const nonsense of [{}, [], 'x', { text: 'x', signatures: [] }, { ...one.result([1, 1]), text: '{}' }, null])
      assert.equal((await refusal(nonsense))[1], 'not-a-result')
    assert.deepEqual(await refusal(one.result([1, 1], { package: 'a'.repeat(64) })), [404, 'package-unknown'])
    assert.deepEqual(await refusal(one.result([1, 1], { tps: two.id })), [422, 'package-other'])
    assert.deepEqual(await refusal(one.result([1, 1], { package: two.hash })), [422, 'package-other'])
    // While people still vote nobody can have counted: at 13.00 the polls close.
    for (const early of ['2026-11-21T23:59:59Z', '2026-11-22T05:59:59Z']) {
      world.clock.set(new Date(early))
      assert.deepEqual(await refusal(one.result([100, 90])), [422, 'too-early'])
    }
    world.clock.set(new Date('2026-11-22T07:00:00Z'))
  })

  it('are refused with a sentence when their numbers cannot be: 617 for 117 is more than the roll', async () => {
    const [place] = places
    assert.deepEqual(await refusal(place!.result([617, 90])), [422, 'present-above-roll'])
    assert.deepEqual(await refusal(place!.result([617, 90], { present: 591 })), [422, 'votes-above-roll'])
    assert.deepEqual(await refusal(place!.result([-1, 90])), [422, 'not-a-result'])
    assert.deepEqual(await refusal(place!.result([100, 90, 1])), [422, 'candidates-differ'])
    assert.deepEqual(await refusal(place!.result([100, 90], { mode: 'practice' })), [422, 'mode-differs'])
    assert.deepEqual(await refusal(place!.result([100, 90], { roll: 600 })), [422, 'roll-differs'])
    assert.equal((await state(place!)).state, 'missing')
    assert.deepEqual(await nodeOf(world.db, 2026, ''), some(expected))
  })

  let first: Signed
  it('count at once at every level, once, however often and by how many they are brought', async () => {
    const [place] = places
    first = place!.result([170, 190], { blank: 5 })
    const answers = await Promise.all([send(first), send(first), send(first)])
    assert.deepEqual(answers.map(([status]) => status).sort(), [200, 200, 201])
    assert.deepEqual(await send(first), [
      200,
      { taken: true, hash: hashOf(first.text), sheet: answers[0]![1].sheet, new: false },
    ])
    const counted = { counted: 1, counted_voters: 591, present: 365, valid: 360, blank: 5 }
    for (const region of ['', '35', '35.10', '35.10.20', '35.10.20.2001'])
      assert.deepEqual(await nodeOf(world.db, 2026, region), some({ ...expected, ...counted }), region)
    assert.deepEqual(await state(place!), { state: 'counted', votes: [170, 190] })
  })

  it('say the same before and after what waits was added to the levels', async () => {
    const read = async () => [await nodeOf(world.db, 2026, ''), await nodesBelow(world.db, 2026, '35.10')]
    const before = await read()
    assert.ok((await Promise.all([fold(world.db), fold(world.db)])).some((n) => n > 0))
    assert.deepEqual(await read(), before)
    assert.equal(await fold(world.db), 0)
    const [district] = await nodesBelow(world.db, 2026, '35.10')
    assert.deepEqual([district!.region, district!.valid], ['35.10.20', 360])
  })

  let second: Signed
  it('are corrected by a new signed version that names the one before; the old one stays', async () => {
    const [place] = places
    const gap = place!.result([171, 189], { ...correction(first), version: 3, blank: 5 })
    assert.deepEqual(await refusal(gap), [409, 'version-gap'])
    const of = { corrects: { hash: 'b'.repeat(64), reason: 'Salah.' }, version: 2 }
    assert.deepEqual(await refusal(place!.result([171, 189], of)), [409, 'version-gap'])
    const other = place!.result([171, 189], { ...correction(first), signers: { station: newSigningKey() } })
    assert.deepEqual(await refusal(other), [409, 'station-changed'])
    second = place!.result([171, 189], { ...correction(first), blank: 5 })
    assert.equal((await send(second))[0], 201)
    assert.deepEqual(await state(place!), { state: 'corrected', votes: [171, 189] })
    const versions = await world.db
      .selectFrom('voting.result')
      .select('votes')
      .where('tps', '=', place!.id)
      .orderBy('version')
      .execute()
    assert.deepEqual(
      versions.map(({ votes }) => votes),
      [
        [170, 190],
        [171, 189],
      ],
    )
    assert.equal((await nodeOf(world.db, 2026, '')).corrected, 1)
    await assert.rejects(world.db.deleteFrom('voting.result').execute(), /never changed or removed/)
    await assert.rejects(world.db.updateTable('voting.result').set({ blank: 4 }).execute(), /never changed or removed/)
  })

  it('that contradict each other are shown and not resolved: no vote of the place counts', async () => {
    const [place] = places
    const rival = place!.result([190, 170], { ...correction(first), blank: 5 })
    assert.equal((await send(rival))[0], 201)
    assert.deepEqual(await state(place!), { state: 'contradicting', votes: null })
    assert.deepEqual(await nodeOf(world.db, 2026, '35'), some({ ...expected, contradicting: 1 }))
    // A correction of one of them settles nothing: the other still stands.
    assert.equal((await send(place!.result([172, 188], { ...correction(second), blank: 5 })))[0], 201)
    assert.equal((await state(place!)).state, 'contradicting')
  })

  it('come in a list, each judged alone', async () => {
    const [, two, three] = places as [Place, Place, Place]
    const list = [two.result([151, 131]), two.result([900, 0]), three.result([10, 20]), 'x', three.result([10, 20])]
    const response = await client.json('POST', '/voting/intake/results', list)
    const { results } = (await response.json()) as { results: Answer[] }
    assert.deepEqual(
      results.map(({ taken, refused, new: fresh }) => (taken ? fresh : refused)),
      [true, 'present-above-roll', true, 'not-a-result', false],
    )
    assert.equal((await nodeOf(world.db, 2026, '')).valid, 312)
  })

  it('of one place in one list are decided in turn, also when two bring the same lists the other way round', async () => {
    const { places: own } = await aSealedElection(world.db, person, {
      agency,
      village: '35.10.20.2005',
      places: [{}, {}, {}],
    })
    const chain = own.map((place) => {
      const one = place.result([3, 4])
      const two = place.result([4, 3], correction(one))
      return [one, two, place.result([5, 2], correction(two))]
    })
    const bring = async (list: Signed[]) => {
      const { results } = (await (await client.json('POST', '/voting/intake/results', list)).json()) as {
        results: Answer[]
      }
      return results.map(({ taken, new: fresh }) => taken && fresh)
    }
    const list = chain.flat()
    const backward = own.toReversed().flatMap((place) => chain[own.indexOf(place)]!)
    const [there, back] = await Promise.all([bring(list), bring(backward)])
    // Each was new to one of them.
    for (const [i, result] of list.entries()) assert.equal(there[i], !back[backward.indexOf(result)])
    for (const place of own) assert.deepEqual(await state(place), { state: 'corrected', votes: [5, 2] })
    assert.equal((await nodeOf(world.db, 2026, '35.10.20.2005')).valid, 21)
  })

  it('cost as many queries by the list as alone, and fewer when they are here already', async () => {
    const { places: own } = await aSealedElection(world.db, person, {
      agency,
      village: '35.10.20.2006',
      places: Array.from({ length: 32 }, () => ({})),
    })
    await world.db.transaction().execute((tx) => openCounting(tx, world.clock.now()))
    const results = own.map((place) => place.result([3, 4]))
    const asked = (list: Signed[]) => queriesOf(async () => client.json('POST', '/voting/intake/results', list))
    const one = await asked(results.slice(0, 1))
    const many = await asked(results.slice(1))
    assert.deepEqual(many, one)
    assert.equal(many.filter((query) => query.includes('insert into voting.result')).length, 1)
    assert.equal(one.filter((query) => !/^(begin|commit)$/.test(query)).length, 11, one.join('\n'))
    const again = await asked(results)
    assert.deepEqual(again, one.slice(0, again.length))
    assert.ok(!again.some((query) => /voting\.tps_count c set|for update|insert into voting/.test(query)))
    assert.equal((await nodeOf(world.db, 2026, '35.10.20.2006')).valid, 32 * 7)
  })

  it('with signs that no text keeps are no result, and those in the same list are taken', async () => {
    const { places: own } = await aSealedElection(world.db, person, {
      agency,
      village: '35.10.20.2007',
      places: [{}, {}],
    })
    const odd = ['\0', '\ud800', 'x\0y'].map((differences) => own[0]!.result([3, 4], { differences: [differences] }))
    const raw = own.map((place) => ({ ...place.result([1, 1]), text: `${place.result([1, 1]).text}\0` }))
    const response = await client.json('POST', '/voting/intake/results', [
      ...odd,
      ...raw,
      ...own.map((place) => place.result([3, 4])),
    ])
    const { results } = (await response.json()) as { results: Answer[] }
    assert.deepEqual(
      results.map(({ taken, refused }) => refused ?? taken),
      [...Array.from({ length: 5 }, () => 'not-a-result'), true, true],
    )
  })

  it('that are missing are looked for each minute by their due time alone, never through what is sealed or counted', async () => {
    const cron = jobs['voting.count']!
    const queries = await queriesOf(() => cron({}, { db: world.db }))
    assert.ok(!queries.some((query) => query.includes('voting.package')))
    const late = queries.find((query) => query.includes('set late = true'))!
    // A small table is read whole; where that is forbidden the plan must know another way to every table.
    const plan = await world.db.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx)
      return (await sql<{ 'QUERY PLAN': string }>`explain (generic_plan) ${sql.raw(late)}`.execute(tx)).rows
    })
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    assert.match(text, /Index Scan using tps_count_due|Bitmap Index Scan on tps_count_due/)
    assert.doesNotMatch(text, /Seq Scan/)
  })

  it('are late when their time has passed, and no longer when they came', async () => {
    const { places: late } = await aSealedElection(world.db, person, {
      agency,
      village: '35.10.20.2002',
      places: [{}, {}],
    })
    // Nobody opened its counting: the first result does.
    assert.equal((await send(late[0]!.result([3, 4])))[0], 201)
    assert.equal((await nodeOf(world.db, 2026, '35.10.20.2002')).tps, 2)
    assert.equal(await callLate(world.db, new Date('2026-11-22T12:00:00Z')), 0)
    const [a, b] = await Promise.all([1, 2].map(() => callLate(world.db, new Date('2026-11-22T12:00:01Z'))))
    assert.equal(a! + b!, 1)
    assert.equal((await nodeOf(world.db, 2026, '35')).late, 1)
    assert.equal((await send(late[1]!.result([3, 4])))[0], 201)
    assert.equal((await nodeOf(world.db, 2026, '35')).late, 0)
  })

  it('of a practice are taken for the practice, and enter no level', async () => {
    const before = await nodeOf(world.db, 2026, '')
    const practice = await aSealedElection(world.db, person, { agency, village: '35.10.20.2003', mode: 'practice' })
    const [place] = practice.places
    assert.equal((await send(place!.result([3, 4])))[0], 201)
    assert.equal((await state(place!)).state, 'counted')
    assert.deepEqual(await refusal(place!.result([3, 4], { mode: 'real' })), [422, 'mode-differs'])
    assert.deepEqual(await nodeOf(world.db, 2026, ''), before)
  })

  it('are handed in as the codes of the sheet, in any order and again, or as the file of the stick; what was typed stays', async () => {
    const { places: far } = await aSealedElection(world.db, person, { agency, village: '35.10.20.2004' })
    const [place] = far
    const result = place!.result([120, 80])
    const codes = qrParts('RESULT', JSON.stringify(result))
    assert.equal(codes.length > 1, true)
    const hand = async (codes: readonly string[]) => {
      const response = await client.post('/voting/hand-in', { codes: codes.join('\n') })
      return [response.status, response.headers.get('location') ?? (await response.text())] as const
    }
    const [missing, said] = await hand(codes.slice(1))
    assert.equal(missing, 422)
    assert.match(said, /Pindai juga kode nomor: 1\./)
    assert.equal(said.includes(codes[1]!), true)
    assert.match((await hand(['apa saja']))[1], /bukan kode hasil/)
    assert.match((await hand([...codes, ...qrParts('RESULT', '{}')]))[1], /dua lembar/)
    assert.match((await hand(qrParts('UJI', '{}')))[1], /bukan kode hasil TPS/)
    assert.match((await hand(qrParts('RESULT', '{}')))[1], /bukan hasil TPS yang dapat dibaca/)
    assert.match((await hand([]))[1], /Pilih berkas dari USB/)
    const taken = async () =>
      (await sql`select 1 from voting.result where tps = ${place!.id}`.execute(world.db)).rows.length
    assert.equal(await taken(), 0)
    const shown = `/voting/check?hash=${hashOf(result.text)}`
    assert.deepEqual(await hand(codes.toReversed()), [303, shown])
    assert.deepEqual(await state(place!), { state: 'counted', votes: [120, 80] })
    assert.deepEqual(await hand(codes), [303, shown])
    const file = new File([JSON.stringify(result)], 'tps-3.result.json')
    const bring = (file: File) => {
      const body = new FormData()
      body.set('file', file)
      return client.send('POST', '/voting/hand-in', body)
    }
    const again = await bring(file)
    assert.deepEqual([again.status, again.headers.get('location')], [303, shown])
    assert.equal((await bring(new File(['{'], 'x.json'))).status, 422)
    assert.equal(await taken(), 1)
  })
})
