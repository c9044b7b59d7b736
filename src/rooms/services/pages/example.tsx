import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { Notice, Page, State, Table } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import { draftTrail, ProblemList, type ProblemShown } from './draft.tsx'
import { type Draft, type StepShown, Steps } from './trial.tsx'

export type ExampleRow = { href: string; name: string; steps: number; problems: number }

/** Every example of a draft and how it came out. */
export function ExamplesPage({
  view,
  draft,
  rows,
  errors,
}: {
  view: View
  draft: Draft
  rows: readonly ExampleRow[]
  errors: readonly ProblemShown[]
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.examplesTitle} lead={w.examplesLead} trail={draftTrail(view, draft)}>
      {errors.length > 0 && (
        <Notice tone="attention">
          <ProblemList view={view} title={w.problemsOf} problems={errors} />
        </Notice>
      )}
      <Table
        caption={w.examplesTitle}
        hideCaption
        empty={<p>{w.examplesNone}</p>}
        rows={rows}
        columns={[
          { head: w.example, main: true, cell: ({ href, name }) => <a href={href}>{name}</a> },
          { head: w.holds, cell: ({ steps }) => fill(w.nSteps, { n: steps }) },
          {
            head: w.rehearsalHead,
            cell: ({ problems }) =>
              problems === 0 ? (
                <State tone="good">{w.examplePassed}</State>
              ) : (
                <State tone="bad">{fill(w.exampleFailed, { n: problems })}</State>
              ),
          },
        ]}
      />
      <div class="actions">
        <a class="button" href={`/services/studio/drafts/${draft.id}/try`}>
          {w.tryIt}
        </a>
      </div>
    </Page>
  )
}

/** One example, step by step. */
export function ExamplePage({
  view,
  draft,
  name,
  steps,
  editHref,
}: {
  view: View
  draft: Draft
  name: string
  steps: readonly StepShown[]
  editHref: string
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={fill(w.exampleOf, { name })}
      trail={[
        ...draftTrail(view, draft),
        { href: `/services/studio/drafts/${draft.id}/examples`, label: w.examplesTitle },
      ]}
    >
      <Steps steps={steps} view={view} />
      <div class="actions">
        <a class="button quiet" href={editHref}>
          {w.exampleEdit}
        </a>
      </div>
    </Page>
  )
}
