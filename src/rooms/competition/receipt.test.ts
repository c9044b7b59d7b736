import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { canonicalJson } from '#platform/canonical.ts'
import { readPdf } from '../../../test/pdf-text.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { shippedRounds } from './domain/shipped-rounds.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!
const at = '/competition/receipts/KIPP-2017-0001'

describe('competition: the receipt on paper', () => {
  let world: World
  let admin: string
  let hash: string
  before(async () => {
    world = await aWorld()
    const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Ma’ruf – Dēmak' })
    const unit = await world.aUnit(agency, 'Puskesmas “Sakina”')
    admin = await world.aPerson('local-admin', { agency }, 'Rahasia Nama Orang')
    const round = await world.aRound(rules)
    const answers = { ringkasan: 'Isi proposal yang tidak untuk umum.' }
    const proposal = await world.aProposal({ agency, unit, round }, { title: 'Cinta Ibu', state: 'failed', answers })
    const content = {
      title: 'Cinta Ibu',
      group: rules.groups[0]!.key,
      category: rules.categories[0]!.key,
      startedOn: null,
      answers,
      evidence: {},
    }
    hash = createHash('sha256').update(canonicalJson(content)).digest('hex')
    await world.db
      .updateTable('competition.submission')
      .set({
        number: 'KIPP-2017-0001',
        content: JSON.stringify(content),
        hash: Buffer.from(hash, 'hex'),
        begun: new Date('2017-03-10T16:50:00Z'),
        arrived: new Date('2017-03-10T16:58:03Z'),
        by: admin,
      })
      .where('proposal', '=', proposal)
      .execute()
  })
  after(() => world.drop())

  it('says to anybody what was received, from whom, when in each zone, and where to check it', async () => {
    for (const [lang, words] of [
      ['id', ['Tanda terima KIPP-2017-0001', '10 Maret 2017, 23.58.03 WIB', '11 Maret 2017, 01.58.03 WIT']],
      ['en', ['Receipt KIPP-2017-0001', '10 March 2017, 23:58:03 WIB', '11 March 2017, 01:58:03 WIT']],
    ] as const) {
      const answer = await (await world.as(undefined, { lang })).get(`${at}/receipt.pdf`)
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/pdf'])
      const pdf = readPdf(new Uint8Array(await answer.arrayBuffer()))
      const group = rules.groups[0]!.label[lang]
      const category = rules.categories[0]!.label[lang]
      const who = ['Cinta Ibu', 'Pemerintah Kabupaten Ma’ruf – Dēmak', 'Puskesmas “Sakina”', group, category]
      for (const word of [...words, ...who, at]) assert.ok(pdf.text.includes(word), `${word}\n${pdf.text}`)
      assert.ok(pdf.pages.flat().join('').includes(hash))
      assert.deepEqual([pdf.lang.slice(0, 2), pdf.missing, pdf.pages.length, pdf.tags.Figure], [lang, 0, 1, 1])
    }
  })

  it('says nothing more than the page says: neither the content, nor how it fared, nor who pressed the button', async () => {
    const stranger = await world.as()
    const page = await (await stranger.get(at)).text()
    const paper = await (await stranger.get(`${at}/receipt.pdf`)).arrayBuffer()
    assert.ok(page.includes(`href="${at}/receipt.pdf"`))
    for (const text of [page, readPdf(new Uint8Array(paper)).text])
      assert.doesNotMatch(text, /Isi proposal yang|Tidak lolos|Rahasia Nama/i)
    const owner = await (await (await world.as(admin)).get(`${at}/receipt.pdf`)).arrayBuffer()
    assert.deepEqual(Buffer.from(owner), Buffer.from(paper), 'the same paper for everybody')
    assert.equal((await stranger.get('/competition/receipts/KIPP-2017-0002/receipt.pdf')).status, 404)
  })
})
