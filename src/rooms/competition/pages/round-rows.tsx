import { Choices, Select, sentence, TextArea, TextField, Tick } from '#platform/ui/index.ts'
import { isList } from '../domain/paths.ts'
import { child } from '../domain/round-document.ts'
import type { Field } from '../domain/round-field.ts'
import { provenance } from '../domain/round-notes.ts'
import { type Column, storedRows, typedRows } from '../domain/round-rows.ts'
import { fieldName, showValue } from '../domain/rule-words.ts'
import { words } from '../text/index.ts'
import { type Shown, typedText, valueAt } from './round-field.tsx'
import { Origin, reader } from './round-parts.tsx'

type Rows = Shown & { path: string; name: string; columns: readonly Column[] }
const idOf = (path: string) => path.replace(/[^\w-]/g, '-')

/** A list of rules, row by row: each row with its fields and a button to remove it, and one to add a row. */
export function RowsField({ field, ...shown }: Shown & { field: Extract<Field, { kind: 'rows' }> }) {
  const { path, name, columns, basis } = field
  const rows = rowsOf({ ...shown, path, columns })
  const body = (
    <>
      <Rows {...shown} path={path} name={name} columns={columns} />
      {basis && <BasisFields {...shown} path={path} />}
    </>
  )
  if (name !== 'choices') return body
  // Few questions have choices; the rest keep the list folded.
  const kind = `${path.slice(0, -'.choices'.length)}.kind`
  const asks = (shown.typed ? typedText(shown.typed, kind) : valueAt(shown.rules, kind)) === 'choice'
  return (
    <details open={asks || rows.length > 0}>
      <summary>{fieldName(name, reader(shown.lang))}</summary>
      {body}
    </details>
  )
}

/** The innovation that is copied: whether the group asks for it, which awards it must hold, and the signed statement. */
export function CopiedField({ field, ...shown }: Shown & { field: Extract<Field, { kind: 'copied' }> }) {
  const { rules, typed, lang } = shown
  const w = words(lang)
  const { path, columns } = field
  const stored = valueAt(rules, path)
  const on = typed ? typedText(typed, `${path}.on`) !== '' : stored !== null && stored !== undefined
  const signed = typed
    ? typedText(typed, `${path}.signedStatement`) !== ''
    : valueAt(rules, `${path}.signedStatement`) === true
  return (
    <fieldset id={idOf(path)}>
      <legend>{w['f-source']}</legend>
      <Tick name={`${path}.on`} label={w.sourceAsked} checked={on} />
      <Tick name={`${path}.signedStatement`} label={w['f-signedStatement']} checked={signed} />
      <Rows {...shown} path={`${path}.awards`} name="awards" columns={columns} />
      <BasisFields {...shown} path={path} />
    </fieldset>
  )
}

function rowsOf({ rules, typed, path, columns }: Pick<Rows, 'rules' | 'typed' | 'path' | 'columns'>) {
  return typed ? typedRows(typed, path, columns) : storedRows(valueAt(rules, path), columns)
}

function Rows({ path, name, columns, ...shown }: Rows) {
  const { lang, touched } = shown
  const w = words(lang)
  const rows = rowsOf({ ...shown, path, columns })
  const known = storedKeys(shown.rules, path)
  const hint = (w as Record<string, string>)[`rows-${name}`]
  return (
    <fieldset id={idOf(path)} class="rows">
      <legend>{fieldName(name, reader(lang))}</legend>
      {hint && <p class="hint">{hint}</p>}
      {rows.length === 0 && <p class="soft">{w.rowsNone}</p>}
      {rows.map((row, index) => (
        <fieldset class="row" key={index}>
          <legend class="unseen">{`${fieldName(name, reader(lang))} ${index + 1}`}</legend>
          {columns.map((column) => (
            <Cell
              key={column.name}
              {...shown}
              at={`${path}.${index}`}
              column={column}
              row={row}
              fixed={column.kind === 'key' && known.has(row[column.name] ?? '')}
              focus={touched === path && index === rows.length - 1}
            />
          ))}
          <button
            type="submit"
            class="quiet"
            name="row"
            value={`remove ${path} ${index}`}
            formaction={`#${idOf(path)}`}
            aria-label={`${w.rowRemove}: ${fieldName(name, reader(lang))} ${index + 1}`}
          >
            {w.rowRemove}
          </button>
        </fieldset>
      ))}
      <button type="submit" class="quiet" name="row" value={`add ${path}`} formaction={`#${idOf(path)}`}>
        {w[name === 'choices' ? 'rowAddChoice' : name === 'ageExceptions' ? 'rowAddAge' : 'rowAddAward']}
      </button>
    </fieldset>
  )
}

/** The keys that answers may already point to: they are shown, not typed. */
function storedKeys(rules: Shown['rules'], path: string): Set<string> {
  const value = valueAt(rules, path)
  if (value === null || value === undefined || typeof value !== 'object' || !isList(value)) return new Set()
  return new Set(value.flatMap((item) => String(child(item, 'key') ?? '') || []))
}

function Cell({
  at,
  column,
  row,
  fixed,
  focus,
  problems,
  lang,
}: Shown & { at: string; column: Column; row: Record<string, string>; fixed: boolean; focus: boolean }) {
  const w = words(lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], lang, w)
  const name = `${at}.${column.name}`
  const label = columnName(column, lang)
  switch (column.kind) {
    case 'choice':
      return (
        <Select
          name={name}
          label={label}
          value={row[column.name]}
          empty={w.rowChoose}
          problem={problem(name)}
          options={column.options.map((value) => ({
            value,
            label: column.labels?.[value]?.[lang] ?? showValue(value, reader(lang), column.name),
          }))}
        />
      )
    case 'number':
      return (
        <TextField
          name={name}
          label={label}
          inputmode="numeric"
          value={row[column.name]}
          problem={problem(name)}
          hint={column.empty === null ? w.rowAnyYear : undefined}
        />
      )
    case 'key':
      return fixed ? (
        <p class="field">
          <input type="hidden" name={name} value={row[column.name]} />
          <span class="soft small">{label}</span>
          <br />
          <code id={idOf(name)}>{row[column.name]}</code>
          {problem(name) && <span class="problem">{problem(name)}</span>}
        </p>
      ) : (
        <TextField
          name={name}
          label={label}
          hint={w.rowKeyHint}
          value={row[column.name]}
          problem={problem(name)}
          {...(focus && { autofocus: true })}
        />
      )
    case 'words':
      return (
        <>
          {(['id', 'en'] as const).map((each) => (
            <TextField
              key={each}
              name={`${name}.${each}`}
              label={`${label} (${each === 'id' ? w.inIndonesian : w.inEnglish})`}
              value={row[`${column.name}.${each}`]}
              problem={problem(`${name}.${each}`)}
            />
          ))}
        </>
      )
  }
}

const columnName = ({ name }: Column, lang: Shown['lang']) => fieldName(name, reader(lang))

/** What a rule rests on, as it is told now, and the way to say it anew. */
function BasisFields({ path, ...shown }: Shown & { path: string }) {
  const { rules, typed, problems, lang } = shown
  const w = words(lang)
  const name = `${path}.basis`
  const said = provenance(rules, path)
  const text = (part: string, stored: string) => (typed ? typedText(typed, `${name}${part}`) : stored)
  const problem = (part: string) => problems[`${name}${part}`] && sentence(problems[`${name}${part}`]!, lang, w)
  const chosen = text('', '')
  const wrong = Object.keys(problems).some((field) => field === name || field.startsWith(`${name}.`))
  return (
    <details open={wrong || chosen !== ''}>
      <summary>{w.basisTitle}</summary>
      {said ? <Origin rules={rules} path={path} lang={lang} /> : <p class="hint">{w.basisUnsaid}</p>}
      <Choices
        name={name}
        label={w.basisAsk}
        value={chosen}
        problem={problem('')}
        options={[
          { value: '', label: w.basisKeep, hint: w.basisKeepHint },
          { value: 'source', label: w.basisSource },
          { value: 'setting', label: w.basisSetting },
        ]}
      />
      <TextArea
        name={`${name}.sources`}
        label={w.basisSources}
        hint={w.basisSourcesHint}
        rows={2}
        value={text('.sources', (said?.sources ?? []).join('\n'))}
        problem={problem('.sources')}
      />
      <div class="side-by-side">
        {(['id', 'en'] as const).map((each) => (
          <TextField
            key={each}
            name={`${name}.${each}`}
            label={`${w.basisReason} (${each === 'id' ? w.inIndonesian : w.inEnglish})`}
            value={text(`.${each}`, said?.setting?.[each] ?? '')}
            problem={problem(`.${each}`)}
          />
        ))}
      </div>
    </details>
  )
}

/** What the summary of problems calls the fields of a list: "Penghargaan yang menghalangi 2: Jenjang". */
export function rowLabels(
  field: Extract<Field, { kind: 'rows' | 'copied' }>,
  typed: Shown['typed'],
  lang: Shown['lang'],
): [string, string][] {
  const w = words(lang)
  const path = field.kind === 'copied' ? `${field.path}.awards` : field.path
  const list = fieldName(field.kind === 'copied' ? 'awards' : field.name, reader(lang))
  const rows = typed ? typedRows(typed, path, field.columns) : []
  const languages = (name: string, label: string): [string, string][] => [
    [`${name}.id`, `${label} (${w.inIndonesian})`],
    [`${name}.en`, `${label} (${w.inEnglish})`],
  ]
  const basis = `${field.path}.basis`
  return [
    ...rows.flatMap((_, index) =>
      field.columns.flatMap((column): [string, string][] => {
        const name = `${path}.${index}.${column.name}`
        const label = `${list} ${index + 1} › ${columnName(column, lang)}`
        return column.kind === 'words' ? languages(name, label) : [[name, label]]
      }),
    ),
    [basis, w.basisTitle],
    [`${basis}.sources`, `${list} › ${w.basisSources}`],
    ...languages(basis, `${list} › ${w.basisReason}`),
  ]
}
