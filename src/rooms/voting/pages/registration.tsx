import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber } from '#platform/text.ts'
import { ActionButton, Facts, Form, sentence, TextField } from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { type Again, typedText } from './parts.tsx'

const days = (election: Election) => election.profile.rules.registration.value
const extensionLabel = (view: View, n: number, length: number) =>
  fill(words(view.lang).registrationExtended, { n: n + 1, days: formatNumber(length, view.lang) })

/** What the fields of this part are called in the summary of problems. */
export const registrationLabels = (view: View, election: Election): Record<string, string> => ({
  closed: words(view.lang).registrationClosed,
  ground: words(view.lang).registrationGround,
  ...Object.fromEntries(days(election).map((length, n) => [`extended.${n}`, extensionLabel(view, n, length)])),
})

/** How the registration ended where there is one candidate: asked for before the village goes on with one (R30). */
export function RegistrationPart({
  view,
  election,
  people,
  keeps,
  typed,
  problems = {},
}: { view: View; election: Election; people: number; keeps: boolean } & Omit<Again, 'refusal'>) {
  const w = words(view.lang)
  const { kind, profile } = election
  const { registration } = profile
  if (kind === 'contest' && people !== 1) return null
  const at = `/voting/elections/${election.id}/registration`
  const date = (name: string, label: string, typedName = name) => (
    <TextField
      key={name}
      name={typedName}
      type="date"
      label={label}
      value={typedText(typed, typedName)}
      problem={problems[name] && sentence(problems[name], view.lang, w)}
    />
  )
  return (
    <section>
      <h2>{w.registrationHead}</h2>
      {registration ? (
        <Facts
          facts={[
            [w.registrationClosed, formatDate(registration.closed, view.lang)],
            ...registration.extended.map(
              (end, n) => [fill(w.registrationUntil, { n: n + 1 }), formatDate(end, view.lang)] as const,
            ),
            [w.registrationGround, registration.ground],
            [w.electionKind, w[`kind-${kind}`]],
          ]}
        />
      ) : (
        <p>
          {fill(w.registrationLead, {
            days: days(election)
              .map((each) => formatNumber(each, view.lang))
              .join(' + '),
            kind: w[`kind-${profile.rules.single.value}`],
          })}
        </p>
      )}
      {!registration && keeps && (
        <Form action={at}>
          {date('closed', w.registrationClosed)}
          {days(election).map((length, n) => date(`extended.${n}`, extensionLabel(view, n, length), `extended-${n}`))}
          <TextField
            name="ground"
            label={w.registrationGround}
            hint={w.registrationGroundHint}
            maxlength={300}
            value={typedText(typed, 'ground')}
            problem={problems.ground && sentence(problems.ground, view.lang, w)}
          />
          <div class="actions">
            <button type="submit">{w.registrationClose}</button>
          </div>
        </Form>
      )}
      {registration && keeps && (
        <ActionButton action={`${at}/reopen`} kind="quiet">
          {w.registrationReopen}
        </ActionButton>
      )}
    </section>
  )
}
