import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { listHandedIn, shippedRounds } from '#competition'
import { queriesOf } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { aPanelWorld, type PanelWorld } from '../../../test/panel-world.ts'
import { readPdf } from '../../../test/pdf-text.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!

describe('judging: every entrant finds every letter in one place', () => {
  let world: PanelWorld
  let agency: string
  let units: string[]
  let scored: string[]
  let failed: string
  let withdrawn: string
  let halfway: string
  const titles = {
    failed: 'Usulan Gagal Administrasi',
    withdrawn: 'Usulan Ditarik Pemilik',
    halfway: 'Usulan Dibaca Satu Orang',
    draft: 'Usulan Masih Draf',
    elsewhere: 'Usulan Instansi Lain',
  }

  before(async () => {
    world = await aPanelWorld(rules)
    scored = await world.entries('city', [80, 80, 80])
    await world.scored(scored, 'Bukti kuat,')
    agency = await world.anAgency()
    units = [await world.aUnit(agency), await world.aUnit(agency)]
    const { round } = world
    const of = (n: number) => ({ agency, unit: units[n]!, round })
    failed = await world.aProposal(of(0), { title: titles.failed, state: 'failed' })
    withdrawn = await world.aProposal(of(1), { title: titles.withdrawn, state: 'submitted' })
    halfway = await world.aProposal(of(0), { title: titles.halfway, state: 'submitted' })
    await world.aProposal(of(0), { title: titles.draft, state: 'draft' })
    const other = await world.anAgency()
    const otherUnit = await world.aUnit(other)
    await world.aProposal({ agency: other, unit: otherUnit, round }, { title: titles.elsewhere, state: 'failed' })
    await readings(failed, ['fail', 'fail'])
    await readings(halfway, ['fail'])
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    const left = await admin.post(`/competition/proposals/${withdrawn}/withdraw`, { note: 'Programnya dihentikan.' })
    assert.equal(left.status, 303)
    await world.announced({ [scored[0]!]: 'finalist', [scored[1]!]: 'not' })
  })
  after(() => world.drop())

  async function readings(proposal: string, verdicts: readonly ('pass' | 'fail')[]) {
    for (const [i, verdict] of verdicts.entries()) {
      const by = await world.aPerson('national-admin', {}, `Pembaca Rahasia ${i}`)
      const reasons = verdict === 'fail' ? [{ rule: 'age', note: `Baru dua bulan, kata pembaca ${i + 1}.` }] : []
      await world.db
        .insertInto('competition.admission')
        .values({
          agency,
          id: newId(),
          proposal,
          reading: i + 1,
          verdict,
          reasons: JSON.stringify(reasons),
          by,
          at: world.clock.now(),
        })
        .execute()
    }
  }
  const pdfOf = async (response: Response) => readPdf(new Uint8Array(await response.arrayBuffer()))

  it('the unit sees its own entries, the local admin those of all units, nobody those of others or drafts', async () => {
    const admin = await world.as(await world.aPerson('deputy', { agency }))
    const unit = await world.as(await world.aPerson('unit', { agency, unit: units[1]! }))
    const seen = async (reader: typeof admin) => {
      const text = await (await reader.get('/judging/letters')).text()
      return Object.values(titles).filter((title) => text.includes(title))
    }
    assert.deepEqual((await seen(admin)).sort(), [titles.failed, titles.withdrawn, titles.halfway].sort())
    assert.deepEqual(await seen(unit), [titles.withdrawn])
    assert.equal((await world.secretary.get('/judging/letters')).status, 403)
    assert.equal((await (await world.as()).get('/judging/letters')).status, 303)
  })

  it('a failed entry has its letter with the reasons on the page and on paper, in the language of whoever reads', async () => {
    const person = await world.aPerson('unit', { agency, unit: units[0]! })
    const at = `/competition/proposals/${failed}/result`
    for (const [lang, words] of [
      ['id', ['Umur inovasi kurang', 'tidak lolos seleksi administrasi', 'Yang dapat dilakukan']],
      ['en', ['has not passed the administrative selection', 'What can be done']],
    ] as const) {
      const reader = await world.as(person, { lang })
      const list = await (await reader.get('/judging/letters')).text()
      assert.ok(list.includes(`href="${at}"`) && list.includes(`href="${at}.pdf"`))
      const page = await (await reader.get(at)).text()
      const pdf = await pdfOf(await reader.get(`${at}.pdf`))
      for (const text of [page, pdf.text]) {
        for (const word of [...words, 'Baru dua bulan, kata pembaca 2.'])
          assert.ok(text.includes(word), `${word}\n${text}`)
        assert.doesNotMatch(text, /kata pembaca 1|Pembaca Rahasia/)
      }
      assert.deepEqual([pdf.lang.slice(0, 2), pdf.missing], [lang, 0])
    }
  })

  it('a withdrawn entry has its confirmation, and one that only one person has failed has nothing yet', async () => {
    const admin = await world.as(await world.aPerson('deputy', { agency }))
    const text = (await pdfOf(await admin.get(`/competition/proposals/${withdrawn}/result.pdf`))).text
    assert.match(text, /ditarik dari[\s\S]*Programnya dihentikan/)
    for (const tail of ['result', 'result.pdf'])
      assert.equal((await admin.get(`/competition/proposals/${halfway}/${tail}`)).status, 404)
    const list = await (await admin.get('/judging/letters')).text()
    assert.ok(!list.includes(`/competition/proposals/${halfway}/result`))
    assert.ok(list.includes(`/competition/proposals/${withdrawn}/result.pdf`))
  })

  it('are the owners’ alone: not a neighbour, an evaluator, the panel or the public', async () => {
    const neighbour = await world.as(await world.aPerson('unit', { agency, unit: units[1]! }))
    const evaluator = await world.as(await world.aPerson('evaluator'))
    const panelist = await world.as(world.panelists[0])
    for (const reader of [neighbour, evaluator, panelist])
      for (const tail of ['result', 'result.pdf'])
        assert.equal((await reader.get(`/competition/proposals/${failed}/${tail}`)).status, 404)
    assert.equal((await (await world.as()).get(`/competition/proposals/${failed}/result`)).status, 303)
  })

  it('feedback is in the list only once it was sent, and before that neither page nor list nor paper tells of it', async () => {
    const of = await world.db
      .selectFrom('competition.proposal')
      .select(['agency', 'unit'])
      .where('id', '=', scored[0]!)
      .executeTakeFirstOrThrow()
    const owner = await world.as(await world.aPerson('unit', of))
    const at = `/judging/entries/${scored[0]}/letter`
    const list = async () => (await owner.get('/judging/letters')).text()
    assert.doesNotMatch(await list(), /Umpan balik penilaian<|Bukti kuat|Finalis|Terpilih/)
    for (const tail of [at, `${at}.pdf`]) assert.equal((await owner.get(tail)).status, 404)

    await world.finished({ [scored[0]!]: 'top-40' })
    assert.equal((await world.secretary.post(`/judging/rounds/${world.round}/letters`)).status, 303)
    const after = await list()
    assert.ok(after.includes(`href="${at}"`) && after.includes(`href="${at}.pdf"`))
    assert.match(after, /belum dibuka/)
    await owner.get(at)
    assert.doesNotMatch(await list(), /belum dibuka/)
  })

  it('the secretariat sees which entrants have no letter, have not opened it, and have', async () => {
    const at = `/judging/rounds/${world.round}/letters`
    const shown = async (standing: string) => {
      const text = await (await world.secretary.get(`${at}?surat=${standing}`)).text()
      return [...text.matchAll(/<th scope="row">\d+\. ([^<]+)</g)].map(([, title]) => title).sort()
    }
    const titleOf = async (ids: readonly string[]) =>
      (
        await world.db
          .selectFrom('competition.proposal')
          .select('title')
          .where('id', 'in', [...ids])
          .execute()
      )
        .map(({ title }) => title)
        .sort()
    // The other agency's entry has no reading behind it, so no letter went out.
    assert.deepEqual(await shown('not-given'), [titles.halfway, titles.elsewhere])
    assert.deepEqual(await shown('withdrawn'), [titles.withdrawn])
    assert.deepEqual(await shown('read'), [...(await titleOf([scored[0]!])), titles.failed].sort())
    assert.deepEqual(await shown('not-read'), await titleOf(scored.slice(1)))
    assert.equal((await (await world.as(world.panelists[0])).get(at)).status, 404)
  })

  it('two windows at once count as one reading, and a changed result is a new letter', async () => {
    const person = await world.aPerson('unit', { agency, unit: units[0]! })
    const reader = await world.as(person)
    const at = `/competition/proposals/${failed}/result`
    const open = async () => {
      const answers = await Promise.all([reader.get(at), reader.get(`${at}.pdf`), reader.get(at)])
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200],
      )
      const rows = await world.db
        .selectFrom('competition.result_reader')
        .select('reading')
        .where('person', '=', person)
        .orderBy('reading')
        .execute()
      return rows.map(({ reading }) => reading)
    }
    assert.deepEqual(await open(), [2])
    const by = await world.aPerson('national-admin')
    const change = {
      agency,
      id: newId(),
      proposal: failed,
      reading: 3,
      verdict: 'pass' as const,
      note: 'Bukti menyusul.',
    }
    await world.db
      .insertInto('competition.admission')
      .values({ ...change, by, at: world.clock.now() })
      .execute()
    await world.db.updateTable('competition.proposal').set({ state: 'passed' }).where('id', '=', failed).execute()
    assert.match(
      (await pdfOf(await reader.get(`${at}.pdf`))).text,
      /SA-3[\s\S]*Hasil sebelumnya diubah[\s\S]*Bukti menyusul/,
    )
    assert.deepEqual(await open(), [2, 3])
  })

  it('are listed with the same number of queries for one as for three', async () => {
    const ask = async (owner: { agency: string; unit: string }) => {
      const reader = await world.as(await world.aPerson('unit', owner))
      await reader.get('/judging/letters')
      return (await queriesOf(() => reader.get('/judging/letters'))).length
    }
    const alone = await world.anAgency()
    const one = { agency: alone, unit: await world.aUnit(alone) }
    await world.aProposal({ ...one, round: world.round }, { state: 'submitted' })
    const many = { agency: alone, unit: await world.aUnit(alone) }
    for (let i = 0; i < 3; i++) await world.aProposal({ ...many, round: world.round }, { state: 'submitted' })
    assert.equal(await ask(one), await ask(many))
    const actor = { id: newId(), name: '', offices: [{ role: 'unit', ...many }], secondFactor: false }
    const { rows, total } = await listHandedIn(world.db, { owner: actor }, { page: 2, size: 2 })
    assert.deepEqual([rows.length, total], [1, 3])
  })
})
