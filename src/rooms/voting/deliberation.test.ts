import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { aVillage, type Village } from '../../../test/office-world.ts'
import { readPdf } from '../../../test/pdf-text.ts'

describe('voting: a village that deliberates (R30)', () => {
  let village: Village
  before(async () => {
    village = await aVillage()
  })
  after(() => village.world.drop())

  const textOf = async (who: string | undefined, path: string, lang: 'id' | 'en' = 'id') =>
    (await (await (await village.as(who, lang)).get(village.at(path))).text())
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
  const statusOf = async (who: string | undefined, path: string) =>
    (await (await village.as(who)).get(village.at(path))).status
  const minutes = {
    ...{ outcome: 'agreed', day: '2026-10-19', ground: 'BA musyawarah nomor 7' },
    ...{ place: 'Pendopo kalurahan', witnesses: 'BPD, tokoh masyarakat, 84 warga' },
  }
  const write = (over: Record<string, string> = {}, who = 'chair') =>
    village.post(who, '/deliberation', { ...minutes, ...over })
  /** Which act is refused with which words. */
  const refused = async (over: Record<string, string>, path = '/deliberation', who = 'chair') => {
    const answer = await (await village.as(who)).post(village.at(path), { ...minutes, ...over })
    assert.equal(answer.status, 409)
    return (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  }
  const hashShown = async (who: string) =>
    /name="hash" value="([0-9a-f]{64})"/.exec(
      await (await (await village.as(who)).get(village.at('/deliberation'))).text(),
    )?.[1]
  const states = async () => {
    const rows = await village.world.db.selectFrom('voting.election').select('state').execute()
    return rows.map(({ state }) => state)
  }

  it('writes down nothing before it deliberates by its rules, after the registration, on a day that has been', async () => {
    assert.match(await refused({}), /Desa ini tidak bermusyawarah/)
    assert.equal(await village.post('chair', '/candidates', { name: 'Sari Wulandari' }), 303)
    const end = { closed: '2026-09-10', 'extended-0': '2026-09-25', 'extended-1': '2026-10-05' }
    assert.equal(await village.post('chair', '/registration', { ...end, ground: 'BA panitia nomor 12' }), 303)
    assert.match(await textOf('chair', '/office'), /Hasil musyawarah/)
    for (const day of ['2026-10-21', '2026-10-05']) assert.match(await refused({ day }), /sesudah pendaftaran berakhir/)
    assert.deepEqual(
      await Promise.all([write({ ground: '' }), write({ outcome: 'x' }), write({ day: 'kemarin' })]),
      [422, 422, 422],
    )
    assert.deepEqual(
      await Promise.all(['member', 'regency', 'national', 'stranger', 'elsewhere'].map((who) => write({}, who))),
      [403, 403, 403, 404, 404],
    )
    assert.equal(await statusOf(undefined, '/deliberation.pdf'), 404)
    // Nobody is agreed on who is not entered.
    const [one] = await village.candidates()
    assert.equal(await village.post('chair', `/candidates/${one!.id}/remove`), 303)
    assert.match(await refused({}), /Catat dahulu calon/)
    assert.equal(await village.post('chair', '/candidates', { name: 'Sari Wulandari' }), 303)
    assert.deepEqual(await village.world.db.selectFrom('voting.deliberation').select('id').execute(), [])
  })

  it('is written by the chair, also twice at once, and confirmed by another, exactly as it was read', async () => {
    assert.deepEqual((await Promise.all([write(), write()])).sort(), [303, 409])
    assert.equal(await hashShown('chair'), undefined)
    const hash = (await hashShown('member'))!
    const confirm = (who: string, of = hash) => village.post(who, '/deliberation/confirm', { hash: of })
    assert.match(await refused({ hash }, '/deliberation/confirm'), /Yang menulis tidak dapat mengesahkan/)
    assert.deepEqual(await Promise.all(['regency', 'stranger'].map((who) => confirm(who))), [403, 404])
    // Nothing is public yet.
    assert.equal(await statusOf(undefined, '/deliberation.pdf'), 404)
    assert.doesNotMatch(await textOf(undefined, ''), /Sari Wulandari/)
    // Another was entered since: what was written is of somebody else.
    const [one] = await village.candidates()
    assert.equal(await village.post('chair', `/candidates/${one!.id}/remove`), 303)
    assert.equal(await village.post('chair', '/candidates', { name: 'Sari Wulandari, S.Sos.' }), 303)
    assert.match(await refused({ hash }, '/deliberation/confirm', 'member'), /berubah sejak Anda membacanya/)
    assert.equal(await write(), 303)
    assert.match(await refused({ hash }, '/deliberation/confirm', 'member'), /berubah sejak Anda membacanya/)
    const anew = (await hashShown('member'))!
    assert.deepEqual(await states(), ['preparing'])
    const both = await Promise.all(['member', 'secretary'].map((who) => confirm(who, anew)))
    assert.deepEqual(both.sort(), [303, 409])
    assert.deepEqual(await states(), ['decided'])
  })

  it('is then shown to everybody, with its report, and nothing of it moves any more', async () => {
    const said = 'Disepakati dengan musyawarah mufakat: Sari Wulandari, S.Sos.'
    assert.match(
      await textOf(undefined, ''),
      new RegExp(`Hasil ditetapkan Hasil musyawarah ${said}\\. Hari musyawarah 19 Oktober 2026`),
    )
    // Nobody is told to come and vote.
    assert.doesNotMatch(await textOf(undefined, ''), /Jam memilih|Hari pemungutan suara/)
    assert.match(await textOf(undefined, '', 'en'), /Agreed on by deliberation: Sari Wulandari, S\.Sos\./)
    const paper = await (await village.as()).get(village.at('/deliberation.pdf'))
    assert.equal(paper.headers.get('content-type'), 'application/pdf')
    const { text, missing } = readPdf(new Uint8Array(await paper.arrayBuffer()))
    assert.equal(missing, 0)
    for (const line of ['Berita acara hasil musyawarah', said, minutes.place, minutes.witnesses, minutes.ground])
      assert.ok(text.includes(line), `${line}: ${text}`)
    assert.match(await refused({ outcome: 'not-agreed' }), /tidak lagi dipersiapkan/)
    for (const path of ['/registration/reopen', '/destruction'])
      assert.notEqual(await village.post('chair', path, { place: 'x' }), 303)
    const { db } = village.world
    await assert.rejects(db.updateTable('voting.deliberation').set({ place: 'x' }).execute(), /never changed/)
    await assert.rejects(db.deleteFrom('voting.deliberation').execute(), /never changed/)
    const events = JSON.stringify(await db.selectFrom('log.event').selectAll().execute())
    assert.doesNotMatch(events, /Sari Wulandari|84 warga/)
  })

  it('leaves its wave open for other villages, though it has decided before the day', async () => {
    const regency = await village.as('regency')
    const form = { kind: 'contest', outside: 'Dinas PMD', needed: '2' }
    const added = await regency.post(`/voting/waves/${village.wave}/elections`, { ...form, village: 'Caturtunggal' })
    assert.equal(added.status, 303)
    assert.match(await (await regency.get('/voting')).text(), /Dipersiapkan/)
  })

  it('may come to no agreement, and then nobody is elected', async () => {
    const other = await aVillage()
    try {
      const end = { closed: '2026-09-10', 'extended-0': '2026-09-25', 'extended-1': '2026-10-05', ground: 'BA nomor 3' }
      other.must(await other.post('chair', '/candidates', { name: 'Budi Santoso' }), 'adding')
      other.must(await other.post('chair', '/registration', end), 'the registration')
      other.must(await other.post('chair', '/deliberation', { ...minutes, outcome: 'not-agreed' }), 'writing')
      const page = await (await (await other.as('member')).get(other.at('/deliberation'))).text()
      const hash = /name="hash" value="([0-9a-f]{64})"/.exec(page)![1]!
      other.must(await other.post('member', '/deliberation/confirm', { hash }), 'confirming')
      const shown = await (await (await other.as()).get(other.at(''))).text()
      assert.match(shown, /Musyawarah tidak mencapai kesepakatan\. Tidak ada calon yang terpilih\./)
      assert.doesNotMatch(shown, /Budi Santoso/)
    } finally {
      await other.world.drop()
    }
  })
})
