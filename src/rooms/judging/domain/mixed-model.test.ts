import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { designOf, fitModel, type Reading, type Variances } from './mixed-model.ts'
import { nips2014, simulateRound } from './simulated-round.ts'

type Matrix = number[][]

/** Inverse and log determinant by plain elimination, sharing nothing with the code under test. */
function invert(source: Matrix): { inverse: Matrix; logDeterminant: number } {
  const n = source.length
  const rows = source.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  let logDeterminant = 0
  for (let c = 0; c < n; c++) {
    const best = rows.reduce((b, row, r) => (r >= c && Math.abs(row[c]!) > Math.abs(rows[b]![c]!) ? r : b), c)
    ;[rows[c], rows[best]] = [rows[best]!, rows[c]!]
    const pivot = rows[c]![c]!
    logDeterminant += Math.log(Math.abs(pivot))
    rows[c] = rows[c]!.map((x) => x / pivot)
    rows.forEach((row, r) => {
      if (r !== c && row[c] !== 0) rows[r] = row.map((x, k) => x - row[c]! * rows[c]![k]!)
    })
  }
  return { inverse: rows.map((row) => row.slice(n)), logDeterminant }
}

const times = (a: Matrix, x: number[]) => a.map((row) => row.reduce((sum, v, k) => sum + v * x[k]!, 0))
const inner = (a: number[], b: number[]) => a.reduce((sum, v, k) => sum + v * b[k]!, 0)

/** Closed form: V = σq ZZ' + σb WW' + σe I, generalised least squares for the mean, G Z' V⁻¹ (y - μ) for the rest. */
function reference(readings: readonly Reading[], variances: Variances) {
  const { proposals, evaluators } = designOf(readings)
  const y = readings.map((r) => r.points)
  const same = (key: 'proposal' | 'evaluator') => (a: Reading, b: Reading) => (a[key] === b[key] ? 1 : 0)
  const v = readings.map((a, i) =>
    readings.map(
      (b, k) =>
        variances.quality * same('proposal')(a, b) +
        variances.offset * same('evaluator')(a, b) +
        (i === k ? variances.noise : 0),
    ),
  )
  const { inverse, logDeterminant } = invert(v)
  const ones = y.map(() => 1)
  const information = inner(ones, times(inverse, ones))
  const mean = inner(ones, times(inverse, y)) / information
  const weighted = times(
    inverse,
    y.map((p) => p - mean),
  )
  const likelihood =
    -(
      logDeterminant +
      Math.log(information) +
      inner(
        y.map((p) => p - mean),
        weighted,
      )
    ) / 2
  const project = (x: number[]) => {
    const through = times(inverse, x)
    const level = inner(ones, through) / information
    return through.map((t, k) => t - level * inner(inverse[k]!, ones))
  }
  const z = (key: 'proposal' | 'evaluator', name: string) => readings.map((r): number => (r[key] === name ? 1 : 0))
  const quality = proposals.map((p) => mean + variances.quality * inner(z('proposal', p), weighted))
  const offset = evaluators.map((e) => variances.offset * inner(z('evaluator', e), weighted))
  const offsetError = evaluators.map((e) => {
    const own = z('evaluator', e)
    return Math.sqrt(variances.offset - variances.offset ** 2 * inner(own, project(own)))
  })
  const covariance = (a: string, b: string) =>
    (a === b ? variances.quality : 0) - variances.quality ** 2 * inner(z('proposal', a), project(z('proposal', b)))
  const all = proposals.map((a) => proposals.map((b) => covariance(a, b)))
  const count = proposals.length
  const whole = all.flat().reduce((s, x) => s + x, 0) / count ** 2
  // The common level is in every value alike, so a contrast with the average has the quality parts alone.
  const contrastError = all.map((row, i) => Math.sqrt(row[i]! - (2 * row.reduce((s, x) => s + x, 0)) / count + whole))
  // Error of mean + quality: that of the least-squares mean corrected for what quality absorbs.
  const qualityError = proposals.map((p, i) => {
    const shared = variances.quality * inner(z('proposal', p), times(inverse, ones))
    return Math.sqrt(1 / information + all[i]![i]! - (2 * shared) / information)
  })
  return { mean, quality, offset, offsetError, contrastError, qualityError, likelihood }
}

const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) => {
  assert.equal(a.length, b.length)
  for (let k = 0; k < a.length; k++) assert.ok(Math.abs(a[k]! - b[k]!) <= tolerance, `${k}: ${a[k]} is not ${b[k]}`)
}

const readings = fc
  .uniqueArray(fc.tuple(fc.nat(9), fc.nat(5), fc.integer({ min: 0, max: 100 })), {
    minLength: 3,
    maxLength: 30,
    selector: ([p, e]) => `${p} ${e}`,
  })
  .map((all): Reading[] => all.map(([p, e, points]) => ({ proposal: `p${p}`, evaluator: `e${e}`, points })))
const variance = fc.integer({ min: 1, max: 400 })

test('judging: the sparse equations give the dense closed form, errors too', () => {
  fc.assert(
    fc.property(readings, variance, variance, variance, (all, quality, offset, noise) => {
      const variances = { quality, offset, noise }
      const fit = fitModel(designOf(all), { variances })
      const dense = reference(all, variances)
      close([fit.mean], [dense.mean], 1e-8)
      close(fit.quality, dense.quality, 1e-8)
      close(fit.offset, dense.offset, 1e-8)
      close(fit.offsetError, dense.offsetError, 1e-6)
      close(fit.contrastError, dense.contrastError, 1e-6)
      close(fit.qualityError, dense.qualityError, 1e-6)
    }),
    { seed: 11, numRuns: 60 },
  )
})

test('judging: the estimated variances are at the top of the restricted likelihood', () => {
  for (let k = 0; k < 8; k++) {
    const variances = { quality: 30, offset: k % 2 === 0 ? 20 : 1, noise: 30 }
    const design = { seed: `top ${k}`, proposals: 14, evaluators: 5, readingsEach: 3, variances }
    const all = simulateRound(design).readings
    const fit = fitModel(designOf(all))
    assert.ok(fit.converged)
    const top = reference(all, fit.variances).likelihood
    const y = all.map((r) => r.points)
    const mean = y.reduce((a, b) => a + b, 0) / y.length
    const total = y.reduce((a, b) => a + (b - mean) ** 2, 0) / (y.length - 1)
    for (const name of ['quality', 'offset', 'noise'] as const) {
      // At its floor, a millionth of the total, a variance would rather be zero.
      const least = fit.variances[name] < 2e-6 * total ? 1 : 0
      for (const factor of [0.5, 0.9, 0.99, 1.01, 1.1, 2]) {
        if (factor < least) continue
        const other = { ...fit.variances, [name]: fit.variances[name] * factor }
        assert.ok(reference(all, other).likelihood <= top + 1e-9, `${k} ${name} × ${factor}`)
      }
    }
  }
})

test('judging: the variances of a large round are found again', () => {
  const round = { seed: 'large', proposals: 3000, evaluators: 150, readingsEach: 3, variances: nips2014 }
  const { variances, converged } = fitModel(designOf(simulateRound(round).readings))
  assert.ok(converged)
  assert.ok(Math.abs(variances.quality / nips2014.quality - 1) < 0.1)
  assert.ok(Math.abs(variances.noise / nips2014.noise - 1) < 0.1)
  assert.ok(Math.abs(variances.offset / nips2014.offset - 1) < 0.4)
})

test('judging: any readings at all give finite figures, however few or alike', () => {
  fc.assert(
    fc.property(readings, fc.boolean(), fc.boolean(), (all, offsets, alike) => {
      const given = alike ? all.map((r) => ({ ...r, points: 80 })) : all
      const fit = fitModel(designOf(given), { offsets })
      for (const list of [fit.quality, fit.qualityError, fit.contrastError, fit.offset, fit.offsetError]) {
        for (const x of list) assert.ok(Number.isFinite(x))
      }
      if (!offsets) for (const x of fit.offset) assert.equal(x, 0)
    }),
    { seed: 12 },
  )
})

test('judging: one reading twice is a fault', () => {
  const one = { proposal: 'p', evaluator: 'e', points: 70 }
  assert.throws(() => designOf([one, one]), /Two readings/)
  assert.throws(() => designOf([{ ...one, points: Number.NaN }]), RangeError)
})
