import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Notice, Page, Select, State, Table, TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

/** What is wrong somewhere in a draft, as a page tells it. */
export type ProblemShown = { href: string; document: string; line: number | undefined; says: string }
export type PartRow = { href: string; name: string; holds: string; problems: number }

export const draftTrail = (view: View, draft: { id: string; title: string }) => {
  const w = words(view.lang)
  return [
    { href: '/services', label: w.servicesTitle },
    { href: '/services/studio', label: w.studio },
    { href: `/services/studio/drafts/${draft.id}`, label: draft.title },
  ]
}

/** Each problem with its place and the way to it. */
export function ProblemList({
  view,
  title,
  problems,
  most = 30,
  level: Heading = 'h2',
}: {
  view: View
  title: string
  problems: readonly ProblemShown[]
  most?: number
  /** The level of its heading. */
  level?: 'h2' | 'h3'
}) {
  const w = words(view.lang)
  if (problems.length === 0) return null
  return (
    <>
      <Heading>{title}</Heading>
      <ul class="problems">
        {problems.slice(0, most).map(({ href, document, line, says }, i) => (
          <li key={i}>
            <a href={href}>{says}</a>
            <span class="soft small"> {line ? fill(w.problemPlace, { document, line }) : document}</span>
          </li>
        ))}
        {problems.length > most && <li class="soft">+ {problems.length - most}</li>}
      </ul>
    </>
  )
}

/** A draft: its parts, what is wrong with it, and what can be done now. */
export function DraftPage({
  view,
  draft,
  parts,
  errors,
  notices,
  examples,
  base,
  refusal,
  typed = {},
}: {
  view: View
  draft: { id: string; title: string; revision: number; changed: Date }
  parts: readonly PartRow[]
  errors: readonly ProblemShown[]
  notices: readonly ProblemShown[]
  examples: number
  base: { package: string; version: string } | null
  refusal?: string | undefined
  typed?: Record<string, string | string[]>
}) {
  const w = words(view.lang)
  const at = `/services/studio/drafts/${draft.id}`
  return (
    <Page view={view} title={draft.title} trail={draftTrail(view, draft).slice(0, 2)}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <div class="with-side">
        <div>
          <p>
            {errors.length === 0 ? (
              <State tone="good">{w.allWell}</State>
            ) : (
              <State tone="attention">
                {errors.length === 1 ? w.oneProblem : fill(w.nProblems, { n: errors.length })}
              </State>
            )}
          </p>
          {base && <p class="soft">{fill(w.baseOf, base)}</p>}
          <h2>{w.partsHead}</h2>
          <Table
            caption={w.partsHead}
            hideCaption
            rows={parts}
            columns={[
              { head: w.part, main: true, cell: ({ href, name }) => <a href={href}>{name}</a> },
              { head: w.holds, cell: ({ holds }) => holds },
              {
                head: w.partProblems,
                cell: ({ problems }) => (problems > 0 ? <State tone="attention">{String(problems)}</State> : ''),
              },
            ]}
          />
          <details>
            <summary>{w.addPart}</summary>
            <Form action={`${at}/documents`}>
              <Select
                name="folder"
                label={w.addWhat}
                value={String(typed.folder ?? 'forms')}
                options={[
                  { value: 'forms', label: w.addForm },
                  { value: 'rules', label: w.addRule },
                  { value: 'flows', label: w.addFlow },
                  { value: 'examples', label: w.addExample },
                ]}
              />
              <TextField name="name" label={w.addName} value={String(typed.name ?? '')} maxlength={60} />
              <div class="actions">
                <button type="submit">{w.addNow}</button>
              </div>
            </Form>
          </details>
        </div>
        <aside class="now">
          <h2>{w.whatNow}</h2>
          <div class="stack">
            <p>
              <a class="button" href={`${at}/try`}>
                {w.tryIt}
              </a>
            </p>
            <p>
              <a class="button quiet" href={`${at}/examples`}>
                {w.playExamples} ({examples})
              </a>
            </p>
            <p>
              <a class="button quiet" href={`${at}/publish`}>
                {w.publishIt}
              </a>
            </p>
            <p>
              <a href={`${at}/saves`}>{w.seeSaves}</a>
            </p>
          </div>
          <p class="small soft">
            {fill(w.saveN, { n: draft.revision })}, {formatDateTime(draft.changed, view.lang, view.zone)}
          </p>
          <ProblemList view={view} title={w.problemsOf} problems={errors} level="h3" />
          {notices.length > 0 && (
            <details>
              <summary>{fill(w.nNotices, { n: notices.length })}</summary>
              <ProblemList view={view} title={w.noticesOf} problems={notices} level="h3" />
            </details>
          )}
        </aside>
      </div>
      <ActionButton action={`${at}/drop`} kind="danger">
        {w.dropIt}
      </ActionButton>
    </Page>
  )
}

export type SaveRow = { revision: number; undo: number | null; at: Date; by: string | null; paths: readonly string[] }

/** Every save of a draft, and the way back to it. */
export function SavesPage({
  view,
  draft,
  saves,
  nameOf,
  refusal,
}: {
  view: View
  draft: { id: string; title: string; revision: number }
  saves: readonly SaveRow[]
  nameOf: (path: string) => string
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.savesTitle} lead={w.savesLead} trail={draftTrail(view, draft)}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {refusal === 'draft-unchanged' && (
        <Notice>
          <p>{w['draft-unchanged']}</p>
        </Notice>
      )}
      <Table
        caption={w.savesTitle}
        hideCaption
        rows={saves}
        columns={[
          { head: w.draft, main: true, cell: ({ revision }) => fill(w.saveN, { n: revision }) },
          {
            head: w.saveWhat,
            cell: ({ paths, undo }) =>
              [
                undo === null ? '' : fill(w.wentBack, { n: undo }),
                paths.slice(0, 6).map(nameOf).join(', ') + (paths.length > 6 ? ' …' : ''),
              ]
                .filter(Boolean)
                .join(': '),
          },
          { head: w.saveWho, cell: ({ by }) => by ?? '–' },
          { head: w.saveAt, cell: ({ at }) => formatDateTime(at, view.lang, view.zone) },
          {
            head: w.goBack,
            cell: ({ revision }) =>
              revision === draft.revision ? (
                w.currentSave
              ) : (
                <ActionButton
                  action={`/services/studio/drafts/${draft.id}/saves/${revision}`}
                  kind="quiet"
                  fields={{ revision: String(draft.revision) }}
                >
                  {w.goBack}
                </ActionButton>
              ),
          },
        ]}
      />
    </Page>
  )
}
