import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { drawPlaces } from '@melayani/polling/audit'
import type { TpsResult } from '@melayani/polling/format'
import { sql } from 'kysely'
import { queriesOf } from '#platform/db.ts'
import { readPdf } from '../../../test/pdf-text.ts'
import { aSealedElection, correction, type Place } from '../../../test/voting-results.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { openCounting } from './store/counting.ts'

const dice = '31415926535897932384'

describe('voting: the audit of slips', () => {
  let world: World
  let agency: string
  const who: Record<string, string> = {}
  const villages = [
    '34.04.07.2001',
    '34.04.07.2002',
    '34.04.07.2003',
    '34.04.06.2001',
    '34.04.06.2002',
    '34.04.06.2003',
    '34.04.06.2004',
  ]
  before(async () => {
    world = await aWorld(new Date('2026-11-22T08:00:00Z'))
    agency = await world.anAgency({ region: '34.04' })
    who.regency = await world.aPerson('local-admin', { agency })
    for (const name of ['chair', 'anna', 'badu', 'citra', 'nobody']) who[name] = await world.aPerson()
  })
  after(() => world.drop())

  /** An election with these votes at its polling places, announced, and a committee of four. */
  async function announced(votes: number[][], blank = 0) {
    const plan = {
      ...{ agency, village: villages.shift()!, candidates: ['Sari', 'Budi'] },
      places: votes.map((each) => ({ voters: 20 + each.reduce((sum, n) => sum + n, blank) })),
    }
    const sealed = await aSealedElection(world.db, who.regency!, plan)
    await world.db.transaction().execute((tx) => openCounting(tx, world.clock.now(), sealed.places[0]!.election))
    const { election } = sealed.places[0]!
    for (const name of ['chair', 'anna', 'badu', 'citra'])
      await world.db
        .insertInto('voting.committee')
        .values({
          agency,
          election,
          person: who[name]!,
          role: name === 'chair' ? 'chair' : 'member',
          since: new Date(),
        })
        .execute()
    return { election, places: sealed.places, votes }
  }
  const send = async (place: Place, votes: number[], more = {}) => {
    const response = await (await world.as()).json('POST', '/voting/intake/results', place.result(votes, more))
    assert.equal(response.status, 201)
  }
  const at = (election: string, rest = '') => `/voting/elections/${election}/audit${rest}`
  const post = async (name: string | undefined, address: string, form: Record<string, string> = {}) =>
    (await (await world.as(name && who[name])).post(address, form)).status
  const htmlOf = async (address: string, name?: string) =>
    (await (await world.as(name && who[name])).get(address)).text()
  const textOf = async (address: string, name?: string) =>
    (await htmlOf(address, name)).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  const count = (votes: number[], blank = 0, unreadable = 0) => ({
    ...Object.fromEntries(votes.map((n, of) => [`votes.${of}`, String(n)])),
    ...{ blank: String(blank), unreadable: String(unreadable) },
  })

  let small: Awaited<ReturnType<typeof announced>>
  /** Where the public result page of an election leads, in the order in which it names it. */
  const waysFrom = async (election: string, name?: string) =>
    [...(await htmlOf(`/voting/elections/${election}/result`, name)).matchAll(/<a href="([^"]+)"/g)].map(
      ([, way]) => way,
    )

  it('is planned by the committee from numbers that are all in, once for two at once, and counts all where the margin is small', async () => {
    small = await announced([
      [92, 90],
      [60, 61],
    ])
    const { election, places } = small
    const plan = { places: '1' }
    await send(places[0]!, [92, 90])
    assert.equal(await post('chair', at(election), plan), 409)
    assert.match(await textOf(at(election), 'anna'), /Belum ada hasil: TPS 2/)
    await send(places[1]!, [60, 61])
    assert.match(await textOf(at(election), 'anna'), /Selisih dari semua struk 0,33 %/)
    assert.equal(await post('nobody', at(election), plan), 404)
    assert.equal(await post(undefined, at(election), plan), 303)
    assert.equal(await post('regency', at(election), plan), 404)
    assert.equal(await post('anna', at(election), { ...plan, places: '-1' }), 422)
    // The risk limit and the margin come from the sealed rules: nobody chooses them after the numbers are known.
    assert.match(await textOf(at(election), 'anna'), /Batas risiko 5,0 % Hitung semua bila selisih di bawah 10,0 %/)
    assert.deepEqual(
      (await Promise.all([1, 2].map(() => post('anna', at(election), { ...plan, risk: '20', below: '0' })))).sort(),
      [303, 409],
    )
    const audit = await world.db.selectFrom('voting.audit').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual([audit.kind, audit.why, audit.announced], ['full', 'margin', { votes: [152, 151], blank: 0 }])
    assert.deepEqual([audit.risk, audit.full_below], [0.05, 0.1])
    assert.match(await textOf(at(election)), /Semua struk dihitung dua orang, karena selisih kecil/)
    // Everybody finds it from the result of the village, once.
    for (const name of [undefined, 'nobody', 'anna'])
      assert.deepEqual(
        (await waysFrom(election, name)).filter((way) => way?.endsWith('/audit')),
        [at(election)],
      )
    // What an audit began with cannot be changed, not even by hand.
    await assert.rejects(() => world.db.updateTable('voting.audit').set({ risk: 0.2 }).execute(), /never changed/)
    assert.equal(await post('anna', at(election, '/dice'), { dice, witnesses: 'Saksi 1' }), 409)
  })

  it('has two who count alone: neither sees the other’s numbers, and a third or the same again is no second', async () => {
    const { election, places } = small
    const pile = at(election, `/piles/${places[0]!.id}`)
    assert.equal((await (await world.as(who.nobody)).get(pile)).status, 404)
    assert.equal(await post('anna', pile, { ...count([92, 90]), blank: '' }), 422)
    assert.equal(await post('anna', pile, count([92, 91])), 303)
    assert.equal(await post('anna', pile, count([92, 90])), 409)
    for (const seen of [await textOf(pile, 'badu'), await textOf(at(election), 'badu'), await textOf(at(election))])
      assert.equal(/\b91\b/.test(seen), false)
    // Two send at the same moment: one of them is the second counter, the other waits for the next round or is refused.
    const both = await Promise.all(['badu', 'citra'].map((name) => post(name, pile, count([92, 90]))))
    assert.deepEqual(both.sort(), [303, 303])
    const rows = await world.db
      .selectFrom('voting.slip_count')
      .select(['round', 'side', 'votes'])
      .orderBy('round')
      .orderBy('side')
      .execute()
    assert.deepEqual(rows, [
      { round: 1, side: 'a', votes: [92, 91] },
      { round: 1, side: 'b', votes: [92, 90] },
      { round: 2, side: 'a', votes: [92, 90] },
    ])
  })

  it('agrees on nothing until two counts are equal, and keeps every difference for everybody to see', async () => {
    const { election, places } = small
    const [one, two] = places.map(({ id }) => at(election, `/piles/${id}`)) as [string, string]
    assert.equal(await post('chair', at(election, '/end')), 409)
    assert.match(await textOf(at(election)), /TPS 1 putaran 2: menunggu dua penghitung/)
    assert.equal(await post('anna', one, count([92, 90])), 303)
    assert.match(await textOf(at(election)), /TPS 1 sama, putaran 2 92 90 0 sama dengan hasil/)
    assert.match(await textOf(at(election)), /Putaran yang berbeda .* TPS 1 1 2\. Budi 91 90/)
    await assert.rejects(() => world.db.deleteFrom('voting.slip_count').execute(), /never changed or removed/)
    // T2: at the second place paper says another than the tally, one vote moved, and so the winner of the village is another.
    for (const name of ['anna', 'badu']) assert.equal(await post(name, two, count([59, 62])), 303)
    const text = await textOf(at(election))
    assert.match(text, /TPS 2 sama, putaran 1 59 \(−1\) 62 \(\+1\) 0 berbeda dari hasil/)
    assert.match(text, /Keadaan Struk tidak menyebut pemenang yang sama/)
    assert.equal(await post('anna', at(election, '/end')), 403)
    assert.deepEqual((await Promise.all([1, 2].map(() => post('chair', at(election, '/end'))))).sort(), [303, 409])
    assert.equal(await post('anna', two, count([60, 61])), 409)
    const paper = readPdf(await (await (await world.as()).get(at(election, '/minutes.pdf'))).bytes())
    for (const said of [
      'Berita Acara Hitung Struk',
      'Struk tidak menyebut pemenang yang sama',
      'berbeda dari hasil',
      '2. Budi',
    ])
      assert.ok(paper.text.includes(said), said)
  })

  let large: Awaited<ReturnType<typeof announced>>
  /** What lies in the boxes: votes of the first candidate on top, as they were announced. */
  const slipAt = (tps: number, position: number) => (position <= large.votes[tps - 1]![0]! ? '1' : '2')

  it('throws its dice after the plan, read aloud to one and typed again by another', async () => {
    large = await announced([
      [300, 100],
      [320, 80],
    ])
    const { election, places } = large
    for (const [of, place] of places.entries()) await send(place, large.votes[of]!)
    assert.equal(await post('anna', at(election, '/dice'), { dice, witnesses: 'Saksi 1' }), 409)
    assert.equal(await post('anna', at(election), { places: '0' }), 303)
    assert.equal(await post('anna', at(election, '/dice'), { dice: '12345', witnesses: 'Saksi 1' }), 422)
    assert.equal(await post('anna', at(election, '/dice'), { dice: dice.replace('9', '0'), witnesses: 'Saksi 1' }), 303)
    assert.equal(
      await post('anna', at(election, '/dice'), { dice: `31415 ${dice.slice(5)}`, witnesses: 'Saksi 1 dan 2' }),
      303,
    )
    assert.equal(await post('anna', at(election, '/dice/confirm'), { again: dice }), 409)
    assert.equal(await post('badu', at(election, '/dice/confirm'), { again: dice.replace('9', '0') }), 409)
    assert.equal((await htmlOf(at(election))).includes(dice), false)
    assert.deepEqual(
      (await Promise.all([1, 2].map(() => post('badu', at(election, '/dice/confirm'), { again: dice })))).sort(),
      [303, 409],
    )
    assert.equal(await post('anna', at(election, '/dice'), { dice: '9'.repeat(20), witnesses: 'Saksi 1' }), 409)
  })

  it('draws the slips that anybody can draw again from the dice on the public page', async () => {
    const { election } = large
    const audit = await world.db
      .selectFrom('voting.audit')
      .selectAll()
      .where('election', '=', election)
      .executeTakeFirstOrThrow()
    assert.deepEqual([audit.kind, audit.first, audit.drawn], ['poll', 2 * audit.expected!, audit.first])
    const rows = [
      ...(await htmlOf(at(election))).matchAll(
        /<th scope="row">(\d+)<\/th><td[^>]*>TPS (\d)<\/td><td[^>]*>(\d+)<\/td>/g,
      ),
    ]
    const again = Array.from({ length: audit.drawn }, (_, of) => {
      const left = Number(
        BigInt(
          `0x${createHash('sha256')
            .update(`${dice},${of + 1}`)
            .digest('hex')}`,
        ) % 800n,
      )
      return left < 400 ? [of + 1, 1, left + 1] : [of + 1, 2, left - 399]
    })
    assert.deepEqual(
      rows.map(([, n, tps, position]) => [Number(n), Number(tps), Number(position)]),
      again,
    )
  })

  /** Read everything that waits for this person, forty at a time, as the slips lie. */
  async function readAll(
    name: string,
    election: string,
    lie: (n: number, truth: string) => string = (_, truth) => truth,
  ) {
    for (let pages = 0; pages < 50; pages++) {
      const html = await htmlOf(at(election, '/slips'), name)
      const waiting = [...html.matchAll(/TPS (\d), Struk ke- dari atas (\d+), Ke- (\d+)/g)]
      if (waiting.length === 0) return pages
      const form = Object.fromEntries(
        waiting.map(([, tps, position, n]) => [`slip-${n}`, lie(Number(n), slipAt(Number(tps), Number(position)))]),
      )
      assert.equal(await post(name, at(election, '/slips'), form), 303)
    }
    throw new Error('slips without end')
  }

  it('has each drawn slip read by two, and both again where they differ, before it says anything', async () => {
    const { election } = large
    assert.equal((await (await world.as(who.nobody)).get(at(election, '/slips'))).status, 404)
    assert.equal(await post('anna', at(election, '/slips'), {}), 422)
    assert.equal(await post('anna', at(election, '/slips'), { 'slip-1': '3' }), 409)
    assert.equal(await post('anna', at(election, '/slips'), { 'slip-99999': '1' }), 409)
    await readAll('anna', election)
    assert.match(await textOf(at(election)), /0 dibaca sama oleh dua orang/)
    assert.equal(await post('chair', at(election, '/end')), 409)
    assert.equal(await post('badu', at(election, '/slips'), { 'slip-3': 'unreadable' }), 303)
    assert.match(await textOf(at(election)), /berbeda: dibaca lagi/)
    assert.equal(await post('chair', at(election, '/end')), 409)
    // A third cannot decide it; the two look again.
    assert.equal(await post('citra', at(election, '/slips'), { 'slip-3': '1' }), 409)
    await readAll('badu', election)
    assert.match(await textOf(at(election)), /Keadaan Struk mengukuhkan pemenang/)
    assert.equal(await post('chair', at(election, '/more')), 409)
    assert.equal(await post('chair', at(election, '/end')), 303)
    const text = await textOf(at(election))
    assert.match(text, /printf '%s' '31415926535897932384,1' \| sha256sum/)
    const events = await world.db
      .selectFrom('log.event')
      .select('name')
      .where('scope', '=', agency)
      .where('name', '=', 'voting.audit-ended')
      .execute()
    assert.equal(events.length, 2)
  })

  it('draws more or counts all when the drawn slips do not confirm the winner, and cannot end on numbers that changed', async () => {
    const wrong = await announced([[300, 100]])
    const { election, places } = wrong
    large = wrong
    await send(places[0]!, [300, 100])
    await post('anna', at(election), { places: '0' })
    await post('anna', at(election, '/dice'), { dice, witnesses: 'Saksi 1' })
    await post('badu', at(election, '/dice/confirm'), { again: dice })
    // On paper the other won: every reading says so.
    for (const name of ['anna', 'badu']) await readAll(name, election, (_, truth) => (truth === '1' ? '2' : '1'))
    assert.match(await textOf(at(election)), /Belum cukup: tarik lagi, atau hitung semua/)
    assert.equal(await post('chair', at(election, '/end')), 409)
    assert.deepEqual((await Promise.all([1, 2].map(() => post('anna', at(election, '/more'))))).sort(), [303, 409])
    assert.equal(await post('nobody', at(election, '/all')), 404)
    assert.deepEqual((await Promise.all([1, 2].map(() => post('anna', at(election, '/all'))))).sort(), [303, 409])
    for (const name of ['badu', 'citra']) await post(name, at(election, `/piles/${places[0]!.id}`), count([100, 300]))
    assert.match(await textOf(at(election)), /Struk tidak menyebut pemenang yang sama/)
    const first = places[0]!.result([300, 100])
    await send(places[0]!, [299, 101], correction(first))
    assert.equal(await post('chair', at(election, '/end')), 409)
    assert.match(await textOf(at(election), 'chair'), /Struk tidak menyebut/)
  })

  it('is planned again when numbers really changed, keeps the one before for everybody, and outlives a correction that changes none', async () => {
    const { election, places } = large
    const place = places[0]!
    const plan = { places: '0' }
    assert.match(await textOf(at(election)), /Hasil berubah sejak rencana audit ini ditetapkan/)
    assert.deepEqual((await Promise.all([1, 2].map(() => post('anna', at(election), plan)))).sort(), [303, 409])
    assert.equal(await post('anna', at(election, '/all')), 303)
    assert.match(await textOf(at(election)), /Audit sebelumnya, versi 1 .*Struk tidak menyebut pemenang yang sama/)
    // The same two count anew, from the first round on.
    const pile = at(election, `/piles/${place.id}`)
    for (const name of ['badu', 'citra']) assert.equal(await post(name, pile, count([100, 300])), 303)
    const second = place.result([299, 101], correction(place.result([300, 100])))
    await send(place, [299, 101], correction(second, 'Tidak ada angka yang berubah.'))
    assert.equal(await post('anna', at(election), plan), 409)
    assert.equal(await post('chair', at(election, '/end')), 303)
    const audits = await world.db
      .selectFrom('voting.audit')
      .select(['version', 'kind', 'outcome'])
      .where('election', '=', election)
      .orderBy('version')
      .execute()
    assert.deepEqual(audits, [
      { version: 1, kind: 'poll', outcome: null },
      { version: 2, kind: 'poll', outcome: 'differs' },
    ])
    assert.equal(await post('anna', at(election), plan), 409)
    for (const version of ['1', '2'])
      assert.equal((await (await world.as()).get(at(election, `/minutes.pdf?version=${version}`))).status, 200)
  })

  it('that found another winner lets the chair and another take what was counted as the result, and then it is decided', async () => {
    const { election, places } = large
    const place = places[0]!
    const ground = 'Printer bilik 2 macet; struk di kotak dihitung dua kali dan sama.'
    const decision = `/voting/elections/${election}/decision`
    world.clock.set(new Date('2026-11-26T00:00:00+07:00'))
    assert.match(await textOf(decision, 'chair'), /ditunggu Audit struk tidak membenarkan pemenang hasil ini/)
    assert.equal(await post('anna', at(election, '/adopt/confirm')), 409)
    assert.equal(await post('anna', at(election, '/adopt'), { ground }), 403)
    assert.equal(await post('chair', at(election, '/adopt'), { ground: '' }), 422)
    const write = () => post('chair', at(election, '/adopt'), { ground })
    assert.deepEqual((await Promise.all([write(), write()])).sort(), [303, 409])
    assert.match(await textOf(at(election)), /Printer bilik 2 macet; .*menunggu pengesahan anggota lain/)
    assert.match(await textOf(decision, 'chair'), /ditunggu Audit struk tidak membenarkan pemenang hasil ini/)
    const confirm = (name: string) => post(name, at(election, '/adopt/confirm'))
    assert.deepEqual(await Promise.all(['chair', 'nobody', 'regency'].map(confirm)), [409, 404, 404])
    assert.deepEqual((await Promise.all(['anna', 'badu'].map(confirm))).sort(), [303, 409])
    const { rows } = await sql<{
      version: number
      how: string
      source: string
      votes: number[]
      corrects: string | null
    }>`
      select r.version, r.how, r.source, r.votes, b.version as corrects from voting.result r
      left join voting.result b on b.tps = r.tps and b.sheet = r.corrects where r.tps = ${place.id} order by r.version`.execute(
      world.db,
    )
    assert.deepEqual(rows, [
      { version: 1, how: 'signed', source: 'tally', votes: [300, 100], corrects: null },
      { version: 2, how: 'signed', source: 'tally', votes: [299, 101], corrects: 1 },
      { version: 3, how: 'signed', source: 'tally', votes: [299, 101], corrects: 2 },
      { version: 4, how: 'audit', source: 'slips', votes: [100, 300], corrects: 3 },
    ])
    const shown = await textOf(`/voting/tps/${place.id}/result`)
    assert.match(shown, /1: 300 · 2: 100 .*1: 299 · 2: 101 .*1: 100 · 2: 300 .*Hitungan struk dari audit/)
    assert.match(
      await textOf(`/voting/elections/${election}/result`),
      /Suara terbanyak: Budi, nomor 2, dengan 300 suara/,
    )
    assert.match(await textOf(at(election)), /Printer bilik 2 macet; .* disahkan oleh/)
    const hash = /name="hash" value="([0-9a-f]{64})"/.exec(await htmlOf(decision, 'chair'))?.[1] ?? ''
    assert.equal(await post('chair', decision, { hash, place: 'Balai desa', witnesses: 'Ketua BPD' }), 303)
    assert.equal(await post('anna', `${decision}/confirm`, { hash }), 303)
    const decided = await world.db
      .selectFrom('voting.decision')
      .select(['outcome', 'candidate'])
      .where('election', '=', election)
      .execute()
    assert.deepEqual(decided, [{ outcome: 'elected', candidate: 2 }])
    await assert.rejects(() => world.db.deleteFrom('voting.adoption').execute(), /never changed or removed/)
  })

  it('counts all where a box holds more slips than were announced, for those beyond could never be drawn', async () => {
    const { election, places } = await announced([[300, 100]])
    const [place] = places as [Place]
    const { counts } = JSON.parse(place.result([300, 100]).text) as TpsResult
    const more = { counts: { ...counts, slips: 403 }, differences: ['Tiga struk lebih.'], reconciled: false }
    await send(place, [300, 100], more)
    assert.equal(await post('anna', at(election), { places: '0' }), 303)
    assert.match(
      await textOf(at(election)),
      /Semua struk dihitung dua orang, karena jumlah struk di sebuah kotak bukan/,
    )
  })

  it('has every slip of a polling place that the dice drew counted beside the drawn slips, and says nothing while it differs', async () => {
    for (const differs of [false, true]) {
      const votes = [
        [300, 100],
        [320, 80],
      ]
      large = await announced(votes)
      const { election, places } = large
      for (const [of, place] of places.entries()) await send(place, votes[of]!)
      assert.equal(await post('anna', at(election), { places: '1' }), 303)
      await post('anna', at(election, '/dice'), { dice, witnesses: 'Saksi 1' })
      await post('badu', at(election, '/dice/confirm'), { again: dice })
      for (const name of ['anna', 'badu']) await readAll(name, election)
      // Anybody finds the drawn place from the dice, as its page says it; the slips alone do not end the audit.
      const drawn = drawPlaces(dice, [1, 2], 1)[0]!
      assert.equal(await post('chair', at(election, '/end')), 409)
      const pile = (number: number) => at(election, `/piles/${places[number - 1]!.id}`)
      assert.equal(await post('anna', pile(3 - drawn), count(votes[2 - drawn]!)), 404)
      const [first, second] = votes[drawn - 1] as [number, number]
      const paper = differs ? [first - 1, second + 1] : [first, second]
      for (const name of ['anna', 'badu']) assert.equal(await post(name, pile(drawn), count(paper)), 303)
      assert.match(await textOf(at(election)), differs ? /Keadaan Belum cukup/ : /Keadaan Struk mengukuhkan pemenang/)
      assert.equal(await post('chair', at(election, '/end')), differs ? 409 : 303)
    }
  })

  it('is read with the same number of queries, with one polling place and with two', async () => {
    const client = await world.as(who.anna)
    const one = (await queriesOf(() => client.get(at(large.election)))).length
    assert.equal((await queriesOf(() => client.get(at(small.election)))).length, one)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from voting.audit`.execute(world.db)
    assert.equal(rows[0]!.n, 7)
  })

  it('shows the public no figure of a place in which few voted, on the page and in the report, nor of the one hidden with it', async () => {
    const votes = [
      [11, 2],
      [30, 37],
      [103, 206],
    ]
    const { election, places } = await announced(votes)
    for (const [i, place] of places.entries()) await send(place, votes[i]!)
    assert.equal(await post('chair', at(election), { places: '1', full: 'on' }), 303)
    for (const [i, place] of places.entries()) {
      const pile = at(election, `/piles/${place.id}`)
      // Twice: the first round of the small place differs, and says so without its figures.
      for (const name of ['anna', 'badu'])
        assert.equal(await post(name, pile, count(i === 0 && name === 'badu' ? [10, 3] : votes[i]!)), 303)
      if (i === 0) for (const name of ['anna', 'badu']) assert.equal(await post(name, pile, count(votes[i]!)), 303)
    }
    const seen = await textOf(at(election))
    assert.match(seen, /TPS 1 sama, putaran 2 (tidak ditampilkan ){3}sama dengan hasil/)
    assert.match(seen, /TPS 2 sama, putaran 1 (tidak ditampilkan ){3}sama dengan hasil/)
    assert.match(seen, /TPS 3 sama, putaran 1 103 206 0 sama dengan hasil/)
    assert.doesNotMatch(seen, /Putaran yang berbeda|\b(11|10|30|37)\b/)
    assert.match(await textOf(at(election), 'anna'), /TPS 1 sama, putaran 2 11 2 0 sama dengan hasil/)
    const paper = readPdf(await (await (await world.as()).get(at(election, '/minutes.pdf'))).bytes())
    assert.match(paper.text, /103/)
    assert.doesNotMatch(paper.text, /\b37\b/)
  })
})
