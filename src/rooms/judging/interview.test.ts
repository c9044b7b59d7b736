import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { shippedRounds } from '#competition'
import { aPanelWorld, type PanelWorld } from '../../../test/panel-world.ts'
import { finalFigure, pointsOfStars } from './domain/final-standing.ts'
import { planInterviews, slotsFor } from './domain/interview.ts'
import { dealReadings, type Member } from './domain/member.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!
const criteria = rules.interview!.sheet.map((criterion) => criterion.key)
const plan = {
  firstDay: '2017-05-02',
  lastDay: '2017-05-02',
  from: '09:00',
  to: '11:00',
  pause: '0',
  rooms: '1',
  members: '2',
  place: 'Gedung A, ruang sidang',
}
const sheet = (points: string, rest: Record<string, string> = {}) => ({
  ...Object.fromEntries(criteria.map((key) => [`points-${key}`, points])),
  note: '',
  ...rest,
})

describe('judging: panel readings and interviews', () => {
  let world: PanelWorld
  let ids: string[]
  before(async () => {
    world = await aPanelWorld(rules, new Date('2017-04-18T02:00:00Z'))
    ids = await world.entries('city', [90, 80, 70])
  })
  after(() => world.drop())

  it('nominees are given to two members each, and a note is the member’s own until the plenary opens', async () => {
    const { db, secretary, round, panelists } = world
    const at = `/judging/rounds/${round}`
    await world.moveTo('panel')
    await world.onlyPlaces({ kota: 3 })
    assert.equal((await secretary.post(`${at}/nominees`)).status, 303)
    assert.equal((await secretary.post(`${at}/readings/nominee`)).status, 303)
    const dealt = await db.selectFrom('judging.panel_reading').select(['proposal', 'member']).execute()
    assert.equal(dealt.length, 6)
    assert.equal(new Set(dealt.map((r) => `${r.proposal}${r.member}`)).size, 6)

    const [one, two] = await Promise.all(panelists.map((id) => world.as(id)))
    const reading = `/judging/entries/${ids[0]}/reading/nominee`
    assert.equal((await one!.post(reading, { score: '88,5', note: 'Sungguh terbukti.', done: 'ya' })).status, 303)
    assert.equal((await one!.post(reading, { score: '101', note: '' })).status, 422)
    for (const person of [two!, secretary])
      for (const tail of [`/judging/entries/${ids[0]}/nominee`, `${at}/readings/nominee`, `${at}/plenary/finalists`])
        assert.doesNotMatch(await (await person.get(tail)).text(), /Sungguh terbukti|88,5/)
    assert.match(await (await one!.get(`/judging/entries/${ids[0]}/nominee`)).text(), /Sungguh terbukti/)
    const owner = await world.as(await world.aPerson('evaluator'))
    assert.equal((await owner.post(reading, { score: '1' })).status, 404)
    assert.equal((await secretary.post(reading, { score: '1' })).status, 404)

    assert.equal((await secretary.post(`${at}/plenary/finalists/open`)).status, 303)
    assert.match(await (await two!.get(`${at}/plenary/finalists`)).text(), /88,5.*Sungguh terbukti/s)
    assert.equal((await one!.post(reading, { score: '1', note: 'Berubah' })).status, 409)
    await db.deleteFrom('judging.plenary').execute()
    await db.deleteFrom('judging.nominee').execute()
    await world.announced(Object.fromEntries(ids.map((id) => [id, 'finalist'])))
    await world.moveTo('interview')
  })

  it('plans a slot for each finalist with members who are free, and says when there is no time', async () => {
    const { db, secretary, round } = world
    const at = `/judging/rounds/${round}/interviews`
    const short = await secretary.post(at, { ...plan, to: '10:00' })
    assert.equal(short.status, 409)
    assert.match(await short.text(), /Waktunya tidak cukup/)
    const many = await secretary.post(at, { ...plan, members: '3' })
    assert.match(await many.text(), /Anggota panel yang tidak berbenturan kepentingan kurang/)
    const both = await Promise.all([1, 2].map(() => secretary.post(at, plan)))
    assert.deepEqual(
      both.map((r) => r.status),
      [303, 303],
    )
    const rows = await db.selectFrom('judging.interview').select(['starts', 'room']).orderBy('starts').execute()
    assert.deepEqual(
      rows.map((row) => row.starts.toISOString()),
      ['2017-05-02T02:00:00.000Z', '2017-05-02T02:30:00.000Z', '2017-05-02T03:00:00.000Z'],
    )
    assert.equal((await db.selectFrom('judging.interviewer').select('member').execute()).length, 6)
  })

  it('invites by letter; owners confirm, others find nothing', async () => {
    const { db, secretary, round } = world
    const { agency, unit } = await db
      .selectFrom('competition.proposal')
      .select(['agency', 'unit'])
      .where('id', '=', ids[0]!)
      .executeTakeFirstOrThrow()
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    const upp = await world.as(await world.aPerson('unit', { agency, unit }))
    const stranger = await world.as(await world.aPerson('local-admin', { agency: await world.anAgency() }))
    const at = `/judging/entries/${ids[0]}/interview`
    assert.equal((await admin.get(at)).status, 404, 'not before the invitation')
    assert.equal((await secretary.post(`/judging/rounds/${round}/interviews/invite`)).status, 303)
    assert.equal((await secretary.post(`/judging/rounds/${round}/interviews/invite`)).status, 409)
    const letters = await db.selectFrom('log.mail').select(['to_email', 'body']).execute()
    assert.equal(letters.length, 2)
    assert.ok(letters.every((letter) => letter.body.includes('2 Mei 2017, 09.00 WIB')))
    assert.equal((await secretary.post(`/judging/rounds/${round}/interviews`, plan)).status, 409)

    const page = await (await upp.get(at)).text()
    assert.match(page, /Konfirmasi kehadiran/)
    assert.ok(!page.includes('Lembar nilai'), 'an owner sees no sheets')
    assert.equal((await upp.post(`${at}/confirm`, { attendance: 'Bupati dan kepala dinas' })).status, 303)
    assert.equal((await stranger.get(at)).status, 404)
    assert.equal((await stranger.post(`${at}/confirm`, { attendance: 'Saya' })).status, 404)
    assert.equal(
      (await upp.post(`${at}/move`, { day: '2017-05-03', time: '09:00', room: '1', place: 'B' })).status,
      403,
    )
  })

  it('moves an interview only where room and members are free', async () => {
    const at = `/judging/entries/${ids[0]}/interview/move`
    const to = { day: '2017-05-02', time: '09:40', room: '1', place: 'Gedung A' }
    assert.match(await (await world.secretary.post(at, to)).text(), /Ruang itu sudah dipakai/)
    assert.match(await (await world.secretary.post(at, { ...to, room: '2' })).text(), /sedang di wawancara lain/)
    assert.equal((await world.secretary.post(at, { ...to, time: '10:30' })).status, 303)
  })

  it('keeps each sheet to its member until the interviews close, and a sheet that is missing lowers no mean', async () => {
    const { secretary, round, panelists, db } = world
    const [one, two] = await Promise.all(panelists.map((id) => world.as(id)))
    const at = `/judging/entries/${ids[1]}/interview`
    assert.equal((await one!.post(`${at}/sheet`, sheet('77,25'))).status, 409, 'not begun')
    world.clock.set(new Date('2017-05-02T04:00:00Z'))
    for (const person of [one!, two!, secretary]) await person.wake()
    const hole = await one!.post(`${at}/sheet`, { ...sheet('77,25', { done: 'ya' }), [`points-${criteria[0]}`]: '' })
    assert.equal(hole.status, 409)
    assert.match(await hole.text(), /value="77,25"/)
    // Declared after the plan was made: no sheet of this member then, until it is withdrawn.
    const interests = `/judging/rounds/${round}/interests`
    assert.equal((await one!.post(interests, { agency: '', region: '35.10' })).status, 303)
    const conflicted = await one!.post(`${at}/sheet`, sheet('77,25', { done: 'ya' }))
    assert.equal(conflicted.status, 409)
    assert.match(await conflicted.text(), /Anda tidak menilai wawancaranya/)
    const declared = await db.selectFrom('judging.interest').select('id').executeTakeFirstOrThrow()
    const withdrawal = { interest: declared.id, reason: 'Salah pilih daerah' }
    assert.equal((await one!.post(`${interests}/withdraw`, withdrawal)).status, 303)
    assert.equal((await one!.post(`${at}/sheet`, sheet('77,25', { done: 'ya' }))).status, 303)
    assert.equal((await two!.post(`${at}/sheet`, sheet('11,5', { done: '' }))).status, 303)
    await db.updateTable('judging.interviewer').set({ done: null }).where('member', '=', panelists[1]!).execute()
    for (const [person, secret] of [
      [two!, /77,25/],
      [secretary, /77,25|11,5/],
      [one!, /11,5/],
    ] as const)
      for (const tail of [at, `/judging/rounds/${round}/interviews`, `/judging/rounds/${round}/plenary/levels`])
        assert.doesNotMatch(await (await person.get(tail)).text(), secret)
    assert.equal((await secretary.post(`${at}/sheet`, sheet('1'))).status, 403)
    const log = JSON.stringify([
      await db.selectFrom('log.event').select('particulars').execute(),
      await db.selectFrom('log.once').select('change').execute(),
    ])
    assert.doesNotMatch(log, /77\.25|11\.5/)

    assert.equal((await secretary.post(`/judging/rounds/${round}/interviews/close`)).status, 303)
    assert.match(await (await two!.get(at)).text(), /77,25/)
    assert.match(await (await secretary.get(`/judging/rounds/${round}/interviews`)).text(), /77,25/)
    assert.equal((await one!.post(`${at}/sheet`, sheet('1'))).status, 409)
    // 70 % of 80 and 30 % of 77.25; the entry without a sheet keeps its scoring figure whole.
    const levels = await (await secretary.get(`/judging/rounds/${round}/plenary/levels`)).text()
    assert.match(levels, /79,18/)
    assert.match(levels, /90,00<\/td>.*90,00<\/td>/s)
  })

  it('withdraws the readings of a member who declares a conflict', async () => {
    const fresh = await aPanelWorld(rules)
    try {
      await fresh.entries('city', [90])
      await fresh.moveTo('panel')
      await fresh.secretary.post(`/judging/rounds/${fresh.round}/nominees`)
      await fresh.secretary.post(`/judging/rounds/${fresh.round}/readings/nominee`)
      const member = await fresh.as(fresh.panelists[0])
      const base = `/judging/rounds/${fresh.round}`
      const at = `${base}/readings/nominee`
      assert.equal((await member.post(`${base}/interests`, { agency: '', region: '' })).status, 422)
      assert.equal((await fresh.secretary.post(`${base}/interests`, { agency: '', region: '35' })).status, 403)
      assert.equal((await member.post(`${base}/interests`, { agency: '', region: '35' })).status, 303)
      const left = await fresh.db
        .selectFrom('judging.panel_reading')
        .select('member')
        .where('ended', 'is', null)
        .execute()
      assert.deepEqual(left, [{ member: fresh.panelists[1] }])
      assert.equal((await fresh.secretary.post(at)).status, 409, 'one member is left for two readings')
    } finally {
      await fresh.drop()
    }
  })
})

describe('judging: the arithmetic of the panel', () => {
  const member = (id: string, regions: string[]): Member => ({
    id,
    name: id,
    interests: regions.map((region) => ({ id: region, person: id, agency: null, region })),
  })
  const someMembers = fc
    .array(fc.array(fc.constantFrom('31', '32', '33'), { maxLength: 2 }), { minLength: 2, maxLength: 6 })
    .map((all) => all.map((regions, i) => member(`m${i}`, regions)))
  const someEntries = fc
    .array(fc.constantFrom('31.01', '32.01', '33.01', '34.01'), { maxLength: 12 })
    .map((all) => all.map((agencyRegion, i) => ({ proposal: `p${i}`, agency: `a${i}`, agencyRegion })))

  it('deals readings without conflicts, each as often as asked, or names who is short', () => {
    fc.assert(
      fc.property(someMembers, someEntries, (members, entries) => {
        const dealt = dealReadings(entries, members, 2)
        const free = (region: string) =>
          members.filter((m) => !m.interests.some((i) => region.startsWith(`${i.region}.`)))
        const short = entries.filter((e) => free(e.agencyRegion).length < 2).map((e) => e.proposal)
        if (!dealt.ok) return assert.deepEqual(dealt.short, short)
        assert.deepEqual(short, [])
        for (const entry of entries) {
          const own: string[] = dealt.change
            .filter((pair) => pair.proposal === entry.proposal)
            .map((pair) => pair.member)
          assert.equal(new Set(own).size, 2)
          assert.ok(own.every((id) => free(entry.agencyRegion).some((m) => m.id === id)))
        }
      }),
    )
  })

  it('plans interviews so that nobody is in two rooms at once and no room has two interviews', () => {
    const wishes = { firstDay: '2017-05-01', lastDay: '2017-05-05', weekend: false, from: '09:00', to: '12:00' }
    fc.assert(
      fc.property(someMembers, someEntries, fc.integer({ min: 1, max: 3 }), (members, entries, rooms) => {
        const slots = slotsFor({ ...wishes, minutes: 30, pause: 0, rooms })
        assert.equal(slots.length, 5 * 6 * rooms)
        const planned = planInterviews(entries, slots, members, 2)
        if (!planned.ok) return assert.equal(planned.refusal, 'too-few-members')
        assert.deepEqual(planned.change.map((p) => p.proposal).sort(), entries.map((e) => e.proposal).sort())
        const seats = planned.change.flatMap((p) => [
          `room ${p.room} ${p.starts.toISOString()}`,
          ...p.members.map((m) => `${m} ${p.starts.toISOString()}`),
        ])
        assert.equal(new Set(seats).size, seats.length)
      }),
    )
  })

  it('joins the stages by weight, between the lowest and the highest, and a missing stage changes nothing', () => {
    const points = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100)
    fc.assert(
      fc.property(points, points, (scoring, interview) => {
        const { total } = finalFigure(rules, { scoring, interview })
        assert.ok(total! >= Math.min(scoring, interview) - 0.005 && total! <= Math.max(scoring, interview) + 0.005)
        assert.equal(finalFigure(rules, { scoring, interview: null }).total, scoring)
      }),
    )
    assert.equal(finalFigure(rules, {}).total, null)
    assert.deepEqual([pointsOfStars(20, 4, 5), pointsOfStars(25, 5, 5), pointsOfStars(5, 5, 5)], [null, 100, 0])
  })
})
