import type { ComponentChildren } from 'preact'
import type { Problem, Problems } from '../problems.ts'
import { fill, type Lang } from '../text.ts'
import { platformWords } from '../words/index.ts'

/** A problem as a sentence: from the room's words first, then the platform's. */
export function sentence(problem: Problem, lang: Lang, words: Record<string, unknown> = {}): string {
  const own = words[problem.code] ?? (platformWords(lang) as Record<string, string>)[problem.code]
  const text = typeof own === 'string' ? own : platformWords(lang)['not-valid']
  return fill(text, { limit: problem.limit ?? '' })
}

type Shared = {
  name: string
  /** The control's id where one name stands several times on a page; otherwise made from the name. */
  id?: string
  label: ComponentChildren
  hint?: ComponentChildren
  problem?: string | undefined
  optional?: string | undefined
}

/** What ties a control to its hint and its problem for a screen reader. */
const describes = ({ name, id = idOf(name), hint, problem }: Shared) =>
  [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ') || undefined
const idOf = (name: string) => name.replace(/[^\w-]/g, '-')

function Around({ children, ...shared }: Shared & { children: ComponentChildren }) {
  const id = shared.id ?? idOf(shared.name)
  return (
    <div class={shared.problem ? 'field bad' : 'field'}>
      <label for={id}>
        {shared.label} {shared.optional && <span class="soft small">({shared.optional})</span>}
      </label>
      {shared.hint && (
        <p class="hint" id={`${id}-hint`}>
          {shared.hint}
        </p>
      )}
      {shared.problem && (
        <p class="problem" id={`${id}-problem`}>
          {shared.problem}
        </p>
      )}
      {children}
    </div>
  )
}

type Input = {
  type?: string
  autocomplete?: string
  inputmode?: string
  min?: string | number
  max?: string | number
  step?: string | number
  maxlength?: number
  accept?: string
  /** Several files at once. */
  multiple?: boolean
  list?: string
  readonly?: boolean
  autofocus?: boolean
  /** The id of the form that sends it, when it stands in another. */
  form?: string
}

/** One line of text, a number, a date, a file: the browser's own control. */
export function TextField({ value, ...props }: Shared & { value?: string | number | undefined } & Input) {
  const { name, id = idOf(name), label, hint, problem, optional, ...input } = props
  const shared = { name, id, label, hint, problem, optional }
  return (
    <Around {...shared}>
      <input
        id={id}
        name={name}
        value={value}
        aria-describedby={describes(shared)}
        aria-invalid={problem ? 'true' : undefined}
        {...(input as object)}
      />
    </Around>
  )
}

export function TextArea({
  value,
  rows = 6,
  children,
  ...props
}: Shared & { value?: string | undefined; rows?: number; maxlength?: number; children?: ComponentChildren }) {
  const { name, id = idOf(name), label, hint, problem, optional, maxlength } = props
  const shared = { name, id, label, hint, problem, optional }
  return (
    <Around {...shared}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        maxlength={maxlength}
        aria-describedby={describes(shared)}
        aria-invalid={problem ? 'true' : undefined}
      >
        {value ?? ''}
      </textarea>
      {children}
    </Around>
  )
}

/** `group`: the heading under which a list shows it; options of one group stand together. */
export type Option = { value: string; label: string; hint?: string; group?: string }

export function Select({
  value,
  options,
  empty,
  ...props
}: Shared & { id?: string; value?: string | undefined; options: readonly Option[]; empty?: string }) {
  const { name, id = idOf(name), label, hint, problem, optional } = props
  const shared = { name, id, label, hint, problem, optional }
  return (
    <Around {...shared}>
      <select id={id} name={name} aria-describedby={describes(shared)} aria-invalid={problem ? 'true' : undefined}>
        {empty !== undefined && <option value="">{empty}</option>}
        {[...Map.groupBy(options, ({ group }) => group)].map(([group, own]) => {
          const inside = own.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))
          return group === undefined ? (
            inside
          ) : (
            <optgroup key={group} label={group}>
              {inside}
            </optgroup>
          )
        })}
      </select>
    </Around>
  )
}

/** Radio buttons or, with `many`, checkboxes (the name then ends in []). */
export function Choices({
  value,
  options,
  many = false,
  ...props
}: Shared & { value?: string | readonly string[] | undefined; options: readonly Option[]; many?: boolean }) {
  const { name, label, hint, problem, optional } = props
  const chosen = Array.isArray(value) ? value : [value]
  const id = idOf(name)
  return (
    <fieldset
      class={problem ? 'field bad' : 'field'}
      aria-describedby={describes({ name, label, hint, problem })}
      id={id}
      tabindex={-1}
    >
      <legend>
        {label} {optional && <span class="soft small">({optional})</span>}
      </legend>
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
      {options.map((option) => (
        <label class="choice" key={option.value}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={many ? `${name}[]` : name}
            value={option.value}
            checked={chosen.includes(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <span class="hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export function Tick({ checked, ...props }: Shared & { checked?: boolean; value?: string }) {
  const { name, label, hint, problem, value = 'ya' } = props
  const id = idOf(name)
  return (
    <div class={problem ? 'field bad' : 'field'}>
      {problem && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      <label class="choice" for={id}>
        <input
          id={id}
          type="checkbox"
          name={name}
          value={value}
          checked={checked}
          aria-describedby={describes({ name, label, hint, problem })}
        />
        <span>
          {label}
          {hint && (
            <span class="hint" id={`${id}-hint`}>
              {hint}
            </span>
          )}
        </span>
      </label>
    </div>
  )
}

/** At the head of a form that came back: each problem, with a link to its field. */
export function ErrorSummary({
  problems,
  refusal,
  lang,
  words = {},
  labels = {},
}: {
  problems?: Problems | undefined
  refusal?: string | undefined
  lang: Lang
  words?: Record<string, unknown>
  labels?: Record<string, string>
}) {
  const list = Object.entries(problems ?? {})
  if (list.length === 0 && !refusal) return null
  return (
    <div class="notice bad" role="alert" tabindex={-1}>
      <h2>{platformWords(lang).problemHead}</h2>
      {refusal && <p>{sentence({ code: refusal }, lang, words)}</p>}
      {list.length > 0 && (
        <ul>
          {list.map(([name, problem]) => (
            <li key={name}>
              <a href={`#${idOf(name)}`}>
                {labels[name] ? `${labels[name]}: ` : ''}
                {sentence(problem, lang, words)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
