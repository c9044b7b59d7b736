import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { appointed, bring } from '../../../test/running-voting-results.ts'
import { aSealedElection, correction, type Place } from '../../../test/voting-results.ts'
import { aWorld, type World } from '../../../test/world.ts'
import type { RecordVerdict } from './domain/archive.ts'
import { openCounting } from './store/counting.ts'

describe('voting: what a decision rests on', () => {
  let world: World
  let agency: string
  let election: string
  let places: Place[]
  const who: Record<string, string> = {}
  before(async () => {
    world = await aWorld(new Date('2026-11-22T08:00:00Z'))
    agency = await world.anAgency({ region: '34.04' })
    who.regency = await world.aPerson('local-admin', { agency })
    for (const name of ['chair', 'anna', 'badu']) who[name] = await world.aPerson()
    // Nobody has to audit so clear a result: records are all that bears it out.
    const plan = { agency, village: '34.04.07.2001', places: [{ voters: 900 }, { voters: 900 }, { voters: 900 }] }
    ;({ election, places } = await aSealedElection(world.db, who.regency, plan))
    await world.db.transaction().execute((tx) => openCounting(tx, world.clock.now(), election))
    for (const name of ['chair', 'anna', 'badu'])
      await appointed(world, agency, election, who[name]!, name === 'chair' ? 'chair' : 'member')
    for (const place of places) await bring(world, place.result([600, 200]))
    world.clock.set(new Date('2026-11-26T00:00:00+07:00'))
  })
  after(() => world.drop())

  const at = (rest = '') => `/voting/elections/${election}/decision${rest}`
  const post = async (name: string | undefined, address: string, form: Record<string, string> = {}) =>
    (await (await world.as(name && who[name])).post(address, form)).status
  const htmlOf = async (address: string, name?: string) =>
    (await (await world.as(name && who[name])).get(address)).text()
  const textOf = async (address: string, name?: string) =>
    (await htmlOf(address, name)).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  const hashShown = async () => /name="hash" value="([0-9a-f]{64})"/.exec(await htmlOf(at(), 'chair'))?.[1]
  /** The record of a place came, and our verifier said so of it; null: it has not looked yet. */
  const recorded = (tps: string, verdict: RecordVerdict | null) =>
    world.db
      .insertInto('voting.record')
      .values({
        ...{ agency, election, tps, sha256: randomBytes(32), kind: 'record', size: '1', received: world.clock.now() },
        ...(verdict ? { checked: world.clock.now(), verdict, report: '{}' } : {}),
      })
      .execute()
  const waits = async () => [...(await textOf(at(), 'chair')).matchAll(/TPS (\d): belum ada bukti/g)].map(([, n]) => n)
  const text = 'Laptop stasiun terbakar sesudah lembar dicetak; lembar bertanda tangan ada pada panitia.'

  it('is a sound record of every polling place: none, one that is refused and one that is not examined yet are not', async () => {
    const [one, two, three] = places as [Place, Place, Place]
    assert.match(await textOf(at(), 'chair'), /ditunggu Ada TPS tanpa rekaman yang sah\./)
    assert.deepEqual(await waits(), ['1', '2', '3'])
    await recorded(one.id, 'sound')
    await recorded(two.id, 'refused')
    assert.deepEqual(await waits(), ['2', '3'])
    assert.match(await textOf(at(), 'chair'), /TPS 2: belum ada bukti Rekaman atau arsipnya diragukan/)
    await recorded(three.id, null)
    assert.match(await textOf(at(), 'chair'), /TPS 3: belum ada bukti Rekamannya sedang diperiksa/)
    await world.db.deleteFrom('voting.record').where('tps', '=', three.id).execute()
    assert.equal(await hashShown(), undefined)
  })

  it('is, where there truly is none, what two of the committee say in public of this version; where files are, they speak', async () => {
    const [, two, three] = places as [Place, Place, Place]
    const write = (name: string | undefined, tps: string) => post(name, at('/unrecorded'), { tps, text })
    const confirm = (name: string | undefined, tps: string) => post(name, at('/unrecorded/confirm'), { tps })
    assert.deepEqual(await Promise.all([undefined, 'regency'].map((name) => write(name, three.id))), [303, 403])
    assert.equal(await post('anna', at('/unrecorded'), { tps: three.id, text: 'Hilang' }), 422)
    assert.equal(await write('anna', two.id), 409)
    assert.equal(await confirm('badu', three.id), 409)
    assert.deepEqual((await Promise.all([1, 2].map(() => write('anna', three.id)))).sort(), [303, 409])
    assert.deepEqual(await waits(), ['2', '3'])
    assert.doesNotMatch(await textOf(`/voting/tps/${three.id}/result`), /Laptop stasiun terbakar/)
    assert.equal(await confirm('anna', three.id), 409)
    assert.deepEqual((await Promise.all(['badu', 'chair'].map((name) => confirm(name, three.id)))).sort(), [303, 409])
    assert.deepEqual(await waits(), ['2'])
    assert.match(
      await textOf(`/voting/tps/${three.id}/result`),
      /tidak mempunyai rekaman Laptop stasiun terbakar .*disahkan oleh/,
    )
    await assert.rejects(() => world.db.deleteFrom('voting.unrecorded').execute(), /never changed or removed/)
    // It spoke of the version that counted then.
    await bring(world, three.result([601, 199], correction(three.result([600, 200]))))
    assert.deepEqual(await waits(), ['2', '3'])
    assert.equal(await write('chair', three.id), 303)
    assert.equal(await confirm('anna', three.id), 303)
    assert.deepEqual(await waits(), ['2'])
  })

  it('is, where a record is doubtful, a count of the slips by two that finds just these numbers', async () => {
    const audit = `/voting/elections/${election}/audit`
    assert.equal(await post('chair', audit, { places: '0', full: 'on' }), 303)
    for (const [of, place] of places.entries())
      for (const name of ['anna', 'badu']) {
        const votes = of === 2 ? { 'votes.0': '601', 'votes.1': '199' } : { 'votes.0': '600', 'votes.1': '200' }
        assert.equal(await post(name, `${audit}/piles/${place.id}`, { ...votes, blank: '0', unreadable: '0' }), 303)
      }
    assert.deepEqual(await waits(), [])
    assert.equal(await post('chair', `${audit}/end`), 303)
    const hash = (await hashShown())!
    assert.equal(await post('chair', at(), { hash, place: 'Balai desa', witnesses: 'Ketua BPD' }), 303)
    assert.equal(await post('anna', at('/confirm'), { hash }), 303)
  })
})
