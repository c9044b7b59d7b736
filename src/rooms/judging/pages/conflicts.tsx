import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { Form, State, sentence, Table, TextField } from '#platform/ui/index.ts'
import type { ConflictSource } from '../domain/conflict.ts'
import { type JudgingWords, words } from '../text/index.ts'
import type { Typed } from './evaluators.tsx'

export type ConflictRow = {
  proposal: string
  source: ConflictSource
  reason: string | null
  title: string
  number: number | null
  clearance: string | null
  clearedReason: string | null
  clearedAt: Date | null
  clearedBy: string | null
}
export type EndedRow = {
  number: number | null
  title: string
  source: ConflictSource
  reason: string
  at: Date
  byName: string
  ended: Date | null
  endedReason: string | null
  endedByName: string | null
}
export const sourceWord = (w: JudgingWords, source: ConflictSource) =>
  source === 'employer' ? w['employer-conflict'] : w[source]

export type Again = { typed: Typed; problems: Problems }

/** A small form behind a word that opens it: a reason, and what goes with it. */
export function ReasonForm({
  view,
  action,
  label,
  hint,
  fields,
  open,
  again,
  danger = false,
}: {
  view: View
  action: string
  label: string
  hint: string
  fields: Record<string, string>
  /** The same form with what was wrong in it. */
  open: boolean
  again: Again
  danger?: boolean
}) {
  const w = words(view.lang)
  return (
    <details open={open}>
      <summary>{label}</summary>
      <Form action={action}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <TextField
          name="reason"
          id={open ? 'reason' : `reason-${Object.values(fields).join('-')}`}
          label={w.reason}
          hint={hint}
          value={open ? (again.typed.reason as string) : undefined}
          problem={open && again.problems.reason ? sentence(again.problems.reason, view.lang, w) : undefined}
        />
        <div class="actions">
          <button type="submit" class={danger ? 'danger' : 'quiet'}>
            {label}
          </button>
        </div>
      </Form>
    </details>
  )
}

/** The conflicts of one evaluator, what was cleared by whom and why, and the forms to do so. */
export function ConflictSection({
  view,
  path,
  conflicts,
  ended,
  mayAct,
  ...again
}: {
  view: View
  path: string
  conflicts: readonly ConflictRow[]
  ended: readonly EndedRow[]
  mayAct: boolean
} & Again) {
  const w = words(view.lang)
  const time = (at: Date | null) => (at ? formatDateTime(at, view.lang, view.zone) : '')
  const isOpen = (c: ConflictRow) => again.typed.proposal === c.proposal && again.typed.source === c.source
  return (
    <>
      <h2>{w.conflicts}</h2>
      <Table
        caption={w.conflicts}
        hideCaption
        rows={conflicts}
        empty={w.conflictsEmpty}
        columns={[
          { head: w.proposal, main: true, cell: (c) => `${c.number ?? ''} ${c.title}` },
          { head: w.source, cell: (c) => sourceWord(w, c.source) },
          {
            head: w.conflictState,
            cell: (c) => (
              <>
                {c.clearance ? <State tone="calm">{w.cleared}</State> : <State tone="attention">{w.counts}</State>}
                {c.reason && <span class="hint">{c.reason}</span>}
                {c.clearance && (
                  <span class="hint">
                    {fill(w.clearedLine, {
                      reason: c.clearedReason ?? '',
                      by: c.clearedBy ?? '',
                      at: time(c.clearedAt),
                    })}
                  </span>
                )}
                {mayAct && c.source !== 'declared' && (
                  <ReasonForm
                    view={view}
                    action={`${path}/${c.clearance ? 'restore' : 'clear'}`}
                    label={c.clearance ? w.restoreConflict : w.clearConflict}
                    hint={c.clearance ? w.restoreHint : w.clearHint}
                    fields={{ proposal: c.proposal, source: c.source }}
                    open={isOpen(c)}
                    again={again}
                    danger={c.clearance !== null}
                  />
                )}
              </>
            ),
          },
        ]}
      />
      {ended.length > 0 && (
        <details>
          <summary>{w.clearancesEnded}</summary>
          <ul>
            {ended.map((each) => (
              <li key={`${each.at.toISOString()}${each.title}${each.source}`}>
                {`${each.number ?? ''} ${each.title} · ${sourceWord(w, each.source)}. `}
                {fill(w.clearedLine, { reason: each.reason, by: each.byName, at: time(each.at) })}{' '}
                {fill(w.endedLine, {
                  reason: each.endedReason ?? '',
                  by: each.endedByName ?? '',
                  at: time(each.ended),
                })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
