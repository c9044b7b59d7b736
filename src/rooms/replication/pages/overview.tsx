import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Bars, Numbers, Page, Table } from '#platform/ui/index.ts'
import type { Known, Runner } from '../domain/shown.ts'
import { stages } from '../domain/stage.ts'
import { words } from '../text/index.ts'
import { StateOf } from './process.tsx'
import { RunnerName, StageState } from './runners.tsx'

export type Line = { known: Known; runner: Runner; all: readonly Runner[] }

/** Everybody who runs or replicates something, in the nation or in the area of a hub. */
export function OverviewPage({
  view,
  rows,
  hub,
}: {
  view: View
  rows: readonly Line[]
  hub: { id: string; name: string } | null
}) {
  const w = words(view.lang)
  const running = rows.filter(({ runner }) => runner.heart && !runner.retired)
  const csv = `/replication/overview.csv${hub ? `?hub=${hub.id}` : ''}`
  return (
    <Page
      view={view}
      title={hub ? fill(w.overviewHub, { hub: hub.name }) : w.overviewTitle}
      lead={w.overviewLead}
      trail={[{ href: '/replication', label: w.replicationTitle }]}
    >
      <Numbers
        lang={view.lang}
        items={[
          { value: rows.length, label: w.overviewAll },
          { value: running.filter(({ runner }) => runner.heart?.asleep).length, label: w.asleepCount },
          { value: rows.filter(({ runner }) => runner.state === 'certified').length, label: w.certified },
        ]}
      />
      {running.length > 0 && (
        <>
          <h2>{w.overviewStages}</h2>
          <Bars
            lang={view.lang}
            caption={w.overviewStages}
            labelHead={w.stage}
            valueHead={w.runners}
            items={stages.map((stage) => ({
              label: w[`stage-${stage}`],
              value: running.filter(({ runner }) => runner.heart?.stage === stage).length,
            }))}
          />
        </>
      )}
      <div class="actions">
        <a class="button quiet" href={csv}>
          {w.overviewCsv}
        </a>
      </div>
      <Table
        caption={w.overviewTitle}
        hideCaption
        empty={<p>{w.overviewNone}</p>}
        rows={rows}
        columns={[
          {
            head: w.runBy,
            main: true,
            cell: ({ runner, all }) => <RunnerName view={view} runner={runner} all={all} />,
          },
          {
            head: w.innovation,
            cell: ({ known }) => <a href={`/replication/innovations/${known.code}`}>{known.name}</a>,
          },
          { head: w.stage, cell: ({ runner }) => <StageState view={view} runner={runner} /> },
          {
            head: w.state,
            cell: ({ runner }) =>
              runner.state && runner.process ? (
                <a href={`/replication/processes/${runner.process}`}>
                  <StateOf view={view} state={runner.state} />
                </a>
              ) : (
                '–'
              ),
          },
          { head: w.since, cell: ({ runner }) => formatDate(runner.since, view.lang, view.zone) },
        ]}
      />
    </Page>
  )
}
