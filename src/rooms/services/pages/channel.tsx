import type { ComponentChildren } from 'preact'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import {
  ActionButton,
  type Column,
  ErrorSummary,
  Facts,
  Form,
  Notice,
  Page,
  Select,
  Square,
  State,
  sentence,
  Table,
  TextField,
  When,
} from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

type Row = { id: string; name: string; made: Date; revoked: Date | null }
export type LinkRow = Row & { address: string; seen: number; sent: number }
export type GatewayRow = Row & { address: string; heard: number }
export type AccountRow = Row & { role: string; area: string; used: Date | null }

export type ChannelsShown = {
  service: { id: string; name: string }
  links: readonly LinkRow[]
  gateways: readonly GatewayRow[]
  accounts: readonly AccountRow[]
  roles: readonly { value: string; label: string }[]
  /** What is shown once: a secret or a token, and of what. */
  once: { label: string; text: string } | undefined
  phones: string | null
  hooks: string
}

/** Links, gateways and accounts of a service, for its local admin. */
export function ChannelsPage({
  view,
  shown,
  typed = {},
  problems = {},
  refusal,
  of,
}: {
  view: View
  shown: ChannelsShown
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
  /** Which of the forms came back. */
  of?: 'links' | 'gateways' | 'accounts'
}) {
  const w = words(view.lang)
  const at = `/services/${shown.service.id}`
  const state = ({ revoked }: Row) =>
    revoked ? (
      <State tone="calm">{fill(w.channelEnded, { at: formatDateTime(revoked, view.lang, view.zone) })}</State>
    ) : (
      <State tone="good">{w.channelOpen}</State>
    )
  const common = <R extends Row>(kind: string): Column<R>[] => [
    { head: w.channelState, cell: state },
    {
      head: w.channelEnd,
      cell: ({ id, revoked }) =>
        revoked ? (
          '–'
        ) : (
          <ActionButton action={`${at}/${kind}/${id}/end`} kind="quiet">
            {w.channelEnd}
          </ActionButton>
        ),
    },
  ]
  const nameOf = (kind: string) => (of === kind ? String(typed.name ?? '') : '')
  const problemOf = (kind: string, field: string) =>
    of === kind && problems[field] ? sentence(problems[field], view.lang, w) : undefined
  const nameField = (kind: string, label: ComponentChildren, hint?: string) => (
    <TextField
      name="name"
      id={`name-${kind}`}
      label={label}
      hint={hint}
      value={nameOf(kind)}
      maxlength={100}
      problem={problemOf(kind, 'name')}
    />
  )
  return (
    <Page
      view={view}
      title={fill(w.channelsTitle, { name: shown.service.name })}
      lead={w.channelsLead}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: at, label: shown.service.name },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={Object.fromEntries(
          Object.entries(problems).map(([field, problem]) => [field === 'name' ? `name-${of}` : field, problem]),
        )}
        refusal={refusal}
        words={w}
        labels={{ [`name-${of}`]: w.channelName, role: w.role, area: w.area }}
      />
      {shown.once && (
        <Notice tone="attention" title={w.onceTitle}>
          <p>{w.onceText}</p>
          <Facts facts={[[shown.once.label, <code key="once">{shown.once.text}</code>]]} />
        </Notice>
      )}
      <ul>
        {shown.phones && (
          <li>
            <a href={shown.phones}>{w.phonesLink}</a>
          </li>
        )}
        <li>
          <a href={shown.hooks}>{w.hooksTitle}</a>
        </li>
      </ul>
      <h2>{w.linksHead}</h2>
      <p class="hint">{w.linksHint}</p>
      <Table
        caption={w.linksHead}
        hideCaption
        empty={<p>{w.linksNone}</p>}
        rows={shown.links}
        columns={[
          { head: w.linkName, main: true, cell: ({ name }) => name },
          {
            head: w.linkAddress,
            cell: ({ address, id, revoked }) =>
              revoked ? (
                address
              ) : (
                <>
                  <a href={address}>{address}</a> · <a href={`${at}/links/${id}/square`}>{w.linkPrint}</a>
                </>
              ),
          },
          { head: w.linkCounts, cell: ({ seen, sent }) => `${seen} / ${sent}` },
          ...common<LinkRow>('links'),
        ]}
      />
      <Form action={`${at}/links`}>
        {nameField('links', w.linkName, w.linkNameHint)}
        <button type="submit">{w.linkMake}</button>
      </Form>
      <h2>{w.gatewaysHead}</h2>
      <p class="hint">{w.gatewaysHint}</p>
      <Table
        caption={w.gatewaysHead}
        hideCaption
        empty={<p>{w.gatewaysNone}</p>}
        rows={shown.gateways}
        columns={[
          { head: w.gatewayName, main: true, cell: ({ name }) => name },
          { head: w.gatewayAddress, cell: ({ address }) => <code>{address}</code> },
          { head: w.gatewayHeard, cell: ({ heard }) => heard, number: true },
          ...common<GatewayRow>('gateways'),
        ]}
      />
      <Form action={`${at}/gateways`}>
        {nameField('gateways', w.gatewayName)}
        <button type="submit">{w.gatewayOpen}</button>
      </Form>
      <h2>{w.accountsHead}</h2>
      <p class="hint">{w.accountsHint}</p>
      <Table
        caption={w.accountsHead}
        hideCaption
        empty={<p>{w.accountsNone}</p>}
        rows={shown.accounts}
        columns={[
          { head: w.accountName, main: true, cell: ({ name }) => name },
          { head: w.role, cell: ({ role, area }) => (area ? `${role} · ${area}` : role) },
          {
            head: w.accountUsed,
            cell: ({ used }) => (used ? <When at={used} lang={view.lang} zone={view.zone} /> : w.accountNever),
          },
          ...common<AccountRow>('accounts'),
        ]}
      />
      <Form action={`${at}/accounts`}>
        {nameField('accounts', w.accountName)}
        <Select
          name="role"
          label={w.role}
          value={of === 'accounts' ? String(typed.role ?? '') : ''}
          options={shown.roles}
          empty={w.choose}
          problem={problemOf('accounts', 'role')}
        />
        <TextField
          name="area"
          label={w.area}
          hint={w.areaHint}
          value={of === 'accounts' ? String(typed.area ?? '') : ''}
          problem={problemOf('accounts', 'area')}
        />
        <button type="submit">{w.accountMake}</button>
      </Form>
    </Page>
  )
}

/** The code of a short link, to be printed. */
export function SquarePage({
  view,
  service,
  link,
}: {
  view: View
  service: { id: string; name: string }
  link: { name: string; address: string }
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={link.name}
      trail={[
        { href: `/services/${service.id}`, label: service.name },
        { href: `/services/${service.id}/channels`, label: w.channels },
      ]}
    >
      <p>
        <Square text={link.address} label={fill(w.linkSquare, { address: link.address })} />
      </p>
      <p>
        <strong>{link.address}</strong>
      </p>
      <p>{service.name}</p>
    </Page>
  )
}
