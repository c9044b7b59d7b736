import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { Choices, ErrorSummary, Form, Notice, Page, TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import { type Drawn, Questions } from './form.tsx'
import { asksForFiles, asksForPlace } from './media-field.tsx'

export type MoveShown = {
  title: string
  action: string
  trail: readonly { href: string; label: string }[]
  drawn: Drawn
  reasons: readonly { value: string; label: string }[]
  /** Fields that may be named as missing, when the move sends the case back. */
  returns: readonly { id: string; label: string }[]
  /** Warnings that may be overridden, by the name of their rule. */
  warnings: readonly { rule: string; says: string }[]
  labels: Record<string, string>
}

/** The form of a move, or only its reason and its button. */
export function MovePage({
  view,
  shown,
  problems,
  refusal,
  says = {},
}: {
  view: View
  shown: MoveShown
  problems: Problems
  refusal?: string | undefined
  /** Words of the package for its own checks and refusals. */
  says?: Record<string, string>
}) {
  const w = { ...words(view.lang), ...says }
  const { drawn } = shown
  const files = asksForFiles(drawn.fields)
  const islands = files || asksForPlace(drawn.fields) ? ['form-media'] : []
  return (
    <Page view={view} title={shown.title} trail={shown.trail} islands={islands}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={shown.labels} />
      <Form action={shown.action} upload={files}>
        <Questions {...drawn} />
        {shown.returns.length > 0 && (
          <fieldset class="field">
            <legend>{w.gapsHead}</legend>
            <p class="hint">{w.gapsHint}</p>
            {shown.returns.map(({ id, label }) => (
              <TextField
                key={id}
                name={`gap.${id}`}
                label={label}
                value={String(drawn.typed[`gap.${id}`] ?? '')}
                maxlength={300}
              />
            ))}
          </fieldset>
        )}
        {shown.reasons.length > 0 && (
          <Choices name="reason" label={w.reason} value={String(drawn.typed.reason ?? '')} options={shown.reasons} />
        )}
        {shown.warnings.length > 0 && (
          <Notice tone="attention" title={w.overrideHead}>
            <p>{w.overrideHint}</p>
            {shown.warnings.map(({ rule, says: text }) => (
              <TextField
                key={rule}
                name={`despite.${rule}`}
                label={`${text} ${w.override}:`}
                value={String(drawn.typed[`despite.${rule}`] ?? '')}
                maxlength={300}
              />
            ))}
          </Notice>
        )}
        <div class="actions">
          <button type="submit">{fill(w.send, { name: shown.title })}</button>
        </div>
      </Form>
    </Page>
  )
}
