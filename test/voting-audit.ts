import { done } from '../src/demo/story.ts'
import type { World } from './world.ts'

/** Votes and blank slips of a polling place, as two people count them. */
export type CountedPile = { id: string; votes: readonly number[]; blank?: number }

/** All slips of an election are counted, by the chair and another of its committee alike, and the chair ends the audit. */
export async function countSlips(
  world: World,
  election: string,
  { chair, other }: { chair: string; other: string },
  piles: readonly CountedPile[],
): Promise<void> {
  const at = `/voting/elections/${election}/audit`
  const clients = [await world.as(chair), await world.as(other)] as const
  await done(clients[0].post(at, { places: '0', full: 'on' }), 'the plan of an audit')
  for (const { id, votes, blank = 0 } of piles) {
    const counted = Object.fromEntries(votes.map((each, of) => [`votes.${of}`, `${each}`]))
    for (const client of clients)
      await done(
        client.post(`${at}/piles/${id}`, { ...counted, blank: `${blank}`, unreadable: '0' }),
        'a count of slips',
      )
  }
  await done(clients[0].post(`${at}/end`), 'the end of an audit')
}
