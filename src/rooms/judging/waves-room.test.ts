import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { assertInvariants } from '../../../test/invariants.ts'
import { aJudgedRound } from '../../../test/judging-world.ts'

type World = Awaited<ReturnType<typeof aJudgedRound>>

const settings = {
  reviews: '2',
  bridge: '0',
  floor: '',
  seed: 'undian-2017',
  waves: '1 x 2',
  stopBelow: '0',
}

/**
 * Finish every sheet that is still open, with points that follow the entry and the reader, and chance: where both explain
 * every point, no place is in doubt and there is nothing to read again.
 */
async function scoreAll(w: World) {
  const finished = await w.db
    .selectFrom('judging.sheet')
    .select(['proposal', 'evaluator'])
    .where('finished', 'is not', null)
    .execute()
  const done = new Set(finished.map((each) => each.proposal + each.evaluator))
  for (const { proposal, evaluator } of await w.readings()) {
    if (done.has(proposal + evaluator)) continue
    const [entry, reader] = [w.proposals.indexOf(proposal), w.people.indexOf(evaluator)]
    const points = 50 + 5 * entry + 2 * reader + ((entry * 7 + reader * 11) % 6)
    assert.equal((await w.score(evaluator, proposal, points)).status, 303)
  }
}

test('judging: extra readings follow the rule fixed before reading began, wave by wave, with proof of the minimum', async () => {
  const w = await aJudgedRound({ entries: 4, people: 5, regencies: 2 })
  // Two read everything, so that the first scores do not depend on who was assigned what; the others come for the wave.
  await w.team({}, w.people.slice(0, 2))
  assert.equal((await w.national.post(`${w.base}/assignment/settings`, settings)).status, 303)
  await w.assign()
  await w.open()
  await w.team({}, w.people.slice(2))
  assert.equal((await w.national.post(`${w.base}/assignment/settings`, settings)).status, 409, 'the rule is fixed')

  // Anybody can read the rule and compute its fingerprint.
  const stranger = await w.as()
  const page = await (await stranger.get(`${w.base}/rule`)).text()
  const document = /<pre[^>]*>(.*?)<\/pre>/s.exec(page)![1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  assert.ok(page.includes(createHash('sha256').update(document).digest('hex')))
  assert.match(page, /Paling sedikit 0 dari 2 pembacaan; 4 dari 4 proposal belum mencapainya/)

  assert.equal((await w.national.post(`${w.base}/waves`)).status, 409, 'readings are owed')
  await scoreAll(w)
  assert.match(
    await (await stranger.get(`${w.base}/rule`)).text(),
    /Semua 4 proposal sudah dibaca paling sedikit 2 kali/,
  )

  // The round's own deadline is past: the wave needs one of its own, and its readings have that.
  w.clock.set(new Date('2017-05-01T00:00:00+07:00'))
  const national = await w.as(w.admin)
  assert.equal((await national.post(`${w.base}/waves`)).status, 409, 'nobody could write on its sheets')
  assert.equal((await national.post(`${w.base}/waves`, { until: '2017-04-29' })).status, 409, 'that is past')
  const until = { until: '2017-05-10' }
  const sent = await Promise.all([1, 2, 3].map(() => national.post(`${w.base}/waves`, until)))
  assert.deepEqual(sent.map((each) => each.status).sort(), [303, 409, 409])
  const wave = await w.db.selectFrom('judging.wave').selectAll().executeTakeFirstOrThrow()
  const chosen = (wave.proposals as { proposal: string }[]).map((each) => each.proposal)
  assert.equal(chosen.length, 1)
  await w.assign(national)
  assert.deepEqual(
    (await w.readings()).filter((each) => each.purpose === 'wave').map((each) => each.proposal),
    [chosen[0], chosen[0]],
  )
  await scoreAll(w)
  assert.equal((await national.post(`${w.base}/waves`)).status, 409, 'the waves are used up')
  assert.match(await (await national.get(`${w.base}/waves`)).text(), /Semua gelombang sudah dikirim/)
  await assertInvariants(w.db)
  await w.drop()
})

test('judging: settings that make no rule are refused beside their field', async () => {
  const w = await aJudgedRound({ entries: 1, people: 1 })
  const post = (form: Record<string, string>) =>
    w.national.post(`${w.base}/assignment/settings`, { ...settings, ...form })
  const bad = await post({ waves: 'tiga ratus kali dua' })
  assert.equal(bad.status, 422)
  const text = await bad.text()
  assert.ok(text.includes('tiga ratus kali dua</textarea>') && text.includes('href="#waves"'))
  assert.equal((await post({ bridge: '3' })).status, 409)
  await w.drop()
})

test('judging: with many readings strict readers are levelled, each sees only the own offset', async () => {
  const w = await aJudgedRound({ entries: 12, people: 4 })
  await w.team()
  await w.national.post(`${w.base}/assignment/settings`, { ...settings, reviews: '3', waves: '' })
  await w.assign()
  await w.open()
  for (const { proposal, evaluator } of await w.readings()) {
    // The first evaluator gives twenty points less than everybody else.
    const noise = ((w.proposals.indexOf(proposal) * 7 + w.people.indexOf(evaluator) * 3) % 5) - 2
    const points = 55 + 3 * w.proposals.indexOf(proposal) + noise - (evaluator === w.people[0] ? 20 : 0)
    assert.equal((await w.score(evaluator, proposal, points)).status, 303)
  }
  await w.national.post(`${w.base}/close`)
  await w.national.post(`${w.base}/release`)
  const strict = await (await (await w.as(w.people[0])).get(`${w.base}/offset`)).text()
  const mild = await (await (await w.as(w.people[1])).get(`${w.base}/offset`)).text()
  assert.match(strict, /poin di bawah rata-rata evaluator/)
  assert.match(mild, /poin di atas rata-rata evaluator/)
  const row = await w.db.selectFrom('judging.ranking').selectAll().executeTakeFirstOrThrow()
  const { ranked, refusal } = row.result as {
    ranked: {
      proposal: string
      raw: number
      corrected: number
      low: number
      high: number
      rank: number
      rankLow: number
      rankHigh: number
    }[]
    refusal: unknown
  }
  assert.equal(refusal, null)
  for (const each of ranked) {
    assert.ok(each.low < each.corrected && each.corrected < each.high)
    assert.ok(each.rankLow >= 1 && each.rankLow <= each.rankHigh && each.rankHigh <= 12)
  }
  // Nobody's offset is in what is kept and shown to the panel.
  assert.equal(JSON.stringify(row.result).includes(w.people[0]!), false)
  await w.drop()
})

test('judging: two groups of readers that never meet: opening is refused with the bridges, or needs a reason, and they are ranked by their means', async () => {
  const w = await aJudgedRound({ entries: 2, people: 4 })
  await w.team()
  const reason = 'Pembagian menurut gelombang pelatihan'
  for (const [i, person] of w.people.entries()) {
    const change = { proposal: w.proposals[i < 2 ? 0 : 1]!, to: person, reason }
    assert.equal((await w.national.post(`${w.base}/assignment/change`, change)).status, 303)
  }
  const before = await (await w.national.get(`${w.base}/assignment`)).text()
  assert.match(before, /Pembacaan terpisah dalam 2 kelompok/)
  assert.match(before, /Pembacaan yang menyambungkan:/)
  const open = (form: Record<string, string> = {}) =>
    w.national.post(`${w.base}/open`, { until: '2017-04-30', ...form })
  const refused = await open()
  assert.equal(refused.status, 409)
  const said = await refused.text()
  for (const part of [
    /tidak punya pembaca bersama/,
    /1 proposal \(Layanan Jemput Bola 1\), dibaca Penilai 1, Penilai 2/,
    /1 proposal \(Layanan Jemput Bola 2\), dibaca Penilai 3, Penilai 4/,
    /Penilai 1 → Layanan Jemput Bola 2/,
    /Alasan tetap membuka tanpa jembatan/,
  ])
    assert.match(said, part)
  assert.equal((await open({ apart: 'ya' })).status, 409, 'that is no reason')
  const why = 'Tidak ada evaluator yang menguasai kedua bidang'
  const three = await Promise.all([1, 2, 3].map(() => open({ apart: why })))
  assert.deepEqual(three.map((each) => each.status).sort(), [303, 409, 409])
  assert.ok(
    (await (await w.national.get(w.base)).text()).includes(`Dibuka walau pembacaannya terpisah. Alasannya: ${why}`),
  )
  for (const { proposal, evaluator } of await w.readings())
    await w.score(evaluator, proposal, 60 + 10 * w.proposals.indexOf(proposal))
  await w.national.post(`${w.base}/close`)
  await w.national.post(`${w.base}/release`)
  const page = await (await w.national.get(`${w.base}/ranking`)).text()
  assert.match(page, /Koreksi tidak dilakukan/)
  assert.match(page, /pembacaan terpisah dalam 2 kelompok tanpa pembaca bersama/)
  await w.drop()
})
