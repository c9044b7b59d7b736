import { fill, type Lang } from '#platform/text.ts'
import { Table } from '#platform/ui/index.ts'
import { type Box, type Drawable, type Drawing, drawn, wrapped } from '../domain/studio/drawing.ts'
import { words } from '../text/index.ts'

/** A flow with the words of its reader: who makes each move, too. */
export type FlowShown = Drawable & {
  name: string
  by: readonly string[]
  hrefs: readonly string[]
  stateHrefs: readonly string[]
}

/**
 * The picture of a flow, once for wide windows and once, in one column, for phones; and the same as a table. The picture
 * is for the eye and the pointer: the table has all its links.
 */
export function FlowPicture({ flow, lang }: { flow: FlowShown; lang: Lang }) {
  const w = words(lang)
  const title = fill(w.pictureOf, { name: flow.name })
  const stateName = (id: string) => flow.states.find((state) => state.id === id)?.label ?? id
  return (
    <figure class="flow-picture">
      <figcaption class="unseen">{title}</figcaption>
      <section class="drawing wide" tabindex={0} aria-label={title}>
        <Picture drawing={drawn(flow, 3)} flow={flow} lang={lang} />
      </section>
      <section class="drawing narrow" tabindex={0} aria-label={title}>
        <Picture drawing={drawn(flow, 1)} flow={flow} lang={lang} />
      </section>
      <p class="legend">
        <Key kind="open">{w.legendOpen}</Key>
        <Key kind="paused">{w.legendPaused}</Key>
        <Key kind="final">{w.legendFinal}</Key>
        <Key kind="itself">{w.legendItself}</Key>
      </p>
      <details>
        <summary>{w.pictureBeside}</summary>
        <Table
          caption={`${title}: ${w.pictureBeside}`}
          hideCaption
          rows={flow.moves.map((move, i) => ({ ...move, i }))}
          columns={[
            {
              head: w.moveFrom,
              cell: ({ from }) =>
                from === 'new' ? w.newCase : from === 'any' ? w.anyState : from.map(stateName).join(', '),
            },
            {
              head: w.moveName,
              main: true,
              cell: ({ label, i }) => (flow.hrefs[i] ? <a href={flow.hrefs[i]}>{label}</a> : label),
            },
            { head: w.moveTo, cell: ({ to }) => (to === 'same' ? w.stays : stateName(to)) },
            { head: w.moveBy, cell: ({ i }) => flow.by[i] || w.byItself },
          ]}
        />
      </details>
    </figure>
  )
}

function Key({ kind, children }: { kind: string; children: string }) {
  return (
    <span>
      <svg width="34" height="20" viewBox="0 0 34 20" aria-hidden="true" class="picture">
        {kind === 'itself' ? (
          <rect class="move itself" x="1" y="3" width="32" height="14" rx="7" />
        ) : (
          <StateShape kind={kind} x={1} y={1} width={32} height={18} />
        )}
      </svg>
      {children}
    </span>
  )
}

/** Open: a plain frame. Waiting: broken, with two strokes. The end: a double frame. Told apart without colour. */
function StateShape({ kind, x, y, width, height }: Box & { kind: string }) {
  return (
    <>
      <rect class={`box ${kind}`} x={x} y={y} width={width} height={height} rx={kind === 'final' ? 3 : 8} />
      {kind === 'final' && <rect class="inner" x={x + 3} y={y + 3} width={width - 6} height={height - 6} rx="2" />}
      {kind === 'paused' && <path class="strokes" d={`M${x + width - 12} ${y + 5}v9M${x + width - 7} ${y + 5}v9`} />}
    </>
  )
}

function Picture({ drawing, flow, lang }: { drawing: Drawing; flow: FlowShown; lang: Lang }) {
  const w = words(lang)
  const { width, height, states, moves, lines } = drawing
  const link = (href: string | undefined, what: preact.ComponentChildren) =>
    href ? (
      <a href={href} tabindex={-1}>
        {what}
      </a>
    ) : (
      what
    )
  return (
    <svg class="picture" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {lines.map(({ points }, i) => (
        <path key={i} class="line" d={points.map(([x, y], n) => `${n === 0 ? 'M' : 'L'}${x} ${y}`).join('')} />
      ))}
      {lines.map(({ points }, i) => {
        const [x, y] = points.at(-1)!
        return <path key={i} class="arrow" d={`M${x} ${y}l-5-8h10z`} />
      })}
      {states.map(({ id, x, y, width: wide, height: high, kind, label, index }) => {
        const own = moves.filter(({ from }) => from === id)
        const stem = own.at(-1)
        const lead = kind === 'new' ? w.newCase : kind === 'any' ? w.anyState : label
        const text = wrapped(lead, 22)
        return (
          <g key={id}>
            {stem && <path class="stem" d={`M${x + 11} ${y + high}V${stem.y + stem.height / 2}`} />}
            {own.map((move) => (
              <path key={move.id} class="stem" d={`M${x + 11} ${move.y + move.height / 2}H${move.x}`} />
            ))}
            {link(
              flow.stateHrefs[index],
              <g class="state">
                <title>{lead}</title>
                {kind === 'new' || kind === 'any' ? (
                  <>
                    <rect class="box outside" x={x} y={y} width={wide} height={high} rx={high / 2} />
                    {kind === 'new' && <circle class="begin" cx={x + 24} cy={y + high / 2} r="6" />}
                  </>
                ) : (
                  <StateShape kind={kind} x={x} y={y} width={wide} height={high} />
                )}
                {text.map((line, n) => (
                  <text
                    key={n}
                    x={x + wide / 2}
                    y={y + high / 2 + 5 + (n - (text.length - 1) / 2) * 18}
                    text-anchor="middle"
                  >
                    {line}
                  </text>
                ))}
              </g>,
            )}
          </g>
        )
      })}
      {moves.map(({ from, x, y, width: wide, height: high, label, itself, stays, index }) => {
        const text = wrapped(stays ? `${label} ↺` : label, 23)
        return (
          <g key={`${from} ${index}`}>
            {link(
              flow.hrefs[index],
              <g class="step">
                <title>{label}</title>
                <rect class={itself ? 'move itself' : 'move'} x={x} y={y} width={wide} height={high} rx={high / 2} />
                {text.map((line, n) => (
                  <text key={n} class="name" x={x + 14} y={y + high / 2 + 4 + (n - (text.length - 1) / 2) * 14}>
                    {line}
                  </text>
                ))}
              </g>,
            )}
          </g>
        )
      })}
    </svg>
  )
}
