import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../../test/world.ts'
import { compareSubmissions } from '../actions/examination.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'
import { findExamination } from '../store/examination.ts'
import { knowRegisterCodes } from '../store/register-code.ts'
import { addAwards } from '../store/winner.ts'
import { ruleWords } from '../text/admission-rule.ts'

const y2021 = shippedRounds().find(({ key }) => key === '2021')!
const uninvited = new RegExp(ruleWords('invitation', 'id').found)
const reason = 'Inovasi ini sudah tidak berjalan.'

describe('competition: invitations to a group', () => {
  let world: World
  let national: Awaited<ReturnType<World['as']>>
  let round: string
  let path: string
  let agency: string
  let unit: string
  let elsewhere: string
  let admin: Awaited<ReturnType<World['as']>>
  let writer: Awaited<ReturnType<World['as']>>
  const innovations = new Map<string, string>()
  before(async () => {
    world = await aWorld(new Date('2021-04-05T02:00:00Z'))
    national = await world.as(await world.aPerson('national-admin', {}, 'Ratna Sekretaris'))
    agency = await world.anAgency({ name: 'Pemerintah Kota Tarakan' })
    unit = await world.aUnit(agency)
    elsewhere = await world.anAgency({ name: 'Pemerintah Kota Palembang' })
    admin = await world.as(await world.aPerson('local-admin', { agency }))
    writer = await world.as(await world.aPerson('unit', { agency, unit }))
    await world.aPerson('local-admin', { agency: elsewhere })
    const award = (name: string, level: string, year: number) => ({
      name,
      level,
      year,
      agency_name: 'RSUD Kota Contoh',
      agency: null,
      region_name: 'Kalimantan Utara',
      region: '65',
      category: 'kesehatan',
      summary: 'Layanan yang didatangkan.',
      source: 'uji',
    })
    await addAwards(
      world.db,
      [award('Serasi', 'Top 40', 2018), award('Selfi', 'Top 45', 2019), award('Lama', 'Top 99', 2017)],
      null,
    )
    for (const { name, innovation } of await world.db
      .selectFrom('competition.winner')
      .select(['name', 'innovation'])
      .execute())
      innovations.set(name, innovation)
    const codes = new Map([
      ['MI-000001', innovations.get('Serasi')!],
      ['MI-000002', innovations.get('Selfi')!],
    ])
    knowRegisterCodes(async (_, asked) => new Map([...codes].filter(([code]) => asked.includes(code))))
  })
  beforeEach(async () => {
    round = await world.aRound(y2021)
    path = `/competition/rounds/${round}/invitations`
  })
  after(() => world.drop())

  const listed = () =>
    world.db
      .selectFrom('competition.invitation')
      .select(['agency', 'agency_name', 'innovation', 'name', 'withdrawn_reason'])
      .where('round', '=', round)
      .orderBy('at')
      .orderBy('id')
      .execute()
  const invite = (form: Record<string, string | string[]>) => national.post(path, { group: 'khusus', ...form })
  const lettersOf = async (subject: string) =>
    (
      await world.db
        .selectFrom('log.mail')
        .select(['to_email', 'subject', 'body'])
        .where('subject', 'like', `%${subject}%`)
        .orderBy('id')
        .execute()
    ).length
  const start = async (group: string, title = 'Layanan Antar Obat ke Pulau', who = writer) => {
    const { key } = await world.db
      .selectFrom('competition.round')
      .select('key')
      .where('id', '=', round)
      .executeTakeFirstOrThrow()
    return who.post(`/competition/${key}/start`, {
      unit: `${agency}/${unit}`,
      title,
      group,
      category: 'kesehatan',
      startedOn: '2018-01-01',
    })
  }
  const idOf = (response: Response) => /proposals\/([^/]+)/.exec(response.headers.get('location') ?? '')![1]!

  it('records whom the secretariat picks, by whom and when, and tells their local admins', async () => {
    const letters = await lettersOf('undangan ke Kelompok Khusus')
    const found = await (await national.get(`${path}?q=tarakan`)).text()
    assert.match(found, new RegExp(`name="agencies\\[\\]" value="${agency}"`))
    const response = await invite({ 'agencies[]': [agency], 'innovations[]': [innovations.get('Selfi')!] })
    assert.equal(response.status, 303)
    assert.deepEqual(await listed(), [
      {
        agency,
        agency_name: 'Pemerintah Kota Tarakan',
        innovation: null,
        name: null,
        withdrawn_reason: null,
      },
      {
        agency: null,
        agency_name: 'RSUD Kota Contoh',
        innovation: innovations.get('Selfi'),
        name: 'Selfi',
        withdrawn_reason: null,
      },
    ])
    const html = await (await national.get(path)).text()
    assert.match(html, /5 April 2021[\s\S]{0,80}Ratna Sekretaris/)
    // The agency of Selfi is not registered here, so there is nobody to write to.
    assert.equal((await lettersOf('undangan ke Kelompok Khusus')) - letters, 1)
  })

  it('takes several pasted lines at once, and invites nobody while one of them cannot be read', async () => {
    const { code } = await world.db
      .selectFrom('people.agency')
      .select('code')
      .where('id', '=', agency)
      .executeTakeFirstOrThrow()
    const pasted = `MI-000001; ${code}\nMI-999999\n\nPemerintah Kota Palembang\nKota Entah\nmi-000002 B77`
    const wrong = await invite({ pasted })
    assert.equal(wrong.status, 422)
    const html = await wrong.text()
    assert.match(html, /Baris 2: tidak ada inovasi berkode “MI-999999” dalam register\./)
    assert.match(html, /Baris 5: tidak ada instansi berkode atau bernama seperti pada “Kota Entah”\./)
    assert.match(html, /Baris 6: tidak ada instansi/)
    assert.doesNotMatch(html, /Baris [134]:/)
    assert.ok(html.includes(`>${pasted}</textarea>`))
    assert.deepEqual(await listed(), [])
    const right = `MI-000001; ${code}\nPemerintah Kota Palembang\nmi-000002`
    assert.equal((await invite({ pasted: right })).status, 303)
    assert.deepEqual(
      (await listed()).map((row) => [row.agency, row.name]),
      [
        [agency, 'Serasi'],
        [elsewhere, null],
        [null, 'Selfi'],
      ],
    )
    // Pasted again with one more: the one is invited, the others were.
    const again = await invite({ pasted: `${right}\n${code}` })
    assert.match(
      decodeURIComponent(decodeURIComponent(again.headers.get('set-cookie')!)),
      /1 diundang; 3 sudah diundang/,
    )
    assert.equal((await invite({ pasted: right })).status, 409)
  })

  it('refuses nothing chosen, a group that is open, and a round that does not run', async () => {
    assert.equal((await invite({})).status, 422)
    assert.equal((await invite({ group: 'umum', 'agencies[]': [agency] })).status, 409)
    await world.db.updateTable('competition.round').set({ state: 'finished' }).where('id', '=', round).execute()
    assert.equal((await invite({ 'agencies[]': [agency] })).status, 409)
    assert.deepEqual(await listed(), [])
  })

  it('invites once when it is sent many times at once, and withdraws once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => invite({ 'agencies[]': [agency] })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409, 409])
    const { id } = await world.db
      .selectFrom('competition.invitation')
      .select('id')
      .where('round', '=', round)
      .executeTakeFirstOrThrow()
    const withdrawals = await Promise.all(
      Array.from({ length: 4 }, () => national.post(`${path}/${id}/withdrawal`, { reason })),
    )
    assert.deepEqual(withdrawals.map(({ status }) => status).sort(), [303, 409, 409, 409])
    // Withdrawn stays in the list with its reason; it can be given again.
    assert.equal((await invite({ 'agencies[]': [agency] })).status, 303)
    assert.deepEqual(
      (await listed()).map((row) => row.withdrawn_reason),
      [reason, null],
    )
    const events = await world.db
      .selectFrom('log.event')
      .select(['name', 'scope'])
      .where('subject', '=', id)
      .orderBy('at')
      .execute()
    assert.deepEqual(events.map(({ name }) => name).at(-1), 'competition.invitation-withdrawn')
    assert.equal(events.at(-1)!.scope, agency)
  })

  it('asks for a reason to withdraw, beside its field', async () => {
    await invite({ 'agencies[]': [agency] })
    const { id } = await world.db
      .selectFrom('competition.invitation')
      .select('id')
      .where('round', '=', round)
      .executeTakeFirstOrThrow()
    const response = await national.post(`${path}/${id}/withdrawal`, { reason: 'batal' })
    assert.equal(response.status, 422)
    const html = await response.text()
    assert.match(html, new RegExp(`href="#reason-${id}"`))
    assert.match(html, new RegExp(`<input id="reason-${id}" name="reason" value="batal"`))
  })

  it('opens the group to whoever is invited, and says to others that they are not', async () => {
    const refused = await start('khusus')
    assert.equal(refused.status, 409)
    assert.match(await refused.text(), /belum ada undangan yang tercatat bagi instansi Anda/)
    await invite({ 'agencies[]': [elsewhere] })
    assert.equal((await start('khusus')).status, 409)
    await invite({ 'agencies[]': [agency] })
    const page = await (await writer.get(`/competition/${await keyOf()}/start`)).text()
    assert.match(page, /Hanya dengan undangan\. Instansi Anda diundang: inovasi mana pun\./)
    const started = await start('khusus')
    assert.equal(started.status, 303)
    const open = await (await writer.get(`/competition/proposals/${idOf(started)}`)).text()
    assert.doesNotMatch(open, uninvited)
  })
  const keyOf = async () =>
    (await world.db.selectFrom('competition.round').select('key').where('id', '=', round).executeTakeFirstOrThrow()).key

  it('keeps a proposal in the group when its invitation is withdrawn, with a finding at once and at the selection', async () => {
    await invite({ 'agencies[]': [agency] })
    const id = idOf(await start('khusus'))
    const invitation = await world.db
      .selectFrom('competition.invitation')
      .select('id')
      .where('round', '=', round)
      .executeTakeFirstOrThrow()
    const shown = async () => (await writer.get(`/competition/proposals/${id}`)).text()
    assert.doesNotMatch(await shown(), uninvited)
    await national.post(`${path}/${invitation.id}/withdrawal`, { reason })
    assert.match(await shown(), uninvited)
    const { title, group_key, category, started_on, revision } = await world.db
      .selectFrom('competition.proposal')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const facts = {
      title: `${title} Baru`,
      group: group_key,
      category: category!,
      startedOn: started_on!,
      revision: String(revision),
      source: '',
      winner: '',
    }
    assert.equal((await writer.post(`/competition/proposals/${id}/facts`, facts)).status, 303)
    // Once it has left the group it does not come back uninvited.
    const moved = { ...facts, group: 'umum', revision: String(revision + 1) }
    assert.equal((await writer.post(`/competition/proposals/${id}/facts`, moved)).status, 303)
    const back = { ...facts, revision: String(revision + 2) }
    assert.equal((await writer.post(`/competition/proposals/${id}/facts`, back)).status, 409)
  })

  it('examines a submission against the invitations that stand, the innovation that it is, and its agency', async () => {
    const submitted = async (title: string, of = { agency, unit }) =>
      world.aProposal({ ...of, round }, { title, group: 'khusus', state: 'submitted' })
    const other = { agency: elsewhere, unit: await world.aUnit(elsewhere) }
    const ids = [await submitted('Satu Antar'), await submitted('Dua Jemput', other), await submitted('Tiga Titip')]
    const winner = await world.db
      .selectFrom('competition.winner')
      .select('id')
      .where('name', '=', 'Serasi')
      .executeTakeFirstOrThrow()
    await world.db
      .updateTable('competition.proposal')
      .set({ winner: winner.id })
      .where('id', 'in', [ids[0]!, ids[1]!])
      .execute()
    await invite({ pasted: `MI-000001; Pemerintah Kota Tarakan` })
    await compareSubmissions(world.db, ids, world.clock.now())
    const found = await Promise.all(
      ids.map(async (id, i) => {
        const examination = await findExamination(world.db, { agency: i === 1 ? elsewhere : agency, id })
        return examination!.findings.find(({ rule }) => rule === 'invitation')!.severity
      }),
    )
    // The innovation of the agency that was invited; the same claimed by another agency; another innovation.
    assert.deepEqual(found, ['pass', 'fail', 'fail'])
  })

  it('shows an agency its own invitations and no others, and lets nobody else in', async () => {
    await invite({ 'agencies[]': [agency, elsewhere], 'innovations[]': [innovations.get('Selfi')!] })
    for (const who of [admin, writer]) {
      const html = await (await who.get(path)).text()
      assert.match(html, /Pemerintah Kota Tarakan/)
      assert.doesNotMatch(html, /Palembang|Selfi|Ratna|Usul dari register|Tarik undangan/)
    }
    const roles = {
      evaluator: await world.as(await world.aPerson('evaluator')),
      panel: await world.as(await world.aPerson('panel')),
      'no role': await world.as(await world.aPerson()),
      'local admin': admin,
      deputy: await world.as(await world.aPerson('deputy', { agency })),
      unit: writer,
    }
    const { id } = await world.db
      .selectFrom('competition.invitation')
      .select('id')
      .where('round', '=', round)
      .where('agency', '=', agency)
      .executeTakeFirstOrThrow()
    const answers = await Promise.all(
      Object.entries(roles).map(async ([role, who]) => [
        role,
        (await who.get(path)).status,
        (await who.post(path, { group: 'khusus', 'agencies[]': [agency] })).status,
        (await who.post(`${path}/${id}/withdrawal`, { reason })).status,
      ]),
    )
    assert.deepEqual(answers, [
      ['evaluator', 403, 403, 403],
      ['panel', 403, 403, 403],
      ['no role', 403, 403, 403],
      ['local admin', 200, 403, 403],
      ['deputy', 200, 403, 403],
      ['unit', 200, 403, 403],
    ])
    const visitor = await world.as()
    assert.match((await visitor.get(path)).headers.get('location') ?? '', /^\/masuk/)
    assert.match((await visitor.post(path)).headers.get('location') ?? '', /^\/masuk/)
    const draft = await world.aRound(y2021, { state: 'draft' })
    assert.equal((await admin.get(`/competition/rounds/${draft}/invitations`)).status, 404)
    assert.equal((await listed()).length, 3)
  })

  it('proposes earlier Top winners, as a list to choose from and not as a rule', async () => {
    const html = await (await national.get(path)).text()
    assert.match(html, /Ini usul untuk dipilih, bukan ketentuan/)
    assert.match(html, /2 inovasi/)
    assert.doesNotMatch(html, />Lama /)
    await invite({ 'innovations[]': [innovations.get('Selfi')!] })
    assert.match(await (await national.get(path)).text(), /1 inovasi/)
  })

  it('asks the database as often for one invitation as for three', async () => {
    const counts: number[] = []
    for (const pasted of ['MI-000001', 'MI-000002\nPemerintah Kota Palembang']) {
      await invite({ pasted })
      counts.push((await queriesOf(() => national.get(path))).length)
    }
    assert.equal(counts[0], counts[1])
  })
})
