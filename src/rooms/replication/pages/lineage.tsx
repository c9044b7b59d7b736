import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { State } from '#platform/ui/index.ts'
import { type Branch, rowsOf } from '../domain/lineage.ts'
import { words } from '../text/index.ts'

const step = 30
const indent = 26

/** Who has it from whom: drawn from top to bottom, and as a list behind it. */
export function Lineage({ view, tree }: { view: View; tree: Branch }) {
  const w = words(view.lang)
  const rows = rowsOf(tree)
  if (rows.length === 1) return <p>{w.lineageAlone}</p>
  const label = fill(w.lineagePicture, { n: rows.length, root: tree.name })
  return (
    <figure>
      <section class="scroll" tabindex={0} aria-label={label}>
        <svg class="chart lineage" viewBox={`0 0 640 ${rows.length * step + 8}`} role="img" aria-label={label}>
          {rows.map(({ depth, row, parent }) =>
            parent === null ? null : (
              <path
                key={`line${row}`}
                class="branch"
                d={`M${(depth - 1) * indent + 10} ${parent * step + 24}V${row * step + 18}H${depth * indent + 4}`}
              />
            ),
          )}
          {rows.map(({ branch, depth, row }) => (
            <g key={row} transform={`translate(${depth * indent + 10} ${row * step + 18})`}>
              <circle class={branch.asleep ? 'dot hollow' : 'dot'} r="6" />
              <text x="14" y="5">
                {clipped(drawn(branch.name), 62 - depth * 3)}
                {branch.stage && ` · ${w[`stage-${branch.stage}`]}`}
              </text>
            </g>
          ))}
        </svg>
      </section>
      <details>
        <summary>{w.lineageList}</summary>
        <ul>
          <Item view={view} branch={tree} />
        </ul>
      </details>
      <p class="hint">{w.lineageHint}</p>
    </figure>
  )
}

/** In the picture a name has one line: what every regional government is called is left out. */
const drawn = (name: string) => name.replace(/Pemerintah (?=Kabupaten |Kota |Provinsi )/g, '')
const clipped = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

function Item({ view, branch }: { view: View; branch: Branch }) {
  const w = words(view.lang)
  const marks = [
    branch.owner && w.ownerMark,
    branch.expansion && w.expansionMark,
    branch.demo && w.demoMark,
    branch.since && formatDate(branch.since, view.lang),
    branch.stage && w[`stage-${branch.stage}`],
    branch.from && fill(w.lineageFrom, { from: branch.from }),
    branch.source && fill(w.lineageSource, { source: branch.source }),
  ].filter(Boolean)
  return (
    <li>
      {branch.code ? <a href={`/replication/innovations/${branch.code}`}>{branch.name}</a> : branch.name}{' '}
      <span class="small soft">{marks.join(' · ')}</span>
      {branch.asleep && (
        <>
          {' '}
          <State tone="attention">{w.asleepCount}</State>
        </>
      )}
      {branch.children.length > 0 && (
        <ul>
          {branch.children.map((child, i) => (
            <Item key={i} view={view} branch={child} />
          ))}
        </ul>
      )}
    </li>
  )
}
