import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Form,
  Page,
  State,
  sentence,
  Table,
  TextArea,
  Tick,
  When,
} from '#platform/ui/index.ts'
import { shortHash } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import { allMet, conditions, type SignedReadiness } from '../domain/readiness.ts'
import { words } from '../text/index.ts'
import { type Again, PracticeNotice, withinTrail } from './parts.tsx'

/** The conditions of the constitutional court, answered by the committee and signed by two sides. */
export function ReadinessPage({
  view,
  election,
  readiness,
  answers,
  signs,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  readiness: SignedReadiness | undefined
  answers: boolean
  signs: boolean
} & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/readiness`
  const labels = Object.fromEntries(
    conditions.map((each) => [`${each}.ground`, fill(w.ground, { condition: w[`condition-${each}`] })]),
  )
  return (
    <Page view={view} title={w.readinessTitle} lead={w.readinessLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <p class="hint">{w.readinessSource}</p>
      {readiness ? (
        <section>
          <h2>{fill(w.readinessVersion, { n: readiness.version })}</h2>
          <Table
            caption={fill(w.readinessVersion, { n: readiness.version })}
            hideCaption
            rows={conditions}
            columns={[
              { head: w.readiness, main: true, cell: (each) => w[`condition-${each}`] },
              {
                head: w.state,
                cell: (each) => (
                  <State tone={readiness.content[each].met ? 'good' : 'bad'}>
                    {readiness.content[each].met ? w.conditionMet : w.conditionUnmet}
                  </State>
                ),
              },
              { head: w.groundHead, cell: (each) => readiness.content[each].ground },
            ]}
          />
          <p>
            <code>{shortHash(readiness.hash)}</code> · <a href={`${at}/${readiness.version}.pdf`}>{w.readinessPaper}</a>
          </p>
          {readiness.signatures.length > 0 && (
            <ul>
              {readiness.signatures.map(({ side, name, at: when }) => (
                <li key={side}>
                  {w.readinessSignedBy} {name} ({w[`side-${side}`]}),{' '}
                  <When at={when} lang={view.lang} zone={view.zone} />
                </li>
              ))}
            </ul>
          )}
          {signs &&
            allMet(readiness.content) &&
            !readiness.signatures.some(({ person }) => person === view.actor.id) && (
              <ActionButton action={`${at}/sign`} fields={{ hash: readiness.hash }}>
                {w.readinessSign}
              </ActionButton>
            )}
        </section>
      ) : (
        <p>{w.readinessNone}</p>
      )}
      {answers && (
        <Form action={at}>
          {conditions.map((each) => {
            const kept = readiness?.content[each]
            const problem = problems[`${each}.ground`]
            return (
              <fieldset key={each}>
                <legend>{w[`condition-${each}`]}</legend>
                <Tick
                  name={`met-${each}`}
                  label={w.conditionMet}
                  checked={typed ? typed[`met-${each}`] !== undefined : (kept?.met ?? false)}
                />
                <TextArea
                  name={`ground-${each}`}
                  label={fill(w.ground, { condition: w[`condition-${each}`] })}
                  hint={each === 'technology' ? w.groundHint : undefined}
                  rows={2}
                  value={typed ? String(typed[`ground-${each}`] ?? '') : (kept?.ground ?? '')}
                  problem={problem && sentence(problem, view.lang, w)}
                />
              </fieldset>
            )
          })}
          <div class="actions">
            <button type="submit">{w.readinessSave}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}
