import { holds, passes, type Scope, value } from './expression.ts'
import type { Words } from './package/format/basics.ts'
import type { Rule, SumVersion, TableVersion } from './package/format/rule.ts'

/** One line of "why": `age ≥ 35 (4)`. Lines without points explain without adding. */
export type Because = { id: string; says?: Words | undefined; points?: number }

/** A result as it is kept with the case, for ever: by which version, why, and whether somebody has approved the table. */
export type Result = {
  rule: string
  /** validFrom of the version that was used. */
  version: string
  at: number
  /** A medical table without approval: shown with the banner "uji coba". */
  trial: boolean
  values: Record<string, unknown>
  because: Because[]
}

export type RuleRefusal = 'no-valid-version' | 'no-row-fits' | 'several-rows-fit'

/**
 * The result of a rule on a day. `earlier`: results of the same rule in the same case, for those that never fall.
 * What was not answered counts as not there; it is never guessed.
 */
export function apply(
  rule: Rule,
  scope: Scope,
  today: string,
  at: number,
  earlier: readonly Result[] = [],
): Result | RuleRefusal {
  const version = [...rule.versions]
    .reverse()
    .find(({ validFrom, validTo }) => validFrom <= today && today <= (validTo ?? '9999'))
  if (!version) return 'no-valid-version'
  const outcome =
    'factors' in version
      ? addUp(version, scope, earlier)
      : 'rows' in version
        ? lookUp(version, scope)
        : alone(version, scope)
  if (typeof outcome === 'string') return outcome
  return { rule: rule.id, version: version.validFrom, at, trial: rule.clinical && !rule.approvedBy, ...outcome }
}

type Outcome = { values: Record<string, unknown>; because: Because[] }

function alone(version: { value: string; says?: Words | undefined }, scope: Scope): Outcome {
  return {
    values: { value: value(version.value, scope) },
    because: version.says ? [{ id: 'value', says: version.says }] : [],
  }
}

function lookUp({ inputs, rows, hit }: TableVersion, scope: Scope): Outcome | RuleRefusal {
  const given = inputs.map((input) => value(input, scope))
  const fitting = rows.filter(({ when }) => when.every((test, i) => passes(test, given[i], scope)))
  if (fitting.length === 0) return 'no-row-fits'
  if (hit === 'unique' && fitting.length > 1) return 'several-rows-fit'
  const row = fitting[0]!
  return { values: row.gives, because: [{ id: `row_${rows.indexOf(row) + 1}`, says: row.says }] }
}

/**
 * Points that add up. The lines of `because` always sum to the total: base, every factor that counts, what an earlier
 * result keeps up, and what a ceiling cuts off. Factors shut out by another are named with no points.
 */
function addUp(version: SumVersion, scope: Scope, earlier: readonly Result[]): Outcome {
  const there = version.factors.flatMap(({ id, when, points, says }) => {
    if (!holds(when, scope)) return []
    const worth = typeof points === 'number' ? points : value(points, scope)
    return typeof worth === 'number' ? [{ id, says, points: worth }] : []
  })
  const out = new Set<string>()
  for (const { factors, when } of version.exclusive) {
    if (when !== undefined && !holds(when, scope)) continue
    const among = there.filter(({ id }) => factors.includes(id) && !out.has(id))
    const best = among.reduce<(typeof among)[number] | undefined>(
      (a, b) => (a && a.points >= b.points ? a : b),
      undefined,
    )
    for (const { id } of among) if (id !== best?.id) out.add(id)
  }
  const because: Because[] = [
    { id: 'base', points: version.base },
    ...there.map((line) => (out.has(line.id) ? { ...line, points: 0 } : line)),
  ]
  let total = because.reduce((sum, { points }) => sum + (points ?? 0), 0)
  if (version.atMost !== undefined && total > version.atMost) {
    because.push({ id: 'ceiling', points: version.atMost - total })
    total = version.atMost
  }
  const before = Math.max(...earlier.map(({ values }) => Number(values.total)), -Infinity)
  if (version.neverFalls !== undefined && before > total && holds(version.neverFalls, scope)) {
    because.push({ id: 'kept', points: before - total })
    total = before
  }
  const band = version.bands.findLast(({ from }) => total >= from)
  const values: Record<string, unknown> = { total, ...(band ? { band: band.id, colour: band.colour ?? null } : {}) }
  return { values, because: because.filter(({ points, id }) => id !== 'base' || points !== 0) }
}

/** "yellow because: start (2), age ≥ 35 (4)": a result in one language. */
export function explain(
  rule: Rule,
  result: Result,
  lang: string,
  words: { base: string; kept: string; ceiling: string; because: string },
): string {
  const version = rule.versions.find(({ validFrom }) => validFrom === result.version)
  const band = version && 'bands' in version ? version.bands.find(({ id }) => id === result.values.band) : undefined
  const label = band
    ? (band.label[lang] ?? Object.values(band.label)[0])
    : String(result.values.total ?? Object.values(result.values)[0] ?? '')
  const lines = result.because
    .filter(({ points }) => points !== 0)
    .map(({ id, says, points }) => {
      const own = id === 'base' || id === 'kept' || id === 'ceiling' ? words[id] : undefined
      const text = own ?? says?.[lang] ?? Object.values(says ?? { id })[0]
      return points === undefined ? text : `${text} (${points})`
    })
  return `${label} ${words.because}: ${lines.join(', ')}`
}
