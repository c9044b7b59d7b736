import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { Form, Select, State, sentence, Table, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
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
export type WorkRow = {
  id: string
  kind: 'mentor' | 'co-author'
  title: string
  agency: string
  agencyName: string
  innovation: string | null
  at: Date
  byName: string
  ended: Date | null
  endedReason: string | null
  endedByName: string | null
  replacedBy: string | null
}
export type RegisterRow = { innovation: string; agency: string; name: string; year: number | null; level: string }

export const sourceWord = (w: JudgingWords, source: ConflictSource) =>
  source === 'employer' ? w['employer-conflict'] : w[source]

type Again = { typed: Typed; problems: Problems }

/** A small form behind a word that opens it: a reason, and what goes with it. */
function ReasonForm({
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

/** What the evaluator mentored or wrote with others: as noted, corrected, withdrawn; and the forms to do so. */
export function WorkSection({
  view,
  path,
  works,
  register,
  mayAct,
  ...again
}: {
  view: View
  path: string
  works: readonly WorkRow[]
  register: readonly RegisterRow[]
  mayAct: boolean
} & Again) {
  const w = words(view.lang)
  const time = (at: Date | null) => (at ? formatDateTime(at, view.lang, view.zone) : '')
  const awardsOf = (work: WorkRow) =>
    register
      .filter((each) => each.innovation === work.innovation && each.agency === work.agency)
      .map((each) => [each.name, each.level, each.year].filter(Boolean).join(', '))
  return (
    <>
      <h2>{w.works}</h2>
      <Table
        caption={w.works}
        hideCaption
        rows={works}
        empty={w.worksEmpty}
        columns={[
          {
            head: w.title,
            main: true,
            cell: (work) => (
              <>
                {work.title}
                <span class="hint">
                  {work.innovation ? fill(w.inRegister, { awards: awardsOf(work).join('; ') }) : w.notInRegister}
                </span>
              </>
            ),
          },
          { head: w.agency, cell: (work) => work.agencyName },
          { head: w.kind, cell: (work) => w[work.kind] },
          {
            head: w.conflictState,
            cell: (work) =>
              work.ended ? (
                <>
                  <State tone="calm">{work.replacedBy ? w.workCorrected : w.workWithdrawn}</State>
                  <span class="hint">
                    {fill(w.endedLine, {
                      reason: work.endedReason ?? '',
                      by: work.endedByName ?? '',
                      at: time(work.ended),
                    })}
                  </span>
                </>
              ) : (
                <>
                  <State tone="attention">{w.counts}</State>
                  <span class="hint">{fill(w.notedLine, { by: work.byName, at: time(work.at) })}</span>
                  {mayAct && (
                    <>
                      <CorrectForm view={view} path={path} work={work} register={register} {...again} />
                      <ReasonForm
                        view={view}
                        action={`${path}/involvements/withdraw`}
                        label={w.withdrawWork}
                        hint={w.withdrawWorkHint}
                        fields={{ work: work.id }}
                        open={again.typed.work === work.id && again.typed.title === undefined}
                        again={again}
                        danger
                      />
                    </>
                  )}
                </>
              ),
          },
        ]}
      />
    </>
  )
}

function CorrectForm({
  view,
  path,
  work,
  register,
  typed,
  problems,
}: { view: View; path: string; work: WorkRow; register: readonly RegisterRow[] } & Again) {
  const w = words(view.lang)
  const open = typed.work === work.id && typed.title !== undefined
  const value = (name: string, stored: string) =>
    open && typeof typed[name] === 'string' ? (typed[name] as string) : stored
  const problem = (name: string) => (open && problems[name] ? sentence(problems[name], view.lang, w) : undefined)
  const known = [
    ...new Map(register.filter((each) => each.agency === work.agency).map((each) => [each.innovation, each])),
  ]
  // The list of problems links to the fields of the form that had them.
  const id = (name: string) => (open ? name : `${name}-${work.id}`)
  return (
    <details open={open}>
      <summary>{w.correctWork}</summary>
      <Form action={`${path}/involvements/correct`}>
        <input type="hidden" name="work" value={work.id} />
        <Select
          name="kind"
          id={id('kind')}
          label={w.kind}
          value={value('kind', work.kind)}
          options={[
            { value: 'mentor', label: w.mentor },
            { value: 'co-author', label: w['co-author'] },
          ]}
        />
        <TextField
          name="agency"
          id={id('agency')}
          label={w.agency}
          value={value('agency', work.agencyName)}
          problem={problem('agency')}
        />
        <TextField
          name="title"
          id={id('title')}
          label={w.title}
          value={value('title', work.title)}
          problem={problem('title')}
        />
        {known.length > 0 && (
          <Select
            name="innovation"
            id={id('innovation')}
            label={w.whichInnovation}
            hint={w.whichInnovationHint}
            optional={platformWords(view.lang).optional}
            empty={w.byTitle}
            value={value('innovation', work.innovation ?? '')}
            options={known.map(([innovation, { name, year }]) => ({
              value: innovation,
              label: [name, year].filter(Boolean).join(', '),
            }))}
          />
        )}
        <TextField
          name="reason"
          id={id('reason')}
          label={w.reason}
          hint={w.reasonHint}
          value={value('reason', '')}
          problem={problem('reason')}
        />
        <div class="actions">
          <button type="submit" class="quiet">
            {w.correctWork}
          </button>
        </div>
      </Form>
    </details>
  )
}
