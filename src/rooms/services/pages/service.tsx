import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Facts, Notice, Page, State, Table } from '#platform/ui/index.ts'
import { say } from '../domain/held.ts'
import { type Manifest, published } from '../domain/package/format/manifest.ts'
import { words } from '../text/index.ts'

type Row = { id: string; agencyName: string; unitName: string | null; manifest: Manifest; retired?: Date | null }
const runBy = ({ agencyName, unitName }: Row) => [unitName, agencyName].filter(Boolean).join(', ')

/** What agencies run: for everybody. */
export function ServicesPage({
  view,
  rows,
  works,
  agencies,
  trusts,
}: {
  view: View
  rows: readonly Row[]
  /** Whether this reader holds a role somewhere. */
  works: boolean
  /** Those that this reader administers. */
  agencies: readonly { id: string; name: string }[]
  trusts: boolean
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.servicesTitle} lead={w.servicesLead}>
      {(works || agencies.length > 0 || trusts) && (
        <div class="actions">
          {works && (
            <a class="button" href="/services/worklist">
              {w.worklist}
            </a>
          )}
          {agencies.map(({ id, name }) => (
            <a class="button quiet" key={id} href={`/services/agencies/${id}/install`}>
              {fill(w.installFor, { agency: name })}
            </a>
          ))}
          {agencies.length > 0 && (
            <a class="button quiet" href="/services/improvements">
              {w.improvements}
            </a>
          )}
          {agencies.length > 0 && (
            <a class="button quiet" href="/services/studio">
              {w.studioTitle}
            </a>
          )}
          {(agencies.length > 0 || trusts) && (
            <a class="button quiet" href="/exchange">
              {w.exchangeShort}
            </a>
          )}
          {trusts && (
            <a class="button quiet" href="/services/publishers">
              {w.publishersTitle}
            </a>
          )}
        </div>
      )}
      <Table
        caption={w.servicesTitle}
        hideCaption
        empty={<p>{w.servicesNone}</p>}
        rows={rows}
        columns={[
          {
            head: w.service,
            main: true,
            cell: ({ id, manifest, retired }) => (
              <>
                <a href={`/services/${id}`}>{say(manifest.names, view.lang)}</a>
                {retired && (
                  <>
                    {' '}
                    <State tone="calm">{w.retired}</State>
                  </>
                )}
              </>
            ),
          },
          { head: w.agency, cell: runBy },
          { head: w.duration, cell: ({ manifest }) => say(manifest.standard.duration, view.lang) },
          { head: w.fee, cell: ({ manifest }) => say(manifest.standard.fee, view.lang) },
        ]}
      />
    </Page>
  )
}

/** One service with its published standard, and what this reader can do with it. */
export function ServicePage({
  view,
  row,
  apply,
  follow,
  works,
  manages,
  retired,
  rating,
  refusal,
}: {
  view: View
  row: Row
  apply: boolean
  /** Cases are followed without an account. */
  follow: boolean
  retired: Date | null
  /** From five ratings on. */
  rating: { n: number; mean: number } | undefined
  refusal?: string | undefined
  works: boolean
  manages: boolean
}) {
  const w = words(view.lang)
  const { id, manifest } = row
  const at = `/services/${id}`
  type Link = readonly [href: string, label: string]
  const forManager = (...links: Link[]) => (manages ? links : [])
  const groups: { head: string; links: Link[] }[] = [
    {
      head: w.linksWork,
      links: [
        ...(works
          ? ([
              ['/services/worklist', w.worklist],
              ['/services/field', w.fieldOpen],
            ] as const)
          : []),
        ...forManager([`${at}/held`, w.heldLink]),
      ],
    },
    {
      head: w.linksManage,
      links: forManager(
        [`${at}/settings`, w.settings],
        [`${at}/roles`, w.roles],
        [`${at}/channels`, w.channels],
        [`${at}/upgrade`, w.upgrade],
      ),
    },
    {
      head: w.linksResults,
      links: [
        [`${at}/figures`, w.figures],
        ...forManager([`${at}/ratings`, w.ratingWordsLink], [`${at}/ledger`, w.ledgerLink]),
      ],
    },
  ]
  return (
    <Page
      view={view}
      title={say(manifest.names, view.lang)}
      lead={say(manifest.summary, view.lang)}
      trail={[{ href: '/services', label: w.servicesTitle }]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {retired && (
        <Notice tone="attention">
          <p>{fill(w.retiredSince, { at: formatDate(retired, view.lang, view.zone) })}</p>
        </Notice>
      )}
      {(apply || follow) && (
        <div class="actions">
          {apply && (
            <a class="button" href={`${at}/report`}>
              {w.apply}
            </a>
          )}
          {follow && (
            <a class="button quiet" href={`${at}/follow`}>
              {w.follow}
            </a>
          )}
        </div>
      )}
      <div class="with-side">
        <div>
          <h2>{w.standardHead}</h2>
          <Facts facts={published.map((part) => [w[part], say(manifest.standard[part], view.lang)] as const)} />
          <h2>{w.ratingMean}</h2>
          <p>
            {rating
              ? fill(w.ratingMeanText, { mean: formatNumber(rating.mean, view.lang, 1), n: rating.n })
              : w.ratingFew}
          </p>
          <h2>{w.originHead}</h2>
          <Facts
            facts={[
              [w.agency, runBy(row)],
              [w.origin, manifest.origin.innovation],
              [w.originAgency, manifest.origin.agency],
              [w.version, manifest.version],
              [w.licence, manifest.licence],
              [w.fidelity, say(manifest.origin.fidelity, view.lang)],
              ...(manifest.contributors ?? []).map(
                ({ agency, version, change }) => [w.contributors, `${agency} (${version}): ${change}`] as const,
              ),
            ]}
          />
        </div>
        <aside class="now">
          <h2>{w.nowHead}</h2>
          {groups
            .filter(({ links }) => links.length > 0)
            .map(({ head, links }) => (
              <div key={head}>
                <h3>{head}</h3>
                <ul>
                  {links.map(([href, label]) => (
                    <li key={href}>
                      <a href={href}>{label}</a>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          {manages && !retired && <p class="hint">{w.retireHint}</p>}
          {manages && (
            <ActionButton action={`${at}/${retired ? 'reopen' : 'retire'}`} kind="quiet">
              {retired ? w.reopen : w.retire}
            </ActionButton>
          )}
        </aside>
      </div>
    </Page>
  )
}
