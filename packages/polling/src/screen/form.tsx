import type { ComponentChildren } from 'preact'
import type { Lang } from './language.ts'
import { screenWords } from './words.ts'

/** What is wrong with what was typed: by field, as sentences. */
export type Problems = Readonly<Record<string, string>>

type FieldProps = {
  readonly name: string
  readonly label: ComponentChildren
  readonly hint?: ComponentChildren
  readonly problem?: string | undefined
  readonly optional?: string | undefined
}
const idOf = (name: string) => name.replace(/[^\w-]/g, '-')
const describes = ({ name, hint, problem }: FieldProps) =>
  [hint ? `${idOf(name)}-hint` : '', problem ? `${idOf(name)}-problem` : ''].filter(Boolean).join(' ') || undefined

function Around({ name, label, hint, problem, optional, children }: FieldProps & { children: ComponentChildren }) {
  const id = idOf(name)
  return (
    <div class={problem ? 'field bad' : 'field'}>
      <label for={id}>
        {label} {optional && <span class="soft">({optional})</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      {children}
    </div>
  )
}

export function TextField({
  value,
  type,
  inputmode,
  autocomplete = 'off',
  autofocus,
  maxlength,
  accept,
  ...field
}: FieldProps & {
  value?: string | number | undefined
  type?: 'text' | 'password' | 'number' | 'file'
  inputmode?: 'numeric' | 'text'
  autocomplete?: string
  autofocus?: boolean
  maxlength?: number
  accept?: string
}) {
  const input = { type, inputmode, autocomplete, autofocus, maxlength, accept }
  return (
    <Around {...field}>
      <input
        id={idOf(field.name)}
        name={field.name}
        value={value}
        aria-describedby={describes(field)}
        aria-invalid={field.problem ? 'true' : undefined}
        {...(input as object)}
      />
    </Around>
  )
}

export function TextArea({ value, rows = 4, ...field }: FieldProps & { value?: string | undefined; rows?: number }) {
  return (
    <Around {...field}>
      <textarea
        id={idOf(field.name)}
        name={field.name}
        rows={rows}
        aria-describedby={describes(field)}
        aria-invalid={field.problem ? 'true' : undefined}
      >
        {value ?? ''}
      </textarea>
    </Around>
  )
}

export type Option = { readonly value: string; readonly label: string; readonly hint?: string }

/** Radio buttons. */
export function Choices({
  value,
  options,
  ...field
}: FieldProps & { value?: string | undefined; options: readonly Option[] }) {
  const id = idOf(field.name)
  return (
    <fieldset class={field.problem ? 'field bad' : 'field'} id={id} tabindex={-1} aria-describedby={describes(field)}>
      <legend>{field.label}</legend>
      {field.hint && (
        <p class="hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {field.problem && (
        <p class="problem" id={`${id}-problem`}>
          {field.problem}
        </p>
      )}
      {options.map((option) => (
        <label class="choice" key={option.value}>
          <input type="radio" name={field.name} value={option.value} checked={option.value === value} />
          <span>
            {option.label}
            {option.hint && <span class="hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** At the head of a form that came back: why, and each problem with a link to its field. */
export function ErrorSummary({
  lang,
  problems = {},
  refusal,
}: {
  lang: Lang
  problems?: Problems
  refusal?: string | undefined
}) {
  const list = Object.entries(problems)
  if (list.length === 0 && !refusal) return null
  return (
    <div class="notice bad" role="alert" tabindex={-1}>
      <h2>{screenWords(lang).problemHead}</h2>
      {refusal && <p>{refusal}</p>}
      {list.length > 0 && (
        <ul>
          {list.map(([name, sentence]) => (
            <li key={name}>
              <a href={`#${idOf(name)}`}>{sentence}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Something to be noticed: with a word for its kind, never by colour alone. */
export function Notice({
  kind,
  title,
  children,
}: {
  kind: 'good' | 'care' | 'bad' | 'plain'
  title?: string
  children?: ComponentChildren
}) {
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : undefined}>
      {title && <h2>{title}</h2>}
      {children}
    </div>
  )
}

/** A form of one button. */
export function Button({
  action,
  label,
  kind = 'main',
  values = {},
}: {
  action: string
  label: string
  kind?: 'main' | 'quiet' | 'grave'
  values?: Readonly<Record<string, string>>
}) {
  return (
    <form method="post" action={action} class="button-form">
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={kind}>
        {label}
      </button>
    </form>
  )
}
