import { inspect, type Known } from '../../expression.ts'
import { type Problem, problem } from '../problem.ts'

/** The faults of one expression, with their place. */
export function checkFeel(
  source: string | number | boolean | undefined,
  known: Known,
  file: string,
  at: string,
  kind: 'expression' | 'tests' = 'expression',
): Problem[] {
  if (typeof source !== 'string') return []
  return inspect(source, known, kind).faults.map(({ rule, says }) => problem(rule, says, file, at))
}

/** Names that are given twice in one list. */
export function repeated(file: string, at: string, list: readonly { id: string }[]): Problem[] {
  const seen = new Set<string>()
  return list.flatMap(({ id }, i) => {
    const twice = seen.has(id)
    seen.add(id)
    return twice ? [problem('duplicate-id', `“${id}” is there twice`, file, `${at}[${i}]`)] : []
  })
}

/** A reference that leads nowhere. */
export function missing(
  rule: string,
  id: string | undefined,
  list: readonly { id: string }[],
  file: string,
  at: string,
): Problem[] {
  if (id === undefined || list.some((item) => item.id === id)) return []
  return [problem(rule, `there is no “${id}”`, file, at)]
}
