import type { View } from '#platform/http.ts'
import { fill, formatNumber, formatPercent } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  Notice,
  sentence,
  TextArea,
  TextField,
  Tick,
} from '#platform/ui/index.ts'
import type { AuditWhy } from '../../domain/audit.ts'
import type { Election } from '../../domain/election.ts'
import { words } from '../../text/index.ts'
import { type Again, typedText } from '../parts.tsx'
import { tpsName } from '../roll/parts.tsx'
import { auditAt } from './audit.tsx'
import type { AuditShown } from './shown.ts'

/** What an audit of the announced numbers would be by the rules of the election. */
export type Size = {
  slips: number
  margin: number
  risk: number
  below: number
  plan: { kind: 'full'; why: AuditWhy } | { kind: 'poll'; expected: number }
}

/** Fix the plan: what the rules make of these numbers, and the choices. */
export function PlanPart({
  view,
  election,
  missing,
  size,
  chances,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  missing: readonly number[]
  size: Size | undefined
  /** What drawing so many polling places brings, when so many of all are wrong. */
  chances: readonly { drawn: number; wrong: number; all: number; chance: number }[]
} & Again) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const field = (name: string, usual: string) => ({
    name,
    value: typed ? typedText(typed, name) : usual,
    problem: problems[name] && sentence(problems[name], view.lang, w),
  })
  const labels = { places: w.auditPlaces }
  return (
    <section>
      <h2>{w.auditPlanHead}</h2>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      {size === undefined ? (
        <Notice tone="attention">
          <p>
            {fill(w.resultsMissingOf, { places: missing.map((number) => tpsName(view, number)).join(', ') || '–' })}
          </p>
        </Notice>
      ) : (
        <>
          <p>{w.auditPlanLead}</p>
          <Facts
            facts={[
              [w.auditSlips, n(size.slips)],
              [w.auditMargin, formatPercent(size.margin, view.lang, 2)],
              [w.auditRisk, formatPercent(size.risk, view.lang, 1)],
              [w.auditBelow, formatPercent(size.below, view.lang, 1)],
              [
                w.auditKind,
                size.plan.kind === 'full'
                  ? `${w.auditKindFull}, ${w[`why-${size.plan.why}`]}`
                  : fill(w.auditKindPoll, { n: n(size.plan.expected) }),
              ],
            ]}
          />
          {chances.length > 0 && (
            <ul>
              {chances.map(({ chance, ...places }) => (
                <li key={places.drawn}>
                  {fill(w.auditChance, { ...places, chance: formatPercent(chance, view.lang) })}
                </li>
              ))}
            </ul>
          )}
          <Form action={auditAt(election)}>
            <TextField {...field('places', '1')} label={w.auditPlaces} inputmode="numeric" />
            <Tick name="full" label={w.auditFull} checked={typedText(typed, 'full') !== ''} />
            <div class="actions">
              <button type="submit">{w.auditPlan}</button>
            </div>
          </Form>
        </>
      )}
    </section>
  )
}

/** What one of the committee can do with a planned audit now. */
export function ActPart({
  view,
  election,
  audit,
  own,
  all,
  adopts,
  ends,
  waiting,
  piles,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  audit: AuditShown
  /** Whether this person typed the dice. */
  own: boolean
  /** Drawn slips confirmed it, and all can still be counted. */
  all: boolean
  /** All were counted, differ, and can be taken as the result. */
  adopts: boolean
  ends: boolean
  /** How many drawn slips wait for this person. */
  waiting: number
  /** Polling places whose slips this person can count now. */
  piles: readonly { tps: string; number: number }[]
} & Again) {
  const w = words(view.lang)
  const at = auditAt(election)
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  if (audit.outcome)
    return (
      <>
        <ErrorSummary
          lang={view.lang}
          problems={problems}
          refusal={refusal}
          words={w}
          labels={{ ground: w.adoptGround }}
        />
        {all && (
          <ActionButton action={at} fields={{ places: '0', full: 'on' }} kind="quiet">
            {w.auditAll}
          </ActionButton>
        )}
        {adopts && ends && !audit.adoption && (
          <section>
            <h2>{w.adoptHead}</h2>
            <p>{w.adoptLead}</p>
            <Form action={`${at}/adopt`}>
              <TextArea
                name="ground"
                label={w.adoptGround}
                rows={3}
                value={typedText(typed, 'ground')}
                problem={problem('ground')}
              />
              <div class="actions">
                <button type="submit">{w.adopt}</button>
              </div>
            </Form>
          </section>
        )}
        {adopts && audit.adoption && audit.adoption.by !== view.actor.id && (
          <ActionButton action={`${at}/adopt/confirm`}>{w.adoptConfirm}</ActionButton>
        )}
      </>
    )
  const polls = audit.kind === 'poll' && !audit.escalated
  return (
    <section>
      <h2>{w.rollNow}</h2>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ dice: w.dice, witnesses: w.diceWitnesses, again: w.diceAgain }}
      />
      {polls && !audit.seen && (
        <>
          <p>{w.diceLead}</p>
          {audit.dice && (own ? <p>{w.diceWaits}</p> : null)}
          {audit.dice && !own && (
            <Form action={`${at}/dice/confirm`} autocomplete="off">
              <TextField
                name="again"
                label={w.diceAgain}
                inputmode="numeric"
                autocomplete="off"
                problem={problem('again')}
              />
              <div class="actions">
                <button type="submit">{w.diceConfirm}</button>
              </div>
            </Form>
          )}
          <Form action={`${at}/dice`} autocomplete="off">
            <TextField
              name="dice"
              label={w.dice}
              inputmode="numeric"
              autocomplete="off"
              value={typedText(typed, 'dice')}
              problem={problem('dice')}
            />
            <TextField
              name="witnesses"
              label={w.diceWitnesses}
              value={typedText(typed, 'witnesses')}
              maxlength={300}
              problem={problem('witnesses')}
            />
            <div class="actions">
              <button type="submit" class={audit.dice ? 'quiet' : undefined}>
                {w.diceEnter}
              </button>
            </div>
          </Form>
        </>
      )}
      <ul>
        {waiting > 0 && (
          <li>
            <a href={`${at}/slips`}>
              {w.slipsYours} ({formatNumber(waiting, view.lang)})
            </a>
          </li>
        )}
        {piles.map(({ tps, number }) => (
          <li key={tps}>
            <a href={`${at}/piles/${tps}`}>{fill(w.pileTitle, { tps: tpsName(view, number) })}</a>
          </li>
        ))}
      </ul>
      <div class="actions">
        {polls && audit.verdict === 'not-yet' && (
          <ActionButton action={`${at}/more`}>
            {fill(w.auditMore, { n: formatNumber(Math.max(1, audit.expected ?? 1), view.lang) })}
          </ActionButton>
        )}
        {polls && (
          <ActionButton action={`${at}/all`} kind="quiet">
            {w.auditAll}
          </ActionButton>
        )}
        {ends && (audit.verdict === 'confirmed' || audit.verdict === 'differs') && (
          <ActionButton action={`${at}/end`}>{w.auditEnd}</ActionButton>
        )}
      </div>
    </section>
  )
}
