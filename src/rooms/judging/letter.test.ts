import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { shippedRounds } from '#competition'
import { queriesOf } from '#platform/db.ts'
import { aPanelWorld, type PanelWorld } from '../../../test/panel-world.ts'
import { writeLetters } from './store/letter.ts'
import { readPanelRound } from './store/panel.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!
const nobodyInParticular = { id: null, name: '', offices: [], secondFactor: false }

describe('judging: feedback letters', () => {
  let world: PanelWorld
  let ids: string[]
  before(async () => {
    world = await aPanelWorld(rules)
    ids = await world.entries('city', [80, 80, 80, 80, 80, 80])
    await world.scored(ids, 'Bukti kuat,')
    await world.announced({ [ids[0]!]: 'finalist', [ids[1]!]: 'not' })
  })
  after(() => world.drop())

  const ownerOf = async (proposal: string) => {
    const row = await world.db
      .selectFrom('competition.proposal')
      .select(['agency', 'unit'])
      .where('id', '=', proposal)
      .executeTakeFirstOrThrow()
    return { ...row, person: await world.aPerson('unit', row) }
  }

  it('go out only after the result, to every entrant, once, and both tries at once send one each', async () => {
    const { db, secretary, round } = world
    const at = `/judging/rounds/${round}/letters`
    const owner = await ownerOf(ids[0]!)
    const early = await secretary.post(at)
    assert.equal(early.status, 409)
    assert.match(await early.text(), /Hasil belum ditetapkan/)
    await world.finished({ [ids[0]!]: 'top-40' })
    assert.equal((await (await world.as(world.panelists[0])).post(at)).status, 403)
    const both = await Promise.all([secretary.post(at), secretary.post(at)])
    assert.deepEqual(
      both.map((r) => r.status),
      [303, 303],
    )
    assert.equal((await db.selectFrom('judging.letter').select('proposal').execute()).length, ids.length)
    const mail = await db
      .selectFrom('log.mail')
      .innerJoin('people.person', 'people.person.email', 'log.mail.to_email')
      .select('subject')
      .where('people.person.id', '=', owner.person)
      .execute()
    assert.equal(mail.length, 1)
  })

  it('say the mean per criterion, where it stood, what was chosen, and only the comments that may be read', async () => {
    const owner = await world.as((await ownerOf(ids[0]!)).person)
    const text = await (await owner.get(`/judging/entries/${ids[0]}/letter`)).text()
    assert.match(text, /Terpilih: Top 40/)
    assert.match(text, /Bukti kuat, terbuka/)
    assert.doesNotMatch(text, /tertutup|Catatan rahasia/)
    const { content } = await world.db
      .selectFrom('judging.letter')
      .select('content')
      .where('proposal', '=', ids[0]!)
      .executeTakeFirstOrThrow()
    const letter = content as { criteria: { mean: number; readers: number }[]; percentile: number; entries: number }
    // The first entry: 60.25 and 63.25 for the first criterion.
    assert.deepEqual([letter.criteria[0]!.mean, letter.criteria[0]!.readers, letter.entries], [61.75, 2, 6])
    const losers = await (await world.secretary.get(`/judging/entries/${ids[1]}/letter`)).text()
    assert.match(losers, /Menjadi nomine, tidak terpilih/)
    assert.match(await (await world.secretary.get(`/judging/entries/${ids[2]}/letter`)).text(), /tidak menjadi nomine/)
  })

  it('are read by the owners and the secretariat alone, on the page and as a tagged PDF', async () => {
    const { agency, person } = await ownerOf(ids[0]!)
    const at = `/judging/entries/${ids[0]}/letter`
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    for (const reader of [admin, await world.as(person), world.secretary]) {
      assert.equal((await reader.get(at)).status, 200)
      const pdf = Buffer.from(await (await reader.get(`${at}.pdf`)).arrayBuffer())
      assert.match(pdf.toString('latin1'), /^%PDF-1\.7[\s\S]*\/StructTreeRoot[\s\S]*%%EOF\s*$/)
    }
    const strangers = [
      await world.as((await ownerOf(ids[1]!)).person),
      await world.as(world.panelists[0]),
      await world.as(await world.aPerson('evaluator')),
    ]
    for (const stranger of strangers)
      for (const tail of [at, `${at}.pdf`]) assert.equal((await stranger.get(tail)).status, 404)
    assert.equal((await (await world.as()).get(at)).status, 303, 'sign in first')
  })

  it('are written with the same number of queries for many as for one', async () => {
    const one = await aPanelWorld(rules)
    try {
      const alone = await one.entries('city', [80])
      await one.scored(alone)
      const count = async (each: PanelWorld) => {
        const round = (await readPanelRound(each.db, nobodyInParticular, each.round))!
        return (await queriesOf(() => writeLetters(each.db, round))).length
      }
      assert.equal(await count(one), await count(world))
    } finally {
      await one.drop()
    }
  })
})
