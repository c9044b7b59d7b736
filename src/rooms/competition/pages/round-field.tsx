import type { Problems } from '#platform/problems.ts'
import type { Lang } from '#platform/text.ts'
import { Choices, Select, sentence, TextArea, TextField, Tick } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { isList, type Json } from '../domain/paths.ts'
import type { Rules } from '../domain/round.ts'
import { child } from '../domain/round-document.ts'
import type { Field } from '../domain/round-field.ts'
import { evidenceOptions } from '../domain/round-fields.ts'
import type { Typed } from '../domain/round-form.ts'
import { fieldName, showValue } from '../domain/rule-words.ts'
import { words } from '../text/index.ts'
import { reader } from './round-parts.tsx'
import { CopiedField, RowsField } from './round-rows.tsx'

/** What a form shows: what was typed when it came back, otherwise what the rules say. */
export type Shown = {
  rules: Rules
  typed: Typed | undefined
  problems: Problems
  lang: Lang
  /** The list to which a row was just added or from which one was removed. */
  touched?: string | undefined
}

export const valueAt = (rules: Rules, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>(child, rules as Json)

const asText = (value: Json | undefined): string => (value === null || value === undefined ? '' : String(value))
const asList = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : []
/** The moment as a browser's field wants it, in western Indonesian time. */
const asLocal = (value: Json | undefined): string =>
  typeof value === 'string' ? new Date(Date.parse(value) + 7 * 3_600_000).toISOString().slice(0, 19) : ''

export const typedText = (typed: Typed, name: string): string => asList(typed[name]).at(-1) ?? ''

/** The name of a field as its label says it, with the group or the part that it belongs to. */
export function labelOf(field: Field, lang: Lang): string {
  const name = fieldName(field.name, reader(lang))
  if (field.label) return `${name}: ${field.label[lang]}`
  const part = field.path.split('.')[0]!
  return ['titleRule', 'answerRule'].includes(part) ? `${fieldName(part, reader(lang))}: ${name}` : name
}

/** One field of the rules, of whichever kind. */
export function RuleField({ field, ...shown }: Shown & { field: Field }) {
  const { rules, typed, problems, lang } = shown
  const w = words(lang)
  const { path } = field
  const stored = valueAt(rules, path)
  const problem = (name: string) => problems[name] && sentence(problems[name], lang, w)
  const shared = { name: path, label: labelOf(field, lang), problem: problem(path) }
  const text = typed ? typedText(typed, path) : asText(stored)
  const optional = 'optional' in field && field.optional ? platformWords(lang).optional : undefined
  switch (field.kind) {
    case 'text':
      return <TextField {...shared} value={text} />
    case 'number':
      return <TextField {...shared} value={text} inputmode="decimal" optional={optional} />
    case 'moment':
      return (
        <TextField
          {...shared}
          label={`${labelOf(field, lang)} (${w.inWib})`}
          type="datetime-local"
          step="1"
          value={typed ? text : asLocal(stored)}
          optional={optional}
        />
      )
    case 'tick':
      return <Tick {...shared} checked={typed ? text !== '' : stored === true || isObject(stored)} />
    case 'lines': {
      const lines = typed ? text : asList(stored).join('\n')
      return <TextArea {...shared} rows={4} value={lines} />
    }
    case 'many':
      return (
        <Choices
          {...shared}
          many
          value={asList(typed ? typed[path] : stored)}
          options={field.options.map((value) => ({ value, label: showValue([value], reader(lang), field.name) }))}
        />
      )
    case 'choice':
      return (
        <Select
          {...shared}
          value={text}
          {...(field.optional && { empty: field.name === 'format' ? w['format-any'] : w.anyGroup })}
          options={field.options.map((value) => ({
            value,
            label: field.labels?.[value]?.[lang] ?? choiceName(value, field.name, lang),
          }))}
        />
      )
    case 'words':
      return <BothLanguages {...shown} field={field} long={field.long === true} optional={optional} />
    case 'evidence':
      return <EvidenceField {...shown} path={path} />
    case 'rows':
      return <RowsField {...shown} field={field} />
    case 'copied':
      return <CopiedField {...shown} field={field} />
  }
}

const isObject = (value: Json | undefined) => value !== null && typeof value === 'object' && !isList(value)
/** `kind` is a kind of question in the form of questions: stages do not change theirs. */
const choiceName = (value: string, name: string, lang: Lang) =>
  name === 'kind'
    ? fieldWord(`question-${value}`, lang)
    : name === 'format'
      ? fieldWord(`format-${value}`, lang)
      : showValue(value, reader(lang), name)
const fieldWord = (name: string, lang: Lang) => (words(lang) as Record<string, string>)[name] ?? name

function BothLanguages({
  field,
  long,
  optional,
  rules,
  typed,
  problems,
  lang,
}: Shown & { field: Field; long: boolean; optional: string | undefined }) {
  const w = words(lang)
  const stored = valueAt(rules, field.path) as { id?: string; en?: string } | null | undefined
  return (
    <div class="side-by-side">
      {(['id', 'en'] as const).map((each) => {
        const name = `${field.path}.${each}`
        const shared = {
          name,
          label: `${labelOf(field, lang)} (${each === 'id' ? w.inIndonesian : w.inEnglish})`,
          problem: problems[name] && sentence(problems[name], lang, w),
          value: typed ? typedText(typed, name) : (stored?.[each] ?? ''),
          optional,
        }
        return long ? <TextArea key={each} {...shared} rows={3} /> : <TextField key={each} {...shared} />
      })}
    </div>
  )
}

function EvidenceField({ path, rules, typed, problems, lang }: Shown & { path: string }) {
  const w = words(lang)
  const stored = valueAt(rules, path) as { required: boolean; accept: string[]; maxMb: number; max: number } | null
  const text = (name: string, value: unknown) =>
    typed ? typedText(typed, `${path}.${name}`) : value === undefined ? '' : String(value)
  const problem = (name: string) => problems[`${path}.${name}`] && sentence(problems[`${path}.${name}`]!, lang, w)
  const on = typed ? text('on', undefined) !== '' : Boolean(stored)
  const required = typed ? text('required', undefined) !== '' : Boolean(stored?.required)
  return (
    <details open={on}>
      <summary>{w['f-evidence']}</summary>
      <Tick name={`${path}.on`} label={w.askEvidence} checked={on} />
      <Tick name={`${path}.required`} label={w['f-required']} checked={required} />
      <Choices
        name={`${path}.accept`}
        label={w['f-accept']}
        many
        problem={problem('accept')}
        value={asList(typed ? typed[`${path}.accept`] : stored?.accept)}
        options={evidenceOptions.map((value) => ({ value, label: w[`evidence-${value}`] }))}
      />
      <TextField
        name={`${path}.maxMb`}
        label={w['f-maxMb']}
        inputmode="decimal"
        problem={problem('maxMb')}
        value={text('maxMb', stored?.maxMb)}
      />
      <TextField
        name={`${path}.max`}
        label={w['f-max']}
        inputmode="numeric"
        problem={problem('max')}
        value={text('max', stored?.max)}
      />
    </details>
  )
}
