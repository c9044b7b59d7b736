import type { AssignmentProblem, Pair } from './assignment-problem.ts'

/** What an invented round looks like; everything else follows from the seed. */
export type SampleShape = {
  proposals: number
  evaluators: number
  seed: number
  /** Universities: none, each wholly inside one sector team (`nested`), or spread over the teams (`crossing`). */
  universities: 'none' | 'nested' | 'crossing'
  bridge: number
}

/**
 * An invented round in the proportions of KIPP: 3 reviews each, loads from 5/6 to 7/6 of the mean, 4 % conflicts, 10
 * sector teams, affinities 0..1000 that favour one's own sector. For tests, measurements and demonstrations; no data.
 */
export function sampleProblem({ proposals, evaluators, seed, universities, bridge }: SampleShape): AssignmentProblem {
  const random = mulberry32(seed)
  const draw = (below: number) => Math.floor(random() * below)
  const teams = 10
  const team = Int32Array.from({ length: evaluators }, (_, e) => e % teams)
  const ownTeam = Int32Array.from({ length: proposals }, () => draw(teams))
  const university = Int32Array.from(team, (t) => (universities === 'nested' ? t * 4 + draw(4) : draw(10)))
  const affinity = new Int32Array(proposals * evaluators)
  const conflicts: Pair[] = []
  for (let p = 0; p < proposals; p++) {
    for (let e = 0; e < evaluators; e++) {
      affinity[p * evaluators + e] = draw(600) + draw(100) + (team[e] === ownTeam[p] ? 300 : 0)
      if (random() < 0.04) conflicts.push([p, e])
    }
  }
  const mean = (proposals * 3) / evaluators
  return {
    proposals,
    evaluators,
    affinity,
    need: new Int32Array(proposals).fill(3),
    minLoad: new Int32Array(evaluators).fill(Math.floor((mean * 5) / 6)),
    maxLoad: new Int32Array(evaluators).fill(Math.ceil((mean * 7) / 6)),
    conflicts,
    university: universities === 'none' ? undefined : university,
    team,
    ownTeam,
    bridge,
  }
}

/** The small public-domain generator mulberry32: the same numbers on every machine. */
function mulberry32(seed: number) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
