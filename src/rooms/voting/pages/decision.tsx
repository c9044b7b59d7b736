import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  Notice,
  Page,
  sentence,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import { shortHash } from '../domain/candidate.ts'
import type { Decision, DecisionContent, Obstacle } from '../domain/decision.ts'
import type { Election } from '../domain/election.ts'
import { lackOf, type Proof } from '../domain/proof.ts'
import { words } from '../text/index.ts'
import { type Again, ElectionStateSign, PracticeNotice, typedText, withinTrail } from './parts.tsx'
import { tpsName } from './roll/parts.tsx'

/** What was decided, as a sentence without its end. */
export function decidedText(
  { lang }: Pick<View, 'lang'>,
  { kind, candidate, name, totals }: Pick<DecisionContent, 'kind' | 'candidate' | 'name' | 'totals'>,
): string {
  const votes = candidate === null ? Math.max(0, ...totals) : (totals[candidate - 1] ?? 0)
  const values = { name: name ?? '', number: candidate ?? '', votes: formatNumber(votes, lang) }
  return fill(words(lang)[`decided-${kind}`], values)
}

/** That numbers moved after the decision, and what they were. */
export function movedText(
  { lang }: Pick<View, 'lang'>,
  { totals, blank }: Pick<DecisionContent, 'totals' | 'blank'>,
): string {
  const votes = totals.map((each, at) => `${at + 1}: ${formatNumber(each, lang)}`).join(', ')
  return fill(words(lang).decidedMoved, { votes, blank: formatNumber(blank, lang) })
}

/** For everybody: what the committee decided, and that numbers moved since where they did. */
export function DecidedNotice({
  view,
  decision,
  stands,
}: {
  view: View
  decision: Pick<Decision, 'content' | 'confirmed'>
  stands: boolean
}) {
  const w = words(view.lang)
  const { content, confirmed } = decision
  if (!confirmed) return null
  const title = fill(w.decidedHead, { day: formatDate(confirmed, view.lang, view.zone) })
  return (
    <Notice tone={stands ? 'good' : 'attention'} title={title}>
      <p>
        <strong>{decidedText(view, content)}.</strong>
      </p>
      {!stands && <p>{movedText(view, content)}</p>}
    </Notice>
  )
}

/** For those who prepare it: what waits, what there is to decide, and the act of two. */
export function DecisionPage({
  view,
  election,
  until,
  obstacles,
  current,
  decision,
  writes,
  confirms,
  complete,
  unproven,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  /** The last day for objections. */
  until: string | null
  obstacles: readonly Obstacle[]
  /** What could be decided now, with its hash. */
  current: { content: DecisionContent; hash: string } | undefined
  decision: Decision | undefined
  writes: boolean
  confirms: boolean
  complete: boolean
  /** Polling places whose result nothing bears out yet. */
  unproven: readonly Proof[]
} & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/decision`
  const labels = { place: w.decisionPlace, witnesses: w.decisionWitnesses, text: w.unrecordedText }
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const n = (value: number) => formatNumber(value, view.lang)
  const content = decision?.confirmed ? decision.content : current?.content
  const stale = decision !== undefined && !decision.confirmed && decision.hash !== current?.hash
  const open = obstacles.length === 0 && !decision?.confirmed
  const waits = decision !== undefined && !decision.confirmed && !stale
  return (
    <Page view={view} title={w.decisionTitle} lead={w.decisionLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Facts
        facts={[
          [w.state, <ElectionStateSign view={view} state={election.state} />],
          ...(until ? [[w.decisionUntil, formatDate(until, view.lang)] as const] : []),
          [
            decision?.confirmed ? w.decisionOutcome : w.decisionNow,
            content ? `${decidedText(view, content)}.` : w.decisionNone,
          ],
          ...(content
            ? [
                [
                  w.decisionNumbers,
                  fill(w.decisionSum, {
                    valid: n(content.totals.reduce((sum, each) => sum + each, 0)),
                    blank: n(content.blank),
                    present: n(content.present),
                    voters: n(content.voters),
                  }),
                ] as const,
              ]
            : []),
        ]}
      />
      {obstacles.length > 0 && !decision?.confirmed && (
        <Notice tone="attention" title={w.decisionWaits}>
          <ul>
            {obstacles.map((obstacle) => (
              <li key={obstacle}>{w[obstacle]}</li>
            ))}
          </ul>
        </Notice>
      )}
      {!decision?.confirmed &&
        unproven.map((proof) => {
          const again = typed && typedText(typed, 'tps') === proof.tps
          return (
            <Unproven
              key={proof.tps}
              view={view}
              at={at}
              proof={proof}
              confirms={confirms}
              typed={again ? { text: typedText(typed, 'text'), problem: problem('text') } : undefined}
            />
          )
        })}
      {decision && (
        <section>
          {stale && (
            <Notice tone="attention">
              <p>{w['decision-changed']}</p>
            </Notice>
          )}
          <Facts
            facts={[
              [w.decisionPlace, decision.place],
              [w.decisionWitnesses, decision.witnesses],
              [w.decisionHash, <code>{shortHash(decision.hash)}</code>],
            ]}
          />
          <p>
            {fill(decision.confirmed ? w.decisionBoth : w.decisionBy, {
              first: decision.byName,
              second: decision.confirmedBy ?? '',
            })}
          </p>
          {waits && open && confirms && decision.by !== view.actor.id && (
            <ActionButton action={`${at}/confirm`} fields={{ hash: decision.hash }}>
              {w.decisionConfirm}
            </ActionButton>
          )}
        </section>
      )}
      {writes && open && current && !waits && (
        <Form action={at}>
          <input type="hidden" name="hash" value={current.hash} />
          <TextField
            name="place"
            label={w.decisionPlace}
            value={typedText(typed, 'place')}
            problem={problem('place')}
          />
          <TextArea
            name="witnesses"
            label={w.decisionWitnesses}
            rows={3}
            value={typedText(typed, 'witnesses')}
            problem={problem('witnesses')}
          />
          <div class="actions">
            <button type="submit">{w.decisionWrite}</button>
          </div>
        </Form>
      )}
      {complete && (
        <p>
          <a href={`/voting/elections/${election.id}/recap.pdf`}>{w.recapPaper}</a>
        </p>
      )}
    </Page>
  )
}

/** What a polling place lacks, and where it has no record, the act of two who say why. */
function Unproven({
  view,
  at,
  proof,
  confirms,
  typed,
}: {
  view: View
  at: string
  proof: Proof
  confirms: boolean
  /** What was typed for this place, when it comes back; the summary of problems leads to its field by the name. */
  typed: { text: string; problem: string | undefined } | undefined
}) {
  const w = words(view.lang)
  const lack = lackOf(proof)
  const said = proof.unrecorded
  return (
    <section>
      <h2>{fill(w.unprovenHead, { tps: tpsName(view, proof.number) })}</h2>
      <p>{said ? fill(w.unrecordedBy, { text: said.text, first: said.byName }) : w[`unproven-${lack}`]}</p>
      {confirms && lack === 'none' && !said && (
        <Form action={`${at}/unrecorded`}>
          <input type="hidden" name="tps" value={proof.tps} />
          <TextArea
            name="text"
            id={typed ? 'text' : `text-${proof.number}`}
            label={w.unrecordedText}
            rows={3}
            value={typed?.text}
            problem={typed?.problem}
          />
          <div class="actions">
            <button type="submit" class="quiet">
              {w.unrecordedWrite}
            </button>
          </div>
        </Form>
      )}
      {confirms && lack === 'none' && said && said.by !== view.actor.id && (
        <ActionButton action={`${at}/unrecorded/confirm`} fields={{ tps: proof.tps }} kind="quiet">
          {w.unrecordedConfirm}
        </ActionButton>
      )}
    </section>
  )
}
