import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { aWorld, type World } from '../../../../test/world.ts'
import type { Rules } from '../domain/round.ts'
import { sectionsOf } from '../domain/round-fields.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'
import { findRound, listStages } from '../store/round.ts'

const [y2017, y2021] = shippedRounds() as [Rules, Rules]
const reason = 'Kuota disesuaikan dengan keputusan rapat.'

type Fields = Record<string, string | string[]>

/** What a browser would send back of a form, as it stands in the page. */
function formOf(html: string, action: string): Fields {
  const form = html.slice(
    html.indexOf(`action="${action}"`),
    html.indexOf('</form>', html.indexOf(`action="${action}"`)),
  )
  const plain = (text: string) =>
    text
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/&amp;/g, '&')
  const attribute = (tag: string, name: string) => {
    const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
    return value === undefined ? undefined : plain(value)
  }
  const fields: Fields = {}
  const add = (name: string | undefined, value: string) => {
    if (!name) return
    fields[name] = name.endsWith('[]') ? [...[fields[name] ?? []].flat(), value] : value
  }
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g))
    if (!/type="(?:checkbox|radio)"/.test(tag) || /\bchecked\b/.test(tag))
      add(attribute(tag, 'name'), attribute(tag, 'value') ?? '')
  for (const [, tag, text] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    add(attribute(tag!, 'name'), plain(text!))
  for (const [, tag, inner] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const options = [...inner!.matchAll(/<option\b([^>]*)>/g)].map(([, option]) => option!)
    const chosen = options.find((option) => /\bselected\b/.test(option)) ?? options[0]
    if (chosen) add(attribute(tag!, 'name'), attribute(chosen, 'value') ?? '')
  }
  return fields
}

describe('competition: the pages on which a round is written', () => {
  let world: World
  let national: Awaited<ReturnType<World['as']>>
  let n = 0
  before(async () => {
    world = await aWorld()
    national = await world.as(await world.aPerson('national-admin'))
  })
  after(() => world.drop())

  async function copied(from: string) {
    n++
    const response = await national.post('/competition/rounds/new', {
      from,
      key: `putaran-${n}`,
      year: from.slice(-4),
      nameId: `Putaran ${n}`,
      nameEn: `Round ${n}`,
    })
    assert.equal(response.status, 303)
    return /rounds\/([^/]+)\/edit/.exec(response.headers.get('location')!)![1]!
  }
  async function published(from: string) {
    const id = await copied(from)
    assert.equal((await national.post(`/competition/rounds/${id}/publication`, { revision: '0' })).status, 303)
    return id
  }
  const opened = async (id: string, section: string) => {
    const response = await national.get(`/competition/rounds/${id}/edit/${section}`)
    assert.equal(response.status, 200)
    return formOf(await response.text(), `/competition/rounds/${id}/edit/${section}`)
  }
  const saved = async (id: string, section: string, form: Fields) =>
    national.post(`/competition/rounds/${id}/edit/${section}`, form)

  it('changes nothing when every section is saved as it stands', async () => {
    for (const rules of shippedRounds().filter(({ key }) => key === '2021' || key === '2025')) {
      const id = await copied(`shipped:${rules.key}`)
      const before = (await findRound(world.db, id))!.rules
      for (const section of sectionsOf(rules)) {
        const response = await saved(id, section, await opened(id, section))
        assert.equal(response.status, 303, `${rules.key} ${section}`)
      }
      assert.deepEqual((await findRound(world.db, id))!.rules, before, rules.key)
    }
  })

  it('keeps everything typed when something cannot be read, and names the field in words', async () => {
    const id = await copied('shipped:2021')
    const form = await opened(id, 'groups')
    const typed = {
      ...form,
      'groups.umum.label.id': 'Kelompok Utama',
      'groups.umum.minAgeMonths': 'dua tahun',
      'quotas.umum': '-1',
      'groups.replikasi.label.en': '',
      'remove[]': ['groups.khusus'],
      'add.groups.key': 'Kelompok Baru',
      'add.groups.id': 'Kelompok Baru',
      'add.groups.en': '',
    }
    const response = await saved(id, 'groups', typed)
    assert.equal(response.status, 422)
    const html = await response.text()
    const { once: _once, ...again } = formOf(html, `/competition/rounds/${id}/edit/groups`)
    const { once: _first, ...sent } = typed as Fields
    assert.deepEqual(again, sent)
    assert.match(html, /Kelompok Umum › Usia paling rendah \(bulan\): Tulis angka\./)
    assert.match(html, /Kelompok Umum › Kuota per instansi: Paling kecil 0\./)
    assert.match(html, /Isi dalam kedua bahasa\./)
    assert.match(html, /Gunakan huruf kecil, angka, dan tanda hubung saja\./)
    assert.deepEqual(
      (await findRound(world.db, id))!.rules.groups.map(({ key }) => key),
      ['umum', 'replikasi', 'khusus'],
    )
  })

  it('removes and adds groups with what speaks of them, and says what then does not fit', async () => {
    const id = await copied('shipped:2021')
    const response = await saved(id, 'groups', {
      ...(await opened(id, 'groups')),
      'remove[]': ['groups.khusus'],
      'add.groups.key': 'desa',
      'add.groups.id': 'Kelompok Desa',
      'add.groups.en': 'Village group',
    })
    assert.equal(response.status, 303)
    const { rules } = (await findRound(world.db, id))!
    assert.deepEqual(
      rules.groups.map(({ key }) => key),
      ['umum', 'replikasi', 'desa'],
    )
    assert.deepEqual(rules.quotas, { umum: 10, replikasi: 5, desa: null })
    assert.deepEqual(
      rules.select.topLevels.map(({ key }) => key),
      ['top-45', 'top-replikasi'],
    )
    assert.ok(rules.clusters.every(({ quota }) => !quota || !('khusus' in quota)))
    // A number of finalists that no longer adds up is said as soon as all places are known.
    await saved(id, 'groups', { ...(await opened(id, 'groups')), 'select.byGroup.desa': '7' })
    const html = await (await national.get(`/competition/rounds/${id}/edit`)).text()
    assert.match(html, /Jumlah tempat semua kelompok 121, tidak sama dengan jumlah finalis\./)
    assert.equal((await national.post(`/competition/rounds/${id}/publication`)).status, 409)
    assert.equal((await findRound(world.db, id))!.state, 'draft')
  })

  it('puts stages in the typed order, adds and removes them', async () => {
    const id = await copied('shipped:2021')
    const form = await opened(id, 'stages')
    const response = await saved(id, 'stages', {
      ...form,
      'order.stages.field-verification': '1.5',
      'remove[]': ['stages.interview'],
      'add.stages.key': 'suara-warga',
      'add.stages.id': 'Suara warga',
      'add.stages.en': 'Voice of residents',
      'add.stages.kind': 'public-rating',
    })
    assert.equal(response.status, 303)
    const { rules } = (await findRound(world.db, id))!
    const keys = y2021.stages.map(({ key }) => key).filter((key) => key !== 'interview' && key !== 'field-verification')
    assert.deepEqual(
      rules.stages.map(({ key }) => key),
      [keys[0], 'field-verification', ...keys.slice(1), 'suara-warga'],
    )
    const html = await (await national.get(`/competition/rounds/${id}/edit`)).text()
    assert.match(html, /Pengaturan wawancara diisi bila, dan hanya bila, ada tahap wawancara\./)
    assert.equal((await saved(id, 'interview', { ...(await opened(id, 'interview')), interview: '' })).status, 303)
    assert.equal((await findRound(world.db, id))!.rules.interview, null)
  })

  it('says of a value changed by hand that the secretariat fixed it, no longer its old source', async () => {
    const id = await copied('shipped:2021')
    await saved(id, 'groups', { ...(await opened(id, 'groups')), 'groups.umum.minAgeMonths': '30' })
    const { rules } = (await findRound(world.db, id))!
    assert.equal(rules.settings['groups.umum.minAgeMonths']!.id, 'Ditetapkan sekretariat untuk putaran ini.')
    assert.equal(rules.sources['groups.umum.minAgeMonths'], undefined)
    const html = await (await national.get(`/competition/rounds/${id}`)).text()
    assert.match(html, /30 bulan[\s\S]{0,120}bukan peraturan\)\. Ditetapkan sekretariat/)
  })

  it('edits award rules, exceptions of age and the innovation copied row by row, without a script', async () => {
    const id = await copied('shipped:2021')
    const address = `/competition/rounds/${id}/edit/groups`
    const pressed = async (form: Fields, row: string) => {
      const response = await saved(id, 'groups', { ...form, row })
      assert.equal(response.status, 200)
      const html = await response.text()
      // Rows that a button added or removed are not saved, and the page says so.
      assert.match(html, /Simpan bagian ini agar tersimpan/)
      return formOf(html, address)
    }
    const before = (await findRound(world.db, id))!.rules
    const typed = { ...(await opened(id, 'groups')), 'groups.umum.label.id': 'Nama yang sedang diketik' }
    const more = await pressed(typed, 'add groups.umum.excludedBy')
    const { once: _a, ...sent } = typed as Fields
    const { once: _b, ...came } = more
    const row = { level: '', times: '', fromYear: '', toYear: '' }
    const added = Object.fromEntries(
      Object.entries(row).map(([part, text]) => [`groups.umum.excludedBy.2.${part}`, text]),
    )
    assert.deepEqual(came, { ...sent, ...added })
    assert.deepEqual((await findRound(world.db, id))!.rules, before)

    let form = await pressed(more, 'remove groups.umum.excludedBy 0')
    form = await pressed(form, 'add groups.khusus.ageExceptions')
    form = await pressed(form, 'remove groups.replikasi.source.awards 0')
    const filled = {
      ...form,
      'groups.umum.excludedBy.1.level': 'outstanding',
      'groups.umum.excludedBy.1.fromYear': '2020',
      'groups.umum.excludedBy.1.toYear': '2019',
      'groups.khusus.ageExceptions.0.category': 'kesehatan',
      'groups.khusus.ageExceptions.0.months': 'setahun',
    }
    const wrong = await saved(id, 'groups', filled)
    assert.equal(wrong.status, 422)
    const html = await wrong.text()
    assert.match(html, /Penghargaan yang menghalangi 2 › Sampai tahun: Tahun akhir mendahului tahun awal\./)
    assert.match(html, /Pengecualian usia 1 › Usia paling rendah \(bulan\): Tulis angka\./)
    const { once: _c, ...again } = formOf(html, address)
    const { once: _d, ...first } = filled as Fields
    assert.deepEqual(again, first)

    const right = { ...filled, 'groups.umum.excludedBy.1.toYear': '', 'groups.khusus.ageExceptions.0.months': '12' }
    assert.equal((await saved(id, 'groups', right)).status, 303)
    const { rules } = (await findRound(world.db, id))!
    assert.deepEqual(rules.groups[0]!.excludedBy, [
      before.groups[0]!.excludedBy[1],
      { level: 'outstanding', times: 1, fromYear: 2020, toYear: null },
    ])
    assert.deepEqual(rules.groups[2]!.ageExceptions, [{ category: 'kesehatan', months: 12 }])
    assert.deepEqual(rules.groups[1]!.source, { awards: [], signedStatement: true })
    assert.equal(rules.groups[0]!.label.id, 'Nama yang sedang diketik')
    const shown = await (await national.get(`/competition/rounds/${id}`)).text()
    assert.match(shown, /Outstanding Achievement[\s\S]{0,120}bukan peraturan\)\. Ditetapkan sekretariat/)
  })

  it('edits the choices of a question in both languages, and says of them that they were changed', async () => {
    const id = await copied('shipped:2023')
    const list = 'groups.umum.questions.spbe-aplikasi.choices'
    const response = await saved(id, 'questions-umum', { ...(await opened(id, 'questions-umum')), row: `add ${list}` })
    const html = await response.text()
    // A stored key is not typed again: answers point to it.
    assert.match(html, new RegExp(`<input type="hidden" name="${list}.0.key" value="ya"`))
    const form = formOf(html, `/competition/rounds/${id}/edit/questions-umum`)
    const half = { ...form, [`${list}.2.key`]: 'sebagian', [`${list}.2.label.id`]: 'Sebagian' }
    assert.equal((await saved(id, 'questions-umum', half)).status, 422)
    const whole = { ...half, [`${list}.2.label.en`]: 'Partly' }
    assert.equal((await saved(id, 'questions-umum', whole)).status, 303)
    const { rules } = (await findRound(world.db, id))!
    assert.deepEqual(rules.groups[0]!.questions.find(({ key }) => key === 'spbe-aplikasi')!.choices.at(-1), {
      key: 'sebagian',
      label: { id: 'Sebagian', en: 'Partly' },
    })
    const shown = await (await national.get(`/competition/rounds/${id}`)).text()
    assert.match(shown, /Ya · Tidak · Sebagian<\/p><p class="hint">Pilihan: [^<]*Ditetapkan sekretariat/)
  })

  it('keeps a choice that a proposal has made when a published round changes', async () => {
    const id = await published('shipped:2023')
    const agency = await world.anAgency()
    const of = { agency, unit: await world.aUnit(agency), round: id }
    const category = (await findRound(world.db, id))!.rules.categories[0]!.key
    const proposal = await world.aProposal(of, { category, answers: { 'spbe-aplikasi': 'tidak' } })
    const list = 'groups.umum.questions.spbe-aplikasi.choices'
    const without = async (row: number, revision: string) => {
      const form = await opened(id, 'questions-umum')
      const html = await (await saved(id, 'questions-umum', { ...form, row: `remove ${list} ${row}` })).text()
      const left = formOf(html, `/competition/rounds/${id}/edit/questions-umum`)
      assert.equal((await saved(id, 'questions-umum', left)).status, 303)
      return national.post(`/competition/rounds/${id}/changes`, { base: '1', revision, reason })
    }
    const refused = await without(1, '1')
    assert.equal(refused.status, 409)
    assert.match(await refused.text(), /Pilihan jawaban yang sudah dipilih proposal tidak dapat dihapus\./)
    // A proposal that takes no part any more holds nothing back.
    await world.db.updateTable('competition.proposal').set({ state: 'withdrawn' }).where('id', '=', proposal).execute()
    const again = { base: '1', revision: '1', reason }
    assert.equal((await national.post(`/competition/rounds/${id}/changes`, again)).status, 303)
    assert.deepEqual(
      (await findRound(world.db, id))!.rules.groups[0]!.questions.find(
        ({ key }) => key === 'spbe-aplikasi',
      )!.choices.map(({ key }) => key),
      ['ya'],
    )
  })

  it('records what a rule rests on when the secretariat says it', async () => {
    const id = await copied('shipped:2021')
    const at = 'groups.umum.excludedBy'
    const form = { ...(await opened(id, 'groups')), [`${at}.0.times`]: '3', [`${at}.basis`]: 'source' }
    const missing = await saved(id, 'groups', { ...form, [`${at}.basis.sources`]: '' })
    assert.equal(missing.status, 422)
    const named = { ...form, [`${at}.basis.sources`]: 'Pedoman Menteri 4/2027' }
    assert.equal((await saved(id, 'groups', named)).status, 303)
    const { rules } = (await findRound(world.db, id))!
    assert.deepEqual(rules.sources[at], ['Pedoman Menteri 4/2027'])
    assert.equal(rules.settings[at], undefined)
  })

  it('shows where a whole document is wrong, by place, and keeps the text', async () => {
    const id = await copied('shipped:2017')
    const form = await opened(id, 'document')
    const broken = JSON.parse(form.document as string) as { groups: { minAgeMonths: unknown }[] }
    broken.groups[0]!.minAgeMonths = 'lama'
    const document = JSON.stringify(broken)
    const response = await saved(id, 'document', { ...form, document })
    assert.equal(response.status, 422)
    const html = await response.text()
    assert.match(html, /groups\.umum\.minAgeMonths/)
    assert.equal(formOf(html, `/competition/rounds/${id}/edit/document`).document, document)
    const cut = await saved(id, 'document', { ...form, document: '{"schema": 1' })
    assert.equal(cut.status, 422)
    assert.match(await cut.text(), /Ini bukan JSON yang utuh/)
  })

  it('shows exactly what changed, and changes a published round only by a version with a reason', async () => {
    const id = await published('shipped:2021')
    assert.deepEqual((await listStages(world.db, id)).length, y2021.stages.length)
    await saved(id, 'groups', {
      ...(await opened(id, 'groups')),
      'quotas.umum': '12',
      'groups.khusus.minAgeMonths': '36',
    })
    assert.deepEqual((await findRound(world.db, id))!.rules.quotas.umum, 10)
    const publicPage = async () => (await (await world.as()).get(`/competition/rounds/${id}`)).text()
    assert.doesNotMatch(await publicPage(), /12 proposal per instansi/)

    const html = await (await national.get(`/competition/rounds/${id}/changes`)).text()
    const rows = [...html.matchAll(/<tr><th scope="row">([\s\S]*?)<\/tr>/g)].map(([, row]) =>
      row!.replace(/<[^>]+>/g, '|').replace(/\|+/g, '|'),
    )
    assert.deepEqual(rows, [
      'Kelompok › Kelompok Khusus › Usia paling rendah (bulan)|24|36|Kelompok Khusus|',
      'Kuota per instansi › Kelompok Umum|10|12|Kelompok Umum|',
    ])

    const form = formOf(html, `/competition/rounds/${id}/changes`)
    const short = await national.post(`/competition/rounds/${id}/changes`, { ...form, reason: 'salah' })
    assert.equal(short.status, 422)
    assert.equal(formOf(await short.text(), `/competition/rounds/${id}/changes`).reason, 'salah')
    assert.equal((await national.post(`/competition/rounds/${id}/changes`, { ...form, reason })).status, 303)
    const shown = await publicPage()
    assert.match(shown, /12 proposal per instansi/)
    assert.ok(shown.includes(reason))
    // The same form again, from a page that is now old.
    const { once: _once, ...stale } = form
    assert.equal((await national.post(`/competition/rounds/${id}/changes`, { ...stale, reason })).status, 409)
  })

  it('refuses the save of a page that is older than another save, and keeps what was typed', async () => {
    const id = await published('shipped:2017')
    const [mine, theirs] = [await opened(id, 'identity'), await opened(id, 'identity')]
    assert.equal((await saved(id, 'identity', { ...theirs, 'name.id': 'Nama mereka' })).status, 303)
    const response = await saved(id, 'identity', { ...mine, 'name.id': 'Nama saya' })
    assert.equal(response.status, 409)
    const html = await response.text()
    assert.match(html, /Orang lain menyimpan perubahan/)
    assert.equal(formOf(html, `/competition/rounds/${id}/edit/identity`)['name.id'], 'Nama saya')
    assert.equal((await national.post(`/competition/rounds/${id}/edit/discard`)).status, 303)
    assert.equal((await opened(id, 'identity'))['name.id'], (await findRound(world.db, id))!.rules.name.id)
  })

  it('leaves a finished round as it is', async () => {
    const id = await world.aRound(y2017, { state: 'finished' })
    assert.equal((await saved(id, 'identity', await opened(id, 'identity'))).status, 409)
    assert.equal((await national.post(`/competition/rounds/${id}/archive`)).status, 303)
    assert.equal((await findRound(world.db, id))!.state, 'archived')
  })

  it('lets nobody but the secretariat write: each role at each address', async () => {
    const agency = await world.anAgency()
    const unit = await world.aUnit(agency)
    const draft = await copied('shipped:2017')
    const open = await published('shipped:2017')
    const roles = {
      'no role': await world.as(await world.aPerson()),
      unit: await world.as(await world.aPerson('unit', { agency, unit })),
      'local admin': await world.as(await world.aPerson('local-admin', { agency })),
      deputy: await world.as(await world.aPerson('deputy', { agency })),
      evaluator: await world.as(await world.aPerson('evaluator')),
      panel: await world.as(await world.aPerson('panel')),
      'without factor': await world.as(await world.aPerson('national-admin'), { secondFactor: false }),
    }
    const gets = ['edit', 'edit/groups', 'preview', 'changes', 'extension']
    const posts = [
      ...['edit/groups', 'edit/discard', 'publication', 'changes', 'extension', 'conclusion', 'archive'],
      ...['stages/1/opening', 'stages/1/closing'],
    ]
    const wrong: string[] = []
    for (const [role, who] of Object.entries(roles)) {
      const expect = async (address: string, response: Promise<Response>, status: number) => {
        const { status: got, headers } = await response
        // Without the second factor a national admin is asked for it before anything else.
        if (role === 'without factor' && got === 303 && headers.get('location')?.startsWith('/akun')) return
        if (got !== status) wrong.push(`${role} ${address}: ${got}, not ${status}`)
      }
      await expect('new', who.get('/competition/rounds/new'), 403)
      await expect('POST new', who.post('/competition/rounds/new', { from: 'shipped:2017', key: 'x' }), 403)
      for (const [id, status] of [
        [draft, 404],
        [open, 403],
      ] as const) {
        for (const path of gets) await expect(path, who.get(`/competition/rounds/${id}/${path}`), status)
        for (const path of posts) await expect(`POST ${path}`, who.post(`/competition/rounds/${id}/${path}`), status)
      }
    }
    const visitor = await world.as()
    for (const path of gets)
      assert.match((await visitor.get(`/competition/rounds/${open}/${path}`)).headers.get('location') ?? '', /^\/masuk/)
    assert.deepEqual(wrong, [])
    assert.equal((await findRound(world.db, draft))!.state, 'draft')
  })
})
