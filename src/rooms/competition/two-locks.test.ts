import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { aWorld, type World } from '../../../test/world.ts'
import { questionsFor } from './domain/round.ts'
import { shippedRounds } from './domain/shipped-rounds.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n')

/** Words enough to answer a question with care, none of them twice. */
const anAnswer = (key: string, n = 40) => Array.from({ length: n }, (_, i) => `${key}${i}`).join(' ')

const reached = { email: 'wati@contoh.go.id', telephone: '0812-3456-7890' }

describe('competition: the two locks, from a draft to its receipt', () => {
  let world: World
  let agency: string
  let unit: string
  let writer: string
  let admin: string
  before(async () => {
    world = await aWorld()
    agency = await world.anAgency({ name: 'Pemerintah Kabupaten Teluk Bintuni' })
    unit = await world.aUnit(agency, 'Dinas Kesehatan')
    writer = await world.aPerson('unit', { agency, unit }, 'Penulis')
    admin = await world.aPerson('local-admin', { agency }, 'Admin Lokal')
    await world.aRound(rules, { key: '2017' })
  })
  after(() => world.drop())

  it('leads from the call to a receipt that anybody can check', async () => {
    const upp = await world.as(writer)
    const local = await world.as(admin)
    const public_ = await world.as()

    const empty = await upp.post('/competition/2017/start', { unit: `${agency}/${unit}` })
    assert.equal(empty.status, 422)
    const alert = /role="alert".*?<\/ul>/s.exec(await empty.text())![0].replaceAll(/<[^>]+>/g, '|')
    assert.match(alert, /\|Judul: Isi bagian ini\.\|/)
    assert.doesNotMatch(alert, /\|Isi bagian ini/)
    const begun = await upp.post('/competition/2017/start', {
      unit: `${agency}/${unit}`,
      title: 'Early Diagnosis and Treatment Malaria',
      group: 'umum',
      category: 'kesehatan',
      startedOn: '2009-06-01',
    })
    assert.equal(begun.status, 303, await begun.clone().text())
    const path = begun.headers.get('location')!
    const id = path.split('/').at(-1)!
    assert.equal((await local.get(path)).status, 200)

    for (const part of ['head', 'group', 'foot'] as const) {
      assert.equal((await upp.get(`${path}/write/${part}`)).status, 200)
      const form: Record<string, string> = {}
      const questions = part === 'group' ? rules.groups[0]!.questions : rules[part]
      for (const question of questions) {
        form[`revision-${question.key}`] = '0'
        form[`value-${question.key}`] =
          (question.format && reached[question.format]) ??
          (question.kind === 'tick' ? 'ya' : question.kind === 'link' ? 'https://youtu.be/x' : anAnswer(question.key))
      }
      assert.equal((await upp.post(`${path}/write/${part}`, form)).status, 303)
    }
    for (const question of questionsFor(rules, 'umum').filter((each) => each.evidence?.required)) {
      const body = new FormData()
      body.set('question', question.key)
      body.set(`file-${question.key}`, new File([pdf], 'laporan.pdf', { type: 'application/pdf' }))
      const uploaded = await upp.send('POST', `${path}/evidence`, body)
      assert.equal(uploaded.status, 303, await uploaded.clone().text())
    }

    const { particulars } = await world.db
      .selectFrom('log.event')
      .select('particulars')
      .where('name', '=', 'competition.evidence-added')
      .where('subject', '=', id)
      .limit(1)
      .executeTakeFirstOrThrow()
    const { question, asked } = particulars as { question: string; asked: unknown }
    assert.deepEqual(asked, questionsFor(rules, 'umum').find(({ key }) => key === question)!.label)

    assert.equal((await local.post(`${path}/submit`)).status, 409)
    assert.equal((await upp.post(`${path}/send`, { note: 'Mohon diperiksa' })).status, 303)
    assert.match(await (await local.get('/competition/inbox')).text(), /Early Diagnosis and Treatment Malaria/)
    assert.equal((await upp.post(`${path}/submit`)).status, 403)

    assert.equal((await local.post(`${path}/begin-submission`)).status, 303)
    const confirm = await (await local.get(`${path}/submit`)).text()
    assert.match(confirm, /10 Maret 2017, 23.59.59 WIB/)
    const submitted = await local.post(`${path}/submit`)
    assert.equal(submitted.status, 303, await submitted.clone().text())
    assert.equal(submitted.headers.get('location'), '/competition/receipts/KIPP-2017-0001')

    const receipt = await (await public_.get('/competition/receipts/KIPP-2017-0001')).text()
    assert.match(receipt, /15 Januari 2017, 09.00.00 WIB/)
    assert.match(receipt, /15 Januari 2017, 11.00.00 WIT/)
    const content = await (await upp.get(`${path}/content.json`)).text()
    assert.ok(receipt.includes(createHash('sha256').update(content).digest('hex')))
    assert.equal(JSON.parse(content).answers.dampak, anAnswer('dampak'))
    assert.equal((await public_.get(`${path}/content.json`)).status, 303)

    const letters = await world.db
      .selectFrom('log.mail')
      .select(['to_name', 'subject'])
      .orderBy('subject')
      .orderBy('to_name')
      .execute()
    assert.deepEqual(letters, [
      { to_name: 'Admin Lokal', subject: 'Proposal masuk: Early Diagnosis and Treatment Malaria' },
      { to_name: 'Admin Lokal', subject: 'Tanda terima KIPP-2017-0001: Early Diagnosis and Treatment Malaria' },
      { to_name: 'Penulis', subject: 'Tanda terima KIPP-2017-0001: Early Diagnosis and Treatment Malaria' },
    ])
    const events = await world.db
      .selectFrom('log.event')
      .select('name')
      .where('subject', '=', id)
      .orderBy('id')
      .execute()
    assert.deepEqual(
      events.map(({ name }) => name.replace('competition.', '')),
      [
        'proposal-started',
        ...questionsFor(rules, 'umum')
          .filter((each) => each.evidence?.required)
          .map(() => 'evidence-added'),
        'proposal-sent',
        'submission-begun',
        'proposal-submitted',
      ],
    )
  })
})
