import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { announcedBy, auditRules, countsAll, planOf, sameNumbers, standingOf, verdictOf } from '../../domain/audit.ts'
import { diceForm, planForm, seenForm } from '../../forms/audit.ts'
import { nothing } from '../../forms.ts'
import { may } from '../../permissions.ts'
import * as store from '../../store/audit.ts'

/** Fix how the slips are audited, from what was announced, before any dice are thrown; again when the numbers really changed. */
export const planAudit: Action<
  store.HeldAudit,
  z.output<typeof planForm>,
  store.NewAudit,
  'audit-planned' | 'results-missing'
> = {
  name: 'voting.audit-planned',
  find: store.holdAudit,
  may: (actor, { election }) => may.keepAudit(actor, election),
  input: planForm,
  decide: (held, { places, full }) => {
    const { election, audit, now } = held
    if (!mayPlan(held, full)) return refuse('audit-planned')
    if (now.missing.length > 0 || now.piles.length === 0) return refuse('results-missing')
    const rules = auditRules(election.profile.rules)
    const plan = full ? { kind: 'full' as const, why: 'chosen' as const } : planOf(now.piles, rules)
    return decide({
      version: (audit?.version ?? 0) + 1,
      ...{ kind: plan.kind, why: plan.kind === 'full' ? plan.why : null },
      ...{ announced: announcedBy(now.piles), piles: now.piles, risk: rules.risk, full_below: rules.fullBelow },
      ...{ expected: plan.kind === 'poll' ? plan.expected : null, first: plan.kind === 'poll' ? plan.first : null },
      places: Math.min(places, now.piles.length),
    })
  },
  save: (tx, { election }, plan, { now, actor }) => store.insertAudit(tx, election, plan, { by: actor.id!, at: now }),
  tell: ({ version, kind, why, risk, expected, announced }) => ({ version, kind, why, risk, expected, ...announced }),
  scope: ({ election }) => election.agency,
}

/** An audit of the numbers that count now is planned once; after drawn slips confirmed them, all can still be counted. */
function mayPlan({ audit, earlier, now }: store.HeldAudit, full: boolean): boolean {
  if (!audit) return true
  const standing = standingOf([...earlier, audit], now.piles)
  return standing === 'none' || standing === 'again' || (standing === 'confirmed' && full && !countsAll(audit))
}

/** Digits of the dice that witnesses threw, in the order in which they lay. Until another compared them they can be typed anew. */
export const enterDice: Action<
  store.HeldAudit,
  z.output<typeof diceForm>,
  z.output<typeof diceForm>,
  'audit-none' | 'audit-full' | 'dice-seen'
> = {
  name: 'voting.dice-thrown',
  find: store.holdAudit,
  may: (actor, { election }) => may.keepAudit(actor, election),
  input: diceForm,
  decide: ({ audit }, thrown) => {
    if (!audit) return refuse('audit-none')
    if (audit.kind === 'full') return refuse('audit-full')
    return audit.seen ? refuse('dice-seen') : decide(thrown)
  },
  save: (tx, { audit }, thrown, { now, actor }) => store.saveDice(tx, audit!, thrown, { by: actor.id!, at: now }),
  tell: ({ dice }) => ({ dice }),
  scope: ({ election }) => election.agency,
}

/** Another who saw the dice types the same digits: from then on they hold, and the first slips are drawn. */
export const confirmDice: Action<
  store.HeldAudit,
  z.output<typeof seenForm>,
  { drawn: number },
  'dice-none' | 'dice-seen' | 'dice-own' | 'dice-differ'
> = {
  name: 'voting.dice-confirmed',
  find: store.holdAudit,
  may: (actor, { election }) => may.keepAudit(actor, election),
  input: seenForm,
  decide: ({ audit }, { again }, { actor }) => {
    if (!audit?.dice) return refuse('dice-none')
    if (audit.seen) return refuse('dice-seen')
    if (audit.dicedById === actor.id) return refuse('dice-own')
    return again.replace(/[\s,.-]/g, '') === audit.dice ? decide({ drawn: audit.first! }) : refuse('dice-differ')
  },
  save: (tx, { audit }, { drawn }, { now, actor }) => store.saveSeen(tx, audit!, drawn, { by: actor.id!, at: now }),
  tell: (change) => change,
  scope: ({ election }) => election.agency,
}

/** Draw as many again as are expected: when those drawn did not confirm the winner. */
export const drawMore: Action<store.HeldAudit, Record<string, never>, { drawn: number }, 'draw-not-now'> = {
  name: 'voting.slips-drawn',
  find: store.holdAudit,
  may: (actor, { election }) => may.keepAudit(actor, election),
  input: nothing,
  decide: (held) => {
    const { audit } = held
    if (audit?.kind !== 'poll' || !mayGoOn(held)) return refuse('draw-not-now')
    return decide({ drawn: audit.drawn + Math.max(1, audit.expected!) })
  },
  save: (tx, { audit }, { drawn }) => store.saveDrawn(tx, audit!, drawn),
  tell: (change) => change,
  scope: ({ election }) => election.agency,
}
const mayGoOn = ({ audit }: store.HeldAudit): boolean =>
  audit !== undefined &&
  audit.outcome === null &&
  audit.escalated === null &&
  verdictOf(audit, audit.counts, audit.readings).kind === 'not-yet'

/** Count every slip: always possible while the audit is open, and the only way on when a drawn place says other numbers. */
export const countAll: Action<
  store.HeldAudit,
  Record<string, never>,
  Record<string, never>,
  'audit-none' | 'audit-full' | 'audit-over'
> = {
  name: 'voting.audit-escalated',
  find: store.holdAudit,
  may: (actor, { election }) => may.keepAudit(actor, election),
  input: nothing,
  decide: ({ audit }) => {
    if (!audit) return refuse('audit-none')
    if (audit.outcome) return refuse('audit-over')
    return countsAll(audit) ? refuse('audit-full') : decide({})
  },
  save: (tx, { audit }, _, { now }) => store.saveEscalated(tx, audit!, now),
  tell: () => ({}),
  scope: ({ election }) => election.agency,
}

/** Say what the audit found. Its numbers stay as they are from then on. */
export const endAudit: Action<
  store.HeldAudit,
  Record<string, never>,
  { outcome: 'confirmed' | 'differs' },
  'audit-none' | 'audit-over' | 'audit-waits' | 'results-changed'
> = {
  name: 'voting.audit-ended',
  find: store.holdAudit,
  may: (actor, { election }) => may.endAudit(actor, election),
  input: nothing,
  decide: ({ audit, now }) => {
    if (!audit) return refuse('audit-none')
    if (audit.outcome) return refuse('audit-over')
    if (!sameNumbers(audit.piles, now.piles)) return refuse('results-changed')
    const { kind } = verdictOf(audit, audit.counts, audit.readings)
    return kind === 'confirmed' || kind === 'differs' ? decide({ outcome: kind }) : refuse('audit-waits')
  },
  save: (tx, { audit }, { outcome }, { now, actor }) =>
    store.saveOutcome(tx, audit!, outcome, { by: actor.id!, at: now }),
  tell: (change) => change,
  scope: ({ election }) => election.agency,
}
