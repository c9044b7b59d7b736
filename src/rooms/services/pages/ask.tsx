import type { ComponentChildren } from 'preact'
import { fill, type Lang } from '#platform/text.ts'
import { Choices, Select, TextArea, TextField, Tick } from '#platform/ui/index.ts'
import type { Ask, Choice } from '../domain/studio/ask.ts'
import type { Typed } from '../domain/studio/typed.ts'
import { words } from '../text/index.ts'
import { one, RowButtons, rowsIn } from './ask-row.tsx'
import { DecisionTable } from './decision-table.tsx'

/** Items of a list that have pages of their own. */
export type Listed = { href: string; name: string; detail: string; problems: number }

/** Questions about a part of a document as they are drawn. */
export type Asked = {
  lang: Lang
  langs: readonly string[]
  asks: readonly Ask[]
  typed: Typed
  /** What is wrong, by the place in this part. */
  problems: readonly { at: string; says: string }[]
  lists: Record<string, readonly Listed[]>
  /** Address of the page of a row that has one. */
  rowHref?: ((list: string, index: number) => string) | undefined
  /** How many empty rows stand below a list. */
  spare: (list: string) => number
}

const many = (typed: Typed, name: string) => [typed[name] ?? []].flat()

/** Every question of a part, under its headings. */
export function Asks(asked: Asked) {
  const w = words(asked.lang) as Record<string, string>
  return (
    <>
      {asked.asks.map((ask) => (
        <>
          {ask.head && <h2 id={`g-${ask.at.replaceAll('.', '-')}`}>{w[`g-${ask.head}`]}</h2>}
          <AskField key={ask.at} {...asked} ask={ask} name={ask.at} />
        </>
      ))}
    </>
  )
}

/** One of them, as its field is drawn. */
export type One = Asked & { ask: Ask; name: string; id?: string }

const labelOf = ({ ask, lang }: Pick<One, 'ask' | 'lang'>) =>
  (words(lang) as Record<string, string>)[`a-${ask.name ?? ask.at}`] ?? ask.at
const said = (lang: Lang, label: string) =>
  label.startsWith('c-') ? ((words(lang) as Record<string, string>)[label] ?? label) : label
const choicesOf = (lang: Lang, choices: readonly Choice[] = []) =>
  choices.map(({ value, label, group }) => ({
    value,
    label: said(lang, label),
    ...(group ? { group: said(lang, group) } : {}),
  }))

function AskField(asked: One) {
  const { ask, name, typed, lang, langs, problems } = asked
  const w = words(lang) as Record<string, string>
  const wrong = (of: string, deep = true) =>
    problems.find(({ at }) => at === of || (deep && at.startsWith(`${of}.`)))?.says
  const shared = {
    name,
    label: labelOf(asked),
    hint: ask.hint ? w[ask.hint] : undefined,
    problem: wrong(name),
  }
  const choices = choicesOf(lang, ask.choices)
  const value = one(typed, name) || (ask.kind === 'choice' && ask.default !== undefined ? String(ask.default) : '')
  // An answer that is not (any more) among the choices stays one, so that it is not lost by looking at it.
  const withValue =
    value && !choices.some((choice) => choice.value === value) ? [...choices, { value, label: value }] : choices
  switch (ask.kind) {
    case 'words':
    case 'long-words':
      return (
        <>
          {langs.map((each) => {
            const field = {
              name: `${name}.${each}`,
              label: langs.length > 1 ? `${shared.label} (${each})` : shared.label,
              hint: shared.hint,
              problem: wrong(`${name}.${each}`) ?? (each === langs[0] ? wrong(name, false) : undefined),
              value: one(typed, `${name}.${each}`),
            }
            return ask.kind === 'words' ? <TextField key={each} {...field} /> : <ShortArea key={each} {...field} />
          })}
        </>
      )
    case 'yes':
      return <Tick {...shared} checked={value === 'ya'} />
    case 'choice':
    case 'holder':
      return (
        <Select
          {...shared}
          value={value}
          options={withValue}
          {...(ask.empty ? { empty: w[ask.empty]! } : value === '' ? { empty: w['c-choose']! } : {})}
        />
      )
    case 'many':
    case 'from': {
      const chosen = many(typed, name)
      const lost = chosen.filter((each) => !choices.some((choice) => choice.value === each))
      return (
        <Choices
          {...shared}
          many
          value={chosen}
          options={[...choices, ...lost.map((each) => ({ value: each, label: each }))]}
        />
      )
    }
    case 'day':
      return <TextField {...shared} type="date" value={value} />
    case 'number':
      return <TextField {...shared} inputmode="decimal" value={value} />
    case 'area':
    case 'options':
    case 'lines':
    case 'anything':
    case 'hours':
    case 'with':
    case 'feel':
      return <ShortArea {...shared} value={value} code={ask.kind === 'anything' || ask.kind === 'feel'} />
    case 'effect':
      return <Effect {...asked} choices={choices} />
    case 'rows':
      return <Rows {...asked} />
    case 'list':
      return <List {...asked} />
    case 'table':
      return <DecisionTable {...asked} />
    default:
      return <TextField {...shared} value={value} />
  }
}

/** A text that may grow: as high as what stands in it. */
function ShortArea({
  code = false,
  ...props
}: {
  code?: boolean
  name: string
  label: string
  hint?: string | undefined
  problem?: string | undefined
  value: string
}) {
  return (
    <div class={code ? 'grows code' : 'grows'}>
      <TextArea {...props} rows={Math.min(12, Math.max(1, props.value.split('\n').length))} />
    </div>
  )
}

function Effect({ name, typed, lang, asks, problems, choices }: One & { choices: readonly Choice[] }) {
  const w = words(lang)
  const what = one(typed, `${name}.what`)
  const roles = asks.find(({ at }) => at === 'roles')?.choices ?? []
  const place = name.replace(/\.effect$/, '')
  const wrong = problems.find(({ at }) => at === place || at.startsWith(`${place}.`))?.says
  const options =
    what && !choices.some(({ value }) => value === what) ? [...choices, { value: what, label: what }] : choices
  return (
    <>
      <Select
        name={`${name}.what`}
        label={w['a-effect']}
        value={what}
        options={options}
        empty={w['c-none']}
        problem={wrong}
      />
      <Select
        name={`${name}.for`}
        label={w['a-effect-for']}
        value={one(typed, `${name}.for`)}
        options={choicesOf(lang, roles)}
        empty={w['c-none']}
      />
      <TextField name={`${name}.to`} label={w['a-effect-to']} value={one(typed, `${name}.to`)} />
    </>
  )
}

/** A list as a sheet: a row for each item and empty ones below. */
function Rows(asked: One) {
  const { ask, name, typed, lang, rowHref, spare, problems } = asked
  const w = words(lang)
  const there = rowsIn(typed, name)
  const columns = ask.columns ?? []
  const label = labelOf(asked)
  const kept = (i: number) => one(typed, `${name}.${i}.was`) !== ''
  const row = (i: number) => {
    const wrong = problems.filter(({ at }) => at === `${name}.${i}`)
    const what = fill(w.rowOf, { what: label, n: i + 1 })
    return (
      <fieldset class="row" key={i} id={`${name.replaceAll('.', '-')}-${i}`} data-row={i}>
        <legend class="unseen">{kept(i) ? what : `${what} (${w.spare})`}</legend>
        <input type="hidden" name={`${name}.${i}.was`} value={one(typed, `${name}.${i}.was`)} />
        {wrong.map(({ says }) => (
          <p class="problem wide" key={says}>
            {says}
          </p>
        ))}
        {columns.map((column) => (
          <div class={`cell ${column.at}`} key={column.at}>
            <AskField {...asked} ask={column} name={`${name}.${i}.${column.at}`} />
          </div>
        ))}
        <div class="cell acts">
          {kept(i) && ask.more && rowHref && (
            <a href={rowHref(name, i)} aria-label={`${w.moreOf}: ${what}`}>
              {w.moreOf}
            </a>
          )}
          {kept(i) && <RowButtons list={name} index={i} last={there - 1} what={what} lang={lang} />}
        </div>
      </fieldset>
    )
  }
  return (
    <div class={`sheet of-${Math.min(9, columns.length + 1)}`} data-list={name}>
      {Array.from({ length: there }, (_, i) => row(i))}
      {Array.from({ length: spare(name) }, (_, i) => row(there + i))}
      <button type="submit" name="row" value={`${name}:add:${there}`} class="quiet">
        {w.addRow}
      </button>
    </div>
  )
}

/** Items with pages of their own. */
function List(asked: One) {
  const { name, lang, lists } = asked
  const w = words(lang)
  const items = lists[name] ?? []
  const label = labelOf(asked)
  return (
    <div class="listed" id={name}>
      {items.length === 0 && <p class="soft">{w.itemsNone}</p>}
      <ol class="plain">
        {items.map(({ href, name: item, detail, problems }, i) => (
          <li key={href}>
            <span>
              <a href={href}>{item}</a>
              {detail && <span class="soft small"> {detail}</span>}
              {problems > 0 && (
                <span class="problem small"> {problems === 1 ? w.oneProblem : fill(w.nProblems, { n: problems })}</span>
              )}
            </span>
            <RowButtons list={name} index={i} last={items.length - 1} what={`${label} ${item}`} lang={lang} />
          </li>
        ))}
      </ol>
      <button type="submit" name="row" value={`${name}:add:${items.length}`} class="quiet">
        {w.addItem}: {label}
      </button>
    </div>
  )
}

/** What is typed in a form before its buttons that do something else: Enter saves. */
export function FirstButton({ children }: { children: ComponentChildren }) {
  return (
    <button type="submit" hidden>
      {children}
    </button>
  )
}
