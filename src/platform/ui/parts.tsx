import type { ComponentChildren } from 'preact'
import { fill, formatDateTime, formatDistance, formatNumber, type Lang, type Zone } from '../text.ts'
import { platformWords } from '../words/index.ts'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'good' | 'attention' | 'bad' | 'calm' | 'active'
const icons: Record<Tone, IconName> = {
  good: 'done',
  attention: 'attention',
  bad: 'bad',
  calm: 'calm',
  active: 'active',
}

/** A state as icon and word: never colour alone. */
export function State({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return (
    <span class={`state ${tone}`}>
      <Icon name={icons[tone]} />
      <span>{children}</span>
    </span>
  )
}

export function Notice({
  tone,
  title,
  children,
}: {
  tone?: 'good' | 'attention' | 'bad'
  title?: string
  children: ComponentChildren
}) {
  return (
    <div class={`notice ${tone ?? ''}`}>
      {title && <h2>{title}</h2>}
      {children}
    </div>
  )
}

export function Facts({ facts }: { facts: readonly (readonly [ComponentChildren, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([term, detail], i) => (
        <div key={i}>
          <dt>{term}</dt>
          <dd>{detail}</dd>
        </div>
      ))}
    </dl>
  )
}

export type Column<Row> = { head: string; cell: (row: Row) => ComponentChildren; number?: boolean; main?: boolean }

/** A table; on a phone each row becomes a small card. `empty` says what to do when there is nothing. */
export function Table<Row>({
  caption,
  columns,
  rows,
  empty,
  hideCaption = false,
}: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  empty?: ComponentChildren
  hideCaption?: boolean
}) {
  if (rows.length === 0 && empty) return <div class="empty">{empty}</div>
  return (
    <section class="scroll" tabindex={0} aria-label={caption}>
      <table class="cards">
        <caption class={hideCaption ? 'unseen' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.head} scope="col" class={column.number ? 'number' : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {columns.map((column) =>
                column.main ? (
                  <th key={column.head} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.head} class={column.number ? 'number' : undefined} data-label={column.head}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Previous and next, keeping the filters of the address. */
export function Pager({
  lang,
  page,
  total,
  size,
  href,
}: {
  lang: Lang
  page: number
  total: number
  size: number
  href: (page: number) => string
}) {
  const words = platformWords(lang)
  const pages = Math.max(1, Math.ceil(total / size))
  return (
    <nav class="pager" aria-label={fill(words.pageOf, { page, pages })}>
      {page > 1 && (
        <a class="button quiet" rel="prev" href={href(page - 1)}>
          {words.previous}
        </a>
      )}
      <span class="small soft">
        {pages > 1 && `${fill(words.pageOf, { page: formatNumber(page, lang), pages: formatNumber(pages, lang) })} · `}
        {fill(words.totalOf, { n: formatNumber(total, lang) })}
      </span>
      {page < pages && (
        <a class="button quiet" rel="next" href={href(page + 1)}>
          {words.next}
        </a>
      )}
    </nav>
  )
}

/** An address with some of its query changed; an empty value drops the key. */
export function hrefWith(path: string, query: Record<string, string | undefined>): string {
  const search = new URLSearchParams(Object.entries(query).filter((e): e is [string, string] => Boolean(e[1])))
  return search.size > 0 ? `${path}?${search}` : path
}

export function When({ at, now, lang, zone }: { at: Date; now?: Date; lang: Lang; zone: Zone }) {
  return (
    <time datetime={at.toISOString()}>
      {formatDateTime(at, lang, zone)}
      {now && <span class="soft"> ({formatDistance(at, now, lang)})</span>}
    </time>
  )
}

export type Happened = { at: Date; who: string | null; what: string }

export function History({ items, lang, zone }: { items: readonly Happened[]; lang: Lang; zone: Zone }) {
  const words = platformWords(lang)
  return (
    <ol class="history">
      {items.map((item, i) => (
        <li key={i}>
          {item.what}
          <time datetime={item.at.toISOString()}>
            {formatDateTime(item.at, lang, zone)} · {item.who ?? words.machine}
          </time>
        </li>
      ))}
    </ol>
  )
}

/** Numbers that answer a question, each with a way to the list behind it. */
export function Numbers({
  items,
  lang,
}: {
  items: readonly { value: number | string; label: string; href?: string }[]
  lang: Lang
}) {
  return (
    <ul class="numbers">
      {items.map(({ value, label, href }) => {
        const body = (
          <>
            <span class="value">{typeof value === 'number' ? formatNumber(value, lang) : value}</span> {label}
          </>
        )
        return <li key={label}>{href ? <a href={href}>{body}</a> : body}</li>
      })}
    </ul>
  )
}

export function Tabs({
  label,
  items,
  here,
}: {
  label: string
  items: readonly { href: string; label: string }[]
  here: string
}) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <a href={item.href} aria-current={item.href === here ? 'page' : undefined}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
