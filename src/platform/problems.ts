import type { z } from 'zod'

/** What is wrong with one field. `code` is a key of the platform's words or of the room's. */
export type Problem = { code: string; limit?: number | string }
export type Problems = Record<string, Problem>

/** The first problem of each field, by field name. */
export function problemsOf(error: z.ZodError): Problems {
  const problems: Problems = {}
  for (const issue of error.issues) {
    const field = issue.path.join('.') || 'form'
    problems[field] ??= problemOf(issue)
  }
  return problems
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? { code: 'required' }
        : { code: issue.origin === 'string' ? 'too-short' : 'too-small', limit: Number(issue.minimum) }
    case 'too_big':
      return { code: issue.origin === 'string' ? 'too-long' : 'too-big', limit: Number(issue.maximum) }
    case 'invalid_type':
      return {
        code: issue.input === undefined || issue.input === '' || Number.isNaN(issue.input) ? 'required' : 'not-valid',
      }
    case 'invalid_value':
      return { code: 'choose' }
    case 'invalid_format':
      return { code: issue.format === 'email' ? 'email' : issue.format === 'date' ? 'date' : 'not-valid' }
    case 'custom':
      return {
        code: issue.message,
        ...(issue.params?.limit === undefined ? {} : { limit: issue.params.limit as number }),
      }
    default:
      return { code: 'not-valid' }
  }
}
