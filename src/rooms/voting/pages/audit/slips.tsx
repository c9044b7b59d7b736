import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ErrorSummary, Form, Notice, Page, sentence, Table, TextField } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { words } from '../../text/index.ts'
import { type Again, PracticeNotice, typedText, withinTrail } from '../parts.tsx'
import { tpsName } from '../roll/parts.tsx'
import { auditAt } from './audit.tsx'

/** Count the slips of a polling place, alone. Nothing of the other's count is on this page. */
export function PilePage({
  view,
  election,
  names,
  pile,
  counts,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  names: readonly string[]
  pile: { tps: string; number: number }
  /** Whether this person counts now. */
  counts: boolean
} & Again) {
  const w = words(view.lang)
  const trail = [...withinTrail(view, election), { href: auditAt(election), label: w.auditTitle }]
  const field = (name: string, label: string) => (
    <TextField
      key={name}
      name={name}
      label={label}
      inputmode="numeric"
      autocomplete="off"
      value={typedText(typed, name)}
      problem={problems[name] && sentence(problems[name], view.lang, w)}
    />
  )
  return (
    <Page view={view} title={fill(w.pileTitle, { tps: tpsName(view, pile.number) })} lead={w.pileLead} trail={trail}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} />
      {counts ? (
        <Form action={`${auditAt(election)}/piles/${pile.tps}`} autocomplete="off">
          {names.map((name, at) => field(`votes.${at}`, `${at + 1}. ${name}`))}
          {field('blank', w.slipBlank)}
          {field('unreadable', w.slipUnreadable)}
          <div class="actions">
            <button type="submit">{w.pileSave}</button>
          </div>
        </Form>
      ) : (
        <Notice>
          <p>{w.pileWaits}</p>
        </Notice>
      )}
    </Page>
  )
}

/** Read drawn slips, alone: by polling place and place in the pile, as they are taken out. */
export function SlipsPage({
  view,
  election,
  names,
  slips,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  names: readonly string[]
  slips: readonly { n: number; tps: number; position: number }[]
} & Again) {
  const w = words(view.lang)
  const trail = [...withinTrail(view, election), { href: auditAt(election), label: w.auditTitle }]
  const options = [
    ...names.map((name, at) => ({ value: String(at + 1), label: `${at + 1}. ${name}` })),
    { value: 'blank', label: w.slipBlank },
    { value: 'unreadable', label: w.slipUnreadable },
  ]
  return (
    <Page view={view} title={w.slipsYours} lead={w.slipsYoursLead} trail={trail}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} />
      {slips.length === 0 ? (
        <Notice tone="good">
          <p>{w.slipsNone}</p>
        </Notice>
      ) : (
        <Form action={`${auditAt(election)}/slips`} autocomplete="off">
          <Table
            caption={w.slipsYours}
            hideCaption
            rows={slips}
            columns={[
              { head: w.slipTps, main: true, cell: ({ tps }) => tpsName(view, tps) },
              { head: w.slipPosition, number: true, cell: ({ position }) => formatNumber(position, view.lang) },
              {
                head: w.slipReading,
                cell: (slip) => (
                  <select
                    name={`slip-${slip.n}`}
                    aria-label={`${tpsName(view, slip.tps)}, ${w.slipPosition} ${slip.position}, ${w.slipNth} ${slip.n}`}
                  >
                    <option value="">–</option>
                    {options.map(({ value, label }) => (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ))}
                  </select>
                ),
              },
            ]}
          />
          <div class="actions">
            <button type="submit">{w.slipsSave}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}
