import type { View } from '#platform/http.ts'
import { formatNumber } from '#platform/text.ts'
import { Page, Table } from '#platform/ui/index.ts'
import type { Known, Runner } from '../domain/shown.ts'
import { stages } from '../domain/stage.ts'
import { words } from '../text/index.ts'

/** Innovations that can be installed, with how far those who run them have come. */
export function FrontPage({
  view,
  rows,
  told,
  links,
}: {
  view: View
  rows: readonly { known: Known; runners: readonly Runner[] }[]
  /** Those of which public sources tell who copied them. */
  told: readonly Known[]
  links: readonly { href: string; label: string }[]
}) {
  const w = words(view.lang)
  const n = (count: number) => formatNumber(count, view.lang)
  const running = (runners: readonly Runner[]) => runners.filter(({ heart, retired }) => heart && !retired)
  return (
    <Page view={view} title={w.replicationTitle} lead={w.replicationLead}>
      {links.length > 0 && (
        <div class="actions">
          {links.map(({ href, label }) => (
            <a class="button quiet" key={href} href={href}>
              {label}
            </a>
          ))}
        </div>
      )}
      <Table
        caption={w.replicationTitle}
        hideCaption
        empty={<p>{w.replicationNone}</p>}
        rows={rows}
        columns={[
          {
            head: w.innovation,
            main: true,
            cell: ({ known }) => (
              <>
                <a href={`/replication/innovations/${known.code}`}>{known.name}</a>
                <div class="small soft">{known.agencyName}</div>
              </>
            ),
          },
          { head: w.version, cell: ({ known }) => known.publication?.version ?? '–' },
          { head: w.runners, number: true, cell: ({ runners }) => n(running(runners).length) },
          ...stages.map((stage) => ({
            head: w[`stage-${stage}`],
            number: true,
            cell: ({ runners }: { runners: readonly Runner[] }) =>
              n(running(runners).filter(({ heart }) => heart?.stage === stage).length),
          })),
          {
            head: w.asleepCount,
            number: true,
            cell: ({ runners }) => n(running(runners).filter(({ heart }) => heart?.asleep).length),
          },
        ]}
      />
      {told.length > 0 && (
        <>
          <h2>{w.linesHead}</h2>
          <p>{w.linesLead}</p>
          <ul>
            {told.map(({ code, name, agencyName }) => (
              <li key={code}>
                <a href={`/replication/innovations/${code}`}>{name}</a> <span class="small soft">{agencyName}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  )
}
