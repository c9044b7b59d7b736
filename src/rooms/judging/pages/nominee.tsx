import { type Content, type Entry, ReadingCopy } from '#competition'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ErrorSummary, Facts, Form, Page, sentence, Table, TextArea } from '#platform/ui/index.ts'
import type { PastDecision } from '../domain/decision.ts'
import type { Nominee } from '../domain/nominee.ts'
import type { PanelRound } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { cellLabel, panelTrail } from './panel.tsx'
import { outcomeLabel } from './sitting.tsx'
import { standingColumns } from './standing.tsx'

/** One nominee for the panel and the secretariat: where it stands, what was decided, and its text. */
export function NomineePage({
  view,
  round,
  entry,
  nominee,
  content,
  decisions,
  mayRemove,
  now,
  typed = {},
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  entry: Entry
  nominee: Nominee
  content: Content
  decisions: readonly PastDecision[]
  mayRemove: boolean
  /** What this reader can do now with the entry. */
  now?: preact.ComponentChildren
  typed?: Record<string, unknown>
  problems?: Problems
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  return (
    <Page
      view={view}
      title={entry.title}
      lead={`${entry.agencyName} · ${entry.unitName}`}
      trail={[
        ...panelTrail(round, view.lang),
        { href: `/judging/rounds/${round.id}/nominees`, label: w.nomineesTitle },
      ]}
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ reason: w.reason }} />
      <div class="with-side">
        <div>
          <Facts
            facts={[
              [w.cluster, cellLabel(round, nominee, view.lang)],
              ...standingColumns<Nominee>(round, view.lang).map(
                (column) => [column.head, column.cell(nominee)] as const,
              ),
            ]}
          />
          {decisions.length > 0 && (
            <Table
              caption={w.decision}
              rows={decisions}
              columns={[
                { head: w.decision, cell: (d) => outcomeLabel(round, d.outcome, view.lang), main: true },
                { head: w.reason, cell: (d) => d.reason },
                {
                  head: w.who,
                  cell: (d) => (
                    <>
                      {d.byName}
                      {d.recusedNames && <span class="hint">{fill(w.keptOut, { names: d.recusedNames })}</span>}
                    </>
                  ),
                },
                { head: w.when, cell: (d) => formatDateTime(d.at, view.lang, view.zone) },
              ]}
            />
          )}
          <ReadingCopy
            content={content}
            rules={round.rules}
            lang={view.lang}
            fileHref={(item) => `/judging/entries/${entry.id}/nominee/evidence/${item.id}`}
          />
        </div>
        <aside class="now">
          {now}
          {mayRemove && (
            <section id="keluar">
              <h2>{w.removeNominee}</h2>
              <Form action={`/judging/entries/${entry.id}/nominee/remove`}>
                <TextArea
                  name="reason"
                  label={w.reason}
                  hint={w.reasonHint}
                  rows={3}
                  value={typeof typed.reason === 'string' ? typed.reason : undefined}
                  problem={problems?.reason && sentence(problems.reason, view.lang, w)}
                />
                <div class="actions">
                  <button type="submit" class="danger">
                    {w.removeDo}
                  </button>
                </div>
              </Form>
            </section>
          )}
        </aside>
      </div>
    </Page>
  )
}
