import { forbidden, type Table } from './assignment-problem.ts'

/**
 * Finds the best admissible panel of proposal `p` at the given price of each evaluator (affinity minus price, summed;
 * with `weigh` 0 the affinities are ignored), writes it to `into` from `at` on, and returns its worth.
 * -Infinity: no panel obeys the rules.
 */
export type Choose = (p: number, price: Float64Array, weigh: 0 | 1, into: Int32Array, at: number) => number

/**
 * An exact chooser, also where universities cross the teams. Per university only its best insider and best outsider
 * matter, and of those only the `need` best of each side: anything worse could be exchanged for one of them whose
 * university is still free. Greedy choice is best without the bridge rule; when greedy breaks that rule, a small
 * table over the at most 2 x need universities left decides.
 */
export function createChooser(table: Table): Choose {
  const { E, value, group, groups, team, need, outside, own, seats } = table
  const best = new Float64Array(2 * groups)
  const bestAt = new Int32Array(2 * groups)
  // Side 0 = outsiders, 1 = insiders; each a list of the best, in falling order.
  const top = new Float64Array(2 * seats)
  const topAt = new Int32Array(2 * seats)
  const count = new Int32Array(2)
  const used = new Int32Array(groups)
  let stamp = 0
  const decideExactly = createSmallTable(table)

  return (p, price, weigh, into, at) => {
    const k = need[p]!
    if (k === 0) return 0
    const home = own[p]!
    best.fill(-Infinity)
    for (let e = 0, row = p * E; e < E; e++, row++) {
      const v = value[row]!
      if (v <= forbidden) continue
      const net = weigh * v - price[e]!
      const slot = team[e] === home ? groups + group[e]! : group[e]!
      if (net > best[slot]!) {
        best[slot] = net
        bestAt[slot] = e
      }
    }
    count[0] = count[1] = 0
    for (let slot = 0; slot < 2 * groups; slot++) {
      const net = best[slot]!
      if (net === -Infinity) continue
      const side = slot < groups ? 0 : 1
      const start = side * seats
      let i = count[side]!
      if (i === k) {
        if (net <= top[start + k - 1]!) continue
        i = k - 1
      } else count[side] = i + 1
      while (i > 0 && top[start + i - 1]! < net) {
        top[start + i] = top[start + i - 1]!
        topAt[start + i] = topAt[start + i - 1]!
        i--
      }
      top[start + i] = net
      topAt[start + i] = bestAt[slot]!
    }
    stamp++
    let worth = 0
    let picked = 0
    let fromOutside = 0
    for (let i = 0, j = 0; picked < k; ) {
      const out = i < count[0]! ? top[i]! : -Infinity
      const inn = j < count[1]! ? top[seats + j]! : -Infinity
      if (out === -Infinity && inn === -Infinity) return -Infinity
      const takeOut = out >= inn
      const e = takeOut ? topAt[i++]! : topAt[seats + j++]!
      if (used[group[e]!] === stamp) continue
      used[group[e]!] = stamp
      into[at + picked++] = e
      worth += takeOut ? out : inn
      if (takeOut) fromOutside++
    }
    if (fromOutside >= outside[p]!) return worth
    return decideExactly(k, outside[p]!, top, topAt, count, into, at)
  }
}

type SmallTable = (
  k: number,
  outside: number,
  top: Float64Array,
  topAt: Int32Array,
  count: Int32Array,
  into: Int32Array,
  at: number,
) => number

/** Dynamic programming over universities: best worth with j seats filled, t of them (capped) from outside. */
function createSmallTable({ group, groups, seats }: Table): SmallTable {
  const index = new Int32Array(groups).fill(-1)
  const members = new Int32Array(2 * 2 * seats)
  const worths = new Float64Array(2 * 2 * seats)
  const width = (seats + 1) * (seats + 1)
  const reach = new Float64Array((2 * seats + 1) * width)
  const taken = new Int8Array((2 * seats + 1) * width)
  return (k, outside, top, topAt, count, into, at) => {
    let m = 0
    for (let side = 0; side < 2; side++) {
      for (let i = 0; i < count[side]!; i++) {
        const e = topAt[side * seats + i]!
        const g = group[e]!
        if (index[g] === -1) {
          worths[2 * m] = worths[2 * m + 1] = -Infinity
          index[g] = m++
        }
        members[2 * index[g]! + side] = e
        worths[2 * index[g]! + side] = top[side * seats + i]!
      }
    }
    for (let side = 0; side < 2; side++) {
      for (let i = 0; i < count[side]!; i++) index[group[topAt[side * seats + i]!]!] = -1
    }
    const w = outside + 1
    const cells = (k + 1) * w
    reach.fill(-Infinity, 0, cells)
    reach[0] = 0
    for (let i = 0; i < m; i++) {
      const from = i * cells
      const to = from + cells
      for (let c = 0; c < cells; c++) {
        reach[to + c] = reach[from + c]!
        taken[to + c] = -1
      }
      for (let j = 0; j < k; j++) {
        for (let t = 0; t <= outside; t++) {
          const base = reach[from + j * w + t]!
          if (base === -Infinity) continue
          for (let side = 0; side < 2; side++) {
            const cell = to + (j + 1) * w + (side === 0 ? Math.min(outside, t + 1) : t)
            const worth = base + worths[2 * i + side]!
            if (worth > reach[cell]!) {
              reach[cell] = worth
              // Remember the side and whether the count of outsiders was already full before.
              taken[cell] = side === 1 ? 2 : t === outside ? 1 : 0
            }
          }
        }
      }
    }
    let j = k
    let t = outside
    const worth = reach[m * cells + j * w + t]!
    if (worth === -Infinity) return worth
    for (let i = m; i > 0; i--) {
      const how = taken[i * cells + j * w + t]!
      if (how === -1) continue
      into[at + --j] = members[2 * (i - 1) + (how === 2 ? 1 : 0)]!
      if (how === 0) t--
    }
    return worth
  }
}
