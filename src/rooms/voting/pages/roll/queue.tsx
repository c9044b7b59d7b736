import { max } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { Notice, Select, Table, TextField, Tick } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Election } from '../../domain/election.ts'
import { words } from '../../text/index.ts'
import { count, RollPart, rollAt, tpsName } from './parts.tsx'

type Devices = { desks: number; booths: number }
export type OutlookShown = Devices & {
  /** Minutes after closing, on the middle day. */
  late: number
  wait: { mean: number; p95: number }
  narrow: 'desks' | 'token' | 'booths'
  lines: readonly { minute: number; desks: number; booths: number }[]
}
/** A polling place: its plan, and the fewest devices that meet the goal, if forty of each do. */
export type PlanRow = { number: number; voters: number; planned: OutlookShown; good: boolean; needed: Devices | null }
export type Asked = {
  turnout: number
  curve: 'slots' | 'morning' | 'rush'
  token: boolean
  wait: number
  late: number
  booth: number
  card: number
  manual: number
  fails: number
}

/** Whether the desks and booths that are planned carry this roll, and how many would. */
export function QueuePage({
  view,
  election,
  asked,
  rows,
  opens,
  minutes,
  days,
}: {
  view: View
  election: Election
  asked: Asked
  rows: readonly PlanRow[]
  opens: string
  minutes: number
  days: number
}) {
  const w = words(view.lang)
  const whole = (n: number) => count(view, Math.round(n))
  const devices = (d: Devices) => fill(w.queueDevices, { desks: d.desks, booths: d.booths })
  const need = (row: PlanRow) => (row.needed ? devices(row.needed) : w.queueImpossible)
  const bad = rows.filter(({ good }) => !good)
  return (
    <RollPart view={view} election={election} title={w.queueTitle} lead={w.queueLead}>
      {rows.length === 0 ? (
        <Notice>
          <p>{w.queueNobody}</p>
        </Notice>
      ) : bad.length === 0 ? (
        <Notice tone="good">
          <p>{w.queueGood}</p>
        </Notice>
      ) : (
        <Notice tone="attention">
          <ul>
            {bad.map((row) => (
              <li key={row.number}>
                {fill(row.planned.late > asked.late ? w.queueWarn : w.queueWarnWait, {
                  tps: tpsName(view, row.number),
                  desks: row.planned.desks,
                  booths: row.planned.booths,
                  late: whole(row.planned.late),
                  wait: whole(row.planned.wait.p95),
                  needed: need(row),
                })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {rows.length > 0 && (
        <Table
          caption={w.queuePlan}
          rows={rows}
          columns={[
            { head: w.tpsOne, main: true, cell: ({ number }) => tpsName(view, number) },
            { head: w.rollVotersHead, number: true, cell: ({ voters }) => count(view, voters) },
            { head: w.queuePlanned, cell: ({ planned }) => devices(planned) },
            {
              head: w.queueLate,
              cell: ({ planned }) =>
                planned.late < 1 ? w.queueOnTime : fill(w.queueMinutes, { n: whole(planned.late) }),
            },
            {
              head: w.queueWait,
              cell: ({ planned: { wait } }) => fill(w.queueWaitOf, { mean: whole(wait.mean), p95: whole(wait.p95) }),
            },
            { head: w.queueNarrow, cell: ({ planned }) => w[`narrow-${planned.narrow}`] },
            { head: w.queueNeeded, cell: need },
          ]}
        />
      )}
      {rows.map((row) => (
        <Lines key={row.number} view={view} row={row} opens={opens} minutes={minutes} />
      ))}
      <section>
        <h2>{w.queueAgain}</h2>
        <form method="get" action={`${rollAt(election)}/queue`}>
          <TextField name="turnout" label={w.queueTurnout} type="number" min={1} max={100} value={asked.turnout} />
          <Select
            name="curve"
            label={w.queueCurve}
            value={asked.curve}
            options={(['slots', 'morning', 'rush'] as const).map((value) => ({ value, label: w[`curve-${value}`] }))}
          />
          <Tick name="token" label={w.queueTokenTable} checked={asked.token} />
          <TextField name="wait" label={w.queueWaitGoal} type="number" min={1} max={240} value={asked.wait} />
          <TextField name="late" label={w.queueLateGoal} type="number" min={0} max={240} value={asked.late} />
          <TextField name="booth" label={w.queueBooth} type="number" min={3} max={300} value={asked.booth} />
          <TextField name="card" label={w.queueCard} type="number" min={1} max={120} value={asked.card} />
          <TextField name="manual" label={w.queueManual} type="number" min={5} max={600} value={asked.manual} />
          <TextField name="fails" label={w.queueFails} type="number" min={0} max={100} value={asked.fails} />
          <div class="actions">
            <button type="submit">{w.queueAgain}</button>
          </div>
        </form>
      </section>
      <p class="soft small">{fill(w.queueCurveHow, { days })}</p>
    </RollPart>
  )
}

const clock = (opens: string, minute: number): string => {
  const at = Number(opens.slice(0, 2)) * 60 + Number(opens.slice(3)) + minute
  return `${String(Math.floor(at / 60) % 24).padStart(2, '0')}.${String(at % 60).padStart(2, '0')}`
}

/** The two lines of a polling place through the day, with the table behind them. */
function Lines({ view, row, opens, minutes }: { view: View; row: PlanRow; opens: string; minutes: number }) {
  const w = words(view.lang)
  const { lines } = row.planned
  const last = lines.at(-1)!.minute
  const x = scaleLinear([0, last], [56, 625])
  const y = scaleLinear([0, Math.max(4, max(lines, (d) => Math.max(d.desks, d.booths)) ?? 0)], [170, 18]).nice()
  const path = (of: 'desks' | 'booths') =>
    line<(typeof lines)[number]>(
      (d) => x(d.minute),
      (d) => y(d[of]),
    )([...lines]) ?? ''
  const caption = fill(w.queueLines, { tps: tpsName(view, row.number) })
  const every = last > 600 ? 120 : 60
  return (
    <figure>
      <figcaption>{caption}</figcaption>
      <svg class="chart days" viewBox="0 0 640 204" role="img" aria-label={caption}>
        {y
          .ticks(4)
          .filter(Number.isInteger)
          .map((tick) => (
            <g key={tick}>
              <line class="axis" x1="56" x2="625" y1={y(tick)} y2={y(tick)} />
              <text x="48" y={y(tick)} text-anchor="end" dominant-baseline="middle">
                {count(view, tick)}
              </text>
            </g>
          ))}
        <line class="whisker" x1={x(minutes)} x2={x(minutes)} y1="14" y2="170" />
        <text x={x(minutes)} y="2" dx="-6" text-anchor="end" dominant-baseline="hanging">
          {w.queueCloses}
        </text>
        <path class="line" d={path('desks')} />
        <path class="line alt" d={path('booths')} />
        {lines
          .filter(({ minute }) => minute % every === 0)
          .map(({ minute }) => (
            <text
              key={minute}
              x={x(minute)}
              y="196"
              text-anchor={minute === 0 ? 'start' : minute > last - every / 2 ? 'end' : 'middle'}
            >
              {clock(opens, minute)}
            </text>
          ))}
      </svg>
      <p class="legend">
        <span>
          <svg class="chart" viewBox="0 0 32 8" aria-hidden="true">
            <path class="line" d="M0 4H32" />
          </svg>{' '}
          {w.queueAtDesks}
        </span>
        <span>
          <svg class="chart" viewBox="0 0 32 8" aria-hidden="true">
            <path class="line alt" d="M0 4H32" />
          </svg>{' '}
          {w.queueAtBooths}
        </span>
      </p>
      <details>
        <summary>{platformWords(view.lang).showTable}</summary>
        <Table
          caption={caption}
          hideCaption
          rows={lines.filter(({ minute }) => minute % 30 === 0)}
          columns={[
            { head: w.queueAt, main: true, cell: ({ minute }) => clock(opens, minute) },
            { head: w.queueAtDesks, number: true, cell: ({ desks }) => count(view, desks) },
            { head: w.queueAtBooths, number: true, cell: ({ booths }) => count(view, booths) },
          ]}
        />
      </details>
    </figure>
  )
}
