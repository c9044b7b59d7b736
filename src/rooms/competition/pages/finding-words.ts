import { fill, formatNumber, type Lang } from '#platform/text.ts'
import type { AdmissionRule, Finding } from '../domain/admission-finding.ts'
import { questionsFor, type Rules } from '../domain/round.ts'
import {
  formats,
  id,
  levelName,
  noDate,
  type RuleWords,
  ruleWords,
  titleField,
  verdicts,
} from '../text/admission-rule.ts'

// A rule without words does not compile.
id satisfies Record<AdmissionRule, RuleWords>

/** A finding as sentences: what the rule asks, what was found, what to do about it. */
export function tellFinding(finding: Finding, rules: Rules, group: string, lang: Lang): RuleWords {
  const words = ruleWords(finding.rule, lang)
  const label = (key: unknown) =>
    questionsFor(rules, group).find((each) => each.key === key)?.label[lang] ?? String(key)
  const { params } = finding
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(params))
    values[name] = typeof value === 'number' ? formatNumber(value, lang) : (value ?? '')
  if (finding.question) values.question = label(finding.question)
  if (params.field === 'title') values.question = titleField[lang]
  if (params.other) values.other = label(params.other)
  if (finding.rule === 'prior-award') values.level = levelName(String(params.level), lang)
  if (finding.rule === 'submission')
    values.verdict = (verdicts[lang] as Record<string, string>)[String(params.verdict)] ?? String(params.verdict)
  const form = formats[lang][params.kind as keyof typeof formats.id]
  if (finding.rule === 'answer-kind' && form) return { ...words, says: form.says, found: fill(form.found, values) }
  const found = finding.rule === 'age' && params.months === null ? noDate[lang] : words.found
  return { ...words, says: fill(words.says, values), found: fill(found, values) }
}
