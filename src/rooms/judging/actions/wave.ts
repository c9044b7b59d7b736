import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { endOfDay, isLate } from '../domain/deadline.ts'
import { stateOf } from '../domain/reading.ts'
import { readingsOf, type StandingEntry } from '../domain/standing.ts'
import type { StoredWave } from '../domain/waves.ts'
import { type NextWave, nextWave } from '../domain/waves.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import { holdReading, type RoundReading } from '../store/reading.ts'
import { sealedSheets } from '../store/sheet.ts'
import { addWave, listWaves } from '../store/wave.ts'
import { standingEntries } from './reading.ts'

type Db = Parameters<typeof sealedSheets>[0]

/** What the fixed rule says next: wait, read more of these, or be finished. Undefined without waves. */
export async function nextWaveOf(
  db: Db,
  { round, reading }: RoundReading,
  entries?: StandingEntry[],
): Promise<{ next: NextWave | undefined; issued: StoredWave[] }> {
  const issued = await listWaves(db, round.id)
  const { rule } = reading
  if (!rule?.waves) return { next: undefined, issued }
  const list = entries ?? (await standingEntries(db, round))
  const readings = readingsOf(rule, list, await sealedSheets(db, round.id))
  const next = nextWave(
    rule.waves,
    list.map(({ id, cluster, category }) => ({
      proposal: id,
      cluster,
      ...(rule.bySector && category !== null && { sector: category }),
    })),
    issued.map((wave) => ({ extra: wave.extra, proposals: wave.proposals.map((each) => each.proposal) })),
    readings,
  )
  return { next, issued }
}

/** Send out the next wave of readings, as the rule fixed before reading began says. Its readers are then looked for. */
export const issueWave: Action<
  RoundReading & { next: NextWave | undefined },
  z.output<typeof forms.waveForm>,
  Omit<StoredWave, 'at'>,
  'reading-not-open' | 'no-waves' | 'wave-waits' | 'waves-finished' | 'until-past' | 'deadline-first'
> = {
  name: 'judging.wave-sent',
  find: async (tx, actor, id) => {
    const held = await holdReading(tx, actor, id)
    return held && { ...held, next: (await nextWaveOf(tx, held)).next }
  },
  may: may.runWave,
  input: forms.waveForm,
  decide: ({ reading, next }, typed, { now }) => {
    if (stateOf(reading) !== 'open') return refuse('reading-not-open')
    if (!next) return refuse('no-waves')
    if (next.state === 'waiting') return refuse('wave-waits')
    if (next.state === 'finished') return refuse('waves-finished')
    const until = typed.until === null ? null : endOfDay(typed.until)
    if (until && until <= now) return refuse('until-past')
    // Nobody could write a word in it.
    if (!until && isLate(reading.until, now)) return refuse('deadline-first')
    const { wave, extra, proposals, basis, minimum } = next
    return decide({ seq: wave, extra, proposals, basis, minimum, until })
  },
  save: (tx, { round }, wave, { now, actor }) => addWave(tx, round.id, { ...wave, at: now }, actor.id!),
  tell: ({ seq, extra, proposals, basis, until }) => ({
    wave: seq,
    extra,
    entries: proposals.length,
    basis,
    ...(until && { until: until.toISOString() }),
  }),
  scope: () => null,
}
