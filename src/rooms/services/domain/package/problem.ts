/**
 * Something that is wrong with a package: where, by which rule, and in words. `error` refuses the package; `warning`
 * is shown and lets it through. Rules are stable names, so that a test, a document and an editor can speak of them.
 */
export type Problem = {
  level: 'error' | 'warning'
  /** The file inside the package, or '' for the package as a whole. */
  file: string
  /** The place in the file: `fields[3].label.id`. '' for the file as a whole. */
  at: string
  line?: number
  rule: string
  says: string
}

/** What was read, or why not. Warnings are there in both cases. */
export type Reading<T> = { ok: true; value: T; problems: Problem[] } | { ok: false; problems: Problem[] }

export function problem(rule: string, says: string, file = '', path: readonly PropertyKey[] | string = ''): Problem {
  return { level: 'error', file, at: typeof path === 'string' ? path : placeOf(path), rule, says }
}

export function warning(rule: string, says: string, file = '', path: readonly PropertyKey[] | string = ''): Problem {
  return { ...problem(rule, says, file, path), level: 'warning' }
}

/** `['fields', 3, 'label']` → `fields[3].label` */
export function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

export function refuses(problems: readonly Problem[]): boolean {
  return problems.some(({ level }) => level === 'error')
}

/** One line for a terminal: `forms/report.yaml:12 fields[3].when: unknown-name: …` */
export function asLine({ level, file, line, at, rule, says }: Problem): string {
  const place = [file + (line ? `:${line}` : ''), at].filter(Boolean).join(' ')
  return `${level === 'warning' ? 'warning: ' : ''}${place || 'package'}: ${rule}: ${says}`
}
