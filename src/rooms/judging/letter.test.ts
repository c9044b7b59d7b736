import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { shippedRounds } from '#competition'
import { queriesOf } from '#platform/db.ts'
import { aPanelWorld, type PanelWorld } from '../../../test/panel-world.ts'
import { readPdf } from '../../../test/pdf-text.ts'
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
    const panel = `/judging/rounds/${round}/panel`
    const step = async (of: string) => {
      const text = await (await secretary.get(panel)).text()
      return new RegExp(`href="/judging/rounds/${round}/${of}">.*?</tr>`, 's')
        .exec(text)?.[0]
        .match(/belum|berjalan|selesai/)?.[0]
    }
    assert.deepEqual([await step('letters'), await step('recompute')], ['belum', 'berjalan'])
    assert.equal((await secretary.post(`/judging/rounds/${round}/recompute`)).status, 303)
    assert.deepEqual([await step('letters'), await step('recompute')], ['belum', 'selesai'])
    const early = await secretary.post(at)
    assert.equal(early.status, 409)
    assert.match(await early.text(), /Hasil belum ditetapkan/)
    await world.finished({ [ids[0]!]: 'top-40' })
    assert.equal(await step('letters'), 'berjalan')
    assert.equal((await (await world.as(world.panelists[0])).post(at)).status, 403)
    const both = await Promise.all([secretary.post(at), secretary.post(at)])
    assert.deepEqual(
      both.map((r) => r.status),
      [303, 303],
    )
    assert.equal((await db.selectFrom('judging.letter').select('proposal').execute()).length, ids.length)
    assert.equal(await step('letters'), 'selesai')
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
      assert.equal((await reader.get(`${at}.pdf`)).status, 200)
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

  it('say on paper what the page says, in the language of whoever reads', async () => {
    const { agency } = await ownerOf(ids[0]!)
    const admin = await world.aPerson('local-admin', { agency: await world.anAgency() })
    assert.equal((await (await world.as(admin)).get(`/judging/entries/${ids[0]}/letter.pdf`)).status, 404)
    const person = await world.aPerson('deputy', { agency })
    for (const [lang, words] of [
      [
        'id',
        ['Nilai per unsur', 'Terpilih: Top 40', 'Lebih tinggi daripada', 'Masalah dan prakarsa', '61,75', 'Kepada'],
      ],
      ['en', ['Points per criterion', 'Chosen: Top 40', 'Higher than', '61.75', 'To:']],
    ] as const) {
      const reader = await world.as(person, { lang })
      const answer = await reader.get(`/judging/entries/${ids[0]}/letter.pdf`)
      assert.equal(answer.headers.get('content-type'), 'application/pdf')
      const pdf = readPdf(new Uint8Array(await answer.arrayBuffer()))
      for (const word of [...words, 'Bukti kuat, terbuka']) assert.ok(pdf.text.includes(word), `${word}\n${pdf.text}`)
      assert.doesNotMatch(pdf.text, /tertutup|Catatan rahasia/)
      assert.deepEqual([pdf.lang.slice(0, 2), pdf.missing, pdf.tags.H1], [lang, 0, 1])
      assert.equal(pdf.pages.at(-1)!.at(-1), `${pdf.pages.length}/${pdf.pages.length}`)
    }
  })

  it('are checked by the code that stands on them, which tells a stranger nothing without the letter', async () => {
    const rows = await world.db.selectFrom('judging.letter').select(['code', 'proposal']).execute()
    assert.equal(new Set(rows.map((row) => row.code)).size, ids.length)
    const { code } = rows.find((row) => row.proposal === ids[0])!
    const stranger = await world.as()
    const found = await stranger.get(`/judging/letters/check/${code}`)
    assert.deepEqual([found.status, found.headers.get('x-robots-tag')], [200, 'noindex'])
    const text = await found.text()
    assert.match(text, /Surat ini asli[\s\S]*Terpilih: Top 40/)
    assert.doesNotMatch(text, /Bukti kuat|tertutup/)
    const pdf = await (await world.secretary.get(`/judging/entries/${ids[0]}/letter.pdf`)).arrayBuffer()
    assert.ok(readPdf(new Uint8Array(pdf)).pages.flat().join('').includes(`/judging/letters/check/${code}`))
    for (const wrong of [ids[0], 'x', '0'.repeat(32), code.toUpperCase()])
      assert.equal((await stranger.get(`/judging/letters/check/${wrong}`)).status, 404)
  })

  it('count as read when an owner opens them first, once for each, and never by the secretariat', async () => {
    const { agency, unit } = await ownerOf(ids[3]!)
    const unitPerson = await world.as(await world.aPerson('unit', { agency, unit }))
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    const at = `/judging/entries/${ids[3]}/letter`
    const readers = async () =>
      (await world.db.selectFrom('judging.letter_reader').select('person').where('proposal', '=', ids[3]!).execute())
        .length
    await world.secretary.get(at)
    assert.equal(await readers(), 0)
    const both = await Promise.all([unitPerson.get(at), unitPerson.get(`${at}.pdf`), unitPerson.get(at)])
    assert.deepEqual(
      both.map((r) => r.status),
      [200, 200, 200],
    )
    assert.equal(await readers(), 1)
    await admin.get(`${at}.pdf`)
    assert.equal(await readers(), 2)
    const told = await world.db.selectFrom('log.event').select('name').where('name', '=', 'judging.letter-opened')
    assert.equal((await told.where('subject', '=', ids[3]!).execute()).length, 2)
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
