import indonesia from '@svg-maps/indonesia'
import { max, min } from 'd3-array'
import { scaleBand, scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { fill, formatNumber, type Lang } from '../text.ts'
import { platformWords } from '../words/index.ts'
import { lighten } from './outline.ts'
import { Table } from './parts.tsx'

/** Each chart has its table behind it, for screen readers, for print and for whoever would rather read. */
function WithTable({
  lang,
  caption,
  rows,
  children,
  valueHead,
  labelHead,
}: {
  lang: Lang
  caption: string
  rows: readonly { label: string; value: string; href?: string | undefined }[]
  children: preact.ComponentChildren
  valueHead: string
  labelHead: string
}) {
  return (
    <figure>
      <figcaption class="unseen">{caption}</figcaption>
      {children}
      <details>
        <summary>{platformWords(lang).showTable}</summary>
        <Table
          caption={caption}
          rows={rows}
          columns={[
            { head: labelHead, cell: (r) => linked(r.href, r.label), main: true },
            { head: valueHead, cell: (r) => r.value, number: true },
          ]}
        />
      </details>
    </figure>
  )
}

type Point = { label: string; value: number; href?: string }
const rowsOf = (items: readonly Point[], lang: Lang) =>
  items.map(({ label, value, href }) => ({ label, value: formatNumber(value, lang), href }))
/**
 * A drawing is one picture to a screen reader. With links in it, it is for the pointer alone: the keyboard and screen
 * readers have the same links in the table behind it.
 */
const drawing = (items: readonly Point[]) =>
  items.some(({ href }) => href) ? ({ 'aria-hidden': 'true' } as const) : ({ role: 'img' } as const)
const pointed = (href: string | undefined, what: preact.ComponentChildren) =>
  href ? (
    <a href={href} tabindex={-1}>
      {what}
    </a>
  ) : (
    what
  )
type Common = { lang: Lang; caption: string; labelHead: string; valueHead: string }

/**
 * Horizontal bars, one a line, with the number at its end. The words are the page's own text, so they stay as large on a
 * phone as everywhere; only the bars stretch.
 */
export function Bars({ items, ...common }: Common & { items: readonly Point[] }) {
  const x = scaleLinear([0, Math.max(1, max(items, (d) => d.value) ?? 1)], [0, 100])
  const hidden = drawing(items)
  return (
    <WithTable {...common} rows={rowsOf(items, common.lang)}>
      <div class="bars" {...hidden} {...('role' in hidden && { 'aria-label': common.caption })}>
        {items.map((d) => (
          <div key={d.label}>
            <span class="label">{pointed(d.href, d.label)}</span>
            <svg class="chart" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
              <rect class="track" width="100" height="1" />
              <rect class="bar" width={Math.round(x(d.value) * 10) / 10} height="1" />
            </svg>
            <span class="value">{formatNumber(d.value, common.lang)}</span>
          </div>
        ))}
      </div>
    </WithTable>
  )
}

/** A label with a way to the list behind it, where there is one. */
const linked = (href: string | undefined, label: string) => (href ? <a href={href}>{label}</a> : label)

/** One value a day, as a line; the dates must be in order. */
export function Days({ items, ...common }: Common & { items: readonly Point[] }) {
  const x = scalePoint(
    items.map((d) => d.label),
    [70, 625],
  )
  const y = scaleLinear([0, Math.max(1, max(items, (d) => d.value) ?? 1)], [170, 15]).nice()
  // Nothing happens one and a half times a day.
  const ticks = y.ticks(4).filter(Number.isInteger)
  const draw = line<Point>(
    (d) => x(d.label)!,
    (d) => y(d.value),
  )
  const shown = items.filter((_, i) => i === 0 || i === items.length - 1 || i === Math.floor(items.length / 2))
  return (
    <WithTable {...common} rows={rowsOf(items, common.lang)}>
      <svg class="chart days" viewBox="0 0 640 204" role="img" aria-label={common.caption}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="axis" x1="70" x2="625" y1={y(tick)} y2={y(tick)} />
            <text x="62" y={y(tick)} text-anchor="end" dominant-baseline="middle">
              {formatNumber(tick, common.lang)}
            </text>
          </g>
        ))}
        <path class="line" d={draw(items as Point[]) ?? ''} />
        {shown.map((d) => (
          <text
            key={d.label}
            x={x(d.label)}
            y="198"
            text-anchor={d === items[0] ? 'start' : d === items.at(-1) ? 'end' : 'middle'}
          >
            {d.label}
          </text>
        ))}
      </svg>
    </WithTable>
  )
}

/** Scores as dots with their intervals, on the part of the scale where they lie; it scrolls on a phone. `line` is the place where selection ends. */
export function Dots({
  items,
  line: cut,
  from = Math.max(0, 5 * Math.floor((min(items, (d) => d.low) ?? 0) / 5)),
  to = Math.min(100, Math.max(from + 5, 5 * Math.ceil((max(items, (d) => d.high) ?? 100) / 5))),
  ...common
}: Common & { items: readonly (Point & { low: number; high: number })[]; line?: number; from?: number; to?: number }) {
  const height = 26
  const x = scaleLinear([from, to], [250, 620])
  return (
    <WithTable
      {...common}
      rows={items.map((d) => ({
        label: d.label,
        value: `${formatNumber(d.value, common.lang, 2)} (${formatNumber(d.low, common.lang, 1)}–${formatNumber(d.high, common.lang, 1)})`,
      }))}
    >
      <section
        class="drawing"
        tabindex={0}
        aria-label={fill(platformWords(common.lang).drawing, { of: common.caption })}
      >
        <svg class="chart" viewBox={`0 0 640 ${items.length * height + 22}`} role="img" aria-label={common.caption}>
          {items.map((d, i) => (
            <g key={`${d.label}${i}`} transform={`translate(0 ${i * height})`}>
              <text x="236" y="17" text-anchor="end">
                {d.label.length > 36 ? `${d.label.slice(0, 35)}…` : d.label}
              </text>
              <line class="axis" x1="250" x2="620" y1="13" y2="13" />
              <line class="whisker" x1={x(d.low)} x2={x(d.high)} y1="13" y2="13" />
              <circle class="dot" cx={x(d.value)} cy="13" r="5" />
            </g>
          ))}
          {cut !== undefined && (
            <line class="axis" x1="0" x2="640" y1={cut * height} y2={cut * height} stroke-dasharray="5 4" />
          )}
          {[from, (from + to) / 2, to].map((tick) => (
            <text key={tick} x={x(tick)} y={items.length * height + 16} text-anchor="middle">
              {formatNumber(tick, common.lang)}
            </text>
          ))}
        </svg>
      </section>
    </WithTable>
  )
}

/** Loads as a strip: one narrow column each, against the lowest and highest allowed. */
export function Strip({
  items,
  least,
  most,
  ...common
}: Common & { items: readonly Point[]; least: number; most: number }) {
  const x = scaleBand(
    items.map((_, i) => i),
    [0, 640],
  ).padding(0.15)
  const y = scaleLinear([0, Math.max(most, max(items, (d) => d.value) ?? 1)], [120, 6])
  return (
    <WithTable {...common} rows={rowsOf(items, common.lang)}>
      <svg class="chart" viewBox="0 0 640 130" role="img" aria-label={common.caption}>
        {items.map((d, i) => (
          <rect
            key={i}
            class={d.value < least || d.value > most ? 'bar alt' : 'bar'}
            x={x(i)}
            width={x.bandwidth()}
            y={y(d.value)}
            height={120 - y(d.value)}
          >
            <title>{`${d.label}: ${formatNumber(d.value, common.lang)}`}</title>
          </rect>
        ))}
        {[least, most].map((limit) => (
          <line key={limit} class="axis" x1="0" x2="640" y1={y(limit)} y2={y(limit)} stroke-dasharray="5 4" />
        ))}
      </svg>
    </WithTable>
  )
}

// The drawing knows 34 provinces; the four split off Papua and Papua Barat in 2022 are counted with their mother.
const onMap: Record<string, string> = {
  'Daerah Khusus Ibukota Jakarta': 'Jakarta Raya',
  'Daerah Istimewa Yogyakarta': 'Yogyakarta',
  'Papua Selatan': 'Papua',
  'Papua Tengah': 'Papua',
  'Papua Pegunungan': 'Papua',
  'Papua Barat Daya': 'Papua Barat',
  'Kepulauan Bangka Belitung': 'Bangka Belitung',
}

/** The drawing as it comes would be half of a first page; drawn to half a unit it is a sixth. */
const provinces = indonesia.locations.map(({ id, name, path }: { id: string; name: string; path: string }) => ({
  id,
  name,
  path: lighten(path),
}))

/** The country, each province in one of five bands. `items` carry province names as Kemendagri writes them. */
export function IndonesiaMap({ items, ...common }: Common & { items: readonly Point[] }) {
  const sums = new Map<string, number>()
  for (const { label, value } of items) sums.set(onMap[label] ?? label, (sums.get(onMap[label] ?? label) ?? 0) + value)
  const most = Math.max(1, max(sums.values()) ?? 1)
  const bandOf = (value: number) => (value === 0 ? 0 : Math.min(4, 1 + Math.floor((value / (most + 1e-9)) * 4)))
  const hrefs = new Map(items.map((d) => [onMap[d.label] ?? d.label, d.href]))
  // From the least to the greatest number of each band; a band in which no whole number lies is left out.
  const bands = [1, 2, 3, 4].flatMap((band) => {
    const from = band === 1 ? 1 : Math.ceil(((band - 1) / 4) * (most + 1e-9))
    const to = band === 4 ? most : Math.ceil((band / 4) * (most + 1e-9)) - 1
    return from <= to ? [{ band, from, to }] : []
  })
  return (
    <WithTable {...common} rows={rowsOf(items, common.lang)}>
      <svg class="chart" viewBox={indonesia.viewBox} {...drawing(items)}>
        <title>{common.caption}</title>
        {provinces.map((place) => {
          const value = sums.get(place.name) ?? 0
          const shape = (
            <path class={`shape band-${bandOf(value)}`} d={place.path}>
              <title>{`${place.name}: ${formatNumber(value, common.lang)}`}</title>
            </path>
          )
          const href = hrefs.get(place.name)
          return <g key={place.id}>{pointed(href, shape)}</g>
        })}
      </svg>
      <p class="legend" aria-hidden="true">
        {[{ band: 0, from: 0, to: 0 }, ...bands].map(({ band, from, to }) => (
          <span key={band}>
            <svg class="chart" viewBox="0 0 1 1" aria-hidden="true">
              <rect class={`band-${band}`} width="1" height="1" />
            </svg>
            {[...new Set([from, to])].map((each) => formatNumber(each, common.lang)).join('–')}
          </span>
        ))}
      </p>
    </WithTable>
  )
}
