import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber, type Lang } from '#platform/text.ts'
import { Facts, Table } from '#platform/ui/index.ts'
import type { Cell, Effect } from '../domain/effect.ts'
import { named } from '../domain/shown.ts'
import { words } from '../text/index.ts'

const say = (texts: Record<string, string>, lang: Lang) => texts[lang] ?? Object.values(texts)[0] ?? ''

export function cellText(cell: Cell | null, unit: string | null, lang: Lang): string {
  const w = words(lang)
  if (!cell) return '–'
  if (cell.hidden) return w.effectHidden
  if (cell.value === null) return w.effectEmpty
  const value = [formatNumber(cell.value, lang), unit].filter(Boolean).join(' ')
  return cell.n === null || cell.n === cell.value ? value : fill(w.effectN, { value, n: formatNumber(cell.n, lang) })
}

/** The figures of those who run one package, side by side, each with where it comes from. */
export function EffectTable({ view, effect }: { view: View; effect: Effect }) {
  const w = words(view.lang)
  if (effect.rows.length === 0) return <p>{w.effectNone}</p>
  return (
    <>
      <Table
        caption={w.effectHead}
        hideCaption
        rows={effect.rows}
        columns={[
          {
            head: w.indicator,
            main: true,
            cell: ({ names, better }) => (
              <>
                {say(names, view.lang)}
                {w[`better-${better}`] && <div class="small soft">{w[`better-${better}`]}</div>}
              </>
            ),
          },
          ...effect.runners.map((runner, i) => ({
            head: runner.unitName ?? runner.agencyName,
            cell: ({ cells, unit }: Effect['rows'][number]) => cellText(cells[i] ?? null, unit, view.lang),
          })),
        ]}
      />
      <p class="hint">{w.effectHint}</p>
      <h3>{w.effectSources}</h3>
      <ul>
        {effect.sources.map(({ service, day, version, hash }, i) => (
          <li key={service}>
            <a href={`/services/${service}/figures/${hash}`}>
              {fill(w.effectSource, {
                name: named(effect.runners[i]!),
                day: formatDate(day, view.lang),
                version,
              })}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The first figures of the owner's own service, for the gallery. */
export function OwnFigures({ view, effect }: { view: View; effect: Effect }) {
  const w = words(view.lang)
  const own = effect.runners.findIndex(({ owner }) => owner)
  const source = effect.sources[own]
  if (!source) return null
  const rows = effect.rows.filter(({ cells }) => cells[own] && !cells[own].hidden && cells[own].value !== null)
  return (
    <>
      <h3>{fill(w.galleryFigures, { day: formatDate(source.day, view.lang) })}</h3>
      <Facts
        facts={rows
          .slice(0, 4)
          .map(({ names, unit, cells }) => [say(names, view.lang), cellText(cells[own]!, unit, view.lang)] as const)}
      />
      <p class="small">
        <a href={`/services/${source.service}/figures/${source.hash}`}>{w.effectSources}</a>
      </p>
    </>
  )
}
