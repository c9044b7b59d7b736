import { hashOf } from '@melayani/polling/format'
import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { canonicalJson } from '#platform/canonical.ts'
import { decide, refuse } from '#platform/result.ts'
import { standingOf as auditStanding, foundBy, sameNumbers } from '../../domain/audit.ts'
import { sheetOf, standingOf } from '../../domain/versions.ts'
import { adoptForm } from '../../forms/audit.ts'
import { nothing } from '../../forms.ts'
import { may } from '../../permissions.ts'
import * as store from '../../store/audit.ts'
import type { CountHeld, NewResult } from '../../store/result.ts'
import { keptOf, saveTaken } from '../intake.ts'

type Held = store.HeldAdopting
type Refusal = 'adopt-not-now' | 'votes-above-roll' | 'votes-above-pool'

/** A new version of the result of a place: what two people counted of its slips, correcting what counts there. */
function madeOf(count: CountHeld, found: { votes: readonly number[]; blank: number }, audit: number, ground: string) {
  const standing = standingOf(count.versions, count.settled)
  if (!('head' in standing)) return refuse('adopt-not-now')
  const { head } = standing
  const { votes, blank } = found
  const valid = votes.reduce((sum, each) => sum + each, 0)
  if (valid + blank > count.voters) return refuse('votes-above-roll')
  if (valid + blank > count.pool) return refuse('votes-above-pool')
  const { election, tps } = count
  const counted = {
    version: head.version + 1,
    present: head.present,
    votes: [...votes],
    blank,
    source: 'slips' as const,
  }
  const text = canonicalJson({
    ...{ format: 'melayani-audit-result/1', election, tps, audit, corrects: head.sheet, ground },
    ...counted,
  })
  const hash = hashOf(text)
  const made: NewResult = {
    ...{ hash, sheet: sheetOf(hash), how: 'audit', text, signatures: [], station: null, valid },
    result: { ...counted, corrects: { hash: head.sheet, reason: ground }, roll: count.voters, differences: [] },
  }
  return decide({ count, made })
}

/** The versions that a full count which differs would make: of every place whose numbers are others on paper. */
function versionsOf({ audit, earlier, now, counts, election }: Held, ground: string) {
  if (!audit || election.state !== 'held') return refuse('adopt-not-now')
  if (auditStanding([...earlier, audit], now.piles) !== 'differs') return refuse('adopt-not-now')
  const versions = []
  for (const found of foundBy(audit) ?? []) {
    const pile = audit.piles.filter(({ tps }) => tps === found.tps)
    const count = counts.get(found.tps)
    if (!count || sameNumbers(pile, [found])) continue
    const made = madeOf(count, found, audit.version, ground)
    if (!made.ok) return made
    versions.push(made.change)
  }
  return decide(versions)
}

/** The chair writes down that what was counted by hand is the result, and why. It holds when another confirms it. */
export const writeAdoption: Action<Held, z.output<typeof adoptForm>, { ground: string }, Refusal | 'adopt-written'> = {
  name: 'voting.adoption-written',
  find: store.holdAdopting,
  may: (actor, { election }) => may.endAudit(actor, election),
  input: adoptForm,
  decide: (held, { ground }) => {
    if (held.audit?.adoption) return refuse('adopt-written')
    const versions = versionsOf(held, ground)
    return versions.ok ? decide({ ground }) : versions
  },
  save: (tx, { election, audit }, { ground }, { now, actor }) =>
    store.insertAdoption(tx, election, audit!, ground, { by: actor.id!, at: now }),
  tell: (_, { audit }) => ({ version: audit!.version }),
  scope: ({ election }) => election.agency,
}

/** Another of the committee confirms it: every place whose slips say other numbers has a new version, and it counts. */
export const confirmAdoption: Action<
  Held,
  Record<string, never>,
  { places: number[] },
  Refusal | 'adopt-none' | 'adopt-same-person'
> = {
  name: 'voting.counts-adopted',
  find: store.holdAdopting,
  may: (actor, { election }) => may.keepAudit(actor, election),
  input: nothing,
  decide: (held, _, { actor }) => {
    const adoption = held.audit?.adoption
    if (!adoption) return refuse('adopt-none')
    if (adoption.confirmed) return refuse('adopt-not-now')
    if (adoption.by === actor.id) return refuse('adopt-same-person')
    const versions = versionsOf(held, adoption.ground)
    return versions.ok ? decide({ places: versions.change.map(({ count }) => count.number) }) : versions
  },
  save: async (tx, held, _, { now, actor }) => {
    const versions = versionsOf(held, held.audit!.adoption!.ground)
    if (!versions.ok) throw new Error(versions.refusal)
    const taken = versions.change.map(({ count, made }) => ({
      ...{ count, made, standing: standingOf([...count.versions, keptOf(made, now)], count.settled) },
    }))
    if (taken.length > 0) await saveTaken(tx, taken, now)
    await store.saveAdopted(tx, held.election, held.audit!, { by: actor.id!, at: now })
  },
  tell: ({ places }, { audit }) => ({ version: audit!.version, places: places.join(', ') }),
  scope: ({ election }) => election.agency,
}
