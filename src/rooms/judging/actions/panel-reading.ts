import type { z } from 'zod'
import type { Entry } from '#competition'
import { listPassed } from '#competition'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { dealReadings, type Member, type Pair } from '../domain/member.ts'
import type { PanelRound } from '../domain/panel.ts'
import { judgeReading, type ReadingKind, readersPerEntry } from '../domain/panel-reading.ts'
import { nothingTyped } from '../forms/panel.ts'
import { readingForm } from '../forms/panel-reading.ts'
import { mayPanel } from '../permissions/panel.ts'
import { listFinalists } from '../store/decision.ts'
import { listMembers } from '../store/member.ts'
import { listNominees } from '../store/nominee.ts'
import { holdPanelRound } from '../store/panel.ts'
import { addReadings, type HeldReading, holdOwnReading, listReadings, saveReading } from '../store/panel-reading.ts'

type Dealing = { round: PanelRound; entries: Entry[]; members: Member[]; there: Pair[] }

/** Give nominees (or finalists, for feasibility) to panel members, as many each as the rules say. */
export const dealPanel = (
  kind: ReadingKind,
): Action<
  Dealing,
  object,
  { pairs: readonly Pair[] },
  'no-such-stage' | 'stage-not-open' | 'plenary-open' | 'no-nominees' | 'too-few-members'
> => ({
  name: 'judging.panel-assigned',
  find: async (tx, actor, id) => {
    const round = await holdPanelRound(tx, actor, id)
    if (!round) return undefined
    const standing = new Set((await listNominees(tx, id)).filter((n) => !n.removed).map((n) => n.proposal))
    const entries =
      kind === 'nominee'
        ? (await listPassed(tx, id)).filter((entry) => standing.has(entry.id))
        : await listFinalists(tx, id)
    return { round, entries, members: await listMembers(tx), there: await listReadings(tx, id, kind) }
  },
  may: mayPanel.assignPanel,
  input: nothingTyped,
  decide: ({ round, entries, members, there }) => {
    const each = readersPerEntry(round, kind)
    if (each === undefined) return refuse('no-such-stage')
    const judged = judgeReading(round, kind)
    if (!judged.ok) return judged
    if (entries.length === 0) return refuse('no-nominees')
    const owned = entries.map(({ id, agency, agencyRegion }) => ({ proposal: id, agency, agencyRegion }))
    const dealt = dealReadings(owned, members, each, there)
    return dealt.ok ? decide({ pairs: dealt.change }) : refuse('too-few-members')
  },
  save: (tx, { round }, { pairs }, { now }) => addReadings(tx, round.id, kind, pairs, now),
  tell: ({ pairs }) => ({ kind, readings: pairs.length }),
  scope: () => null,
})

/** Write down the own score and note for an entry. */
export const giveReading = (
  kind: ReadingKind,
): Action<
  HeldReading,
  z.output<typeof readingForm>,
  { score: number | null; note: string; done: boolean },
  'stage-not-open' | 'plenary-open' | 'score-missing' | 'note-missing'
> => ({
  name: 'judging.panel-reading-given',
  find: holdOwnReading(kind),
  may: (actor, { reading }) => mayPanel.readForPanel(actor, reading),
  input: readingForm,
  decide: ({ round }, { score, note, done }) => {
    const judged = judgeReading(round, kind)
    if (!judged.ok) return judged
    if (done && kind === 'feasibility' && score === null) return refuse('score-missing')
    if (done && score === null && note === '') return refuse('note-missing')
    return decide({ score, note, done: done !== undefined })
  },
  save: (tx, { reading }, { score, note, done }, { now }) =>
    saveReading(tx, reading, { score, note, done: done ? now : null }),
  subject: (_, { round }) => round.id,
  tell: (_, { entry }) => ({ kind, number: entry.number }),
  scope: () => null,
})
