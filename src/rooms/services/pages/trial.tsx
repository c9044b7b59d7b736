import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  Notice,
  Page,
  State,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import { draftTrail, ProblemList, type ProblemShown } from './draft.tsx'

/** What came of a step, a line each; `tone` where it is more than a fact. */
export type Line = { text: string; detail?: string; tone?: 'message' | 'bad' | 'good' }
export type StepShown = { at: string; title: string; lines: readonly Line[] }
export type TrialCase = {
  flow: string
  name: string
  state: string
  final: boolean
  facts: readonly (readonly [string, string])[]
  results: readonly { name: string; text: string; trial: boolean }[]
  clocks: readonly { name: string; due: string | null }[]
  consents: readonly { id: string; name: string }[]
  moves: readonly { href: string; label: string }[]
}
export type Draft = { id: string; title: string; revision: number }

/** Steps as they were played, one below the other. */
export function Steps({ steps, view }: { steps: readonly StepShown[]; view: View }) {
  const w = words(view.lang)
  if (steps.length === 0) return <p class="soft">{w.tryNothing}</p>
  return (
    <ol class="history played">
      {steps.map(({ at, title, lines }, i) => (
        <li key={i}>
          <strong>{title}</strong>
          <span class="soft small"> {at}</span>
          {lines.length > 0 && (
            <ul class="plain">
              {lines.map(({ text, detail, tone }, n) => (
                <li key={n} class={tone}>
                  {tone === 'bad' || tone === 'good' ? <State tone={tone}>{text}</State> : text}
                  {detail && (
                    <>
                      {' '}
                      <q>{detail}</q>
                    </>
                  )}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  )
}

/** A case that is tried by hand, on a clock that whoever tries it moves. */
export function TrialPage({
  view,
  draft,
  now,
  steps,
  cases,
  opens,
  next,
  errors,
  begins,
  settings,
  refusal,
  typed = {},
}: {
  view: View
  draft: Draft
  now: string
  steps: readonly StepShown[]
  cases: readonly TrialCase[]
  opens: readonly { href: string; label: string }[]
  next: string | null
  errors: readonly ProblemShown[]
  begins: string
  settings: string
  refusal?: string | undefined
  typed?: Record<string, string | string[]>
}) {
  const w = words(view.lang)
  const at = `/services/studio/drafts/${draft.id}/try`
  return (
    <Page view={view} title={fill(w.tryTitle, { name: draft.title })} lead={w.tryLead} trail={draftTrail(view, draft)}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {errors.length > 0 ? (
        <Notice tone="attention">
          <p>{w.tryFirst}</p>
          <ProblemList view={view} title={w.problemsOf} problems={errors} />
        </Notice>
      ) : (
        <div class="with-side">
          <div>
            {cases.map((shown) => (
              <section key={shown.flow} aria-label={shown.name}>
                <h2>{cases.length > 1 ? shown.name : w.tryCase}</h2>
                <p>
                  <State tone={shown.final ? 'good' : 'active'}>{shown.state}</State>
                </p>
                {shown.results.map(({ name, text, trial }) => (
                  <Notice key={name} title={name}>
                    <p>{text}</p>
                    {trial && <p class="small">({w.trial})</p>}
                  </Notice>
                ))}
                {shown.facts.length > 0 && <Facts facts={shown.facts} />}
                {shown.clocks.length > 0 && (
                  <ul>
                    {shown.clocks.map(({ name, due }) => (
                      <li key={name}>
                        {name}: {due ? `${w.clockDue} ${due}` : w.clockPaused}
                      </li>
                    ))}
                  </ul>
                )}
              </section>
            ))}
            <h2>{w.tryPlayed}</h2>
            <Steps steps={steps} view={view} />
            {steps.length > 0 && (
              <>
                <h2>{w.trySave}</h2>
                <p class="hint">{w.trySaveHint}</p>
                <Form action={`${at}/example`}>
                  <TextField name="name" label={w.trySaveName} value={String(typed.name ?? '')} maxlength={60} />
                  <div class="actions">
                    <button type="submit">{w.trySave}</button>
                  </div>
                </Form>
              </>
            )}
          </div>
          <aside class="now">
            <h2>{w.tryClock}</h2>
            <p class="numbers">
              <span class="value">{now}</span>
            </p>
            <h3>{cases.length === 0 ? w.tryOpen : w.tryMoves}</h3>
            {opens.length === 0 && cases.every(({ moves }) => moves.length === 0) && <p class="soft">{w.tryNone}</p>}
            <ul class="plain">
              {[...opens, ...cases.flatMap(({ moves }) => moves)].map(({ href, label }) => (
                <li key={href}>
                  <a href={href}>{label}</a>
                </li>
              ))}
            </ul>
            {cases.flatMap(({ consents, flow }) =>
              consents.map(({ id, name }) => (
                <ActionButton key={flow + id} action={`${at}/withdrawals/${id}`} kind="quiet">
                  {fill(w.withdrawNow, { name })}
                </ActionButton>
              )),
            )}
            {cases.length > 0 && (
              <>
                <h3>{w.tryTime}</h3>
                {next ? (
                  <ActionButton action={`${at}/time`} kind="quiet" fields={{ until: 'next' }}>
                    {fill(w.tryNext, { at: next })}
                  </ActionButton>
                ) : (
                  <p class="soft small">{w.tryNothingDue}</p>
                )}
                <Form action={`${at}/time`}>
                  <div class="side-by-side two">
                    <TextField name="days" label={w.tryDays} inputmode="numeric" value={String(typed.days ?? '')} />
                    <TextField name="hours" label={w.tryHours} inputmode="numeric" value={String(typed.hours ?? '')} />
                  </div>
                  <button type="submit" class="quiet">
                    {w.tryPass}
                  </button>
                </Form>
              </>
            )}
            {steps.length > 0 && (
              <div class="actions">
                <ActionButton action={`${at}/back`} kind="quiet">
                  {w.tryBack}
                </ActionButton>
              </div>
            )}
            <details>
              <summary>{w.tryHow}</summary>
              <Form action={`${at}/again`}>
                <TextField name="begins" label={w.tryBegins} type="datetime-local" value={begins} />
                <div class="grows code">
                  <TextArea
                    name="settings"
                    label={w.trySettings}
                    hint={w['h-example-settings']}
                    value={settings}
                    rows={2}
                  />
                </div>
                <button type="submit" class="quiet">
                  {w.tryAgain}
                </button>
              </Form>
            </details>
          </aside>
        </div>
      )}
    </Page>
  )
}
