import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { Facts, hrefWith, Notice, Page, Pager, Select, State, Table, TextField, When } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { words } from '../text/index.ts'
import { PeopleTabs } from './parts.tsx'

export type AuditRow = {
  id: string
  at: Date
  name: string
  subject: string
  sentence: string
  actor: string | null
  agency: string | null
}

/** The record of acts: everything that was done, with filters that stay in the address. */
export function AuditPage({
  view,
  rows,
  names,
  filter,
  older,
}: {
  view: View
  rows: readonly AuditRow[]
  /** The events that can be asked for, each by its room's word and its title. */
  names: readonly { name: string; title: string }[]
  filter: { what?: string; who?: string; subject?: string; from?: string; to?: string }
  older: string | undefined
}) {
  const w = words(view.lang)
  const p = platformWords(view.lang)
  const roomOf = (name: string) => name.split('.')[0]!
  const roomName = (room: string) => (w as Record<string, string>)[`room-${room}`] ?? room
  const options = [...Map.groupBy(names, ({ name }) => roomOf(name))].flatMap(([room, own]) => [
    { value: room, label: fill(w.auditWholeRoom, { room: roomName(room) }), group: roomName(room) },
    ...own.map(({ name, title }) => ({ value: name, label: title, group: roomName(room) })),
  ])
  return (
    <Page view={view} title={w.audit} lead={w.auditLead}>
      <PeopleTabs view={view} here="/people/audit" />
      <form method="get" action="/people/audit" class="filters">
        <Select name="what" label={w.auditWhat} value={filter.what} empty={p.all} options={options} />
        <TextField name="who" label={w.auditWho} value={filter.who} type="search" />
        <TextField name="subject" label={w.auditSubject} value={filter.subject} />
        <TextField name="from" label={w.auditFrom} value={filter.from} type="date" />
        <TextField name="to" label={w.auditTo} value={filter.to} type="date" />
        <button type="submit">{p.filter}</button>
      </form>
      <Table
        caption={w.audit}
        hideCaption
        rows={rows}
        empty={<p>{w.auditNone}</p>}
        columns={[
          { head: w.auditNumber, cell: (e) => e.id, number: true },
          { head: w.auditWhen, cell: (e) => <When at={e.at} lang={view.lang} zone={view.zone} /> },
          {
            head: w.auditWhat,
            cell: (e) => (
              <>
                <a href={hrefWith('/people/audit', { subject: e.subject })}>{e.sentence}</a>
                <span class="meta">
                  <code>{e.name}</code>
                </span>
              </>
            ),
            main: true,
          },
          { head: w.auditWho, cell: (e) => e.actor ?? w.machine },
          { head: w.auditAgency, cell: (e) => e.agency ?? '–' },
        ]}
      />
      {older && (
        <p>
          <a class="button quiet" rel="next" href={hrefWith('/people/audit', { ...filter, before: older })}>
            {w.auditOlder}
          </a>
        </p>
      )}
      <p class="hint">{w.auditVerify}</p>
    </Page>
  )
}

export type LetterRow = {
  id: string
  at: Date
  to_name: string
  to_email: string
  subject: string
  sent: Date | null
  attempts: number
  failure: string | null
}

function LetterState({ view, letter }: { view: View; letter: LetterRow }) {
  const w = words(view.lang)
  if (letter.sent) return <State tone="good">{w.letterSent}</State>
  return letter.failure ? (
    <State tone="bad">{fill(w.letterFailed, { n: letter.attempts })}</State>
  ) : (
    <State tone="calm">{w.letterWaiting}</State>
  )
}

/** Letters that were posted and what became of them. They open only where nothing is really sent. */
export function OutboxPage({
  view,
  rows,
  total,
  page,
  size,
  readable,
  sends,
}: {
  view: View
  rows: readonly LetterRow[]
  total: number
  page: number
  size: number
  readable: boolean
  sends: boolean
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.outbox} lead={w.outboxLead}>
      <PeopleTabs view={view} here="/people/outbox" />
      {!sends && (
        <Notice tone="attention">
          <p>{readable ? w.outboxDemo : w.outboxNoMail}</p>
        </Notice>
      )}
      <Table
        caption={w.outbox}
        hideCaption
        rows={rows}
        empty={<p>{w.outboxNone}</p>}
        columns={[
          {
            head: w.letterSubject,
            cell: (l) => (readable ? <a href={`/people/outbox/${l.id}`}>{l.subject}</a> : l.subject),
            main: true,
          },
          { head: w.letterTo, cell: (l) => `${l.to_name} (${l.to_email})` },
          { head: w.auditWhen, cell: (l) => <When at={l.at} lang={view.lang} zone={view.zone} /> },
          { head: w.letterState, cell: (l) => <LetterState view={view} letter={l} /> },
        ]}
      />
      {total > 0 && (
        <Pager
          lang={view.lang}
          page={page}
          total={total}
          size={size}
          href={(n) => hrefWith('/people/outbox', { hal: String(n) })}
        />
      )}
    </Page>
  )
}

export function LetterPage({ view, letter }: { view: View; letter: LetterRow & { body: string } }) {
  const w = words(view.lang)
  // Links of our own can be followed: this page stands in for the reader's mailbox.
  const parts = letter.body.split(/(https?:\/\/\S*[^\s.,;:)])/)
  return (
    <Page view={view} title={letter.subject} trail={[{ href: '/people/outbox', label: w.outbox }]}>
      <Facts
        facts={[
          [w.letterTo, `${letter.to_name} (${letter.to_email})`],
          [w.auditWhen, <When key="at" at={letter.at} lang={view.lang} zone={view.zone} />],
        ]}
      />
      <div class="prose">
        {parts.map((part, i) => {
          if (!/^https?:/.test(part) || !URL.canParse(part)) return part
          const { pathname, search } = new URL(part)
          return (
            <a key={i} href={pathname + search}>
              {part}
            </a>
          )
        })}
      </div>
    </Page>
  )
}
