import type { C } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'

/** What an objection says of a field: the name of the rule, and the rule's words. */
export type FieldError = { field: string; rule: string; says: string }

/** An answer for programs about what went wrong (RFC 9457). `code` never changes; `detail` is for people. */
export function problemAnswer(
  c: C,
  status: 400 | 401 | 403 | 404 | 409 | 412 | 422 | 429,
  code: string,
  detail: string,
  more: { problems?: Problems; errors?: readonly FieldError[] } = {},
): Response {
  const fields = Object.entries(more.problems ?? {}).map(([field, { code: rule }]) => ({ field, rule, says: rule }))
  const errors = more.errors ?? fields
  const body = {
    type: 'about:blank',
    title: titles[status],
    status,
    code,
    detail,
    ...(errors.length > 0 ? { errors } : {}),
  }
  c.header('Cache-Control', 'no-store, private')
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' })
}

const titles: Record<400 | 401 | 403 | 404 | 409 | 412 | 422 | 429, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  412: 'Precondition Failed',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
}
