import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addAwards, importInnovations, questionsFor, shippedRounds } from '#competition'
import { storeWhole } from '#platform/files.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { syncGallery } from './store/sync.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('gallery: the record of an innovation', () => {
  let world: World
  const rules = shippedRounds()[0]!
  before(async () => {
    world = await aWorld()
    await importInnovations(world.db)
    await sync()
  })
  after(() => world.drop())

  const sync = () => world.db.transaction().execute(syncGallery)
  const read = async (code: string, lang: 'id' | 'en' = 'id') => {
    const response = await (await world.as(undefined, { lang })).get(`/gallery/${code}`)
    assert.equal(response.status, 200)
    return response.text()
  }
  const codeOf = async (name: string) =>
    (await world.db.selectFrom('gallery.innovation').select('code').where('name', '=', name).executeTakeFirstOrThrow())
      .code

  it('tells of every award with its source, and what the source leaves open', async () => {
    const html = await read(await codeOf('Pilkades E-Voting berbasis KTP elektronik'))
    assert.match(html, /Setingkat Top 99\/Top 40/)
    assert.match(html, /<a href="https:\/\/rakyatjambi\.co\/"[^>]*>rakyatjambi\.co<\/a>/)
    assert.match(html, /Tahun disimpulkan/)
    assert.match(html, /Sumber tidak menyebut tingkat penghargaannya/)
    assert.match(html, /Belum ada yang menyatakan apakah inovasi ini masih berjalan/)
  })

  it('shows our Indonesian as a translation with the source’s English beside it, and English readers the source', async () => {
    const code = await codeOf('Laskar Penjaja Sayur')
    const id = await read(code)
    assert.match(id, /Penjaja sayur mencari ibu hamil/)
    assert.match(id, /<p lang="en">Vegetable sellers look for/)
    assert.match(id, /Terjemahan kami dari ringkasan berbahasa Inggris/)
    const en = await read(code, 'en')
    assert.match(en, /Vegetable sellers look for/)
    assert.doesNotMatch(en, /Our translation/)
  })

  it('has a translation for every shipped summary', async () => {
    const bare = await world.db
      .selectFrom('gallery.innovation')
      .select('name')
      .where('translation', 'is', null)
      .execute()
    assert.deepEqual(bare, [])
  })

  it('gives each innovation a code once: syncing again, two at a time, changes nothing', async () => {
    const codes = () => world.db.selectFrom('gallery.innovation').select(['id', 'code']).orderBy('id').execute()
    const before = await codes()
    const again = await Promise.all([sync(), sync()])
    assert.deepEqual(
      again.map(({ added, changed }) => [added, changed]),
      [
        [0, 0],
        [0, 0],
      ],
    )
    assert.deepEqual(await codes(), before)
    assert.equal(new Set(before.map((row) => row.code)).size, 142)
  })

  it('tells the public answers of a winner of our own round, and none of the others', async () => {
    const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Uji', region: '35.10' })
    const unit = await world.aUnit(agency)
    const round = await world.aRound(rules)
    const questions = questionsFor(rules, 'umum').filter((question) => question.kind === 'text')
    const open = questions.find((question) => question.public)!
    const closed = questions.find((question) => !question.public)!
    const answers = { [open.key]: 'Perahu menjemput ibu hamil.', [closed.key]: 'RAHASIA 0812000' }
    const proposal = await world.aProposal({ agency, unit, round }, { title: 'Perahu Sehat', state: 'passed', answers })
    const files = { folder: world.files.folder }
    const stored = await storeWhole(world.db, files, null, 'foto.png', png, ['photo'])
    const hidden = await storeWhole(world.db, files, null, 'ktp.png', png, ['photo'])
    assert.ok('id' in stored && 'id' in hidden)
    await world.db
      .updateTable('competition.submission')
      .set({
        content: JSON.stringify({
          title: 'Perahu Sehat',
          group: 'umum',
          category: 'kesehatan',
          startedOn: '2014-03-01',
          answers,
          evidence: {
            [open.key]: [{ id: 'a', kind: 'photo', label: 'Perahu "satu"', file: stored.id }],
            [closed.key]: [{ id: 'b', kind: 'photo', label: 'Kartu', file: hidden.id }],
          },
        }),
      })
      .where('proposal', '=', proposal)
      .execute()
    const award = {
      name: 'Perahu Sehat',
      agency_name: 'Pemerintah Kabupaten Uji',
      agency,
      region_name: 'Kabupaten Banyuwangi',
      region: '35.10',
      year: 2017,
      category: 'Kesehatan',
      summary: 'Perahu menjemput ibu hamil.',
      source: 'Keputusan 1/2017',
      round,
      proposal,
    }
    await addAwards(world.db, [{ ...award, level: 'Top 99' }], null)
    assert.equal((await sync()).added, 1)
    const code = await codeOf('Perahu Sehat')
    const html = await read(code)
    assert.ok(html.includes(open.label.id))
    assert.ok(html.includes('Perahu menjemput ibu hamil.'))
    assert.ok(html.includes('alt="Perahu &quot;satu&quot;"'))
    assert.ok(!html.includes('RAHASIA'))
    assert.ok(!html.includes('Kartu'))
    const visitor = await world.as()
    const photo = await visitor.get(`/gallery/${code}/photos/1`)
    assert.equal(photo.headers.get('content-type'), 'image/png')
    assert.deepEqual(Buffer.from(await photo.arrayBuffer()), png)
    for (const other of ['2', '0', '99', hidden.id])
      assert.equal((await visitor.get(`/gallery/${code}/photos/${other}`)).status, 404)
    const api = JSON.stringify(await (await visitor.get(`/api/v1/innovations/${code}`)).json())
    assert.ok(!api.includes('RAHASIA'))
    assert.equal((await (await visitor.get('/gallery?q=RAHASIA')).text()).includes('Perahu Sehat'), false)
  })

  it('says of an invented award that it is invented, and keeps the words of the real one', async () => {
    const { innovation } = await world.db
      .selectFrom('competition.winner')
      .select('innovation')
      .where('name', '=', 'Rantang Kasih')
      .executeTakeFirstOrThrow()
    const round = await world.aRound(rules)
    await world.db.updateTable('competition.round').set({ demo: true }).where('id', '=', round).execute()
    const invented = {
      innovation,
      name: 'Rantang Kasih',
      agency_name: 'Pemerintah Kabupaten Banyuwangi',
      agency: null,
      region_name: 'Jawa Timur',
      region: '35',
      year: 2017,
      level: 'Top 40',
      category: null,
      summary: 'Rekaan.',
      source: 'Keputusan peragaan',
      round,
    }
    await addAwards(world.db, [invented, { ...invented, innovation: undefined as never, name: 'Rekaan Semata' }], null)
    await sync()
    const html = await read(await codeOf('Rantang Kasih'))
    assert.match(html, /Top 40<div class="small soft">Rekaan untuk peragaan<\/div>/)
    assert.match(html, /Makanan diantar setiap hari/)
    assert.equal(html.match(/Rekaan untuk peragaan/g)?.length, 1)
    const other = await read(await codeOf('Rekaan Semata'))
    assert.match(other, /<div class="notice attention"><p>Rekaan untuk peragaan/)
  })
})
