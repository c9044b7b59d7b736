import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
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
  When,
} from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

export type HookRow = { id: string; address: string; ended: Date | null; waiting: number; sent: number; dead: number }
export type DeadRow = { id: string; what: string; at: Date; why: string; address: string }

/** The addresses that an agency has told of its cases, and what did not arrive. */
export function HooksPage({
  view,
  agency,
  rows,
  dead,
  once,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  agency: { id: string; name: string }
  rows: readonly HookRow[]
  dead: readonly DeadRow[]
  once: string | undefined
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const at = `/services/agencies/${agency.id}/hooks`
  return (
    <Page
      view={view}
      title={fill(w.hooksFor, { agency: agency.name })}
      lead={w.hooksLead}
      trail={[{ href: '/services', label: w.servicesTitle }]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ address: w.hookAddress }}
      />
      {once && (
        <Notice tone="attention" title={w.onceTitle}>
          <p>{w.onceText}</p>
          <Facts facts={[[w.hookSecret, <code key="once">{once}</code>]]} />
        </Notice>
      )}
      <Table
        caption={w.hooksTitle}
        hideCaption
        empty={<p>{w.hooksNone}</p>}
        rows={rows}
        columns={[
          { head: w.hookAddress, main: true, cell: ({ address }) => <code>{address}</code> },
          {
            head: w.channelState,
            cell: ({ ended }) =>
              ended ? <State tone="calm">{w.hookEnded}</State> : <State tone="good">{w.channelOpen}</State>,
          },
          { head: w.hookWaiting, number: true, cell: ({ waiting }) => waiting },
          { head: w.hookSent, number: true, cell: ({ sent }) => sent },
          { head: w.hookDead, number: true, cell: ({ dead: n }) => n },
          {
            head: w.hookEnd,
            cell: ({ id, ended }) =>
              ended ? (
                '–'
              ) : (
                <>
                  <ActionButton action={`${at}/${id}/secret`} kind="quiet">
                    {w.hookChange}
                  </ActionButton>
                  <ActionButton action={`${at}/${id}/end`} kind="quiet">
                    {w.hookEnd}
                  </ActionButton>
                </>
              ),
          },
        ]}
      />
      <Form action={at}>
        <TextField
          name="address"
          type="url"
          label={w.hookAddress}
          value={String(typed.address ?? '')}
          maxlength={500}
          problem={problems.address && sentence(problems.address, view.lang, w)}
        />
        <button type="submit">{w.hookMake}</button>
      </Form>
      <h2>{w.deadHead}</h2>
      <p class="hint">{w.deadHint}</p>
      <Table
        caption={w.deadHead}
        hideCaption
        empty={<p>{w.deadNone}</p>}
        rows={dead}
        columns={[
          { head: w.deadEvent, main: true, cell: ({ what }) => what },
          { head: w.sentAt, cell: ({ at: when }) => <When at={when} lang={view.lang} zone={view.zone} /> },
          { head: w.hookAddress, cell: ({ address }) => <code>{address}</code> },
          { head: w.deadWhy, cell: ({ why }) => why },
          {
            head: w.deadAgain,
            cell: ({ id }) => (
              <ActionButton action={`${at}/deliveries/${id}/again`} kind="quiet">
                {w.deadAgain}
              </ActionButton>
            ),
          },
        ]}
      />
    </Page>
  )
}
