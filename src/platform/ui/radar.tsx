import { formatNumber, type Lang } from '../text.ts'
import { Table } from './parts.tsx'

type Axis = { label: string; values: readonly (number | null)[] }

/**
 * A few measures of one thing on axes from one centre, one line for each series: at most two, the second drawn on the
 * first. The table stands beside it, since a radar alone cannot be read to the point.
 */
export function Radar({
  lang,
  caption,
  axes,
  series,
  most,
  labelHead,
}: {
  lang: Lang
  caption: string
  axes: readonly Axis[]
  series: readonly string[]
  most: number
  labelHead: string
}) {
  const [cx, cy, r] = [200, 130, 90]
  const at = (i: number, share: number) => {
    const angle = (i / axes.length) * 2 * Math.PI - Math.PI / 2
    return [cx + Math.cos(angle) * r * share, cy + Math.sin(angle) * r * share].map((x) => Math.round(x * 10) / 10)
  }
  const ring = (share: number) => axes.map((_, i) => at(i, share).join(' ')).join(' ')
  const known = (s: number) => axes.every(({ values }) => values[s] !== null && values[s] !== undefined)
  return (
    <figure class="radar">
      <svg class="chart" viewBox="0 0 400 260" role="img" aria-label={caption}>
        {[0.25, 0.5, 0.75, 1].map((share) => (
          <polygon key={share} class="ring" points={ring(share)} />
        ))}
        {axes.map(({ label }, i) => {
          const [x, y] = at(i, 1)
          const [tx, ty] = at(i, 1.1)
          const side = Math.abs(tx! - cx) < 8 ? 'middle' : tx! > cx ? 'start' : 'end'
          return (
            <g key={label}>
              <line class="axis" x1={cx} y1={cy} x2={x} y2={y} />
              <text x={tx} y={ty! + 4} text-anchor={side}>
                {label}
              </text>
            </g>
          )
        })}
        {series.map((name, s) =>
          known(s) ? (
            <polygon
              key={name}
              class={s === 0 ? 'area' : 'area alt'}
              points={axes.map(({ values }, i) => at(i, values[s]! / most).join(' ')).join(' ')}
            />
          ) : null,
        )}
      </svg>
      <Table
        caption={caption}
        rows={axes}
        columns={[
          { head: labelHead, main: true, cell: ({ label }) => label },
          ...series.map((name, s) => ({
            head: name,
            number: true,
            cell: ({ values }: Axis) => (values[s] == null ? '–' : formatNumber(values[s], lang, 2)),
          })),
        ]}
      />
    </figure>
  )
}
