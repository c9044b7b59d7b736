import { fill, type Lang } from '#platform/text.ts'
import { Notice, State } from '#platform/ui/index.ts'
import type { Finding } from '../domain/admission-finding.ts'
import { blocking } from '../domain/draft.ts'
import { questionsFor, type Rules } from '../domain/round.ts'
import { admissionWords } from '../text/admission.ts'
import { ruleWords } from '../text/admission-rule.ts'
import { words } from '../text/index.ts'
import { tellFinding } from './finding-words.ts'

/** How many findings of each weight a machine made, and the rules they concern; null before it looked. */
export type Found = { fails: number | null; warnings: number | null; hints: number | null; rules: string[] | null }

/** How many findings of which weight, with the rules they concern. */
export function FindingsSummary({ item, lang }: { item: Found; lang: Lang }) {
  const w = admissionWords(lang)
  if (item.fails === null) return <State tone="calm">{w.notExamined}</State>
  const counts = { fails: item.fails, warnings: item.warnings ?? 0, hints: item.hints ?? 0 }
  if (counts.fails + counts.warnings + counts.hints === 0) return <State tone="good">{w.noFindings}</State>
  return (
    <>
      <State tone={counts.fails > 0 ? 'bad' : counts.warnings > 0 ? 'attention' : 'calm'}>
        {[
          [w.countOfOneFail, w.countOfFails, counts.fails] as const,
          [w.countOfOneWarning, w.countOfWarnings, counts.warnings] as const,
          [w.countOfOneHint, w.countOfHints, counts.hints] as const,
        ]
          .filter(([, , n]) => n > 0)
          .map(([one, several, n]) => fill(n === 1 ? one : several, { n }))
          .join(', ')}
      </State>
      <span class="small soft"> {(item.rules ?? []).map((rule) => ruleWords(rule, lang).name).join(' · ')}</span>
    </>
  )
}

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
