import { factor, invertFactored, solveFactored } from './cholesky.ts'
import { byCodeUnit } from './seeded.ts'

/** One counted reading: `points` is the rounded total of a complete sheet, 0-100. */
export type Reading = { proposal: string; evaluator: string; points: number }

/** Variances in square points: of quality between proposals, of leniency between evaluators, of one reading. */
export type Variances = { quality: number; offset: number; noise: number }

/** Readings as arrays: those of proposal i lie at start[i] .. start[i + 1] - 1. Names and readings are sorted. */
export type Design = {
  proposals: string[]
  evaluators: string[]
  start: Int32Array
  evaluatorAt: Int32Array
  /** Points less `centre`, so that no digits are lost to a common level. */
  points: Float64Array
  centre: number
  /** Readings of each evaluator. */
  load: Int32Array
}

export type Fit = {
  variances: Variances
  converged: boolean
  iterations: number
  /** Estimated mean of all proposals, in points. */
  mean: number
  /** Per proposal: mean + shrunken quality, its standard error, and that of its distance from the average proposal. */
  quality: Float64Array
  qualityError: Float64Array
  contrastError: Float64Array
  /** Per proposal: mean of its points less the offsets of its readers, not shrunken. */
  adjusted: Float64Array
  /** Per evaluator: points given above the average evaluator, and its standard error. */
  offset: Float64Array
  offsetError: Float64Array
}

/** Variances below this share of the total count as this share: zero has no ratio. */
const floorShare = 1e-6
/** The variances have converged when none moves by more than this share of the total. */
const tolerance = 1e-8
const newtonLimit = 40
const emLimit = 400

/**
 * Sort readings into a design. Whatever order they come in, the arrays are the same, and so is every later bit.
 * Throws on a repeated pair of proposal and evaluator, on points that are not finite, and when there are none.
 */
export function designOf(readings: readonly Reading[]): Design {
  if (readings.length === 0) throw new Error('No readings')
  const proposals = [...new Set(readings.map((r) => r.proposal))].sort(byCodeUnit)
  const evaluators = [...new Set(readings.map((r) => r.evaluator))].sort(byCodeUnit)
  const proposalAt = new Map(proposals.map((p, i) => [p, i]))
  const numberOf = new Map(evaluators.map((e, j) => [e, j]))
  const rows = readings.map((r) => ({ i: proposalAt.get(r.proposal)!, j: numberOf.get(r.evaluator)!, y: r.points }))
  rows.sort((a, b) => a.i - b.i || a.j - b.j)
  const start = new Int32Array(proposals.length + 1)
  const evaluatorAt = new Int32Array(rows.length)
  const points = new Float64Array(rows.length)
  const load = new Int32Array(evaluators.length)
  let sum = 0
  rows.forEach((row, k) => {
    const before = rows[k - 1]
    if (before && before.i === row.i && before.j === row.j) {
      throw new Error(`Two readings of ${proposals[row.i]} by ${evaluators[row.j]}`)
    }
    if (!Number.isFinite(row.y)) throw new RangeError(`Points of ${proposals[row.i]} are not a number`)
    start[row.i + 1] = k + 1
    evaluatorAt[k] = row.j
    load[row.j] = load[row.j]! + 1
    points[k] = row.y
    sum += row.y
  })
  const centre = sum / rows.length
  for (let k = 0; k < points.length; k++) points[k] = points[k]! - centre
  return { proposals, evaluators, start, evaluatorAt, points, centre, load }
}

/** Readings beyond those that fix every proposal and every evaluator once: what is left to estimate noise from. */
export function spareReadings(design: Design): number {
  return design.points.length - design.proposals.length - design.evaluators.length + 1
}

/**
 * Fit points = mean + quality of the proposal + offset of the evaluator + noise, all but the mean random.
 *
 * Quality and offsets are best linear unbiased predictions (Henderson, Biometrics 31, 1975, 423-447): each is shrunk
 * by its own variance, so an evaluator with few readings is hardly corrected. The proposals are eliminated first, which
 * leaves one dense symmetric system as large as the number of evaluators: time is readings + evaluators³.
 *
 * The variances are estimated by restricted maximum likelihood, because adaptive reading gives extra readings where
 * early scores were close: likelihood may ignore that choice, since it depends on observed scores only, whereas
 * moment equations may not. Steps follow the average information (Gilmour, Thompson and Cullis, Biometrics 51, 1995,
 * 1440-1450), after three EM steps from equal thirds; if those 40 steps do not settle, up to 400 EM steps follow, which
 * cannot overshoot. It has converged when no variance moves by more than 1e-8 of the total variance. No likelihood is
 * evaluated, so no logarithm: + - * / and sqrt only, in one fixed order.
 *
 * `offsets: false` holds the offsets at zero: the model for a graph that cannot tell leniency from quality.
 * `variances` skips the estimation.
 */
export function fitModel(design: Design, options: { offsets?: boolean; variances?: Variances } = {}): Fit {
  const withOffsets = options.offsets ?? true
  if (options.variances) return describe(design, options.variances, true, 0)
  const total = sampleVariance(design.points)
  if (total === 0) return describe(design, { quality: 0, offset: 0, noise: 0 }, true, 0)
  const floor = total * floorShare
  const names = withOffsets ? (['quality', 'offset', 'noise'] as const) : (['quality', 'noise'] as const)
  let now: Variances = { quality: total / 3, offset: withOffsets ? total / 3 : 0, noise: total / 3 }
  let iterations = 0
  for (; iterations < newtonLimit + emLimit; iterations++) {
    const state = solve(design, now)
    const newton = iterations >= 3 && iterations < newtonLimit
    const proposed = newton
      ? informationStep(design, state, now, names, floor)
      : emStep(design, state, now, withOffsets)
    const next: Variances = { ...now }
    let moved = 0
    for (const name of names) {
      next[name] = Math.max(floor, Math.min(proposed[name], 5 * now[name]), 0.1 * now[name])
      moved = Math.max(moved, Math.abs(next[name] - now[name]))
    }
    now = next
    if (moved <= tolerance * total && iterations >= 3) return describe(design, now, true, iterations + 1)
  }
  return describe(design, now, false, iterations)
}

type Solution = {
  mean: number
  quality: Float64Array
  offset: Float64Array
  residual: Float64Array
}

type State = Solution & {
  size: number
  lower: Float64Array
  inverse: Float64Array
  /** 1 / (n + noise / quality) per proposal, written so that a quality variance of zero needs no division by it. */
  shrink: Float64Array
  /** Square root of offset / noise. The offsets are solved in this unit, so that a variance of zero is no special case. */
  unit: number
}

/** Henderson's equations with the proposals absorbed: the reduced matrix, its factor, its inverse, the solution. */
function solve(design: Design, variances: Variances): State {
  const { start, evaluatorAt, load } = design
  const noise = variances.noise
  const qualityRatio = noise > 0 ? variances.quality / noise : 0
  const unit = noise > 0 ? Math.sqrt(variances.offset / noise) : 0
  const count = design.proposals.length
  const size = design.evaluators.length + 1
  const shrink = new Float64Array(count)
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < count; i++) {
    const from = start[i]!
    const to = start[i + 1]!
    const n = to - from
    const h = qualityRatio / (1 + n * qualityRatio)
    const rest = 1 / (1 + n * qualityRatio)
    shrink[i] = h
    matrix[0] = matrix[0]! + n * rest
    for (let a = from; a < to; a++) {
      const row = (evaluatorAt[a]! + 1) * size
      matrix[row] = matrix[row]! + unit * rest
      for (let b = from; b <= a; b++) {
        const cell = row + evaluatorAt[b]! + 1
        matrix[cell] = matrix[cell]! - unit * unit * h
      }
    }
  }
  for (let j = 1; j < size; j++) {
    const cell = j * size + j
    matrix[cell] = matrix[cell]! + 1 + unit * unit * load[j - 1]!
  }
  factor(matrix, size)
  const inverse = invertFactored(matrix, size)
  const frame = { size, lower: matrix, inverse, shrink, unit }
  return { ...frame, ...solveFor(design, frame, design.points) }
}

/** Solve the same equations for any right-hand side: one number per reading. */
function solveFor(
  design: Design,
  { size, lower, shrink, unit }: Pick<State, 'size' | 'lower' | 'shrink' | 'unit'>,
  values: Float64Array,
): Solution {
  const { start, evaluatorAt } = design
  const count = design.proposals.length
  const sums = new Float64Array(count)
  const rhs = new Float64Array(size)
  for (let i = 0; i < count; i++) {
    const from = start[i]!
    const to = start[i + 1]!
    let sum = 0
    for (let k = from; k < to; k++) sum += values[k]!
    sums[i] = sum
    rhs[0] = rhs[0]! + sum * (1 - (to - from) * shrink[i]!)
    for (let k = from; k < to; k++) {
      const j = evaluatorAt[k]! + 1
      rhs[j] = rhs[j]! + unit * (values[k]! - shrink[i]! * sum)
    }
  }
  solveFactored(lower, size, rhs)
  const mean = rhs[0]!
  const offset = rhs.subarray(1)
  for (let j = 0; j < offset.length; j++) offset[j] = offset[j]! * unit
  const quality = new Float64Array(count)
  const residual = new Float64Array(values.length)
  for (let i = 0; i < count; i++) {
    const from = start[i]!
    const to = start[i + 1]!
    let rest = sums[i]! - (to - from) * mean
    for (let k = from; k < to; k++) rest -= offset[evaluatorAt[k]!]!
    quality[i] = shrink[i]! * rest
    for (let k = from; k < to; k++) residual[k] = values[k]! - mean - quality[i]! - offset[evaluatorAt[k]!]!
  }
  return { mean, quality, offset, residual }
}

/** Row i of the absorbed equations, w, is (n h, h × unit at each reader); this is w' S⁻¹ w. */
function spreadThrough(design: Design, state: State, i: number): number {
  const { start, evaluatorAt } = design
  const { inverse, size, unit } = state
  const from = start[i]!
  const to = start[i + 1]!
  const n = to - from
  let sum = n * n * inverse[0]!
  for (let a = from; a < to; a++) {
    const row = (evaluatorAt[a]! + 1) * size
    sum += 2 * n * unit * inverse[row]!
    for (let b = from; b < to; b++) sum += unit * unit * inverse[row + evaluatorAt[b]! + 1]!
  }
  return sum * state.shrink[i]! * state.shrink[i]!
}

/** Traces of the prediction error, in units of the noise variance; the offsets in their own unit. */
function traces(design: Design, state: State) {
  let quality = 0
  for (let i = 0; i < design.proposals.length; i++) quality += state.shrink[i]! + spreadThrough(design, state, i)
  let offset = 0
  for (let j = 1; j < state.size; j++) offset += state.inverse[j * state.size + j]!
  return { quality, offset }
}

function emStep(design: Design, state: State, now: Variances, withOffsets: boolean): Variances {
  const trace = traces(design, state)
  const quality = (dot(state.quality, state.quality) + now.noise * trace.quality) / state.quality.length
  const offset = (dot(state.offset, state.offset) + now.offset * trace.offset) / state.offset.length
  const noise = dot(design.points, state.residual) / (design.points.length - 1)
  return { quality, offset: withOffsets ? offset : 0, noise }
}

/** One average-information step; a variance that would leave the floor downwards stays there. */
function informationStep(
  design: Design,
  state: State,
  now: Variances,
  names: readonly (keyof Variances)[],
  floor: number,
): Variances {
  const { start, evaluatorAt } = design
  const length = design.points.length
  const count = design.proposals.length
  const trace = traces(design, state)
  const perProposal = new Float64Array(count)
  const perEvaluator = new Float64Array(design.evaluators.length)
  const own = new Float64Array(length)
  for (let i = 0; i < count; i++) {
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      const e = state.residual[k]! / now.noise
      own[k] = e
      perProposal[i] = perProposal[i]! + e
      perEvaluator[evaluatorAt[k]!] = perEvaluator[evaluatorAt[k]!]! + e
    }
  }
  const byProposal = new Float64Array(length)
  const byEvaluator = new Float64Array(length)
  for (let i = 0; i < count; i++) {
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      byProposal[k] = perProposal[i]!
      byEvaluator[k] = perEvaluator[evaluatorAt[k]!]!
    }
  }
  const fixedByQuality = count - (trace.quality * now.noise) / now.quality
  const fixedByOffset = names.includes('offset') ? design.evaluators.length - trace.offset : 0
  const derivative: Variances = {
    quality: (dot(perProposal, perProposal) - fixedByQuality / now.quality) / 2,
    offset: now.offset > 0 ? (dot(perEvaluator, perEvaluator) - fixedByOffset / now.offset) / 2 : 0,
    noise: (dot(own, own) - (length - 1 - fixedByQuality - fixedByOffset) / now.noise) / 2,
  }
  const varying: Record<keyof Variances, Float64Array> = { quality: byProposal, offset: byEvaluator, noise: own }
  const information = names.map((a) => {
    const projected = solveFor(design, state, varying[a]).residual
    return names.map((b) => dot(varying[b], projected) / now.noise / 2)
  })
  let free = names.map((_, k) => k)
  while (free.length > 0) {
    const step = solveSmall(
      free.map((a) => free.map((b) => information[a]![b]!)),
      free.map((a) => derivative[names[a]!]),
    )
    const stuck = free.filter((a, k) => now[names[a]!] <= floor && step[k]! < 0)
    if (stuck.length === 0) {
      const next = { ...now }
      free.forEach((a, k) => {
        next[names[a]!] += step[k]!
      })
      return next
    }
    free = free.filter((a) => !stuck.includes(a))
  }
  return now
}

/** Standard errors and values in points, from the last variances. */
function describe(design: Design, variances: Variances, converged: boolean, iterations: number): Fit {
  const state = solve(design, variances)
  const { start, evaluatorAt, centre } = design
  const { inverse, size, shrink, unit } = state
  const count = design.proposals.length
  // The average of the rows w, and S⁻¹ times it: a contrast with the average proposal leaves the common level out.
  const average = new Float64Array(size)
  let shrinkSum = 0
  for (let i = 0; i < count; i++) {
    const h = shrink[i]! / count
    shrinkSum += shrink[i]!
    average[0] = average[0]! + (start[i + 1]! - start[i]!) * h
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      average[evaluatorAt[k]! + 1] = average[evaluatorAt[k]! + 1]! + h * unit
    }
  }
  const through = Float64Array.from(average)
  solveFactored(state.lower, size, through)
  const averageError = dot(average, through)
  const quality = new Float64Array(count)
  const qualityError = new Float64Array(count)
  const contrastError = new Float64Array(count)
  const adjusted = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const from = start[i]!
    const to = start[i + 1]!
    const h = shrink[i]!
    let withMean = (to - from) * inverse[0]!
    let withAverage = (to - from) * through[0]!
    let rest = 0
    for (let k = from; k < to; k++) {
      const j = evaluatorAt[k]! + 1
      withMean += unit * inverse[j * size]!
      withAverage += unit * through[j]!
      rest += design.points[k]! - state.offset[j - 1]!
    }
    const own = h + spreadThrough(design, state, i)
    const error = own + inverse[0]! - 2 * h * withMean
    const contrast = own - 2 * h * withAverage + averageError - (2 * h) / count + shrinkSum / (count * count)
    quality[i] = centre + state.mean + state.quality[i]!
    qualityError[i] = Math.sqrt(variances.noise * Math.max(0, error))
    contrastError[i] = Math.sqrt(variances.noise * Math.max(0, contrast))
    adjusted[i] = centre + rest / (to - from)
  }
  const offsetError = new Float64Array(design.evaluators.length)
  for (let j = 0; j < offsetError.length; j++) {
    offsetError[j] = Math.sqrt(variances.offset * Math.max(0, inverse[(j + 1) * size + j + 1]!))
  }
  const mean = centre + state.mean
  const values = { mean, quality, qualityError, contrastError, adjusted, offset: state.offset, offsetError }
  return { variances, converged, iterations, ...values }
}

/** Gaussian elimination with the largest pivot, for the two or three variances. A direction without information stays. */
function solveSmall(matrix: readonly (readonly number[])[], rhs: readonly number[]): number[] {
  const rows = matrix.map((row, k) => [...row, rhs[k]!])
  const n = rows.length
  for (let c = 0; c < n; c++) {
    let best = c
    for (let r = c + 1; r < n; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[best]![c]!)) best = r
    const pivot = rows[best]!
    rows[best] = rows[c]!
    rows[c] = pivot
    if (pivot[c] === 0) continue
    for (let r = 0; r < n; r++) {
      if (r === c) continue
      const times = rows[r]![c]! / pivot[c]!
      for (let k = c; k <= n; k++) rows[r]![k] = rows[r]![k]! - times * pivot[k]!
    }
  }
  return rows.map((row, k) => (row[k] === 0 ? 0 : row[n]! / row[k]!))
}

function sampleVariance(values: Float64Array): number {
  return values.length < 2 ? 0 : dot(values, values) / (values.length - 1)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}
