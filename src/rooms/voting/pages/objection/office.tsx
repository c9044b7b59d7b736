import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { Choices, ErrorSummary, Form, Page, sentence, TextArea } from '#platform/ui/index.ts'
import { outcomes } from '../../domain/objection.ts'
import { words } from '../../text/index.ts'
import { type Again, typedText, withinTrail } from '../parts.tsx'
import { type InElection, InFull, type ObjectionInFull } from './parts.tsx'

/** The same for the committee, which mediates and answers, and for the regency, which decides. */
export function ObjectionPage({
  view,
  election,
  objection,
  kinds,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: InElection
  objection: ObjectionInFull
  /** Steps that this reader may take now. */
  kinds: readonly ('mediation' | 'answer' | 'decision')[]
} & Again) {
  const w = words(view.lang)
  const labels = { kind: w.stepKind, outcome: w.stepOutcome, text: w.stepText }
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  return (
    <Page
      view={view}
      title={fill(w.objectionN, { n: objection.number })}
      trail={[
        ...withinTrail(view, election),
        { href: `/voting/elections/${election.id}/objections`, label: w.objectionsTitle },
      ]}
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <InFull view={view} objection={objection} own={false} />
      {objection.evidence && (
        <p>
          <a href={`/voting/objections/${objection.id}/evidence`}>{w.evidence}</a>
        </p>
      )}
      {kinds.length > 0 && (
        <section>
          <h2>{w.ownStepHead}</h2>
          <Form action={`/voting/objections/${objection.id}`}>
            <Choices
              name="kind"
              label={w.stepKind}
              value={typedText(typed, 'kind') || kinds.at(-1)}
              options={kinds.map((value) => ({ value, label: w[`ostep-${value}`] }))}
              problem={problem('kind')}
            />
            <Choices
              name="outcome"
              label={w.stepOutcome}
              value={typedText(typed, 'outcome')}
              options={outcomes.map((value) => ({ value, label: w[`out-${value}`] }))}
              problem={problem('outcome')}
            />
            <TextArea
              name="text"
              label={w.stepText}
              hint={w.stepTextHint}
              value={typedText(typed, 'text')}
              problem={problem('text')}
            />
            <div class="actions">
              <button type="submit">{w.stepSave}</button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}
