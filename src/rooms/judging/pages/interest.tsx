import { RegionField } from '#people'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ErrorSummary, Form, Page, State, sentence, Table, TextField } from '#platform/ui/index.ts'
import type { PanelRound } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelTrail } from './panel.tsx'

export type InterestRow = { id: string; name: string; at: Date; ended: Date | null; endedReason: string | null }

/** What a panel member declared, and the form to declare any agency or region. */
export function InterestsPage({
  view,
  round,
  rows,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  round: PanelRound
  rows: readonly InterestRow[]
  typed?: Record<string, unknown>
  problems?: Problems
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const at = `/judging/rounds/${round.id}/interests`
  const text = (name: string) => (typeof typed[name] === 'string' ? (typed[name] as string) : undefined)
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const time = (date: Date) => formatDateTime(date, view.lang, view.zone)
  return (
    <Page
      view={view}
      title={w.interestTitle}
      lead={w.interestHint}
      trail={panelTrail(round, view.lang)}
      islands={['region-field']}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ agency: w.interestAgency, region: w.interestRegion, reason: w.reason }}
      />
      <Table
        caption={w.interestTitle}
        hideCaption
        rows={rows}
        empty={w.interestNone}
        columns={[
          { head: w.interestWhat, main: true, cell: (row) => row.name },
          { head: w.when, cell: (row) => time(row.at) },
          {
            head: w.interestState,
            cell: (row) =>
              row.ended ? (
                <>
                  <State tone="calm">{w.interestEnded}</State>
                  <span class="hint">
                    {fill(w.interestEndedLine, { reason: row.endedReason ?? '', at: time(row.ended) })}
                  </span>
                </>
              ) : (
                <>
                  <State tone="attention">{w.interestCounts}</State>
                  <details open={typed.interest === row.id}>
                    <summary>{w.interestEnd}</summary>
                    <Form action={`${at}/withdraw`}>
                      <input type="hidden" name="interest" value={row.id} />
                      <TextField
                        name="reason"
                        id={typed.interest === row.id ? 'reason' : `reason-${row.id}`}
                        label={w.reason}
                        hint={w.interestEndHint}
                        value={typed.interest === row.id ? text('reason') : undefined}
                        problem={typed.interest === row.id ? problem('reason') : undefined}
                      />
                      <div class="actions">
                        <button type="submit" class="danger">
                          {w.interestEnd}
                        </button>
                      </div>
                    </Form>
                  </details>
                </>
              ),
          },
        ]}
      />
      <h2>{w.interestDo}</h2>
      <Form action={at}>
        <TextField
          name="agency"
          label={w.interestAgency}
          hint={w.interestAgencyHint}
          value={text('agency')}
          problem={problem('agency')}
        />
        <RegionField
          view={view}
          kinds={['province', 'regency', 'city']}
          name="region"
          label={w.interestRegion}
          hint={w.interestRegionHint}
          value={text('region')}
          problem={problem('region')}
        />
        <div class="actions">
          <button type="submit">{w.interestDo}</button>
        </div>
      </Form>
    </Page>
  )
}
