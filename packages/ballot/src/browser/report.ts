import type { Report } from '../verify/report.ts'
import { ruleOf } from '../verify/rules.ts'
import { sayPlace, shown } from '../verify/say.ts'
import { words as verifierWords } from '../verify/words.ts'
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
  const number = (value: number | string) => new Intl.NumberFormat(verifierWords[lang].locale).format(BigInt(value))
  const said = verifierWords[lang]
  const kind = kindOf[report.verdict]
  const doubtful = report.verdict === 'refused' || report.verdict === 'unusable'
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
            [said.election, shown(election.name)],
            [said.stage, said.stages[report.stage]],
            [said.fingerprint, election.fingerprint],
            [said.group, election.group],
          ] as const)
        : []),
      ...(report.head ? ([[said.head, report.head]] as const) : []),
      [words.fileHash, extra.fileHash, words.fileHashHint],
    ]),
    ...(report.result ?? []).flatMap(({ question, blank, answers }) => [
      heading(`${words.result}: ${shown(question)}`),
      doubtful && element('p', {}, said.claimed),
      table(
        shown(question),
        [words.choice, words.votes],
        [
          ...answers.map(({ answer, votes }) => [shown(answer), number(votes)]),
          ...(blank === undefined ? [] : [[said.blank, number(blank)]]),
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
        said.counts[each],
        number(report.counts[each]),
        expected ? number(expected[each]) : '–',
      ]),
      [1, 2],
    ),
    element(
      'p',
      { class: 'soft' },
      fill(words.seconds, {
        seconds: new Intl.NumberFormat(said.locale, { maximumSignificantDigits: 2 }).format(extra.seconds),
        threads: extra.threads,
      }),
    ),
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
        return element(
          'li',
          { 'data-rule': rule },
          element('strong', {}, ruleOf(rule).says[lang]),
          element('div', { class: 'hint' }, `${sayPlace(place, lang)} · ${rule}`),
          detail ? element('div', { class: 'hint', lang: 'en' }, shown(detail)) : undefined,
        )
      }),
    ),
    rest > 0 && element('p', {}, verifierWords[lang].more(number(rest))),
  )
}
