import { shippedRounds } from '#competition'
import { done } from '../src/demo/story.ts'
import { aPanelWorld } from './panel-world.ts'
import type { Moment } from './whole-round.ts'
import type { World } from './world.ts'

const rulesOf = (key: string) => shippedRounds().find((round) => round.key === key)!

/** Rounds with stages that 2017 had not: public rating and feasibility (2025), field verification (2021). */
export async function playOtherStages(show: (moment: Moment) => Promise<void>): Promise<World[]> {
  const rated = await aPanelWorld(rulesOf('2025'), new Date('2025-07-20T02:00:00Z'))
  const [a, b, c] = await rated.entries('city', [95, 90, 86])
  await rated.scored([a!, b!, c!])
  const readers = { public: undefined, panel: rated.panelists[0], 'national admin': rated.secretaryId }
  const here = `/judging/rounds/${rated.round}`
  await show({
    name: 'places to be decided',
    world: rated,
    readers,
    whole: false,
    letters: [
      { as: 'national admin', address: `${here}/places` },
      { as: 'national admin', address: `${here}/nominees` },
    ],
  })
  await rated.announced({ [a!]: 'finalist', [b!]: 'finalist', [c!]: 'not' })
  await rated.moveTo('public-rating')
  for (const stars of ['5', '4', '5', '3', '5'])
    await done((await rated.as()).post(`/judging/entries/${a}/rating`, { stars }), 'a rating')
  await show({ name: 'public rating', world: rated, readers, whole: false, letters: [] })
  await rated.moveTo('ministry-feasibility')
  await done(rated.secretary.post(`${here}/readings/feasibility`), 'dealing the finalists')
  await show({
    name: 'feasibility',
    world: rated,
    readers,
    whole: false,
    letters: [
      { as: 'panel', address: `${here}/readings/feasibility` },
      { as: 'national admin', address: `${here}/readings/feasibility` },
    ],
  })

  const visited = await aPanelWorld(rulesOf('2021'), new Date('2021-07-20T02:00:00Z'))
  const [d] = await visited.entries('city', [90])
  await visited.scored([d!])
  await visited.announced({ [d!]: 'finalist' })
  const evaluator = await visited.aPerson('evaluator')
  const at = visited.clock.now()
  await visited.db
    .insertInto('judging.evaluator')
    .values({
      round: visited.round,
      person: evaluator,
      max_load: 10,
      confirmed: at,
      added: at,
      added_by: visited.secretaryId,
    })
    .execute()
  await visited.moveTo('field-verification')
  const findings = `/judging/rounds/${visited.round}/findings`
  const visit = {
    entry: d!,
    visited: '2021-07-19',
    'panel[]': [visited.panelists[0]!],
    'evaluators[]': [evaluator],
    verdict: 'partly',
    text: 'Loket buka, tetapi antrean daring belum dipakai.',
  }
  await done((await visited.as(visited.panelists[0])).post(findings, visit), 'a visit')
  await show({
    name: 'field verification',
    world: visited,
    readers: { panel: visited.panelists[0], 'national admin': visited.secretaryId },
    whole: false,
    letters: [
      { as: 'panel', address: findings },
      { as: 'national admin', address: findings },
    ],
  })
  return [rated, visited]
}
