import { fill, type Lang } from '#platform/text.ts'
import { Notice } from '#platform/ui/index.ts'
import type { Finding } from '../domain/admission-finding.ts'
import { blocking } from '../domain/draft.ts'
import { questionsFor, type Rules } from '../domain/round.ts'
import { words } from '../text/index.ts'
import { tellFinding } from './finding-words.ts'

/** What is still missing: first what closes the second lock, then what wants a look, then suggestions. */
export function Missing({
  findings,
  rules,
  group,
  lang,
  href,
}: {
  findings: readonly Finding[]
  rules: Rules
  group: string
  lang: Lang
  /** Where a finding is mended; none when the reader cannot. */
  href?: (finding: Finding) => string | undefined
}) {
  const w = words(lang)
  const must = blocking(findings)
  const rest = findings.filter((finding) => finding.severity !== 'pass' && !must.includes(finding))
  const look = rest.filter((finding) => finding.severity !== 'hint')
  const hints = rest.filter((finding) => finding.severity === 'hint')
  const list = (items: readonly Finding[]) => (
    <ul>
      {items.map((finding, i) => {
        const { found: text } = tellFinding(finding, rules, group, lang)
        const to = href?.(finding)
        return <li key={i}>{to ? <a href={to}>{text}</a> : text}</li>
      })}
    </ul>
  )
  // A new draft lacks nearly everything: one line for what is only not there yet, the names alone.
  const gathered = (rule: 'unanswered' | 'missing-evidence', title: string) => {
    const items = must.filter((finding) => finding.rule === rule && finding.question)
    if (items.length < 3) return undefined
    const named = items.map((finding) => {
      const label = questionsFor(rules, group).find(({ key }) => key === finding.question)?.label[lang] ?? ''
      return { finding, label }
    })
    return {
      items,
      line: (
        <div class="gathered">
          <h4>{fill(title, { n: items.length })}</h4>
          <ul>
            {named.map(({ finding, label }) => {
              const to = href?.(finding)
              return <li key={finding.question}>{to ? <a href={to}>{label}</a> : label}</li>
            })}
          </ul>
        </div>
      ),
    }
  }
  const lines = [gathered('unanswered', w.missingAnswers), gathered('missing-evidence', w.missingEvidence)]
  const told = new Set(lines.flatMap((line) => line?.items ?? []))
  const others = must.filter((finding) => !told.has(finding))
  if (must.length + rest.length === 0)
    return (
      <Notice tone="good">
        <p>{w.nothingMissing}</p>
      </Notice>
    )
  return (
    <>
      {must.length > 0 && (
        <Notice tone="attention">
          <h3>{w.mustMend}</h3>
          {lines.map((line) => line?.line)}
          {others.length > 0 && list(others)}
        </Notice>
      )}
      {look.length > 0 && (
        <>
          <h3>{w.pleaseLook}</h3>
          {list(look)}
        </>
      )}
      {hints.length > 0 && (
        <details>
          <summary>
            {w.hints} ({hints.length})
          </summary>
          {list(hints)}
        </details>
      )}
    </>
  )
}
