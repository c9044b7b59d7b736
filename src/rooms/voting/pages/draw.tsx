import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ActionButton, Facts, Form, State, sentence, TextArea, TextField } from '#platform/ui/index.ts'
import type { Candidate, Drawn } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { type Again, typedText } from './parts.tsx'

export type DrawRow = {
  version: number
  numbers: readonly Drawn[]
  place: string
  witnesses: string
  by: string
  byName: string
  confirmed: Date | null
  confirmedBy: string | null
  annulled: Date | null
  reason: string | null
}

/** What was drawn, to be written down. */
export function DrawForm({
  view,
  election,
  people,
  typed,
  problems = {},
}: { view: View; election: Election; people: readonly Candidate[] } & Omit<Again, 'refusal'>) {
  const w = words(view.lang)
  return (
    <Form action={`/voting/elections/${election.id}/draws`}>
      {people.map(({ id, name }) => (
        <TextField
          key={id}
          name={`number-${id}`}
          label={fill('{label}: {name}', { label: w.number, name })}
          inputmode="numeric"
          value={typedText(typed, `number-${id}`)}
          problem={problems[`numbers.${id}`] && sentence(problems[`numbers.${id}`]!, view.lang, w)}
        />
      ))}
      <TextField
        name="place"
        label={w.drawPlace}
        value={typedText(typed, 'place')}
        problem={problems.place && sentence(problems.place, view.lang, w)}
      />
      <TextArea
        name="witnesses"
        label={w.drawWitnesses}
        rows={3}
        value={typedText(typed, 'witnesses')}
        problem={problems.witnesses && sentence(problems.witnesses, view.lang, w)}
      />
      <div class="actions">
        <button type="submit">{w.drawRecord}</button>
      </div>
    </Form>
  )
}

/** One draw, annulled ones too. */
export function DrawPart({
  view,
  election,
  draw,
  confirms,
}: {
  view: View
  election: Election
  draw: DrawRow
  confirms: boolean
}) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/draws`
  return (
    <section>
      <h3>{fill(w.drawVersion, { n: draw.version })}</h3>
      {draw.annulled && (
        <p>
          <State tone="bad">{fill(w.drawAnnulledWhy, { reason: draw.reason ?? '' })}</State>
        </p>
      )}
      <ol>
        {draw.numbers.map(({ candidate, name, number }) => (
          <li key={candidate} value={number}>
            {name}
          </li>
        ))}
      </ol>
      <Facts
        facts={[
          [w.drawPlace, draw.place],
          [w.drawWitnesses, draw.witnesses],
        ]}
      />
      <p>
        {draw.confirmed
          ? fill(w.drawConfirmedBy, { first: draw.byName, second: draw.confirmedBy ?? '' })
          : fill(w.drawWaiting, { name: draw.byName })}
      </p>
      {confirms && !draw.confirmed && draw.by !== view.actor.id && (
        <ActionButton action={`${at}/confirm`}>{w.drawConfirm}</ActionButton>
      )}
      {draw.confirmed && (
        <p>
          <a href={`${at}/${draw.version}.pdf`}>{w.drawPaper}</a>
        </p>
      )}
    </section>
  )
}
