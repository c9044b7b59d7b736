import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ErrorSummary, Facts, Form, Notice, Page, State, sentence, Table, TextArea, When } from '#platform/ui/index.ts'
import { say } from '../domain/held.ts'
import type { Adoption } from '../domain/improving.ts'
import type { Change } from '../domain/package/changes.ts'
import type { Package } from '../domain/package/format/index.ts'
import { words } from '../text/index.ts'
import { ConflictPart } from './conflict.tsx'
import { Outcome } from './install.tsx'
import { Changes } from './upgrade.tsx'

export type Offered = {
  id: string
  agencyName: string
  upstreamName: string
  reason: string
  at: Date
  version: string
  baseVersion: string
  answer: string | null
  answerReason: string | null
  answered: Date | null
  adoptedVersion: string | null
  pkg: Package
}

function Answer({ view, row }: { view: View; row: Offered }) {
  const w = words(view.lang)
  if (row.answer === 'adopted')
    return <State tone="good">{fill(w.improvementAdopted, { version: row.adoptedVersion ?? '' })}</State>
  if (row.answer === 'declined') return <State tone="calm">{w.improvementDeclined}</State>
  return <State tone="attention">{w.improvementWaits}</State>
}

/** Improvements as a list: whose, for whom, and what became of them. */
export function OfferedTable({ view, rows }: { view: View; rows: readonly Offered[] }) {
  const w = words(view.lang)
  return (
    <Table
      caption={w.improvements}
      hideCaption
      empty={<p>{w.improvementsNone}</p>}
      rows={rows}
      columns={[
        {
          head: w.package,
          main: true,
          cell: ({ id, pkg, version }) => (
            <a href={`/services/improvements/${id}`}>
              {say(pkg.manifest.names, view.lang)} {version}
            </a>
          ),
        },
        { head: w.improvementFrom, cell: ({ agencyName }) => agencyName },
        { head: w.improvementTo, cell: ({ upstreamName }) => upstreamName },
        { head: w.improvementAt, cell: ({ at }) => <When at={at} lang={view.lang} zone={view.zone} /> },
        { head: w.improvementAnswer, cell: (row) => <Answer view={view} row={row} /> },
      ]}
    />
  )
}

export function ImprovementsPage({ view, rows }: { view: View; rows: readonly Offered[] }) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.improvementsTitle}
      lead={w.improvementsLead}
      trail={[{ href: '/services', label: w.servicesTitle }]}
    >
      <OfferedTable view={view} rows={rows} />
    </Page>
  )
}

/** On the page of versions: offer what was changed here, and what became of earlier offers. */
export function OfferPart({
  view,
  id,
  origin,
  offerable,
  own,
  offers,
  typed,
  problems = {},
}: {
  view: View
  id: string
  origin: string | null
  /** There is a local version that was not offered yet. */
  offerable: boolean
  /** The package is this service's own. */
  own: boolean
  offers: readonly Offered[]
  typed?: string | undefined
  problems?: Problems | undefined
}) {
  const w = words(view.lang)
  return (
    <>
      {offerable && <h2>{w.improveHead}</h2>}
      {offerable && origin === null && <p>{w.offerNowhere}</p>}
      {offerable && own && <p>{w['own-package']}</p>}
      {offerable && !own && origin !== null && (
        <Form action={`/services/${id}/upgrade/offer`}>
          <p>{fill(w.improveTo, { agency: origin })}</p>
          <TextArea
            name="reason"
            rows={3}
            maxlength={600}
            label={w.offerReason}
            value={typed}
            problem={problems.reason && sentence(problems.reason, view.lang, w)}
          />
          <div class="actions">
            <button type="submit" class="quiet">
              {w.offerSend}
            </button>
          </div>
        </Form>
      )}
      {offers.length > 0 && <h2>{w.offersHead}</h2>}
      {offers.length > 0 && <OfferedTable view={view} rows={offers} />}
    </>
  )
}

/** One improvement: what was changed and why, the way it came, and the answer. */
export function ImprovementPage({
  view,
  row,
  base,
  offered,
  changes,
  answers,
  adoption,
  ours,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  row: Offered
  base: Package
  offered: Package
  changes: readonly Change[]
  /** This reader is of the agency that answers. */
  answers: boolean
  /** What it would become in the version that the agency runs; undefined where it runs none. */
  adoption?: Adoption | undefined
  ours?: Package | undefined
  typed?: Record<string, string | string[]> | undefined
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const at = `/services/improvements/${row.id}`
  const path = [
    fill(w.pathBase, { version: row.baseVersion, agency: base.manifest.origin.agency }),
    fill(w.pathLocal, { version: row.version, agency: row.agencyName }),
    fill(w.pathOffered, { agency: row.upstreamName }),
    ...(row.answer === 'adopted'
      ? [fill(w.pathAdopted, { version: row.adoptedVersion ?? '', agency: row.upstreamName })]
      : []),
    ...(row.answer === 'declined' ? [fill(w.pathDeclined, { agency: row.upstreamName })] : []),
  ]
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  return (
    <Page
      view={view}
      title={fill(w.improvementTitle, { name: say(offered.manifest.names, view.lang) })}
      islands={answers ? ['keep-form'] : []}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: '/services/improvements', label: w.improvements },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ credit: fill(w.adoptCredit, { agency: row.agencyName }), reason: w.declineReason }}
      />
      <Facts
        facts={[
          [w.improvementFrom, row.agencyName],
          [w.improvementTo, row.upstreamName],
          [w.improvementAt, <When key="at" at={row.at} lang={view.lang} zone={view.zone} />],
          [w.improvementReason, row.reason],
          [w.improvementAnswer, <Answer key="answer" view={view} row={row} />],
          ...(row.answerReason ? ([[w.improvementReason, row.answerReason]] as const) : []),
        ]}
      />
      <h2>{w.improvementPath}</h2>
      <ol>
        {path.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h2>{fill(w.improvementChanges, { n: formatNumber(changes.length, view.lang) })}</h2>
      <Changes view={view} changes={changes} packages={[offered, base]} />
      {answers && !row.answer && (
        <>
          {!adoption && (
            <Notice tone="attention">
              <p>{w.adoptNotHere}</p>
            </Notice>
          )}
          {adoption && ours && (
            <>
              <h2>{fill(w.adoptHead, { version: adoption.version })}</h2>
              <p>{adoption.nothingNew ? w.adoptNothing : w.adoptLead}</p>
              <Outcome view={view} examined={{ ...adoption.examined, seal: null }} />
              {!adoption.nothingNew && (
                <Form action={`${at}/adopt`}>
                  {adoption.conflicts.map((conflict) => (
                    <ConflictPart
                      key={conflict.id}
                      view={view}
                      base={base}
                      ours={ours}
                      theirs={offered}
                      choices={{}}
                      typed={typed}
                      problems={problems}
                      conflict={conflict}
                    />
                  ))}
                  <TextArea
                    name="credit"
                    rows={3}
                    maxlength={600}
                    label={fill(w.adoptCredit, { agency: row.agencyName })}
                    value={String(typed?.credit ?? row.reason)}
                    problem={problem('credit')}
                  />
                  <div class="actions">
                    <button type="submit">{fill(w.adoptNow, { version: adoption.version })}</button>
                  </div>
                </Form>
              )}
            </>
          )}
          <h2>{w.declineHead}</h2>
          <Form action={`${at}/decline`}>
            <TextArea
              name="reason"
              rows={3}
              maxlength={600}
              label={w.declineReason}
              value={String(typed?.reason ?? '')}
              problem={problem('reason')}
            />
            <div class="actions">
              <button type="submit" class="quiet">
                {w.declineNow}
              </button>
            </div>
          </Form>
        </>
      )}
    </Page>
  )
}
