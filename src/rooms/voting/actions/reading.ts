import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { markOf } from '#platform/secret.ts'
import { compareReadings, networkOf } from '../domain/reading.ts'
import { standingOf } from '../domain/versions.ts'
import { readingForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { hasRead, insertReading } from '../store/photo.ts'
import { type CountHeld, holdCount, saveStandings } from '../store/result.ts'

/**
 * The mark of a reader of one photograph, of the network alone: nothing that a reader brings along makes several of one. Without
 * the house's key it leads neither to an address nor to what was read from there elsewhere.
 */
export const readerMark = (address: string, photo: string): Buffer =>
  markOf('voting photo', `${networkOf(address)} ${photo}`)

/**
 * Keep what somebody read from a photograph. When enough read the same, and it is not what was signed, the polling place is
 * questioned at every level and its committee looks; no number changes by it.
 */
export const readPhoto = (
  photo: string,
  reader: Buffer,
): Action<
  CountHeld & { read?: boolean },
  z.output<typeof readingForm>,
  { votes: number[]; blank: number; state: 'open' | 'same' | 'other' },
  'photo-read' | 'photo-gone'
> => ({
  name: 'voting.photo-read',
  find: async (tx, _actor, tps) => {
    const count = await holdCount(tx, tps)
    return count && { ...count, read: (await hasRead(tx, photo, reader)) !== undefined }
  },
  may: may.readPhoto,
  input: readingForm,
  decide: ({ read, candidates, versions, settled, evidence }, { votes, blank }) => {
    if (read) return refuse('photo-read')
    const standing = standingOf(versions, settled)
    if (votes.length !== candidates.length || !('head' in standing)) return refuse('photo-gone')
    const own = evidence.readings.filter((each) => each.photo === photo)
    return decide({ votes, blank, state: compareReadings([...own, { votes, blank }], standing.head).kind })
  },
  save: async (tx, count, { votes, blank }, { now }) => {
    await insertReading(tx, count, { photo, reader, votes, blank }, now)
    const evidence = { ...count.evidence, readings: [...count.evidence.readings, { photo, votes, blank }] }
    const standing = standingOf(count.versions, count.settled)
    await saveStandings(tx, [{ count: { ...count, evidence }, standing }], now)
  },
  tell: ({ state }, { number }) => ({ tps: number, state }),
  scope: ({ agency }) => agency,
})
