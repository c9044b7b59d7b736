import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../../test/world.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'

const y2021 = shippedRounds().find(({ key }) => key === '2021')!

describe('competition: the page of each version of a round', () => {
  let world: World
  let national: Awaited<ReturnType<World['as']>>
  let visitor: Awaited<ReturnType<World['as']>>
  let round: string
  before(async () => {
    world = await aWorld(new Date('2021-04-05T02:00:00Z'))
    const ratna = await world.aPerson('national-admin', {}, 'Ratna Sekretaris')
    national = await world.as(ratna)
    visitor = await world.as()
    round = await world.aRound(y2021)
    for (const [n, quota] of [12, 15].entries()) {
      world.clock.set(new Date(Date.parse('2021-04-06T02:00:00Z') + n * 86_400_000))
      await publish(n + 1, quota)
    }
  })
  after(() => world.drop())

  /** Change the quota of the general group, and nothing else, in a version of its own. */
  async function publish(base: number, quota: number) {
    const { rules } = await world.db
      .selectFrom('competition.round_version')
      .select('rules')
      .where('round', '=', round)
      .where('version', '=', base)
      .executeTakeFirstOrThrow()
    const document = { ...(rules as typeof y2021), quotas: { ...(rules as typeof y2021).quotas, umum: quota } }
    await national.wake()
    const edit = await national.post(`/competition/rounds/${round}/edit/document`, {
      base: String(base),
      revision: '0',
      document: JSON.stringify(document),
    })
    assert.equal(edit.status, 303)
    const form = { base: String(base), revision: '1', reason: `Kuota menjadi ${quota} menurut rapat.` }
    assert.equal((await national.post(`/competition/rounds/${round}/changes`, form)).status, 303)
  }

  const read = async (version: string, who = visitor) => who.get(`/competition/rounds/${round}/versions/${version}`)
  const rowsOf = (html: string) =>
    [...html.matchAll(/<tr><th scope="row">([\s\S]*?)<\/tr>/g)]
      .map(([, row]) => row!.replace(/<[^>]+>/g, '|').replace(/\|+/g, '|'))
      .filter((row) => row.startsWith('Kuota'))

  it('says what the rule was then, why, since when and until when', async () => {
    const [first, second, third] = await Promise.all(
      ['1', '2', '3'].map(async (version) => (await read(version)).text()),
    )
    assert.match(first!, /10 proposal per instansi/)
    assert.match(first!, /Berlaku sampai 6 April 2021, 09\.00 WIB/)
    assert.match(second!, /12 proposal per instansi/)
    assert.match(second!, /Kuota menjadi 12 menurut rapat\./)
    assert.match(second!, /Berlaku sampai 7 April 2021/)
    assert.match(third!, /15 proposal per instansi/)
    assert.match(third!, /Berlaku sekarang/)
  })

  it('compares any two, the earlier with the later, and the one before unless asked', async () => {
    assert.deepEqual(rowsOf(await (await read('3')).text()), [
      'Kuota per instansi › Kelompok Umum|12|15|Kelompok Umum|',
    ])
    assert.deepEqual(rowsOf(await (await read('1')).text()), [
      'Kuota per instansi › Kelompok Umum|10|12|Kelompok Umum|',
    ])
    const far = ['Kuota per instansi › Kelompok Umum|10|15|Kelompok Umum|']
    assert.deepEqual(rowsOf(await (await read('3?dengan=1')).text()), far)
    assert.deepEqual(rowsOf(await (await read('1?dengan=3')).text()), far)
    // Nonsense compares as if nothing were asked.
    for (const asked of ['3', '9', 'x'])
      assert.deepEqual(rowsOf(await (await read(`3?dengan=${asked}`)).text()), [
        'Kuota per instansi › Kelompok Umum|12|15|Kelompok Umum|',
      ])
  })

  it('names who published it to those who sign in, and the secretariat to the public', async () => {
    await national.wake()
    const unit = await world.as(await world.aPerson())
    assert.match(await (await read('2', unit)).text(), /Ratna Sekretaris/)
    const open = await (await read('2')).text()
    assert.doesNotMatch(open, /Ratna/)
    assert.match(open, /<dt>Oleh<\/dt><dd>sekretariat<\/dd>/)
  })

  it('is linked from the page of the round, and there is none of a draft or of a version that is not', async () => {
    const html = await (await visitor.get(`/competition/rounds/${round}`)).text()
    assert.deepEqual(
      [...html.matchAll(/\/versions\/(\d)"/g)].map(([, version]) => version),
      ['3', '2', '1'],
    )
    for (const version of ['0', '4', '1.0', 'x', '01']) assert.equal((await read(version)).status, 404, version)
    const draft = await world.aRound(y2021, { state: 'draft' })
    await national.wake()
    for (const who of [visitor, national])
      assert.equal((await who.get(`/competition/rounds/${draft}/versions/1`)).status, 404)
  })

  it('asks the database as often for three versions as for one', async () => {
    const single = await world.aRound(y2021)
    const counts = [
      await queriesOf(() => visitor.get(`/competition/rounds/${round}/versions/1`)),
      await queriesOf(() => visitor.get(`/competition/rounds/${single}/versions/1`)),
    ] as const
    assert.equal(counts[0].length, counts[1].length)
    const html = await (await visitor.get(`/competition/rounds/${single}/versions/1`)).text()
    assert.doesNotMatch(html, /id="comparison"/)
    assert.match(html, /Ketentuan pertama\./)
  })
})
