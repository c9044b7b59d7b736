import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { admissionFindings } from './admission.ts'
import {
  type AdmissionFacts,
  type AdmissionProposal,
  type AdmissionRule,
  admissionRules,
  type EvidenceItem,
  type Likeness,
  type Severity,
} from './admission-finding.ts'
import { plainText } from './plain-text.ts'
import { type Question, questionsFor, type Rules } from './round.ts'
import { shippedRounds } from './shipped-rounds.ts'

const rounds = shippedRounds()
const round = (year: number) => rounds.find((each) => each.year === year)!
const rules = round(2021)

const file = (kind: EvidenceItem['kind'] = 'pdf', bytes = 100_000): EvidenceItem => ({
  name: `bukti.${kind}`,
  kind,
  bytes,
})

/** A careful answer: other words in each question, enough of them, within the limit. */
function answerTo(question: Question, index: number) {
  const words = Array.from({ length: Math.min(40, question.maxWords ?? 40) }, (_, n) => `kata${index}nomor${n}`)
  const answers: Record<Question['kind'], string | number | boolean | null> = {
    text:
      question.format === null
        ? words.join(' ')
        : { email: 'tim@contoh.go.id', telephone: '021-3456789' }[question.format],
    date: '2020-01-31',
    choice: question.choices[0]?.key ?? null,
    link: 'https://contoh.go.id/video',
    file: null,
    tick: true,
    number: 7,
  }
  return answers[question.kind]
}

/** A proposal of the group with which nothing is wrong. */
function sound(group: string, of: Rules = rules): AdmissionProposal {
  const questions = questionsFor(of, group)
  return {
    title: 'Perahu Sehat bagi Warga Pulau',
    group,
    category: of.categories[0]!.key,
    startedOn: '2014-05-05',
    source: 'Samsat Antar Pulau',
    statement: file(),
    answers: Object.fromEntries(questions.map((question, index) => [question.key, answerTo(question, index)])),
    evidence: Object.fromEntries(
      questions
        .filter((question) => question.evidence?.required)
        .map((question) => [question.key, [file(question.evidence!.accept[0]!)]]),
    ),
  }
}

function soundFacts(group: string, of: Rules = rules): AdmissionFacts {
  const { opens } = of.calendar
  return {
    submission: { startedAt: opens, arrivedAt: opens },
    extensions: [],
    othersOfAgency: 0,
    awards: group === 'khusus' ? [{ level: 'top', year: 2018 }] : [],
    sourceAwards: [{ level: 'finalist', year: 2018 }],
    invited: true,
    similar: [],
  }
}

const alike = (change: Partial<Likeness>): Likeness => ({
  proposal: 'p2',
  title: 'Judul Lain Sama Sekali',
  sameAgency: false,
  titleSimilarity: 0,
  textSimilarity: null,
  ...change,
})

type Case = {
  rule: AdmissionRule
  what: string
  severity: Severity | 'none'
  group?: string
  rules?: Rules
  proposal?: Partial<AdmissionProposal>
  answers?: AdmissionProposal['answers']
  evidence?: AdmissionProposal['evidence']
  facts?: Partial<AdmissionFacts>
  question?: string
}

const y2022 = round(2022)
const blocked: Rules = { ...rules, titleRule: { ...rules.titleRule, blockedWords: ['Sialan'] } }
const at = (startedAt: string, arrivedAt = startedAt) => ({ submission: { startedAt, arrivedAt } })
const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(' ')

const cases: Case[] = [
  { rule: 'group', what: 'a group of the round', severity: 'pass' },
  { rule: 'group', what: 'a group the round has not', severity: 'fail', proposal: { group: 'hantu' } },

  { rule: 'category', what: 'one of the round', severity: 'pass' },
  { rule: 'category', what: 'none chosen', severity: 'fail', proposal: { category: null } },
  { rule: 'category', what: 'one of another year', severity: 'fail', proposal: { category: 'energi' } },

  { rule: 'submission', what: 'in time', severity: 'pass', facts: at('2021-04-30T23:59:59+07:00') },
  { rule: 'submission', what: 'never sent by the local admin', severity: 'fail', facts: { submission: null } },
  { rule: 'submission', what: 'a second late', severity: 'fail', facts: at('2021-05-01T00:00:00+07:00') },
  {
    rule: 'submission',
    what: 'begun in time, arrived in the grace',
    severity: 'warning',
    facts: at('2021-04-30T23:59:00+07:00', '2021-05-01T00:05:00+07:00'),
  },
  {
    rule: 'submission',
    what: 'after the closing but within an extension',
    severity: 'pass',
    facts: { ...at('2021-05-02T00:00:00+07:00'), extensions: [{ until: '2021-05-03T00:00:00+07:00' }] },
  },

  { rule: 'age', what: 'two years to the day', severity: 'pass', proposal: { startedOn: '2019-04-30' } },
  { rule: 'age', what: 'a day short of two years', severity: 'fail', proposal: { startedOn: '2019-05-01' } },
  { rule: 'age', what: 'no date', severity: 'fail', proposal: { startedOn: null } },
  { rule: 'age', what: 'a date that does not exist', severity: 'fail', proposal: { startedOn: '2019-02-30' } },
  {
    rule: 'age',
    what: 'one year is enough for a replication',
    severity: 'pass',
    group: 'replikasi',
    proposal: { startedOn: '2020-04-30' },
  },
  {
    rule: 'age',
    what: 'one year is enough for an answer to the pandemic',
    severity: 'pass',
    rules: y2022,
    proposal: { startedOn: '2021-04-16', category: 'ketahanan-pandemi' },
  },
  {
    rule: 'age',
    what: 'but not for another category',
    severity: 'fail',
    rules: y2022,
    proposal: { startedOn: '2021-04-16' },
  },
  {
    rule: 'age',
    what: 'an extension makes nobody older',
    severity: 'fail',
    proposal: { startedOn: '2019-05-01' },
    facts: { extensions: [{ until: '2021-06-01T00:00:00+07:00' }] },
  },

  { rule: 'unanswered', what: 'everything answered', severity: 'pass' },
  {
    rule: 'unanswered',
    what: 'blank text',
    severity: 'fail',
    answers: { signifikansi: ' \n' },
    question: 'signifikansi',
  },
  { rule: 'unanswered', what: 'no title', severity: 'fail', proposal: { title: ' ' } },
  {
    rule: 'unanswered',
    what: 'the declaration not ticked',
    severity: 'fail',
    answers: { 'pernyataan-kebenaran': false },
    question: 'pernyataan-kebenaran',
  },
  { rule: 'unanswered', what: 'a voluntary answer left out', severity: 'pass', answers: { video: null } },

  { rule: 'answer-kind', what: 'answers of the right kind', severity: 'pass' },
  {
    rule: 'answer-kind',
    what: 'a link that is none',
    severity: 'fail',
    answers: { video: 'lihat saja' },
    question: 'video',
  },
  {
    rule: 'answer-kind',
    what: 'a sentence for a telephone number',
    severity: 'fail',
    answers: { 'inovator-telepon': 'Hubungi 081234567890 pada jam kerja.' },
    question: 'inovator-telepon',
  },
  {
    rule: 'answer-kind',
    what: 'a sentence for an e-mail address',
    severity: 'fail',
    answers: { 'inovator-surel': 'Surel kami tim@contoh.go.id' },
    question: 'inovator-surel',
  },
  { rule: 'answer-kind', what: 'a script for a link', severity: 'fail', answers: { video: 'javascript:alert(1)' } },
  {
    rule: 'answer-kind',
    what: 'a number for a text',
    severity: 'fail',
    answers: { ringkasan: 5 },
    question: 'ringkasan',
  },

  { rule: 'word-limit', what: 'exactly at the limit', severity: 'pass', answers: { ringkasan: words(200) } },
  {
    rule: 'word-limit',
    what: 'one word over',
    severity: 'warning',
    answers: { ringkasan: words(201) },
    question: 'ringkasan',
  },

  { rule: 'missing-evidence', what: 'all there', severity: 'pass' },
  {
    rule: 'missing-evidence',
    what: 'no decree on the innovators',
    severity: 'fail',
    evidence: { 'sk-inovator': [] },
    question: 'sk-inovator',
  },
  {
    rule: 'missing-evidence',
    what: 'no evaluation with the impact',
    severity: 'fail',
    evidence: { signifikansi: [] },
    question: 'signifikansi',
  },
  { rule: 'evidence-count', what: 'one file', severity: 'pass' },
  { rule: 'evidence-count', what: 'two decrees', severity: 'warning', evidence: { 'sk-inovator': [file(), file()] } },
  { rule: 'evidence-type', what: 'a PDF', severity: 'pass' },
  {
    rule: 'evidence-type',
    what: 'a photo as decree',
    severity: 'warning',
    evidence: { 'sk-inovator': [file('photo')] },
  },
  { rule: 'evidence-type', what: 'a programme', severity: 'warning', evidence: { signifikansi: [file('other')] } },
  {
    rule: 'evidence-size',
    what: 'exactly 1 MB',
    severity: 'pass',
    evidence: { 'sk-inovator': [file('pdf', 1_048_576)] },
  },
  {
    rule: 'evidence-size',
    what: 'a byte more',
    severity: 'warning',
    evidence: { 'sk-inovator': [file('pdf', 1_048_577)] },
    question: 'sk-inovator',
  },

  { rule: 'same-title', what: 'another title', severity: 'pass', facts: { similar: [alike({})] } },
  {
    rule: 'same-title',
    what: 'twice by one agency, in other letters',
    severity: 'fail',
    facts: { similar: [alike({ title: 'PERAHU  SEHAT, bagi warga pulau!', sameAgency: true, titleSimilarity: 1 })] },
  },
  {
    rule: 'same-title',
    what: 'by two agencies',
    severity: 'warning',
    facts: { similar: [alike({ title: 'Perahu Sehat bagi Warga Pulau', titleSimilarity: 1 })] },
  },
  {
    rule: 'near-title',
    what: 'the same title is told once, as the same',
    severity: 'pass',
    facts: { similar: [alike({ title: 'Perahu Sehat bagi Warga Pulau', titleSimilarity: 1 })] },
  },
  {
    rule: 'near-title',
    what: 'below the threshold',
    severity: 'pass',
    facts: { similar: [alike({ titleSimilarity: 0.59 })] },
  },
  {
    rule: 'near-title',
    what: 'at the threshold',
    severity: 'warning',
    facts: { similar: [alike({ titleSimilarity: 0.6 })] },
  },
  { rule: 'near-text', what: 'not compared', severity: 'pass', facts: { similar: [alike({})] } },
  {
    rule: 'near-text',
    what: 'at the threshold',
    severity: 'warning',
    facts: { similar: [alike({ textSimilarity: 0.7 })] },
  },

  { rule: 'prior-award', what: 'none', severity: 'pass' },
  {
    rule: 'prior-award',
    what: 'Top 99 once',
    severity: 'pass',
    facts: { awards: [{ level: 'finalist', year: 2019 }] },
  },
  {
    rule: 'prior-award',
    what: 'Top 99 twice',
    severity: 'fail',
    facts: {
      awards: [
        { level: 'finalist', year: 2019 },
        { level: 'finalist', year: 2017 },
      ],
    },
  },
  { rule: 'prior-award', what: 'Top terpuji', severity: 'fail', facts: { awards: [{ level: 'top', year: 2014 }] } },
  {
    rule: 'prior-award',
    what: 'an award of a later year',
    severity: 'pass',
    facts: { awards: [{ level: 'top', year: 2023 }] },
  },
  {
    rule: 'prior-award',
    what: 'a replication that once was Top 99',
    severity: 'fail',
    group: 'replikasi',
    facts: { awards: [{ level: 'finalist', year: 2019 }] },
  },
  {
    rule: 'prior-award',
    what: 'khusus already outstanding',
    severity: 'fail',
    group: 'khusus',
    facts: {
      awards: [
        { level: 'top', year: 2018 },
        { level: 'outstanding', year: 2020 },
      ],
    },
  },
  {
    rule: 'prior-award',
    what: 'an award before the years that count',
    severity: 'pass',
    facts: { awards: [{ level: 'top', year: 2013 }] },
  },
  { rule: 'award-needed', what: 'a former Top terpuji', severity: 'pass', group: 'khusus' },
  { rule: 'award-needed', what: 'no award', severity: 'fail', group: 'khusus', facts: { awards: [] } },
  {
    rule: 'award-needed',
    what: 'only a Top 99',
    severity: 'fail',
    group: 'khusus',
    facts: { awards: [{ level: 'finalist', year: 2018 }] },
  },
  { rule: 'award-needed', what: 'not asked of umum', severity: 'none' },
  { rule: 'invitation', what: 'invited', severity: 'pass', group: 'khusus' },
  { rule: 'invitation', what: 'not invited', severity: 'fail', group: 'khusus', facts: { invited: false } },
  { rule: 'invitation', what: 'not asked of umum', severity: 'none', facts: { invited: false } },

  { rule: 'source', what: 'named', severity: 'pass', group: 'replikasi' },
  { rule: 'source', what: 'not named', severity: 'fail', group: 'replikasi', proposal: { source: '  ' } },
  { rule: 'source', what: 'not asked of umum', severity: 'none', proposal: { source: null } },
  { rule: 'source-award', what: 'a Top 99 of the years', severity: 'pass', group: 'replikasi' },
  { rule: 'source-award', what: 'never awarded', severity: 'fail', group: 'replikasi', facts: { sourceAwards: [] } },
  {
    rule: 'source-award',
    what: 'awarded too late',
    severity: 'fail',
    group: 'replikasi',
    facts: { sourceAwards: [{ level: 'finalist', year: 2020 }] },
  },
  {
    rule: 'source-award',
    what: 'no source to look up',
    severity: 'none',
    group: 'replikasi',
    proposal: { source: null },
  },
  { rule: 'statement', what: 'signed', severity: 'pass', group: 'replikasi' },
  { rule: 'statement', what: 'missing', severity: 'fail', group: 'replikasi', proposal: { statement: null } },
  {
    rule: 'statement',
    what: 'only a photo',
    severity: 'fail',
    group: 'replikasi',
    proposal: { statement: file('photo') },
  },
  { rule: 'statement', what: 'not asked of umum', severity: 'none', proposal: { statement: null } },

  { rule: 'quota', what: 'the tenth', severity: 'pass', facts: { othersOfAgency: 9 } },
  { rule: 'quota', what: 'the eleventh', severity: 'fail', facts: { othersOfAgency: 10 } },
  { rule: 'quota', what: 'the sixth replication', severity: 'fail', group: 'replikasi', facts: { othersOfAgency: 5 } },
  { rule: 'quota', what: 'khusus stands outside it', severity: 'none', group: 'khusus', facts: { othersOfAgency: 99 } },

  { rule: 'title-meaningless', what: 'says what it does', severity: 'pass' },
  { rule: 'title-meaningless', what: 'an acronym alone', severity: 'hint', proposal: { title: 'SIMPEL' } },
  {
    rule: 'title-meaningless',
    what: 'letters to fill the box',
    severity: 'hint',
    proposal: { title: 'aaaa aaaa aaaa' },
  },
  { rule: 'title-meaningless', what: 'figures', severity: 'hint', proposal: { title: '123 456' } },
  { rule: 'title-meaningless', what: 'a whole paragraph', severity: 'hint', proposal: { title: words(21) } },
  { rule: 'title-blocked-word', what: 'no list', severity: 'none' },
  { rule: 'title-blocked-word', what: 'a decent title', severity: 'pass', rules: blocked },
  {
    rule: 'title-blocked-word',
    what: 'a word of the list',
    severity: 'warning',
    rules: blocked,
    proposal: { title: 'Layanan SIALAN bagi Warga' },
  },

  { rule: 'identical-answers', what: 'all different', severity: 'pass' },
  {
    rule: 'identical-answers',
    what: 'pasted twice',
    severity: 'hint',
    answers: { signifikansi: `${words(50)}.`, adaptabilitas: words(50).toUpperCase() },
    question: 'adaptabilitas',
  },
  { rule: 'short-answer', what: 'long enough', severity: 'pass', answers: { signifikansi: words(30) } },
  {
    rule: 'short-answer',
    what: 'a few words',
    severity: 'hint',
    answers: { signifikansi: words(29) },
    question: 'signifikansi',
  },
  { rule: 'repetitive-answer', what: 'varied', severity: 'pass' },
  {
    rule: 'repetitive-answer',
    what: 'one word again and again',
    severity: 'hint',
    answers: { signifikansi: 'bagus sekali '.repeat(40) },
    question: 'signifikansi',
  },
]

function findingsOf(each: Case) {
  const of = each.rules ?? rules
  const group = each.group ?? 'umum'
  const base = sound(group, of)
  const proposal = {
    ...base,
    ...each.proposal,
    answers: { ...base.answers, ...each.answers },
    evidence: { ...base.evidence, ...each.evidence },
  }
  return admissionFindings(of, proposal, { ...soundFacts(group, of), ...each.facts })
}

describe('the administrative selection', () => {
  for (const each of cases) {
    it(`${each.rule}: ${each.what} gives ${each.severity}`, () => {
      const found = findingsOf(each).filter((finding) => finding.rule === each.rule)
      assert.deepEqual(
        [...new Set(found.map((finding) => finding.severity))],
        each.severity === 'none' ? [] : [each.severity],
      )
      if (each.question)
        assert.deepEqual(
          found.map((finding) => finding.question),
          [each.question],
        )
    })
  }

  it('has a case that is well and one that is not for every rule', () => {
    for (const rule of admissionRules) {
      const severities = cases.filter((each) => each.rule === rule).map((each) => each.severity)
      assert.ok(severities.includes('pass'), `${rule} has no positive case`)
      assert.ok(
        severities.some((severity) => severity !== 'pass' && severity !== 'none'),
        `${rule} has no negative case`,
      )
    }
  })
  for (const of of rounds) {
    for (const group of of.groups) {
      it(`finds nothing wrong with a sound proposal in ${of.key} ${group.key}`, () => {
        const wrong = findingsOf({ rule: 'group', what: '', severity: 'pass', rules: of, group: group.key }).filter(
          (finding) => finding.severity !== 'pass',
        )
        assert.deepEqual(wrong, [])
      })
    }
  }
  it('reports in the order of the rules, and each pass alone', () => {
    for (const each of cases) {
      const found = findingsOf(each)
      const places = found.map((finding) => admissionRules.indexOf(finding.rule))
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
      )
      for (const pass of found.filter((finding) => finding.severity === 'pass'))
        assert.equal(found.filter((finding) => finding.rule === pass.rule).length, 1)
    }
  })
  it('keeps going when everything is missing', () => {
    const empty: AdmissionProposal = {
      title: '',
      group: 'umum',
      category: null,
      startedOn: null,
      source: null,
      statement: null,
      answers: {},
      evidence: {},
    }
    const failed = admissionFindings(rules, empty, { ...soundFacts('umum'), submission: null })
      .filter((finding) => finding.severity === 'fail')
      .map((finding) => finding.rule)
    assert.deepEqual([...new Set(failed)], ['category', 'submission', 'age', 'unanswered', 'missing-evidence'])
  })
  it('bears any text in the title and the answers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, text) => {
        const base = sound('umum')
        const proposal = { ...base, title, answers: { ...base.answers, ringkasan: text, video: text } }
        assert.ok(admissionFindings(rules, proposal, soundFacts('umum')).length > 0)
      }),
    )
  })
})

describe('a title for comparing', () => {
  it('does not change when it is made plain again', () => {
    fc.assert(fc.property(fc.string(), (title) => plainText(plainText(title)) === plainText(title)))
  })
  it('is the same in other letters, accents and punctuation', () => {
    assert.equal(plainText('  Pélayanan—"CEPAT" !'), plainText('pelayanan cepat'))
  })
})
