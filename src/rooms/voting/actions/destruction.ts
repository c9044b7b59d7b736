import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { destructionFrom, mayDestroy } from '../domain/destruction.ts'
import { localDay } from '../domain/roll/day.ts'
import { destructionForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/destruction.ts'

/** What was destroyed in front of witnesses, written down by one of the committee. */
export const recordDestruction: Action<
  store.Ending,
  z.output<typeof destructionForm>,
  { place: string; witnesses: string },
  'destruction-early' | 'destruction-known' | 'destruction-open' | 'not-sealed' | 'not-decided'
> = {
  name: 'voting.destruction-recorded',
  find: store.holdEnding,
  may: may.recordDestruction,
  input: destructionForm,
  decide: ({ state, destruction, open, ...election }, { place, witnesses }, { now }) => {
    if (state === 'preparing' || state === 'closed' || election.kind === 'deliberation') return refuse('not-sealed')
    if (destruction) return refuse('destruction-known')
    if (!mayDestroy({ ...election, state })) return refuse('not-decided')
    if (localDay(now, election.profile.zone) < destructionFrom(election)) return refuse('destruction-early')
    if (open) return refuse('destruction-open')
    return decide({ place, witnesses })
  },
  save: (tx, election, change, { actor, now }) =>
    store.insertDestruction(tx, election, change, { person: actor.id!, at: now }),
  tell: () => ({}),
  scope: ({ agency }) => agency,
}

/** Another of the committee was there: the election is over, and this room forgets what it held of its secrets. */
export const confirmDestruction: Action<
  store.Ending,
  Record<string, never>,
  { state: 'closed' },
  'destruction-none' | 'destruction-over' | 'destruction-same-person' | 'destruction-open'
> = {
  name: 'voting.election-closed',
  find: store.holdEnding,
  may: may.recordDestruction,
  input: nothing,
  decide: ({ destruction, open }, _, { actor }) => {
    if (!destruction) return refuse('destruction-none')
    if (destruction.confirmed) return refuse('destruction-over')
    if (destruction.by === actor.id) return refuse('destruction-same-person')
    if (open) return refuse('destruction-open')
    return decide({ state: 'closed' as const })
  },
  save: (tx, election, _, { actor, now }) => store.saveDestroyed(tx, election, { person: actor.id!, at: now }),
  tell: () => ({}),
  scope: ({ agency }) => agency,
}
