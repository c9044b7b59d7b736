import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { draft, reworded, written } from '../../../../test/synthetic-proposals.ts'
import { aWorld, type World } from '../../../../test/world.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'
import { bandKeys, signatureFromBytes } from '../domain/similarity.ts'
import { candidatesQuery } from '../store/duplicate.ts'
import { compareRound, compareSubmissions } from './examination.ts'

const rules = (year: number) => shippedRounds().find((each) => each.year === year)!

describe('competition: near-duplicates in the database', () => {
  let world: World
  let past: string
  let present: string
  const agencies: { agency: string; unit: string }[] = []
  const olds: string[] = []
  const copies = new Map<string, string>()
  const others: string[] = []
  before(async () => {
    world = await aWorld(new Date('2021-05-03T02:00:00Z'))
    past = await world.aRound(rules(2017))
    present = await world.aRound(rules(2021))
    for (let i = 0; i < 6; i++) {
      const agency = await world.anAgency()
      agencies.push({ agency, unit: await world.aUnit(agency) })
    }
    for (let i = 0; i < 130; i++) olds.push(await entry(past, i, draft(i), 2017))
    for (const [i, share] of [0.02, 0.02, 0.02, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2].entries())
      copies.set(await entry(present, i + 1, reworded(draft(i), share, i), 2021), olds[i]!)
    for (let i = 0; i < 20; i++) others.push(await entry(present, i, draft(5000 + i), 2021))
    await compareRound(world.db, past, world.clock.now())
    await compareRound(world.db, present, world.clock.now())
  })
  after(() => world.drop())

  /** A submission whose answers are the paragraphs of a draft, spread over the questions of the form. */
  function entry(round: string, at: number, of: ReturnType<typeof draft>, year: number) {
    const questions = rules(year).groups[0]!.questions.filter(({ kind, maxWords }) => kind === 'text' && maxWords)
    const answers: Record<string, string> = {}
    for (const [i, paragraph] of written(of).split('\n\n').entries()) {
      const { key } = questions[i % questions.length]!
      answers[key] = answers[key] ? `${answers[key]}\n\n${paragraph}` : paragraph
    }
    // Names of one word each that no two share, so that only texts bring proposals together.
    const title = [...`${year}${at}`].map((digit) => 'KLMNPRSTVW'[Number(digit)]!.repeat(3)).join('')
    return world.aProposal({ ...agencies[at % agencies.length]!, round }, { title, state: 'submitted', answers })
  }

  const pairs = async (of: readonly string[]) =>
    world.db
      .selectFrom('competition.likeness')
      .select(['proposal', 'other', 'text'])
      .where('proposal', 'in', [...of])
      .where('text', 'is not', null)
      .execute()

  it('finds copies with 2, 10 and 20 % of their words changed, and nothing else', async () => {
    const found = await pairs([...copies.keys(), ...others, ...olds])
    assert.deepEqual(new Map(found.map(({ proposal, other }) => [proposal, other])), new Map(copies))
    assert.equal(found.length, copies.size)
    for (const { text } of found) assert.ok(text! >= 0.2 && text! <= 1)
  })

  it('tells it as a finding on the later proposal, and leaves the earlier year as it was', async () => {
    const rows = await world.db
      .selectFrom('competition.examination')
      .select(['proposal', 'rules'])
      .where((eb) => eb(eb.val('near-text'), '=', eb.fn.any('rules')))
      .execute()
    assert.deepEqual(rows.map(({ proposal }) => proposal).sort(), [...copies.keys()].sort())
  })

  it('learnt the wording of the form once for the round with enough texts, and signed every text with it', async () => {
    const lists = await world.db
      .selectFrom('competition.wording')
      .select(['id', 'round', 'texts'])
      .orderBy('id')
      .execute()
    assert.deepEqual(lists.at(-1), { id: lists.length - 1, round: past, texts: 130 })
    const used = await world.db.selectFrom('competition.signature').select('wording').distinct().execute()
    assert.deepEqual(used, [{ wording: lists.at(-1)!.id }])
  })

  it('looks candidates up by the index of the bands', async () => {
    const { minhash, wording } = await world.db
      .selectFrom('competition.signature')
      .select(['minhash', 'wording'])
      .limit(1)
      .executeTakeFirstOrThrow()
    const keys = [...bandKeys(signatureFromBytes(minhash))]
    await sql`analyze competition.band`.execute(world.db)
    await sql`analyze competition.signature`.execute(world.db)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${candidatesQuery(keys, wording)}`.execute(world.db)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    assert.match(plan, /Index (?:Only )?Scan (?:using|on) band_key/)
    assert.doesNotMatch(plan, /Seq Scan on band/)
  })

  it('finds two alike that arrive in the same moment, whichever is compared first', async () => {
    const [one, two] = [await entry(present, 901, draft(7001), 2021), await entry(present, 902, draft(7001), 2021)]
    await Promise.all([
      compareSubmissions(world.db, [one], world.clock.now()),
      compareSubmissions(world.db, [two], world.clock.now()),
    ])
    const found = await pairs([one, two])
    assert.deepEqual(
      found.map(({ proposal, other, text }) => [proposal, other, text]).sort(),
      [
        [one, two, 1],
        [two, one, 1],
      ].sort(),
    )
  })

  it('gives the same when it is run again', async () => {
    const all = [...copies.keys(), ...others]
    const before = await pairs(all)
    await compareRound(world.db, present, world.clock.now())
    const order = (list: typeof before) => [...list].sort((a, b) => (a.proposal < b.proposal ? -1 : 1))
    assert.deepEqual(order(await pairs(all)), order(before))
  })
})
