import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import {
  ActionButton,
  Choices,
  ErrorSummary,
  Facts,
  Form,
  Page,
  sentence,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import { destroyed, destructionFrom } from '../domain/destruction.ts'
import type { Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { type Again, PracticeNotice, typedText, withinTrail } from './parts.tsx'

/** What was destroyed after an election, and who was there. */
export function DestructionPage({
  view,
  election,
  destruction,
  records,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  destruction:
    | {
        place: string
        witnesses: string
        by: string
        byName: string
        confirmed: Date | null
        confirmedBy: string | null
      }
    | undefined
  records: boolean
} & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/destruction`
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const labels = { destroyed: w.destructionWhat, place: w.destructionPlace, witnesses: w.destructionWitnesses }
  return (
    <Page view={view} title={w.destructionTitle} lead={w.destructionLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      {destruction ? (
        <>
          <Facts
            facts={[
              [w.destructionPlace, destruction.place],
              [w.destructionWitnesses, destruction.witnesses],
            ]}
          />
          <p>
            {fill(destruction.confirmed ? w.destructionBoth : w.destructionBy, {
              first: destruction.byName,
              second: destruction.confirmedBy ?? '',
            })}
          </p>
          {records && !destruction.confirmed && destruction.by !== view.actor.id && (
            <ActionButton action={`${at}/confirm`}>{w.destructionConfirm}</ActionButton>
          )}
          <p>
            <a href={`${at}/report.pdf`}>{w.destructionPaper}</a>
          </p>
        </>
      ) : (
        <p>{fill(w.destructionFromDay, { day: formatDate(destructionFrom(election), view.lang) })}</p>
      )}
      {records && !destruction && (
        <Form action={at}>
          <Choices
            name="destroyed"
            many
            label={w.destructionWhat}
            value={Array.isArray(typed?.destroyed) ? typed.destroyed : []}
            options={destroyed.map((value) => ({ value, label: w[`destroy-${value}`] }))}
            problem={problem('destroyed')}
          />
          <TextField
            name="place"
            label={w.destructionPlace}
            value={typedText(typed, 'place')}
            problem={problem('place')}
          />
          <TextArea
            name="witnesses"
            label={w.destructionWitnesses}
            rows={3}
            value={typedText(typed, 'witnesses')}
            problem={problem('witnesses')}
          />
          <div class="actions">
            <button type="submit">{w.destructionRecord}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}
