import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  Notice,
  Select,
  State,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import type { Counted } from '../../domain/roll/fixed.ts'
import { words } from '../../text/index.ts'
import { type Again, typedText } from '../parts.tsx'
import { count, RollPart, rollAt, tpsName } from './parts.tsx'

export type FixedRollShown = {
  kind: 'fixed' | 'additional'
  count: number
  additional: number
  places: readonly Counted[]
  hash: string
  at: Date
  by: string | null
}
export type SigningShown = {
  candidate: string
  name: string
  number: number | null
  signed: boolean | null
  note: string | null
  by: string | null
  byId: string | null
  confirmed: Date | null
  confirmedBy: string | null
}

/** Fix the roll, see what was fixed, and gather what candidates did with its sheet. */
export function FixPage({
  view,
  election,
  waits,
  voters,
  added,
  fixed,
  signings,
  fixes,
  signs,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  /** Why it cannot be fixed yet: names of refusals. */
  waits: readonly string[]
  voters: number
  /** Additional voters who are not counted yet. */
  added: number
  fixed: readonly FixedRollShown[]
  signings: readonly SigningShown[]
  fixes: boolean
  signs: boolean
} & Again) {
  const w = words(view.lang)
  const at = `${rollAt(election)}/fix`
  const last = fixed.at(-1)
  const preparing = election.state === 'preparing'
  const can = preparing && (fixed.length === 0 || (fixed.length === 1 && added > 0))
  return (
    <RollPart view={view} election={election} title={w.fixTitle} lead={w.fixLead}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ candidate: w.signingCandidate, signed: w.signingState, note: w.signingReason }}
      />
      {can && waits.length > 0 && (
        <Notice tone="attention" title={w.fixWaits}>
          <ul>
            {waits.map((wait) => (
              <li key={wait}>{w[wait as 'roll-empty']}</li>
            ))}
          </ul>
        </Notice>
      )}
      {can && waits.length === 0 && fixes && (
        <ActionButton action={at}>
          {fixed.length === 0
            ? fill(w.fixAct, { n: count(view, voters) })
            : fill(w.fixActLater, { n: count(view, added) })}
        </ActionButton>
      )}
      {can && waits.length === 0 && !fixes && <p>{w.fixChairOnly}</p>}
      {last && (
        <>
          <Facts
            facts={[
              [w.rollFixedBy, `${last.by ?? ''}, ${formatDateTime(last.at, view.lang, view.zone)}`],
              [w.rollVotersHead, `${count(view, last.count)} (${count(view, last.additional)} ${w.rollAdditional})`],
              [w.rollWholeHash, <code class="hash">{last.hash}</code>],
            ]}
          />
          <p>{w.rollHashHint}</p>
          <Table
            caption={w.rollPlaces}
            rows={last.places}
            columns={[
              { head: w.tpsOne, main: true, cell: ({ number }) => tpsName(view, number) },
              { head: w.rollVotersHead, number: true, cell: (place) => count(view, place.count) },
              { head: w.rollAdditionalHead, number: true, cell: ({ additional }) => count(view, additional) },
              { head: w.rollHash, cell: ({ hash }) => <code class="hash">{hash}</code> },
            ]}
          />
          <div class="actions">
            <a class="button" href={`${at}/sheet.pdf`}>
              {w.rollSheet}
            </a>
            {last.places.map(({ number }) => (
              <a class="button quiet" key={number} href={`${at}/attendance-${number}.pdf`}>
                {fill(w.attendance, { tps: tpsName(view, number) })}
              </a>
            ))}
          </div>
          <p class="soft">{w.attendanceHint}</p>
          <div class="actions">
            {last.places.map(({ number }) => (
              <a class="button quiet" key={number} href={`${at}/assistance-${number}.pdf`}>
                {fill(w.assistance, { tps: tpsName(view, number) })}
              </a>
            ))}
          </div>
          <p class="soft">{w.assistanceHint}</p>
          <h2>{w.signingsHead}</h2>
          <p>{w.signingsLead}</p>
          <Table
            caption={w.signingsHead}
            hideCaption
            rows={signings}
            empty={<p>{w.signingsNone}</p>}
            columns={[
              {
                head: w.signingCandidate,
                main: true,
                cell: ({ number, name }) => (number ? `${number}. ${name}` : name),
              },
              { head: w.signingState, cell: (row) => <SigningState view={view} row={row} /> },
              {
                head: w.signingConfirm,
                cell: (row) =>
                  row.signed === null ? (
                    '–'
                  ) : row.confirmed ? (
                    row.confirmedBy
                  ) : signs && row.byId !== view.actor.id ? (
                    <ActionButton action={`${at}/signings/${row.candidate}`} kind="quiet">
                      {w.signingConfirm}
                    </ActionButton>
                  ) : (
                    w.signingWaits
                  ),
              },
            ]}
          />
          {signs && signings.some(({ confirmed }) => !confirmed) && (
            <Form action={`${at}/signings`}>
              <Select
                name="candidate"
                label={w.signingCandidate}
                empty="–"
                value={typedText(typed, 'candidate')}
                options={signings
                  .filter(({ confirmed }) => !confirmed)
                  .map(({ candidate, name }) => ({ value: candidate, label: name }))}
                problem={problems.candidate && sentence(problems.candidate, view.lang, w)}
              />
              <Select
                name="signed"
                label={w.signingState}
                empty="–"
                problem={problems.signed && sentence(problems.signed, view.lang, w)}
                value={typedText(typed, 'signed')}
                options={[
                  { value: 'signed', label: w.signingYes },
                  { value: 'refused', label: w.signingNo },
                ]}
              />
              <TextField
                name="note"
                label={w.signingReason}
                value={typedText(typed, 'note')}
                maxlength={300}
                problem={problems.note && sentence(problems.note, view.lang, w)}
              />
              <div class="actions">
                <button type="submit">{w.signingNote}</button>
              </div>
            </Form>
          )}
        </>
      )}
    </RollPart>
  )
}

function SigningState({ view, row }: { view: View; row: SigningShown }) {
  const w = words(view.lang)
  if (row.signed === null) return <State tone="attention">{w.signingOpen}</State>
  return (
    <>
      <State tone={row.signed ? 'good' : 'bad'}>{row.signed ? w.signingYes : w.signingNo}</State>
      <span class="soft small"> {[row.note, row.by].filter(Boolean).join(' · ')}</span>
    </>
  )
}
