import { arrivals, type Curve, curves } from './arrival.ts'
import { type Day, type Stage, simulateDay, waitingAt } from './day.ts'
import { drawFrom } from './draw.ts'
import { boothTime, checkInTime, type ServiceTimes, tokenTime, usualTimes } from './times.ts'

/** What is planned for one polling place. */
export type Setting = {
  /** Voters in its roll. */
  readonly roll: number
  /** Share of them expected, between 0 and 1. */
  readonly turnout: number
  /** Minutes between opening and closing. */
  readonly minutes: number
  readonly curve: Curve
  readonly times: ServiceTimes
  /** Whether tokens are handed out at a table of their own (as in Babakan) instead of at each desk. */
  readonly tokenTable: boolean
}

export type Devices = { readonly desks: number; readonly booths: number }

export const usualSetting: Omit<Setting, 'roll'> = {
  turnout: 0.8,
  minutes: 360,
  curve: curves.morning,
  times: usualTimes,
  tokenTable: false,
}

/** What is still good: set by those who plan. */
export type Goal = {
  /** 19 of 20 voters wait at most so many minutes in all lines together … */
  readonly wait: number
  /** … and the last voter is through at most so many minutes after closing. */
  readonly late: number
}
export const usualGoal: Goal = { wait: 30, late: 15 }

export type Outlook = Devices & {
  /** Minutes after closing at which the last voter leaves: the middle day, and one of ten. 0 when all are through before. */
  readonly late: number
  readonly lateAtWorst: number
  /** Minutes waited in all lines: mean, and the one of twenty who waits longest; over all days together. */
  readonly wait: { readonly mean: number; readonly p95: number }
  /** The stage in which most time is waited. */
  readonly narrow: 'desks' | 'token' | 'booths'
  /** People in line at desks (and token table) and booths every 15 minutes of the middle day. */
  readonly lines: readonly { readonly minute: number; readonly desks: number; readonly booths: number }[]
}

/** How many days are simulated for one answer. */
export const days = 11

/** All numbers that chance decides, drawn once: every number of devices meets the very same people. */
type People = { came: number[]; desk: number[]; token: number[]; booth: number[] }

function peopleOf({ roll, turnout, minutes, curve, times, tokenTable }: Setting, seed: number): People {
  const draw = drawFrom(seed)
  const voters = Math.round(roll * turnout)
  const came = arrivals(voters, minutes * 60, curve, draw)
  const desk = came.map(() => checkInTime(times, draw) + (tokenTable ? 0 : tokenTime(times, draw)))
  return { came, desk, token: came.map(() => tokenTime(times, draw)), booth: came.map(() => boothTime(times, draw)) }
}

const stagesOf = ({ desk, token, booth }: People, { desks, booths }: Devices, tokenTable: boolean): Stage[] => [
  { servers: desks, seconds: desk },
  ...(tokenTable ? [{ servers: 1, seconds: token }] : []),
  { servers: booths, seconds: booth },
]

const quantile = (sorted: readonly number[], q: number) =>
  sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!

/** Everything about a polling place that can be asked again and again of the same simulated people. */
export function openPlan(setting: Setting) {
  if (!Number.isInteger(setting.roll) || setting.roll < 0) throw new RangeError('A roll has a whole number of voters.')
  const crowd = Array.from({ length: days }, (_, at) => peopleOf(setting, at + 1))
  const known = new Map<string, Outlook>()

  /** What these devices bring. */
  const outlook = (devices: Devices): Outlook => {
    const key = `${devices.desks} ${devices.booths}`
    const earlier = known.get(key)
    if (earlier) return earlier
    const found = describe(
      setting,
      devices,
      crowd.map((people) => simulateDay(people.came, stagesOf(people, devices, setting.tokenTable))),
    )
    known.set(key, found)
    return found
  }

  /** The fewest desks, and with these the fewest booths, that meet the goal; undefined when `most` of each do not. */
  const needed = (goal: Goal, most = 40): Outlook | undefined => {
    const plenty = (desks: number) => outlook({ desks, booths: most })
    // One more device never makes a day end later, so halving finds the fewest.
    const desks = fewest(most, (n) => meets(plenty(n), goal))
    if (desks === undefined) return undefined
    for (let n = desks; n <= most; n++) {
      const booths = fewest(most, (m) => meets(outlook({ desks: n, booths: m }), goal))
      if (booths !== undefined) return outlook({ desks: n, booths })
    }
    return undefined
  }

  return { setting, outlook, needed }
}
export type Plan = ReturnType<typeof openPlan>

export const meets = ({ lateAtWorst, wait }: Outlook, goal: Goal): boolean =>
  lateAtWorst <= goal.late && wait.p95 <= goal.wait

function fewest(most: number, holds: (n: number) => boolean): number | undefined {
  if (!holds(most)) return undefined
  let [low, high] = [1, most]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function describe({ minutes, tokenTable }: Setting, devices: Devices, all: readonly Day[]): Outlook {
  const ordered = all.toSorted((a, b) => a.end - b.end)
  const late = ordered.map(({ end }) => Math.max(0, end / 60 - minutes))
  const middle = ordered[ordered.length >> 1]!
  const totals = all.flatMap(({ waited }) => waited).sort((a, b) => a - b)
  const names = tokenTable ? (['desks', 'token', 'booths'] as const) : (['desks', 'booths'] as const)
  const waited = names.map((_, at) => all.reduce((sum, { stages }) => sum + total(stages[at]!.waits), 0))
  const last = Math.ceil(Math.max(minutes, middle.end / 60) / 15)
  return {
    ...devices,
    late: quantile(late, 0.5),
    lateAtWorst: quantile(late, 0.9),
    wait: { mean: totals.length === 0 ? 0 : total(totals) / totals.length / 60, p95: quantile(totals, 0.95) / 60 },
    narrow: names[waited.indexOf(Math.max(...waited))]!,
    lines: Array.from({ length: last + 1 }, (_, at) => {
      const counts = middle.stages.map((stage) => waitingAt(stage, at * 15 * 60))
      return { minute: at * 15, desks: total(counts.slice(0, -1)), booths: counts.at(-1)! }
    }),
  }
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0)
