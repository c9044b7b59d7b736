import type { View } from '#platform/http.ts'
import { fill, formatDate, formatDateTime, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Facts, Page, Table } from '#platform/ui/index.ts'
import type { Catalogue } from '../domain/catalogue.ts'
import type { Heartbeat } from '../domain/heartbeat.ts'
import { words } from '../text/index.ts'

/** A text of a package in the reader's language, or in the first that it has. */
export const say = (texts: Record<string, string>, lang: View['lang']): string =>
  texts[lang] ?? texts.id ?? Object.values(texts)[0] ?? ''

export type AdopterRow = { from: string; received: Date; said: Heartbeat }
export type OwnRow = {
  service: string
  names: Record<string, string>
  agencyName: string
  unitName: string | null
  offer: string | null
}

/** This installation towards others: who it is, what it offers, and who elsewhere runs it. For everybody. */
export function ExchangePage({
  view,
  self,
  packages,
  adopters,
  own,
  agencies,
  national,
  refusal,
}: {
  view: View
  self: { name: string; address: string; fingerprint: string; sequence: number; until: Date }
  packages: Catalogue['packages']
  adopters: readonly AdopterRow[]
  own: readonly OwnRow[]
  agencies: readonly { id: string; name: string }[]
  national: boolean
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.exchangeTitle} lead={w.exchangeLead}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <div class={national || agencies.length > 0 ? 'with-side' : undefined}>
        <div>
          <h2>{w.selfHead}</h2>
          <Facts
            facts={[
              [w.name, self.name],
              [w.address, self.address],
              [w.fingerprint, <code>{self.fingerprint}</code>],
              [w.edition, <a href="/.well-known/melayani">{formatNumber(self.sequence, view.lang)}</a>],
              [w.until, formatDateTime(self.until, view.lang, view.zone)],
            ]}
          />
          <p class="hint">{w.fingerprintHint}</p>
          <h2>{w.offersHead}</h2>
          <Table
            caption={w.offersHead}
            hideCaption
            empty={<p>{w.offersNone}</p>}
            rows={packages}
            columns={[
              { head: w.package, main: true, cell: ({ names }) => say(names, view.lang) },
              { head: w.version, cell: ({ version }) => version },
              { head: w.agency, cell: ({ agency }) => agency },
              { head: w.licence, cell: ({ licence }) => licence },
              { head: w.file, cell: ({ file }) => <a href={file.path}>{w.download}</a> },
            ]}
          />
          <h2>{w.adoptersHead}</h2>
          <p class="hint">{w.adoptersHint}</p>
          <AdopterTable view={view} rows={adopters} />
        </div>
        {(national || agencies.length > 0) && (
          <aside class="now stack">
            <h2>{w.nowHead}</h2>
            <ul class="plain">
              {national && (
                <li>
                  <a href="/exchange/peers">{w.toPeers}</a>
                </li>
              )}
              {agencies.map(({ id, name }) => (
                <li key={id}>
                  <a href={`/exchange/agencies/${id}`}>{fill(w.toAgency, { agency: name })}</a>
                </li>
              ))}
            </ul>
            {own.length > 0 && <h2>{w.ownHead}</h2>}
            {own.map(({ service, names, agencyName, unitName, offer }) => (
              <div key={service}>
                <p>
                  {say(names, view.lang)} <span class="hint">{[unitName, agencyName].filter(Boolean).join(', ')}</span>
                </p>
                {offer ? (
                  <ActionButton action={`/exchange/offers/${offer}/end`} kind="quiet">
                    {w.withdraw}
                  </ActionButton>
                ) : (
                  <ActionButton action={`/exchange/services/${service}/offer`} kind="quiet">
                    {w.offer}
                  </ActionButton>
                )}
              </div>
            ))}
          </aside>
        )}
      </div>
    </Page>
  )
}

/** Who elsewhere runs packages of ours. */
export function AdopterTable({ view, rows }: { view: View; rows: readonly AdopterRow[] }) {
  const w = words(view.lang)
  return (
    <Table
      caption={w.adoptersHead}
      hideCaption
      empty={<p>{w.adoptersNone}</p>}
      rows={rows}
      columns={[
        { head: w.agency, main: true, cell: ({ said }) => said.agency.name },
        { head: w.from, cell: ({ from }) => from },
        { head: w.package, cell: ({ said }) => `${said.package} ${said.version}` },
        { head: w.stage, cell: ({ said }) => stageText(view, said) },
        { head: w.recent, number: true, cell: ({ said }) => count(view, said.casesLast30) },
        { head: w.since, cell: ({ said }) => formatDate(said.installed, view.lang) },
        { head: w.news, cell: ({ received }) => formatDateTime(received, view.lang, view.zone) },
      ]}
    />
  )
}

/** How far it is, and since when it sleeps. */
const stageText = ({ lang }: View, { stage, asleep }: Heartbeat): string => {
  const w = words(lang)
  return [w[`stage-${stage}`], asleep && fill(w.asleep, { day: formatDate(asleep, lang) })].filter(Boolean).join(' · ')
}

/** A count, or that it is too small to be told. */
export const count = ({ lang }: View, n: number | null): string =>
  n === null ? words(lang).tooFew : formatNumber(n, lang)
