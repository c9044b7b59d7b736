import { panel as members } from './cast.ts'
import { numbersFrom } from './prose.ts'
import { at, type Cast, done, type Stage } from './story.ts'

const reason = 'Diputuskan dalam pleno menurut nilai, rentang, dan keterwakilan (peragaan).'

/** Nominees from the ranking; places that a cluster cannot fill move to the regencies by a recorded decision. */
export async function nominate(stage: Stage, cast: Cast): Promise<void> {
  const secretary = await cast.as(stage.people.secretariat[0]!)
  const here = `/judging/rounds/${stage.round}`
  await done(secretary.post(`${here}/nominees`), 'nominees')
  const nominees = await nomineesOf(stage)
  for (const cluster of stage.rules.clusters) {
    const spare = (cluster.quota?.umum ?? 0) - nominees.filter((each) => each.cluster === cluster.key).length
    if (spare <= 0) continue
    const move = {
      group: 'umum',
      from: cluster.key,
      to: 'kabupaten',
      count: String(spare),
      reason: 'Klaster asal tidak memiliki cukup nomine (peragaan).',
    }
    await done(secretary.post(`${here}/places/move`, move), `moving ${spare} places from ${cluster.key}`)
  }
}

type Nominee = { proposal: string; cluster: string; raw: number }

async function nomineesOf(stage: Stage): Promise<Nominee[]> {
  const { result } = await stage.db
    .selectFrom('judging.ranking')
    .select('result')
    .where('round', '=', stage.round)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const ranked = (result as { ranked: Nominee[] }).ranked
  const named = new Set(
    (await stage.db.selectFrom('judging.nominee').select('proposal').where('round', '=', stage.round).execute()).map(
      (row) => row.proposal,
    ),
  )
  return ranked.filter((line) => named.has(line.proposal)).sort((a, b) => b.raw - a.raw)
}

/**
 * The plenary of the independent panel: in each cluster the best by score, each decision with its reason. `sitting` is
 * done when the decisions stand and the plenary has not been closed; likewise below.
 */
export async function decideFinalists(stage: Stage, cast: Cast, sitting?: () => Promise<void>): Promise<string[]> {
  const secretary = await cast.as(stage.people.secretariat[0]!)
  const here = `/judging/rounds/${stage.round}/plenary/finalists`
  await done(secretary.post(`${here}/open`), 'opening the plenary')
  const nominees = await nomineesOf(stage)
  const moved = await stage.db
    .selectFrom('judging.places')
    .select('changes')
    .where('round', '=', stage.round)
    .orderBy('at')
    .execute()
  const places = new Map(stage.rules.clusters.map((cluster) => [cluster.key, cluster.quota?.umum ?? 0]))
  for (const { cluster, places: count } of moved.flatMap((row) => row.changes as { cluster: string; places: number }[]))
    places.set(cluster, count)
  const finalists: string[] = []
  const form: Record<string, string> = {}
  for (const { proposal, cluster } of nominees) {
    const left = places.get(cluster) ?? 0
    form[`outcome-${proposal}`] = left > 0 ? 'finalist' : 'not'
    form[`reason-${proposal}`] = reason
    if (left > 0) finalists.push(proposal)
    places.set(cluster, left - 1)
  }
  await done(secretary.post(`${here}/decisions`, form), 'decisions of the plenary')
  await sitting?.()
  await done(secretary.post(`${here}/close`, { minutes: 'Berita acara pleno (peragaan).' }), 'closing the plenary')
  return finalists
}

/** Somebody of the public objects, the secretariat answers. Returns number and code of the receipt. */
export async function object(stage: Stage, cast: Cast, proposal: string): Promise<void> {
  const visitor = await cast.as('')
  const form = {
    name: 'Warga Peragaan',
    contact: 'warga@peragaan.example',
    text: 'Menurut saya layanan ini belum berjalan di kecamatan kami sejak tahun lalu (peragaan).',
  }
  await done(visitor.post(`/judging/entries/${proposal}/objection`, form), 'an objection')
  const { id } = await stage.db
    .selectFrom('judging.objection')
    .select('id')
    .where('proposal', '=', proposal)
    .executeTakeFirstOrThrow()
  const secretary = await cast.as(stage.people.secretariat[0]!)
  await done(
    secretary.post(`/judging/objections/${id}/answer`, {
      outcome: 'rejected',
      answer: 'Sudah diperiksa bersama unit: layanan berjalan, jadwalnya kami lampirkan (peragaan).',
    }),
    'answering the objection',
  )
}

/** Interviews of all finalists: planned, invited, scored by each member alone, closed. */
export async function interviewAll(
  stage: Stage,
  cast: Cast,
  first: string,
  sitting?: () => Promise<void>,
): Promise<void> {
  const secretary = await cast.as(stage.people.secretariat[0]!)
  const here = `/judging/rounds/${stage.round}/interviews`
  const plan = {
    firstDay: first,
    lastDay: new Date(Date.parse(first) + 20 * 86_400_000).toISOString().slice(0, 10),
    from: '09:00',
    to: '15:00',
    pause: '0',
    rooms: '2',
    members: '2',
    place: 'Ruang rapat lantai 2 (peragaan)',
  }
  await done(secretary.post(here, plan), 'planning the interviews')
  await done(secretary.post(`${here}/invite`), 'inviting the finalists')
  const sittings = await stage.db
    .selectFrom('judging.interviewer as m')
    .innerJoin('judging.interview as i', (join) =>
      join.onRef('i.agency', '=', 'm.agency').onRef('i.proposal', '=', 'm.proposal'),
    )
    .select(['m.proposal', 'm.member'])
    .where('i.round', '=', stage.round)
    .orderBy('m.member')
    .orderBy('m.proposal')
    .execute()
  stage.clock.set(at(plan.lastDay, 1))
  await sitting?.()
  for (const { proposal, member } of sittings) {
    const client = await cast.as(member)
    const number = numbersFrom(
      [...`${proposal}`].reduce(
        (sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0,
        stage.people.panel.indexOf(member) + 3,
      ),
    )
    const form: Record<string, string> = { note: '', done: 'ya' }
    for (const criterion of stage.rules.interview!.sheet)
      form[`points-${criterion.key}`] = String(65 + Math.round(30 * number()))
    await done(
      client.post(`/judging/entries/${proposal}/interview/sheet`, form),
      `interview sheet of ${members[stage.people.panel.indexOf(member)]?.name}`,
    )
  }
  await done((await cast.as(stage.people.secretariat[0]!)).post(`${here}/close`), 'closing the interviews')
}

/** The last plenary gives the top level to the first so many finalists; the decree makes it valid. */
export async function decideLevels(
  stage: Stage,
  cast: Cast,
  finalists: readonly string[],
  sitting?: () => Promise<void>,
): Promise<void> {
  const secretary = await cast.as(stage.people.secretariat[0]!)
  const here = `/judging/rounds/${stage.round}/plenary/levels`
  const [level] = stage.rules.select.topLevels
  await done(secretary.post(`${here}/open`), 'opening the last plenary')
  const form: Record<string, string> = {}
  for (const [index, proposal] of finalists.entries()) {
    form[`outcome-${proposal}`] = index < (level?.count ?? 0) ? level!.key : 'none'
    form[`reason-${proposal}`] = reason
  }
  await done(secretary.post(`${here}/decisions`, form), 'top levels')
  await sitting?.()
  await done(
    secretary.post(`${here}/close`, { minutes: 'Berita acara pleno akhir (peragaan).' }),
    'closing the last plenary',
  )
}

export async function recordDecree(
  stage: Stage,
  cast: Cast,
  decree: { number: string; dated: string; about: string },
): Promise<void> {
  const secretary = await cast.as(stage.people.secretariat[0]!)
  await done(secretary.post(`/judging/rounds/${stage.round}/decree`, decree), 'the decree')
}
