import type { Report } from '../verify/report.ts'
import { ruleOf } from '../verify/rules.ts'
import { element, facts, heading, table } from './element.ts'
import { fill, type Words } from './words.ts'

export type Extra = {
  readonly fileHash: string
  readonly seconds: number
  readonly threads: number
  readonly name: string
}

const kindOf = {
  sound: 'sound',
  'not-canonical': 'other',
  profile: 'other',
  refused: 'refused',
  unusable: 'refused',
} as const
const signOf = { sound: '✓', other: '!', refused: '✕' } as const

/** The report as a page: the verdict in one sentence, then what it rests on. */
export function drawReport(report: Report, extra: Extra, words: Words, lang: 'id' | 'en'): HTMLElement {
  const number = (value: number | string) =>
    new Intl.NumberFormat(lang === 'id' ? 'id-ID' : 'en-GB').format(BigInt(value))
  const kind = kindOf[report.verdict]
  const { election, expected } = report
  return element(
    'section',
    { id: 'report', 'data-verdict': report.verdict, tabindex: '-1' },
    element(
      'div',
      { class: `verdict ${kind}` },
      element('p', { class: 'word' }, `${signOf[kind]} ${words[report.verdict]}`),
      element('p', {}, words[`${report.verdict}More`]),
    ),
    facts([
      ...(election
        ? ([
            [words.election, election.name],
            [words.stage, words[`stage-${report.stage}`]],
            [words.fingerprint, election.fingerprint],
            [words.group, election.group],
          ] as const)
        : []),
      ...(report.head ? ([[words.head, report.head]] as const) : []),
      [words.fileHash, extra.fileHash, words.fileHashHint],
    ]),
    ...(report.result ?? []).flatMap(({ question, blank, answers }) => [
      heading(`${words.result}: ${question}`),
      table(
        question,
        [words.choice, words.votes],
        [
          ...answers.map(({ answer, votes }) => [answer, number(votes)]),
          ...(blank === undefined ? [] : [[words.blank, number(blank)]]),
        ],
        [1],
      ),
    ]),
    report.findings.length > 0 && drawFindings(report, words, lang, number),
    heading(words.checked),
    table(
      words.checked,
      [words.what, words.done, words.required],
      (['records', 'hashes', 'ballots', 'signatures', 'proofs', 'memberships'] as const).map((each) => [
        words[each],
        number(report.counts[each]),
        expected ? number(expected[each]) : '–',
      ]),
      [1, 2],
    ),
    element('p', { class: 'soft' }, fill(words.seconds, { seconds: extra.seconds.toFixed(1), threads: extra.threads })),
  )
}

function drawFindings(
  report: Report,
  words: Words,
  lang: 'id' | 'en',
  number: (value: number | string) => string,
): HTMLElement {
  const rest = report.omitted
  return element(
    'div',
    {},
    heading(`${words.findings} (${number(report.findings.length + rest)})`),
    element(
      'ol',
      { class: 'findings' },
      ...report.findings.map(({ rule, place, detail }) => {
        const where = [
          place.ballot !== undefined && fill(words.ofBallot, { number: number(place.ballot) }),
          place.record !== undefined &&
            fill(words.finding, { record: number(place.record), offset: number(place.offset ?? 0) }),
          place.path,
        ].filter(Boolean)
        return element(
          'li',
          { 'data-rule': rule },
          element('strong', {}, ruleOf(rule).says[lang]),
          element('div', { class: 'hint' }, [...where, rule].join(' · ')),
          detail ? element('div', { class: 'hint', lang: 'en' }, detail) : undefined,
        )
      }),
    ),
    rest > 0 && element('p', {}, fill(words.more, { number: number(rest) })),
  )
}
