import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { newId } from '#platform/ids.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { deadline } from './domain/calendar.ts'
import { questionsFor, type Rules } from './domain/round.ts'
import { shippedRounds } from './domain/shipped-rounds.ts'

const y2021 = shippedRounds().find((round) => round.key === '2021')!
const closing = new Date(deadline(y2021))

const reached = { email: 'wati@contoh.go.id', telephone: '0812-3456-7890' }

describe('competition: the second lock', () => {
  let world: World
  let agency: string
  let unit: string
  let round: string
  let local: Awaited<ReturnType<World['as']>>
  let writer: string
  before(async () => {
    world = await aWorld(new Date(y2021.calendar.opens))
    agency = await world.anAgency()
    unit = await world.aUnit(agency)
    writer = await world.aPerson('unit', { agency, unit })
    local = await world.as(await world.aPerson('local-admin', { agency }))
    round = await world.aRound(y2021, { key: '2021' })
  })
  after(() => world.drop())

  /** A proposal of the group with which nothing is wrong, lying with the local admin. */
  async function ready(of: { agency: string; unit: string; round: string }, rules: Rules = y2021, group = 'umum') {
    const questions = questionsFor(rules, group)
    const answers = Object.fromEntries(
      questions.flatMap(({ key, kind, format, choices }) => {
        const texts = {
          text: format ? reached[format] : Array.from({ length: 40 }, (_, i) => `${key}${i}`).join(' '),
          tick: 'ya',
          choice: choices[0]?.key ?? '',
          link: 'https://youtu.be/contoh',
          date: '2019-01-01',
          number: '7',
          file: '',
        }
        return kind === 'file' ? [] : [[key, texts[kind]]]
      }),
    )
    const category = rules.categories[0]!.key
    const id = await world.aProposal(of, { state: 'with-local-admin', group, category, started: '2014-01-01', answers })
    for (const question of questions.filter((each) => each.evidence?.required)) {
      const file = newId()
      const done = new Date()
      const kind = question.evidence!.accept[0]!
      await world.db
        .insertInto('log.file')
        .values({
          id: file,
          name: 'bukti.pdf',
          type: 'application/pdf',
          size: '10',
          got: '10',
          done,
          sha256: Buffer.alloc(32),
        })
        .execute()
      await world.db
        .insertInto('competition.evidence')
        .values({
          agency: of.agency,
          id: newId(),
          proposal: id,
          question: question.key,
          kind,
          label: 'bukti.pdf',
          at: done,
          ...(kind === 'link' ? { link: 'https://a.id' } : { file }),
        })
        .execute()
    }
    return id
  }
  const path = (id: string) => `/competition/proposals/${id}`
  const number = (response: Response) => response.headers.get('location')

  it('gives numbers without gap or duplicate to those who come at once', async () => {
    const many = await Promise.all(
      [1, 2, 3, 4, 5].map(async () => {
        const home = await world.anAgency()
        const of = { agency: home, unit: await world.aUnit(home), round }
        const admin = await world.as(await world.aPerson('local-admin', { agency: home }))
        return { id: await ready(of), admin }
      }),
    )
    const answers = await Promise.all(many.map(({ id, admin }) => admin.post(`${path(id)}/submit`)))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303, 303, 303, 303],
    )
    assert.deepEqual(
      answers.map(number).sort(),
      [1, 2, 3, 4, 5].map((n) => `/competition/receipts/KIPP-2021-000${n}`),
    )
  })

  it('has a text compared at once, and in the last three hours when the round has closed', async () => {
    const home = await world.anAgency()
    const of = { agency: home, unit: await world.aUnit(home), round }
    const admin = await world.aPerson('local-admin', { agency: home })
    /** When the comparison of a text handed in at this time runs; undefined: as soon as a worker is free. */
    const compared = async (at: number) => {
      world.clock.set(new Date(at))
      const id = await ready(of)
      assert.equal((await (await world.as(admin)).post(`${path(id)}/submit`)).status, 303)
      const { rows } = await sql<{ run_at: Date; due: boolean }>`
        select run_at, run_at <= now() as due from graphile_worker._private_jobs where payload->>'proposal' = ${id}`.execute(
        world.db,
      )
      return rows.map((job) => (job.run_at.getTime() === closing.getTime() ? 'closing' : job.due ? 'at once' : 'later'))
    }
    // The year's closing has long passed by the database's clock, so only an exact time tells it from "at once".
    assert.deepEqual(await compared(closing.getTime() - 3 * 3_600_000), ['at once'])
    assert.deepEqual(await compared(closing.getTime() - 3 * 3_600_000 + 1000), ['closing'])
    assert.deepEqual(await compared(closing.getTime()), ['at once'])
    world.clock.set(new Date(y2021.calendar.opens))
  })

  it('submits once when the same button is pressed twice at once', async () => {
    const id = await ready({ agency, unit, round })
    const answers = await Promise.all([local.post(`${path(id)}/submit`), local.post(`${path(id)}/submit`)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
    const rows = await world.db.selectFrom('competition.submission').select('id').where('proposal', '=', id).execute()
    assert.equal(rows.length, 1)
  })

  it('lets the last place of a quota go to exactly one of two', async () => {
    const home = await world.anAgency()
    const of = { agency: home, unit: await world.aUnit(home), round }
    const admin = await world.as(await world.aPerson('local-admin', { agency: home }))
    const quota = y2021.quotas.umum!
    for (let n = 0; n < quota - 1; n++) await world.aProposal(of, { state: 'submitted', group: 'umum' })
    const two = [await ready(of), await ready(of)]
    const answers = await Promise.all(two.map((id) => admin.post(`${path(id)}/submit`)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
    const refused = answers.find(({ status }) => status === 409)!
    assert.match(await refused.text(), /Kuota instansi Anda pada kelompok ini sudah habis/)
    const free = await ready(of, y2021, 'umum')
    await world.db.updateTable('competition.proposal').set({ state: 'withdrawn' }).where('id', '=', two[0]!).execute()
    await world.db.updateTable('competition.proposal').set({ state: 'withdrawn' }).where('id', '=', two[1]!).execute()
    assert.equal((await admin.post(`${path(free)}/submit`)).status, 303)
  })

  it('keeps what is incomplete on this side of the lock', async () => {
    const id = await ready({ agency, unit, round })
    await world.db
      .deleteFrom('competition.answer')
      .where('proposal', '=', id)
      .where('question', '=', 'ringkasan')
      .execute()
    const answer = await local.post(`${path(id)}/submit`)
    assert.equal(answer.status, 409)
    assert.match(await answer.text(), /Masih ada yang harus diperbaiki/)
  })

  it('closes with the second, but for a submission opened before and arriving within the grace', async () => {
    const late = async (opened: boolean, at: Date) => {
      world.clock.set(new Date(y2021.calendar.opens))
      await local.wake()
      const id = await ready({ agency, unit, round })
      if (opened) assert.equal((await local.post(`${path(id)}/begin-submission`)).status, 303)
      world.clock.set(at)
      await local.wake()
      return { id, answer: await local.post(`${path(id)}/submit`) }
    }
    const after = (seconds: number) => new Date(closing.getTime() + seconds * 1000)
    const minutes = y2021.calendar.lateArrivalMinutes
    const cases: [string, boolean, Date, number][] = [
      ['in the last second', false, after(0.9), 303],
      ['a second late, not opened', false, after(1), 409],
      ['a second late, opened in time', true, after(1), 303],
      ['in the last second of the grace', true, after(minutes * 60), 303],
      ['after the grace', true, after(minutes * 60 + 1), 409],
    ]
    for (const [what, opened, at, status] of cases) assert.equal((await late(opened, at)).answer.status, status, what)
    const verdicts = await world.db
      .selectFrom('competition.submission')
      .select('verdict')
      .where('verdict', '=', 'late-but-begun-in-time')
      .execute()
    assert.equal(verdicts.length, 2)
    world.clock.set(new Date(y2021.calendar.opens))
  })

  it('counts nothing as opened once the text went back to the unit', async () => {
    const id = await ready({ agency, unit, round })
    await local.post(`${path(id)}/begin-submission`)
    assert.equal((await local.post(`${path(id)}/return`, { note: 'Perbaiki ringkasan' })).status, 303)
    const row = await world.db
      .selectFrom('competition.proposal')
      .select(['state', 'begun'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    assert.deepEqual(row, { state: 'returned', begun: null })
  })

  it('asks for a word when something is sent back or withdrawn', async () => {
    const id = await ready({ agency, unit, round })
    assert.equal((await local.post(`${path(id)}/return`, { note: ' ' })).status, 422)
    assert.equal((await local.post(`${path(id)}/withdraw`, { note: 'x' })).status, 409)
  })

  it('hides a draft from everybody but its unit and its agency, and shows the ministry what was submitted', async () => {
    const draft = await world.aProposal({ agency, unit, round }, { title: 'Rahasia' })
    const sent = await world.aProposal({ agency, unit, round }, { title: 'Terkirim', state: 'submitted' })
    const neighbour = await world.aUnit(agency)
    const readers: [string, string | undefined, number, number][] = [
      ['unit', writer, 200, 200],
      ['another unit of the agency', await world.aPerson('unit', { agency, unit: neighbour }), 404, 404],
      ['another agency', await world.aPerson('local-admin', { agency: await world.anAgency() }), 404, 404],
      ['deputy', await world.aPerson('deputy', { agency }), 200, 200],
      ['evaluator', await world.aPerson('evaluator'), 404, 404],
      ['panel', await world.aPerson('panel'), 404, 404],
      ['national admin', await world.aPerson('national-admin'), 404, 200],
      ['public', undefined, 303, 303],
    ]
    for (const [who, person, ofDraft, ofSent] of readers) {
      const reader = await world.as(person)
      for (const page of ['', '/preview'])
        assert.deepEqual(
          [(await reader.get(path(draft) + page)).status, (await reader.get(path(sent) + page)).status],
          [ofDraft, ofSent],
          `${who} ${page}`,
        )
    }
    const mistyped = await local.get('/competition/proposals/bukan-id')
    assert.equal(mistyped.status, 404)
  })

  it('knows the same closing time in the database as in the rules, with and without extensions', async () => {
    const by = await world.aPerson('national-admin')
    for (const rules of shippedRounds()) {
      const id = await world.aRound(rules)
      const closes = async () =>
        (
          await sql<{ at: Date }>`select closes as at from competition.round where id = ${id}`.execute(world.db)
        ).rows[0]!.at.getTime()
      assert.equal(await closes(), Date.parse(deadline(rules)), rules.key)
      const until = new Date(Date.parse(deadline(rules)) + 86_400_000)
      await world.db
        .insertInto('competition.extension')
        .values({ id: newId(), round: id, until, reason: 'uji', by, at: until })
        .execute()
      assert.equal(await closes(), Date.parse(deadline(rules, [{ until: until.toISOString() }])), rules.key)
    }
  })
})
