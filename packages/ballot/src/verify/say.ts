import type { Finding, Place } from './findings.ts'
import type { Counts } from './judge.ts'
import type { QuestionResult, Report, Votes } from './report.ts'
import { type RuleId, ruleOf } from './rules.ts'
import { type Language, words } from './words.ts'

/** So many places of one rule are said; all of them are in the JSON. */
const placesSaid = 5
const longestText = 300

/**
 * A text out of an archive, fit for a terminal: nothing that moves the cursor, changes colours or turns the direction
 * of writing, and not endless. An archive may come from somebody who wants to be read otherwise than it is.
 */
export function shown(text: string): string {
  const clean = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '·')
  return clean.length > longestText ? `${clean.slice(0, longestText)}…` : clean
}

/** A report for people, in lines. */
export function sayReport(report: Report, language: Language): string[] {
  const w = words[language]
  const number = (value: Votes) => new Intl.NumberFormat(w.locale).format(BigInt(value))
  const lines: string[] = []
  const row = (label: string, value: string) => lines.push(`  ${label.padEnd(16)}${value}`)

  const { election, counts, expected, decryptions } = report
  const opened = decryptions > 0 ? [w.decryptions(number(decryptions))] : []
  if (election) {
    row(w.election, `${shown(election.name)} (${shown(election.uuid)})`)
    row(w.fingerprint, election.fingerprint)
    const size = `${w.credentials(number(election.credentials))}, ${w.trustees(number(election.trustees))}`
    row(w.group, `${election.group}, ${size}`)
  }
  if (report.head) row(w.stage, [w.stages[report.stage], ...opened].join(', '))
  if (report.head) row(w.head, report.head)
  if (election) {
    let label = w.checked
    for (const key of Object.keys(w.counts) as (keyof Counts)[]) {
      const enough = expected === undefined || counts[key] === expected[key]
      const amount = enough ? number(counts[key]) : w.of(number(counts[key]), number(expected[key]))
      row(label, `${amount} ${w.counts[key]}`)
      label = ''
    }
    row(w.counted, w.ballots(number(report.counted), number(report.weight)))
  }
  if (report.hints) {
    const { refused, batched, plain, false: wrong } = report.hints
    row(w.hints, refused ? w.hintsRefused[refused] : w.hintsUsed(number(batched), number(plain)))
    if (wrong > 0) row('', w.hintsFalse(number(wrong)))
  }

  if (report.result) {
    lines.push('')
    if (report.verdict === 'refused' || report.verdict === 'unusable') lines.push(`  ${w.claimed}`, '')
    for (const question of report.result) lines.push(...sayQuestion(question, w.blank, number))
  }
  const byRule = Object.entries(Object.groupBy(report.findings, ({ rule }) => rule)) as [RuleId, Finding[]][]
  for (const [rule, found] of byRule) {
    lines.push('', `  ${rule}  (${w.places(number(found.length))})`, `    ${ruleOf(rule).says[language]}`)
    for (const { place, detail } of found.slice(0, placesSaid))
      lines.push(`    - ${[sayPlace(place, language), shown(detail ?? '')].filter((part) => part).join(': ')}`)
    if (found.length > placesSaid) lines.push(`    ${w.more(number(found.length - placesSaid))}`)
  }
  if (report.omitted > 0) lines.push('', `  ${w.more(number(report.omitted))}`)
  lines.push('', `  ${w.verdicts[report.verdict]}`)
  if (report.verdict === 'sound' && !report.result) lines.push(`  ${w.open}`)
  return lines
}

function sayQuestion({ question, blank, answers }: QuestionResult, blankWord: string, number: (v: Votes) => string) {
  const rows = [
    ...(blank === undefined ? [] : [{ answer: blankWord, votes: blank }]),
    ...answers.map(({ answer, votes }) => ({ answer: shown(answer), votes })),
  ]
  const width = Math.max(...rows.map(({ votes }) => number(votes).length))
  return [`  ${shown(question)}`, ...rows.map(({ answer, votes }) => `    ${number(votes).padStart(width)}  ${answer}`)]
}

/** Where something is, as in "record 14 (byte 20,480), ballot 5, signature.proof". */
export function sayPlace({ record, offset, kind, ballot, path }: Place, language: Language): string {
  const w = words[language]
  const number = (value: number) => new Intl.NumberFormat(w.locale).format(value)
  return [
    ...(record === undefined ? [] : [w.record(number(record), number(offset ?? 0))]),
    ...(ballot === undefined ? (kind ? [w.kinds[kind]] : []) : [w.ballot(number(ballot))]),
    ...(path ? [shown(path)] : []),
  ].join(', ')
}
