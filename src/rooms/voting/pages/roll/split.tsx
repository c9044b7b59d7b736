import type { View } from '#platform/http.ts'
import { ErrorSummary, Form, Notice, Table } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { words } from '../../text/index.ts'
import { count, neighbourhood, RollPart, rollAt, tpsName } from './parts.tsx'
import type { PlaceOption } from './voters.tsx'

/** A hamlet and RW: how many voters, where they vote now (null: at several or none), and what is proposed. */
export type SplitRow = {
  hamlet: string
  rw: string
  voters: number
  now: number | null
  mixed: boolean
  proposed: string
}

/** Which neighbourhood votes where. */
export function SplitPage({
  view,
  election,
  rows,
  places,
  refusal,
}: {
  view: View
  election: Election
  rows: readonly SplitRow[]
  places: readonly PlaceOption[]
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  if (places.length === 0 || rows.length === 0)
    return (
      <RollPart view={view} election={election} title={w.splitTitle} lead={w.splitLead}>
        <Notice>
          <p>{places.length === 0 ? w.tpsNone : w.rollNone}</p>
        </Notice>
      </RollPart>
    )
  const name = (row: SplitRow) => neighbourhood({ hamlet: row.hamlet, rt: '', rw: row.rw })
  return (
    <RollPart view={view} election={election} title={w.splitTitle} lead={w.splitLead}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <Form action={`${rollAt(election)}/split`}>
        <Table
          caption={w.splitTitle}
          hideCaption
          rows={rows.map((row, at) => ({ ...row, at }))}
          columns={[
            { head: w.hamlet, main: true, cell: name },
            { head: w.rollVotersHead, number: true, cell: ({ voters }) => count(view, voters) },
            {
              head: w.splitNow,
              cell: ({ now, mixed }) => (now ? tpsName(view, now) : mixed ? w.splitMixed : w.rollUnplaced),
            },
            {
              head: w.tpsOne,
              cell: (row) => (
                <>
                  <input type="hidden" name={`group-${row.at}`} value={`${row.hamlet}|${row.rw}`} />
                  <select name={`place-${row.at}`} aria-label={`${w.tpsOne}, ${name(row)}`}>
                    {places.map(({ id, number }) => (
                      <option key={id} value={id} selected={id === row.proposed}>
                        {tpsName(view, number)}
                      </option>
                    ))}
                  </select>
                </>
              ),
            },
          ]}
        />
        <div class="actions">
          <button type="submit">{w.splitSave}</button>
        </div>
      </Form>
    </RollPart>
  )
}
