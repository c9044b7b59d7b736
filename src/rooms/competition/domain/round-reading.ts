import { type Rules, rulesSchema } from './round.ts'
import { inconsistencies, type Problem } from './round-consistency.ts'

export type ParsedRules = { ok: true; rules: Rules } | { ok: false; problems: Problem[] }

/**
 * Reads a document that is still being written: `rules` is there as soon as its shape is right, and `problems` says what
 * would keep it from being published. Never throws.
 */
export function readRules(input: unknown): { rules: Rules | null; problems: Problem[] } {
  const parsed = rulesSchema.safeParse(input)
  if (parsed.success) return { rules: parsed.data, problems: inconsistencies(parsed.data) }
  const result = parseRules(input)
  return { rules: null, problems: result.ok ? [] : result.problems }
}

/** Reads a rules document. Every problem is reported, not only the first, because a person edits it. Never throws. */
export function parseRules(input: unknown): ParsedRules {
  const parsed = rulesSchema.safeParse(input)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue): Problem => ({ path: issue.path.map(String).join('.'), problem: 'shape', detail: issue.message }),
    )
    return { ok: false, problems }
  }
  const problems = inconsistencies(parsed.data)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rules: parsed.data }
}
