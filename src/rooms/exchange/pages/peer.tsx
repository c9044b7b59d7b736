import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { formatDateTime, formatNumber } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  Notice,
  Page,
  State,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import type { Offered } from '../domain/catalogue.ts'
import { words } from '../text/index.ts'
import { type AdopterRow, AdopterTable, say } from './exchange.tsx'

export type PeerShown = {
  id: string
  name: string
  origin: string
  fingerprint: string
  otherFingerprint: string | null
  standing: 'subscribed' | 'known' | 'stranger'
  packages: readonly Offered[]
  sequence: number | null
  until: Date | null
  fetched: Date | null
  failure: string | null
}
const trailOf = (view: View) => [
  { href: '/exchange', label: words(view.lang).exchangeTitle },
  { href: '/exchange/peers', label: words(view.lang).peersTitle },
]
const why = (view: View, code: string) => sentence({ code }, view.lang, words(view.lang))

function Standing({ view, peer: { standing, failure } }: { view: View; peer: PeerShown }) {
  const w = words(view.lang)
  if (failure) return <State tone={failure === 'no-answer' ? 'attention' : 'bad'}>{why(view, failure)}</State>
  return <State tone={standing === 'stranger' ? 'attention' : 'good'}>{w[`state-${standing}`]}</State>
}

/** Other installations that are known here, and the way to meet another. */
export function PeersPage({
  view,
  peers,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  peers: readonly PeerShown[]
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.peersTitle} lead={w.peersLead} trail={trailOf(view).slice(0, 1)}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ address: w.address }} />
      <Table
        caption={w.peersTitle}
        hideCaption
        empty={<p>{w.peersNone}</p>}
        rows={peers}
        columns={[
          { head: w.name, main: true, cell: ({ id, name }) => <a href={`/exchange/peers/${id}`}>{name}</a> },
          { head: w.address, cell: ({ origin }) => origin },
          { head: w.state, cell: (peer) => <Standing view={view} peer={peer} /> },
          { head: w.fetched, cell: ({ fetched }) => (fetched ? formatDateTime(fetched, view.lang, view.zone) : '–') },
        ]}
      />
      <h2>{w.subscribeHead}</h2>
      <Form action="/exchange/peers/look">
        <TextField
          name="address"
          label={w.address}
          hint={w.addressHint}
          value={String(typed.address ?? '')}
          problem={problems.address && sentence(problems.address, view.lang, w)}
        />
        <div class="actions">
          <button type="submit">{w.look}</button>
        </div>
      </Form>
    </Page>
  )
}

/** An installation met for the first time: compare before you trust. */
export function ComparePage({
  view,
  met,
}: {
  view: View
  met: { name: string; address: string; key: string; fingerprint: string; packages: readonly Offered[] }
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.compareTitle} lead={w.compareLead} trail={trailOf(view)}>
      <Facts
        facts={[
          [w.name, met.name],
          [w.address, met.address],
          [w.fingerprint, <code>{met.fingerprint}</code>],
        ]}
      />
      <p class="hint">{w.fingerprintHint}</p>
      <PackageTable view={view} packages={met.packages} />
      <Notice tone="attention">
        <p>{w.compareTrust}</p>
      </Notice>
      <div class="actions">
        <ActionButton action="/exchange/peers" fields={{ address: met.address, key: met.key }}>
          {w.subscribe}
        </ActionButton>
        <a class="button quiet" href="/exchange/peers">
          {w.peersTitle}
        </a>
      </div>
    </Page>
  )
}

function PackageTable({ view, packages }: { view: View; packages: readonly Offered[] }) {
  const w = words(view.lang)
  return (
    <>
      <h2>{w.packagesThere}</h2>
      <Table
        caption={w.packagesThere}
        hideCaption
        empty={<p>{w.offersNone}</p>}
        rows={packages}
        columns={[
          { head: w.package, main: true, cell: ({ names }) => say(names, view.lang) },
          { head: w.version, cell: ({ version }) => version },
          { head: w.agency, cell: ({ agency }) => agency },
          { head: w.origin, cell: ({ origin }) => `${origin.innovation} (${origin.agency})` },
        ]}
      />
    </>
  )
}

/** One installation: its key, what we know from it, and what it reports. */
export function PeerPage({
  view,
  peer,
  adopters,
  refusal,
}: {
  view: View
  peer: PeerShown
  adopters: readonly AdopterRow[]
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const at = `/exchange/peers/${peer.id}`
  return (
    <Page view={view} title={peer.name} trail={trailOf(view)}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {peer.failure === 'key-changed' && (
        <Notice tone="bad" title={w.keyChangedHead}>
          <p>{w.keyChangedText}</p>
          <Facts
            facts={[
              [w.knownKey, <code>{peer.fingerprint}</code>],
              [w.otherKey, <code>{peer.otherFingerprint ?? '–'}</code>],
            ]}
          />
        </Notice>
      )}
      {peer.failure && peer.failure !== 'key-changed' && (
        <Notice tone={peer.failure === 'no-answer' ? 'attention' : 'bad'} title={w.failureHead}>
          <p>{why(view, peer.failure)}</p>
        </Notice>
      )}
      <div class="with-side">
        <div>
          <Facts
            facts={[
              [
                w.state,
                <State tone={peer.standing === 'stranger' ? 'attention' : 'good'}>{w[`state-${peer.standing}`]}</State>,
              ],
              [w.address, peer.origin],
              [w.fingerprint, <code>{peer.fingerprint}</code>],
              ...(peer.sequence === null ? [] : ([[w.edition, formatNumber(peer.sequence, view.lang)]] as const)),
              ...(peer.until ? ([[w.until, formatDateTime(peer.until, view.lang, view.zone)]] as const) : []),
              ...(peer.fetched ? ([[w.fetched, formatDateTime(peer.fetched, view.lang, view.zone)]] as const) : []),
            ]}
          />
          {peer.standing === 'subscribed' && <PackageTable view={view} packages={peer.packages} />}
          <h2>{w.adoptersHead}</h2>
          <AdopterTable view={view} rows={adopters} />
        </div>
        <aside class="now stack">
          <h2>{w.nowHead}</h2>
          <ActionButton action={`${at}/refresh`}>{w.refresh}</ActionButton>
          {peer.standing === 'stranger' && (
            <>
              <p class="hint">{w.confirmHint}</p>
              <ActionButton action={`${at}/confirm`} kind="quiet">
                {w.confirm}
              </ActionButton>
            </>
          )}
          {peer.standing === 'subscribed' && (
            <ActionButton action={`${at}/end`} kind="danger">
              {w.end}
            </ActionButton>
          )}
        </aside>
      </div>
    </Page>
  )
}
