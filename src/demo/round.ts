import { shippedRounds } from '#competition'
import { admitAll, assignAll, gatherEvaluators, moveStage, scoreAll } from './judges.ts'
import { decideFinalists, decideLevels, interviewAll, nominate, object, recordDecree } from './panel.ts'
import { at, type Cast, done, type Entry, enterAll, type Stage } from './story.ts'

export const first = '2016-11-01'
const rules2017 = () => shippedRounds().find((round) => round.key === '2017')!

/** The secretariat copies the shipped round of 2017 and publishes it. */
export async function openRound(
  stage: Omit<Stage, 'round' | 'key' | 'rules'>,
  cast: Cast,
  key: string,
): Promise<Pick<Stage, 'round' | 'key' | 'rules'>> {
  const secretary = await cast.as(stage.people.secretariat[0]!)
  const rules = rules2017()
  const form = {
    from: 'shipped:2017',
    key,
    year: '2017',
    nameId: `${rules.name.id} (peragaan)`,
    nameEn: `${rules.name.en} (demonstration)`,
  }
  const response = await done(secretary.post('/competition/rounds/new', form), 'creating the round')
  const round = response.headers.get('location')!.split('/')[3]!
  await done(secretary.post(`/competition/rounds/${round}/publication`), 'publishing the round')
  return { round, key, rules }
}

/** From the closing to the readers' last sheet. `beforeReading` lets the browser do its part. */
export async function judge(
  stage: Stage,
  cast: Cast,
  entries: readonly Entry[],
  hooks: { runJobs: () => Promise<void>; read?: () => Promise<void> },
): Promise<void> {
  const secretary = () => cast.as(stage.people.secretariat[0]!)
  await hooks.runJobs()
  stage.clock.set(at('2017-03-11', 0))
  await moveStage(stage, cast, 'admission', 'opening')
  await admitAll(stage, cast)
  await moveStage(stage, cast, 'admission', 'closing')
  stage.clock.set(at('2017-03-22', 0))
  await moveStage(stage, cast, 'scoring', 'opening')
  await gatherEvaluators(stage, cast, entries.length)
  await assignAll(stage, cast)
  await done(
    (await secretary()).post(`/judging/rounds/${stage.round}/open`, { until: '2017-04-08' }),
    'opening the reading',
  )
  stage.clock.set(at('2017-04-03', 0))
  await hooks.read?.()
  await scoreAll(stage, cast, entries)
  stage.clock.set(at('2017-04-09', 0))
  await done((await secretary()).post(`/judging/rounds/${stage.round}/close`), 'closing the reading')
  await done((await secretary()).post(`/judging/rounds/${stage.round}/release`), 'releasing the scores')
  await moveStage(stage, cast, 'scoring', 'closing')
}

/** From the nominees to the announcement of the finalists, best first. */
export async function choose(stage: Stage, cast: Cast): Promise<string[]> {
  await moveStage(stage, cast, 'panel', 'opening')
  await nominate(stage, cast)
  const finalists = await decideFinalists(stage, cast)
  await moveStage(stage, cast, 'panel', 'closing')
  stage.clock.set(at('2017-04-18', 0))
  await moveStage(stage, cast, 'announcement', 'opening')
  const secretary = await cast.as(stage.people.secretariat[0]!)
  await done(secretary.post(`/judging/rounds/${stage.round}/finalists/announce`), 'announcing the finalists')
  await moveStage(stage, cast, 'announcement', 'closing')
  await moveStage(stage, cast, 'objection', 'opening')
  stage.clock.set(at('2017-04-19', 0))
  return finalists
}

/** From the end of the objections to the decree, the gallery and the letters. */
export async function finish(stage: Stage, cast: Cast, finalists: readonly string[]): Promise<void> {
  stage.clock.set(at('2017-04-24', 0))
  await moveStage(stage, cast, 'objection', 'closing')
  await moveStage(stage, cast, 'interview', 'opening')
  await interviewAll(stage, cast, '2017-05-02')
  await moveStage(stage, cast, 'interview', 'closing')
  await moveStage(stage, cast, 'final-plenary', 'opening')
  await decideLevels(stage, cast, finalists)
  await moveStage(stage, cast, 'final-plenary', 'closing')
  stage.clock.set(at('2017-06-05', 0))
  await moveStage(stage, cast, 'decree', 'opening')
  await recordDecree(stage, cast, {
    number: '1 Tahun 2017 (peragaan)',
    dated: '2017-06-05',
    about: 'Top 99 dan Top 40',
  })
  await moveStage(stage, cast, 'decree', 'closing')
  const secretary = await cast.as(stage.people.secretariat[0]!)
  await done(secretary.post('/gallery/sync'), 'taking the winners into the gallery')
  await done(secretary.post(`/judging/rounds/${stage.round}/letters`), 'sending the feedback letters')
  await done(secretary.post(`/competition/rounds/${stage.round}/conclusion`), 'concluding the round')
}

/** The whole round without a browser: what `npm start` shows. */
export async function playRound(
  stage: Stage,
  cast: Cast,
  runJobs: () => Promise<void>,
  say: (line: string) => void,
): Promise<void> {
  const entries = await enterAll(stage, cast, first, 118)
  say(`demo: ${entries.length} proposals drafted and submitted`)
  await judge(stage, cast, entries, { runJobs })
  say('demo: administrative selection, assignment, scores')
  const finalists = await choose(stage, cast)
  await object(stage, cast, finalists[3]!)
  await finish(stage, cast, finalists)
  say('demo: panel, objection, interviews, decree, gallery, letters')
}

/** A round that is open today, so that whoever starts the demo can write a proposal: the form of 2025 with dates around now. */
export async function openPracticeRound(
  stage: Omit<Stage, 'round' | 'key' | 'rules'>,
  cast: Cast,
  now: Date,
): Promise<void> {
  const secretary = await cast.as(stage.people.secretariat[0]!)
  const year = String(now.getUTCFullYear())
  const form = {
    from: 'shipped:2025',
    key: `latihan-${year}`,
    year,
    nameId: `Putaran latihan ${year} (peragaan)`,
    nameEn: `Practice round ${year} (demonstration)`,
  }
  const response = await done(secretary.post('/competition/rounds/new', form), 'creating the practice round')
  const round = response.headers.get('location')!.split('/')[3]!
  const place = `/competition/rounds/${round}/edit/document`
  const page = await (await done(secretary.get(place), 'opening the document')).text()
  const hidden = Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="(base|revision)" value="(\d+)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  )
  const { rules } = await stage.db
    .selectFrom('competition.round_version')
    .select('rules')
    .where('round', '=', round)
    .executeTakeFirstOrThrow()
  const document = rules as { calendar: Record<string, unknown> & { submissionCloses: string } }
  const days = Math.round(
    (now.getTime() + 30 * 86_400_000 - Date.parse(document.calendar.submissionCloses)) / 86_400_000,
  )
  for (const [name, value] of Object.entries(document.calendar))
    if (typeof value === 'string') document.calendar[name] = moved(value, days)
  await done(secretary.post(place, { ...hidden, document: JSON.stringify(document) }), 'dates of the practice round')
  await done(secretary.post(`/competition/rounds/${round}/publication`), 'publishing the practice round')

  // One draft to look at, by the unit that a newcomer signs in as.
  const agency = stage.people.agencies.get('Pemerintah Kabupaten Banyuwangi')!
  const [unit] = agency.units.values()
  const writer = await cast.as(unit!.person)
  const [category] = (rules as { categories: { key: string }[] }).categories
  const draft = {
    unit: `${agency.id}/${unit!.id}`,
    group: 'umum',
    category: category!.key,
    title: 'Warung Sehat Keliling (latihan)',
    startedOn: '2023-02-01',
  }
  await done(writer.post(`/competition/${form.key}/start`, draft), 'a draft in the practice round')
}

/** The same hour of the clock, so many days later; the offset stays as written. */
function moved(moment: string, days: number): string {
  const [date, rest] = [moment.slice(0, 10), moment.slice(10)]
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) + rest
}
