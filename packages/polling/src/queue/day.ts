/** One place where voters are served one after another, in the order in which they come: desks, the token table, booths. */
export type Stage = {
  readonly servers: number
  /** Seconds for the voter who is served as number `at` here, from 0. Longer than any list of arrivals is no use. */
  readonly seconds: readonly number[]
}

export type Passage = {
  /** Seconds waited in this line, by order of coming to it. */
  readonly waits: readonly number[]
  /** When each came, was served and left, in order of coming. */
  readonly came: readonly number[]
  readonly left: readonly number[]
}

/**
 * One stage of a day: voters who come at these moments (in order) go to the server that is free first. The n-th in line has the
 * n-th time, whoever it is, so that one more server can never make anybody later.
 */
export function serve(came: readonly number[], { servers, seconds }: Stage): Passage {
  if (!Number.isInteger(servers) || servers < 1) throw new RangeError('A stage needs at least one server.')
  const free = new Float64Array(servers)
  const waits: number[] = []
  const left: number[] = []
  for (const [at, moment] of came.entries()) {
    // The servers are a heap by the moment at which each is free.
    const begins = Math.max(moment, free[0]!)
    waits.push(begins - moment)
    const ends = begins + seconds[at]!
    left.push(ends)
    let hole = 0
    for (;;) {
      let next = 2 * hole + 1
      if (next >= servers) break
      if (next + 1 < servers && free[next + 1]! < free[next]!) next++
      if (free[next]! >= ends) break
      free[hole] = free[next]!
      hole = next
    }
    free[hole] = ends
  }
  return { waits, came, left }
}

export type Day = {
  readonly stages: readonly Passage[]
  /** Seconds that each voter waited in all lines together, by order of arrival. */
  readonly waited: readonly number[]
  /** Seconds after opening at which the last voter leaves; 0 when nobody came. */
  readonly end: number
}

/** A whole day: through every stage in turn. Who leaves one first stands first in the next. */
export function simulateDay(arrived: readonly number[], stages: readonly Stage[]): Day {
  const passages: Passage[] = []
  const waited = arrived.map(() => 0)
  let who = [...arrived.keys()]
  let came = arrived
  for (const stage of stages) {
    const passage = serve(came, stage)
    passages.push(passage)
    for (const [at, voter] of who.entries()) waited[voter]! += passage.waits[at]!
    const order = [...who.keys()].sort((a, b) => passage.left[a]! - passage.left[b]! || a - b)
    who = order.map((at) => who[at]!)
    came = order.map((at) => passage.left[at]!)
  }
  return { stages: passages, waited, end: came.at(-1) ?? 0 }
}

/** How many stand in a line at a moment, not counting those being served. */
export function waitingAt({ came, waits }: Passage, moment: number): number {
  let waiting = 0
  for (const [at, when] of came.entries()) {
    if (when > moment) break
    if (when + waits[at]! > moment) waiting++
  }
  return waiting
}
