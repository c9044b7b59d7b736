import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { Form, Select, State, sentence, Table, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { words } from '../text/index.ts'
import { type Again, ReasonForm } from './conflicts.tsx'

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
