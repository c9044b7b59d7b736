import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate, formatDateTime } from '#platform/text.ts'
import {
  ActionButton,
  Choices,
  ErrorSummary,
  Form,
  Notice,
  Page,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

const worklist = (view: View) => ({ href: '/services/worklist', label: words(view.lang).worklistTitle })

/** How two cases were found to be alike. */
export function recognisedBy(view: View, kinds: readonly string[]): string {
  const w = words(view.lang)
  return [kinds.includes('nik') && w.byNik, kinds.includes('person') && w.byPerson].filter(Boolean).join(', ') || '–'
}

type Side = { id: string; number: string; state: string; area: string; opened: Date }
export type PairRow = { first: Side; second: Side; service: string; kinds: readonly string[] }

/** Pairs that somebody may settle. */
export function DuplicatesPage({ view, rows, more }: { view: View; rows: readonly PairRow[]; more: boolean }) {
  const w = words(view.lang)
  const side = ({ id, number, state, area }: Side) => (
    <>
      <a href={`/services/cases/${id}`}>{number}</a>
      <span class="soft small">
        {' '}
        {state}
        {area && `, ${area}`}
      </span>
    </>
  )
  return (
    <Page view={view} title={w.duplicatesTitle} lead={w.duplicatesLead} trail={[worklist(view)]}>
      <Table
        caption={w.duplicatesTitle}
        hideCaption
        empty={<p>{w.duplicatesNone}</p>}
        rows={rows}
        columns={[
          { head: w.firstCase, main: true, cell: ({ first }) => side(first) },
          { head: w.secondCase, cell: ({ second }) => side(second) },
          { head: w.recognisedBy, cell: ({ kinds }) => recognisedBy(view, kinds) },
          { head: w.service, cell: ({ service }) => service },
          {
            head: w.compare,
            cell: ({ first, second }) => (
              <a href={`/services/cases/${first.id}/merge/${second.id}`}>
                {fill(w.compareWith, { number: second.number })}
              </a>
            ),
          },
        ]}
      />
      {more && <p class="hint">{w.duplicatesMore}</p>}
    </Page>
  )
}

/** By which number the other case is found. */
export function MergeWithPage({
  view,
  at,
  number,
  typed = '',
  problems = {},
}: {
  view: View
  at: string
  number: string
  typed?: string
  problems?: Problems
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={fill(w.mergeWithTitle, { number })}
      lead={w.mergeWithLead}
      trail={[worklist(view), { href: at, label: number }]}
    >
      <ErrorSummary lang={view.lang} problems={problems} words={w} labels={{ number: w.otherNumber }} />
      <Form action={`${at}/merge`}>
        <TextField
          name="number"
          label={w.otherNumber}
          value={typed}
          maxlength={60}
          problem={problems.number && sentence(problems.number, view.lang, w)}
        />
        <div class="actions">
          <button type="submit">{w.compare}</button>
        </div>
      </Form>
    </Page>
  )
}

export type Differs = { field: string; label: string; first: string; second: string }

/** Two cases beside each other, before anything changes. */
export function MergePage({
  view,
  at,
  first,
  second,
  kinds,
  differs,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  at: string
  first: Side
  second: Side
  kinds: readonly string[]
  differs: readonly Differs[]
  typed: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const older = first.opened <= second.opened ? first : second
  const shown = (value: string) => value || w.emptyValue
  const stays = (side: Side) => ({
    value: side.number,
    label: side.number,
    hint: fill(w.staysHint, { state: side.state, date: formatDate(side.opened, view.lang, view.zone) }),
  })
  return (
    <Page
      view={view}
      title={fill(w.mergeTitle, { one: first.number, other: second.number })}
      lead={w.mergeLead}
      trail={[worklist(view), { href: `/services/cases/${first.id}`, label: first.number }]}
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ keep: w.whichStays }} />
      {kinds.length > 0 && (
        <Notice tone="attention" title={w.duplicateHead}>
          <p>{fill(w.duplicateHint, { by: recognisedBy(view, kinds) })}</p>
        </Notice>
      )}
      <div class="with-side">
        <Form action={at}>
          <Choices
            name="keep"
            label={w.whichStays}
            value={String(typed.keep ?? older.number)}
            options={[stays(first), stays(second)]}
            problem={problems.keep && sentence(problems.keep, view.lang, w)}
          />
          <h2>{w.differencesHead}</h2>
          {differs.length === 0 ? <p>{w.differencesNone}</p> : <p class="hint">{w.differencesHint}</p>}
          {differs.map(({ field, label, first: one, second: other }) => (
            <Choices
              key={field}
              name={`take.${field}`}
              label={label}
              value={String(typed[`take.${field}`] ?? '')}
              options={[
                { value: '', label: w.asKept },
                { value: 'first', label: fill(w.fromCase, { number: first.number, value: shown(one) }) },
                { value: 'second', label: fill(w.fromCase, { number: second.number, value: shown(other) }) },
              ]}
            />
          ))}
          <div class="actions">
            <button type="submit">{w.mergeNow}</button>
          </div>
        </Form>
        <aside class="now">
          <h2>{w.willHappen}</h2>
          <ul>
            <li>{w.willClose}</li>
            <li>{w.willFollow}</li>
            <li>{w.willConsent}</li>
            <li>{w.willUndo}</li>
          </ul>
          <ActionButton action={`${at}/different`} kind="quiet">
            {w.differentNow}
          </ActionButton>
          <p class="hint">{w.differentHint}</p>
        </aside>
      </div>
    </Page>
  )
}

export type AlikeShown = { id: string; number: string; state: string; kinds: readonly string[]; open: boolean }
export type MergedShown = { id: string; number: string; at: Date; until: Date; undoable: boolean }

/** On the page of a case: others that seem to be of the same person. */
export function AlikeNotice({ view, at, alike }: { view: View; at: string; alike: readonly AlikeShown[] }) {
  const w = words(view.lang)
  if (alike.length === 0) return null
  return (
    <Notice tone="attention" title={w.duplicateHead}>
      <ul>
        {alike.map(({ id, number, state, kinds, open }) => (
          <li key={id}>
            <a href={`/services/cases/${id}`}>{number}</a> ({state}).{' '}
            {fill(w.duplicateHint, { by: recognisedBy(view, kinds) })}{' '}
            {open && <a href={`${at}/merge/${id}`}>{fill(w.compareWith, { number })}</a>}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** Beside a case: what was merged into it, and the way back. */
export function MergedFrom({ view, at, merges }: { view: View; at: string; merges: readonly MergedShown[] }) {
  const w = words(view.lang)
  if (merges.length === 0) return null
  return (
    <>
      <h3>{w.mergedFrom}</h3>
      {merges.map(({ id, number, at: when, until, undoable }) => (
        <div key={id}>
          <p>{fill(w.mergedAt, { number, at: formatDateTime(when, view.lang, view.zone) })}</p>
          {undoable && (
            <>
              <ActionButton action={`${at}/merges/${id}/undo`} kind="quiet">
                {fill(w.undoMerge, { number })}
              </ActionButton>
              <p class="hint">{fill(w.undoUntil, { until: formatDateTime(until, view.lang, view.zone) })}</p>
            </>
          )}
        </div>
      ))}
    </>
  )
}
