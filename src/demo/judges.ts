import { awardLevelOf } from '#competition'
import { evaluators } from './cast.ts'
import { numbersFrom } from './prose.ts'
import { type Cast, done, type Entry, type Stage } from './story.ts'

/** The secretariat opens or closes a stage of the round. */
export async function moveStage(stage: Stage, cast: Cast, kind: string, move: 'opening' | 'closing'): Promise<void> {
  const row = await stage.db
    .selectFrom('competition.stage')
    .select('seq')
    .where('round', '=', stage.round)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  const secretary = await cast.as(stage.people.secretariat[0]!)
  await done(secretary.post(`/competition/rounds/${stage.round}/stages/${row.seq}/${move}`), `${move} of ${kind}`)
}

/** Administrative selection: what the machine found nothing on passes at once; a fail is read by a second person. */
export async function admitAll(stage: Stage, cast: Cast): Promise<void> {
  const [first, second] = [await cast.as(stage.people.secretariat[0]!), await cast.as(stage.people.secretariat[1]!)]
  const here = `/competition/rounds/${stage.round}/admission`
  const won = await earlierWinners(stage)
  const rest = await stage.db
    .selectFrom('competition.proposal')
    .select(['id', 'title'])
    .where('round', '=', stage.round)
    .where('state', '=', 'submitted')
    .orderBy('number')
    .execute()
  for (const { id, title } of rest) {
    const form: Record<string, string | string[]> = won.has(title)
      ? {
          verdict: 'fail',
          'reasons[]': ['prior-award'],
          'note-prior-award':
            'Inovasi ini sudah menjadi pemenang pada tahun sebelumnya menurut daftar pemenang (peragaan).',
        }
      : { verdict: 'pass', note: 'Temuan mesin sudah diperiksa dan bukan pelanggaran (peragaan).' }
    await done(first.post(`${here}/${id}`, form), `administrative reading of ${title}`)
    if (won.has(title)) await done(second.post(`${here}/${id}`, form), `second reading of ${title}`)
  }
}

/** Names in the register that won the top level before this round's year: they may not enter again. */
async function earlierWinners(stage: Stage): Promise<Set<string>> {
  const rows = await stage.db
    .selectFrom('competition.winner')
    .select(['name', 'level', 'year'])
    .where('year', '<', stage.rules.year)
    .execute()
  return new Set(rows.filter((row) => awardLevelOf(row.level) === 'top').map((row) => row.name))
}

/** The team of evaluators with what is known of each, confirmed. */
export async function gatherEvaluators(stage: Stage, cast: Cast, entries: number): Promise<void> {
  const secretary = await cast.as(stage.people.secretariat[0]!)
  const share = (entries * stage.rules.scoring.reviewsPerProposal) / evaluators.length
  for (const [index, evaluator] of evaluators.entries()) {
    const person = stage.people.evaluators[index]!
    const home = await stage.db
      .selectFrom('people.region')
      .select('name')
      .where('code', '=', evaluator.home)
      .executeTakeFirstOrThrow()
    const form = {
      person,
      university: evaluator.university,
      sector: evaluator.expertise[0]!,
      'expertise[]': evaluator.expertise,
      homeRegion: home.name,
      employer: '',
      minLoad: String(Math.floor(share * 0.6)),
      maxLoad: String(Math.ceil(share * 1.5)),
    }
    await done(secretary.post(`/judging/rounds/${stage.round}/evaluators`, form), `adding ${evaluator.name}`)
    await done(
      secretary.post(`/judging/rounds/${stage.round}/evaluators/${person}/confirm`),
      `confirming ${evaluator.name}`,
    )
  }
}

/** Compute the assignment and accept it. */
export async function assignAll(stage: Stage, cast: Cast): Promise<void> {
  const secretary = await cast.as(stage.people.secretariat[0]!)
  const here = `/judging/rounds/${stage.round}/assignment`
  const settings = {
    reviews: String(stage.rules.scoring.reviewsPerProposal),
    bridge: '1',
    university: 'ya',
    floor: '',
    seed: 'peragaan-2017',
    waves: '',
    stopBelow: '2',
  }
  await done(secretary.post(`${here}/settings`, settings), 'settings of the assignment')
  const response = await done(secretary.post(`${here}/runs`), 'computing the assignment')
  const run = response.headers.get('location')!.split('/').at(-1)!
  for (;;) {
    const { state, result } = await stage.db
      .selectFrom('judging.run')
      .select(['state', 'result'])
      .where('id', '=', run)
      .executeTakeFirstOrThrow()
    if (state === 'proposed') break
    if (state !== 'running')
      throw new Error(`The demo's assignment ended as ${state}: ${JSON.stringify(result).slice(0, 500)}`)
    await new Promise((wait) => setTimeout(wait, 50))
  }
  await done(secretary.post(`${here}/runs/${run}/accept`), 'accepting the assignment')
}

/** Marks of one evaluator for one entry: a quality that the entry has for everybody, a leaning of the reader, and chance. */
export function marksOf(entry: string, reader: string, criteria: readonly string[]): Record<string, number> {
  const number = (text: string) =>
    numbersFrom([...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7))()
  const quality = 68 + 22 * number(entry)
  const leaning = 6 * (number(`leaning ${reader}`) - 0.5)
  return Object.fromEntries(
    criteria.map((key) => [key, Math.round(quality + leaning + 7 * (number(`${entry} ${reader} ${key}`) - 0.5))]),
  )
}

/** Everybody reads and scores what was assigned. `skip` leaves one evaluator's first sheet to the browser. */
export async function scoreAll(
  stage: Stage,
  cast: Cast,
  entries: readonly Entry[],
  skip: ReadonlySet<string> = new Set(),
): Promise<void> {
  const keyOf = new Map(entries.map((entry) => [entry.proposal, entry.innovation.name]))
  const sheets = await stage.db
    .selectFrom('judging.assignment')
    .select(['proposal', 'evaluator'])
    .where('round', '=', stage.round)
    .where('ended', 'is', null)
    .orderBy('evaluator')
    .orderBy('proposal')
    .execute()
  const finished = new Set(
    (
      await stage.db
        .selectFrom('judging.sheet')
        .select(['proposal', 'evaluator'])
        .where('finished', 'is not', null)
        .execute()
    ).map((s) => `${s.proposal} ${s.evaluator}`),
  )
  const criteria = stage.rules.groups[0]!.questions.filter((question) => question.scored).map(
    (question) => question.key,
  )
  for (const { proposal, evaluator } of sheets) {
    if (skip.has(`${proposal} ${evaluator}`) || finished.has(`${proposal} ${evaluator}`)) continue
    const reader = await cast.as(evaluator)
    const form: Record<string, string> = { note: '', share: 'ya', 'base-note': '0', act: 'finish' }
    const who = evaluators[stage.people.evaluators.indexOf(evaluator)]!.name
    for (const [key, points] of Object.entries(marksOf(keyOf.get(proposal) ?? proposal, who, criteria))) {
      form[`points-${key}`] = String(points)
      form[`base-${key}`] = '0'
      form[`comment-${key}`] =
        points >= 80 ? 'Kuat dan terukur (peragaan).' : 'Perlu bukti yang lebih jelas (peragaan).'
    }
    await done(reader.post(`/judging/sheets/${proposal}`, form), `sheet of ${who}`)
  }
}
