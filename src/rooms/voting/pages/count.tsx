import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { Choices, ErrorSummary, Form, Page, sentence, Table, TextField } from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import type { ShownTps } from '../domain/village.ts'
import { words } from '../text/index.ts'
import { PracticeNotice, typedText, withinTrail } from './parts.tsx'
import { type CandidateShown, TpsState } from './village.tsx'
import { type Again, VoteFields, voteLabels } from './vote-fields.tsx'

type InElection = Pick<Election, 'id' | 'wave' | 'waveName' | 'villageName' | 'mode'>

/** What the committee does while results come: type sheets, settle versions, enter what equal votes ask. */
export function CountPage({
  view,
  election,
  places,
  candidates,
  facts,
  serves,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: InElection
  places: readonly ShownTps[]
  candidates: readonly CandidateShown[]
  /** What is still to be entered for the ladder. */
  facts: readonly ('education-level' | 'formal-education-path')[]
  serves: boolean
} & Again) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.countTitle} lead={w.countLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ ...voteLabels(candidates, 'values'), source: w.factsSource, fact: w.factsHead }}
      />
      <Table
        caption={w.perTps}
        hideCaption
        rows={places}
        columns={[
          {
            head: w.tps,
            main: true,
            cell: ({ id, number }) => <a href={`/voting/tps/${id}/result`}>{fill(w.tpsN, { n: number })}</a>,
          },
          { head: w.resultLink, cell: (place) => <TpsState view={view} place={place} /> },
          {
            head: w.countTitle,
            cell: ({ id, state }) => (
              <a href={`/voting/tps/${id}/sheet`}>{state === 'contradicting' ? w.settleLink : w.typeLink}</a>
            ),
          },
        ]}
      />
      {serves && facts.length > 0 && (
        <section>
          <h2>{w.factsHead}</h2>
          <p>{w.factsLead}</p>
          <Form action={`/voting/elections/${election.id}/count`}>
            <Choices
              name="fact"
              label={w.ladderHead}
              value={typedText(typed, 'fact') || facts[0]}
              options={facts.map((value) => ({ value, label: w[`step-${value}`] }))}
            />
            <VoteFields view={view} candidates={candidates} name="values" typed={typed} problems={problems} />
            <TextField
              name="source"
              label={w.factsSource}
              value={typedText(typed, 'source')}
              problem={problems.source && sentence(problems.source, view.lang, w)}
            />
            <div class="actions">
              <button type="submit">{w.factsSave}</button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}
