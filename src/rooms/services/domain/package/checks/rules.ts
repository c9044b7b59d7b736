import { inspect, type Known } from '../../expression.ts'
import type { Package } from '../format/index.ts'
import type { Rule, SumVersion, TableVersion } from '../format/rule.ts'
import { checkPrivacy } from '../names.ts'
import { type Problem, problem, warning } from '../problem.ts'
import { checkFeel, missing, repeated } from './expressions.ts'

/** Rules give one result on every day on which they count, and a medical one says who stands behind it. */
export function checkRules(pkg: Package, known: Known): Problem[] {
  return pkg.rules.flatMap((rule) => {
    const file = `rules/${rule.id}`
    return [
      ...checkValidity(rule, file),
      ...checkFeel(rule.asOf, known, file, 'asOf'),
      ...rule.only.flatMap((role, i) => missing('unknown-role', role, pkg.roles, file, `only[${i}]`)),
      ...(rule.clinical && !rule.approvedBy
        ? [
            warning(
              'clinical-unapproved',
              'a medical table that nobody has approved: every result says “uji coba”',
              file,
            ),
          ]
        : []),
      ...(rule.clinical && rule.privacy !== 'specific'
        ? [problem('privacy-too-low', 'a medical result is specific data (UU 27/2022)', file, 'privacy')]
        : []),
      ...checkPrivacy(
        pkg,
        rule.versions.flatMap((version) => usesOf(version, known)),
        rule,
        file,
        'privacy',
      ),
      ...rule.versions.flatMap((version, i) => {
        const at = `versions[${i}]`
        if ('rows' in version) return checkTable(version, file, at, known)
        if ('factors' in version) return checkSum(version, file, at, known)
        return checkFeel(version.value, known, file, `${at}.value`)
      }),
    ]
  })
}

function usesOf(version: Rule['versions'][number], known: Known): string[] {
  const sources =
    'rows' in version
      ? version.inputs
      : 'factors' in version
        ? version.factors.flatMap(({ when, points }) => [when, points])
        : [version.value]
  return sources.flatMap((source) => (typeof source === 'string' ? [...inspect(source, known).uses] : []))
}

function checkValidity({ versions }: Rule, file: string): Problem[] {
  return versions.flatMap(({ validFrom, validTo }, i) => {
    const later = versions.slice(i + 1)
    if (validTo && validTo < validFrom)
      return [problem('validity-backwards', 'ends before it begins', file, `versions[${i}]`)]
    return later.some((other) => other.validFrom <= validFrom || (validTo !== undefined && other.validFrom <= validTo))
      ? [problem('validity-overlap', 'two versions count on one day', file, `versions[${i}]`)]
      : []
  })
}

function checkTable(version: TableVersion, file: string, at: string, known: Known): Problem[] {
  const tests: Known = new Map([...known, ['?', 'value']])
  const outputs = Object.keys(version.rows[0]!.gives).sort().join()
  return [
    ...version.inputs.flatMap((input, i) => checkFeel(input, known, file, `${at}.inputs[${i}]`)),
    ...version.rows.flatMap((row, i) => [
      ...(row.when.length === version.inputs.length
        ? []
        : [
            problem(
              'row-width',
              `${row.when.length} tests for ${version.inputs.length} inputs`,
              file,
              `${at}.rows[${i}]`,
            ),
          ]),
      ...(Object.keys(row.gives).sort().join() === outputs
        ? []
        : [problem('row-width', 'gives other values than the first row', file, `${at}.rows[${i}].gives`)]),
      ...row.when.flatMap((test, j) =>
        test === '-' ? [] : checkFeel(test, tests, file, `${at}.rows[${i}].when[${j}]`, 'tests'),
      ),
    ]),
  ]
}

function checkSum(version: SumVersion, file: string, at: string, known: Known): Problem[] {
  const ids = new Set(version.factors.map(({ id }) => id))
  const { bands } = version
  return [
    ...repeated(file, `${at}.factors`, version.factors),
    ...repeated(file, `${at}.bands`, bands),
    ...version.factors.flatMap(({ when, points }, i) => [
      ...checkFeel(when, known, file, `${at}.factors[${i}].when`),
      ...checkFeel(points, known, file, `${at}.factors[${i}].points`),
    ]),
    ...version.exclusive.flatMap(({ factors, when }, i) => [
      ...checkFeel(when, known, file, `${at}.exclusive[${i}].when`),
      ...factors
        .filter((id) => !ids.has(id))
        .map((id) => problem('unknown-factor', `there is no factor “${id}”`, file, `${at}.exclusive[${i}]`)),
    ]),
    ...checkFeel(version.neverFalls, known, file, `${at}.neverFalls`),
    ...bands.flatMap(({ from }, i) =>
      i > 0 && from <= bands[i - 1]!.from
        ? [problem('bands-not-ascending', 'each band begins higher than the one before', file, `${at}.bands[${i}]`)]
        : [],
    ),
    ...(bands.length > 0 &&
    bands[0]!.from > version.base &&
    version.factors.every(({ points }) => typeof points === 'string' || points >= 0)
      ? [problem('bands-gap', `a total of ${version.base} is in no band`, file, `${at}.bands[0]`)]
      : []),
  ]
}
