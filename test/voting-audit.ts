import { type CountedPile, countSlips as counted } from '../src/demo/counted.ts'
import type { World } from './world.ts'

export type { CountedPile } from '../src/demo/counted.ts'

/** All slips of an election are counted, by the chair and another of its committee alike, and the chair ends the audit. */
export const countSlips = async (
  world: World,
  election: string,
  { chair, other }: { chair: string; other: string },
  piles: readonly CountedPile[],
): Promise<void> => counted([await world.as(chair), await world.as(other)], election, piles)
