import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import {
  Choices,
  ErrorSummary,
  Form,
  Page,
  Select,
  sentence,
  Table,
  TextArea,
  TextField,
  Tick,
} from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Finalist } from '../domain/decision.ts'
import type { PanelRound } from '../domain/panel.ts'
import { type Finding, mostPhotos, type Verdict, verdicts, visitorsWanted } from '../domain/verification.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelTrail } from './panel.tsx'

type Person = { id: string; name: string }

/** Field verification: what was found so far, and writing down a visit. */
export function FindingsPage({
  view,
  round,
  findings,
  finalists,
  members,
  evaluators,
  mayRecord,
  typed = {},
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  findings: readonly Finding[]
  finalists: readonly Finalist[]
  members: readonly Person[]
  evaluators: readonly Person[]
  mayRecord: boolean
  typed?: Record<string, unknown>
  problems?: Problems
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const at = `/judging/rounds/${round.id}/findings`
  const label: Record<Verdict, string> = { confirmed: w.confirmed, partly: w.partly, not: w.notReal }
  const text = (name: string) => (typeof typed[name] === 'string' ? (typed[name] as string) : undefined)
  const list = (name: string) => (Array.isArray(typed[name]) ? (typed[name] as string[]) : [])
  const problem = (name: string) => problems?.[name] && sentence(problems[name], view.lang, w)
  const names = (ids: readonly string[]) =>
    ids.map((id) => [...members, ...evaluators].find((person) => person.id === id)?.name ?? '').join(', ')
  return (
    <Page
      view={view}
      title={w.findingsTitle}
      lead={fill(w.findingsLead, visitorsWanted(round.rules))}
      trail={panelTrail(round, view.lang)}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ entry: w.findingEntry, visited: w.findingVisited, verdict: w.findingVerdict, text: w.findingText }}
      />
      <Table
        caption={w.findingsTitle}
        hideCaption
        rows={findings}
        empty={w.findingsNone}
        columns={[
          {
            head: w.findingEntry,
            cell: (f) => finalists.find((each) => each.id === f.proposal)?.title ?? '',
            main: true,
          },
          {
            head: w.findingVisited,
            cell: (f) => `${formatDate(f.visited, view.lang)}${f.online ? ` · ${w.findingOnline}` : ''}`,
          },
          { head: w.findingVerdict, cell: (f) => label[f.verdict] },
          { head: w.findingText, cell: (f) => f.text },
          { head: w.findingPanel, cell: (f) => names([...f.panel, ...f.evaluators]) },
          {
            head: w.findingPhotos,
            cell: (f) =>
              f.photos.map((photo, i) => (
                <span key={photo}>
                  <a href={`/judging/findings/${f.id}/photos/${photo}`}>{fill(w.findingPhoto, { n: i + 1 })}</a>{' '}
                </span>
              )),
          },
        ]}
      />
      {mayRecord && (
        <section>
          <h2>{w.findingDo}</h2>
          <Form action={at} upload>
            <Select
              name="entry"
              label={w.findingEntry}
              empty=""
              options={finalists.map((f) => ({ value: f.id, label: `${f.number}. ${f.title}` }))}
              value={text('entry')}
              problem={problem('entry')}
            />
            <TextField
              name="visited"
              label={w.findingVisited}
              type="date"
              value={text('visited')}
              problem={problem('visited')}
            />
            <Tick name="online" label={w.findingOnline} checked={typed.online !== undefined} />
            <Choices
              name="panel"
              many
              label={w.findingPanel}
              options={members.map(({ id, name }) => ({ value: id, label: name }))}
              value={list('panel')}
            />
            <Choices
              name="evaluators"
              many
              label={w.findingEvaluators}
              options={evaluators.map(({ id, name }) => ({ value: id, label: name }))}
              value={list('evaluators')}
            />
            <Choices
              name="verdict"
              label={w.findingVerdict}
              options={verdicts.map((verdict) => ({ value: verdict, label: label[verdict] }))}
              value={text('verdict')}
              problem={problem('verdict')}
            />
            <TextArea
              name="text"
              label={w.findingText}
              hint={w.findingTextHint}
              value={text('text')}
              problem={problem('text')}
            />
            <TextField
              name="photo"
              label={w.findingPhotos}
              optional={platformWords(view.lang).optional}
              hint={fill(w.findingPhotosHint, { n: mostPhotos })}
              type="file"
              multiple
              accept="image/jpeg,image/png,image/webp"
              problem={problem('photo')}
            />
            <div class="actions">
              <button type="submit">{w.findingDo}</button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}
