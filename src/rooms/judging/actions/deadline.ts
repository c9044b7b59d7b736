import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { deadlineOf, endOfDay, judgeExtension, type Part } from '../domain/deadline.ts'
import { stateOf } from '../domain/reading.ts'
import type { StoredWave } from '../domain/waves.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import { saveExtension, unfinishedIn } from '../store/deadline.ts'
import { holdReading, type RoundReading } from '../store/reading.ts'
import { listWaves } from '../store/wave.ts'
import { tellReaders } from './notice.ts'

type Extending = RoundReading & { waves: readonly StoredWave[] }
type Extended = Part & { id: string; before: Date; until: Date; reason: string; letters: number }

/**
 * Give the evaluators more time, for the round, for third readings or for one wave, with a reason that they read. The
 * only way in which anything is written on a sheet after its deadline.
 */
export const extendReading: Action<
  Extending,
  z.output<typeof forms.extension>,
  Extended,
  'reading-not-open' | 'part-unknown' | 'until-past' | 'until-not-later'
> = {
  name: 'judging.reading-moved',
  find: async (tx, actor, id) => {
    const held = await holdReading(tx, actor, id)
    return held && { ...held, waves: await listWaves(tx, id) }
  },
  may: may.extendReading,
  input: forms.extension,
  decide: ({ reading, waves }, { part, until, reason }, { now }) => {
    if (stateOf(reading) !== 'open') return refuse('reading-not-open')
    const wave = waves.find((each) => each.seq === part.wave)
    if (part.part === 'wave' && !wave) return refuse('part-unknown')
    const before = deadlineOf(reading, { purpose: part.part, waveUntil: wave?.until ?? null })
    const judged = judgeExtension(before!, endOfDay(until), now)
    return judged.ok ? decide({ ...part, id: newId(), ...judged.change, reason, letters: 0 }) : judged
  },
  save: async (tx, { round }, change, { now, actor }) => {
    const { letters: _, ...extension } = change
    await saveExtension(tx, round.id, extension, actor.id!, now)
    const waiting = await unfinishedIn(tx, round.id, change)
    change.letters = waiting.size
    await tellReaders(tx, round, waiting, change.until, 'extended', change.reason)
  },
  tell: ({ part, wave, until, reason, letters }) => ({
    part: part === 'wave' ? `wave ${wave}` : part,
    until: until.toISOString(),
    reason,
    letters,
  }),
  scope: () => null,
}
