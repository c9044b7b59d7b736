import type { ToolElection, ToolQuestion } from '../belenios-tool.ts'

/** What an archive must be found to hold: written by hand from the votes, never taken from a verifier. */
export type Expected = {
  stage: 'open' | 'ended' | 'tallied' | 'decrypted'
  /** Ballots recorded. */
  ballots: number
  /** Ballots counted: the last one of each credential. */
  counted: number
  /** Their weights together. */
  weight: number
  /** Per question, the blank flag first where blank is allowed; absent while there is no result. */
  result?: number[][]
  /** A question type that is not judged here. */
  unsupported?: true
}

/** `tool`: the version of belenios-tool that made NAME.bel. */
export type Archive = {
  name: string
  tool: '2.0' | '3.0' | '3.3.0'
  election: ToolElection
  expected: Expected
  /** NAME.secrets.json holds all secrets of the election, so that a test can forge what a voter or a trustee could. */
  secrets?: true
}

const ketua = (...answers: string[]): ToolQuestion => ({ question: 'Siapa ketua?', answers, min: 1, max: 1 })
const three = [ketua('Ani', 'Budi', 'Citra')]
const single = { single: 1 }
const twoOfThree = { single: 1, pedersen: { threshold: 2, of: 3 } }
const ones = (voters: number): undefined[] => Array.from({ length: voters })
const vote = (voter: number, ...choices: number[][]) => ({ voter, choices })

/** Ani 2, Budi 0, Citra 1; the fourth voter stays away. */
const simple = {
  questions: three,
  weights: ones(4),
  votes: [vote(2, [1, 0, 0]), vote(0, [0, 0, 1]), vote(3, [1, 0, 0])],
}
const simpleResult = { ballots: 3, counted: 3, weight: 3, result: [[2, 0, 1]] }

const short = { questions: [ketua('Ani', 'Budi')], weights: ones(2), votes: [vote(1, [0, 1]), vote(0, [0, 1])] }
const shortCounts = { ballots: 2, counted: 2, weight: 2 }

const blank = {
  questions: [
    { question: 'Siapa wakil? Satu atau dua.', answers: ['Dedi', 'Eka'], min: 1, max: 2, blank: true as const },
  ],
  weights: ones(4),
  votes: [vote(0, [1, 0, 0]), vote(1, [0, 1, 1]), vote(2, [0, 0, 1]), vote(3, [1, 0, 0])],
}
const blankResult = { ballots: 4, counted: 4, weight: 4, result: [[2, 1, 2]] }

const allBlank = {
  questions: [{ ...ketua('Ani', 'Budi'), blank: true as const }],
  weights: ones(2),
  votes: [vote(0, [1, 0, 0]), vote(1, [1, 0, 0])],
}

const questions = {
  questions: [
    { question: 'Paling banyak dua', answers: ['a', 'b', 'c'], min: 0, max: 2 },
    { question: 'Tepat satu', answers: ['ya', 'tidak'], min: 1, max: 1 },
    { question: 'Satu sampai tiga, atau kosong', answers: ['x', 'y', 'z'], min: 1, max: 3, blank: true as const },
  ],
  weights: ones(3),
  votes: [
    vote(0, [0, 0, 0], [1, 0], [0, 1, 1, 1]),
    vote(1, [1, 0, 1], [0, 1], [1, 0, 0, 0]),
    vote(2, [0, 0, 1], [0, 1], [0, 0, 1, 0]),
  ],
}
const questionsResult = {
  ballots: 3,
  counted: 3,
  weight: 3,
  result: [
    [1, 0, 2],
    [1, 2],
    [1, 1, 2, 1],
  ],
}

/** 3,000,000,000 and 2,147,483,647 are written as texts in the result, 5 and 0 as numbers. */
const weights = {
  questions: three,
  weights: [5, 3_000_000_000, 1, 2_147_483_647, undefined],
  votes: [vote(0, [1, 0, 0]), vote(1, [0, 1, 0]), vote(3, [0, 1, 0]), vote(4, [1, 0, 0])],
}
const weightsResult = { ballots: 4, counted: 4, weight: 5_147_483_653, result: [[6, 5_147_483_647, 0]] }

const revotes = {
  questions: three,
  weights: ones(3),
  votes: [vote(0, [1, 0, 0]), vote(1, [0, 1, 0]), vote(0, [0, 0, 1]), vote(1, [0, 1, 0]), vote(0, [0, 1, 0])],
}
const revotesResult = { ballots: 5, counted: 2, weight: 2, result: [[0, 2, 0]] }

const none = { questions: three, weights: ones(2), votes: [] }
const noneResult = { ballots: 0, counted: 0, weight: 0, result: [[0, 0, 0]] }

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
const ten = {
  questions: [{ ...ketua(...letters), max: 3 }],
  weights: ones(1),
  votes: [vote(0, [1, 0, 0, 0, 0, 1, 0, 0, 0, 1])],
}
const one = {
  questions: [{ question: 'Setuju?', answers: ['Setuju'], min: 0, max: 1 }],
  weights: ones(2),
  votes: [vote(0, [1]), vote(1, [0])],
}

/** Texts that JSON can write in more than one way. */
const odd: ToolQuestion = {
  question: 'tab \t, line \n, return \r, \b\f, \u0001, \u007f, \u0080, \u2028, / and \\ and "quotes"',
  answers: ['é', 'e\u0301', '\u{1f5f3}\ufe0f', '', '</script>'],
  min: 1,
  max: 1,
}
const oddTexts = { questions: [odd], weights: ones(1), votes: [vote(0, [0, 0, 1, 0, 0])] }
const oddTextsResult = { ballots: 1, counted: 1, weight: 1, result: [[0, 0, 1, 0, 0]] }

/** Limits that cannot be kept: at most five of two, none at all, and at least two but at most one, where only blank is left. */
const oddLimits = {
  questions: [
    { question: 'Paling banyak lima dari dua', answers: ['a', 'b'], min: 1, max: 5 },
    { question: 'Tidak satu pun', answers: ['a'], min: 0, max: 0 },
    { question: 'Hanya kosong', answers: ['a', 'b'], min: 2, max: 1, blank: true as const },
  ],
  weights: ones(1),
  votes: [vote(0, [1, 1], [0], [1, 0, 0])],
}

const [b2048, rfc, ed] = ['BELENIOS-2048', 'RFC-3526-2048', 'Ed25519'] as const
const decrypted = 'decrypted' as const

/** The same votes at every stage of an election. */
const stages = (tool: Archive['tool'], group: ToolElection['group']): Archive[] =>
  (['open', 'ended', 'tallied', 'decrypting'] as const).map((stage) => ({
    name: `${tool}-${stage}`,
    tool,
    election: { ...short, group, trustees: { single: 2 }, stage },
    expected: { ...shortCounts, stage: stage === 'decrypting' ? 'tallied' : stage },
  }))

const common = (tool: Archive['tool'], group: ToolElection['group']): Archive[] => [
  {
    name: `${tool}-single`,
    tool,
    election: { ...simple, group, trustees: single, stage: decrypted },
    expected: { ...simpleResult, stage: decrypted },
  },
  {
    name: `${tool}-pedersen`,
    tool,
    election: { ...simple, group, trustees: twoOfThree, stage: decrypted, owners: [1, 2, 4] },
    expected: { ...simpleResult, stage: decrypted },
  },
  {
    name: `${tool}-pedersen-all`,
    tool,
    election: { ...short, group, trustees: twoOfThree, stage: decrypted },
    expected: { ...shortCounts, stage: decrypted, result: [[0, 2]] },
  },
  {
    name: `${tool}-blank`,
    tool,
    election: { ...blank, group, trustees: single, stage: decrypted },
    expected: { ...blankResult, stage: decrypted },
  },
  {
    name: `${tool}-all-blank`,
    tool,
    election: { ...allBlank, group, trustees: single, stage: decrypted },
    expected: { ...shortCounts, stage: decrypted, result: [[2, 0, 0]] },
  },
  {
    name: `${tool}-questions`,
    tool,
    election: { ...questions, group, trustees: { single: 3 }, stage: decrypted },
    expected: { ...questionsResult, stage: decrypted },
  },
  {
    name: `${tool}-weights`,
    tool,
    election: { ...weights, group, trustees: single, stage: decrypted },
    expected: { ...weightsResult, stage: decrypted },
  },
  {
    name: `${tool}-revotes`,
    tool,
    election: { ...revotes, group, trustees: single, stage: decrypted },
    expected: { ...revotesResult, stage: decrypted },
  },
  {
    name: `${tool}-no-ballots`,
    tool,
    election: { ...none, group, trustees: single, stage: decrypted },
    expected: { ...noneResult, stage: decrypted },
  },
  {
    name: `${tool}-ten-candidates`,
    tool,
    election: { ...ten, group, trustees: single, stage: decrypted },
    expected: { ballots: 1, counted: 1, weight: 1, stage: decrypted, result: [[1, 0, 0, 0, 0, 1, 0, 0, 0, 1]] },
  },
  {
    name: `${tool}-one-candidate`,
    tool,
    election: { ...one, group, trustees: single, stage: decrypted },
    expected: { ...shortCounts, stage: decrypted, result: [[1]] },
  },
  ...stages(tool, group),
]

const known = {
  questions: [{ question: 'Paling banyak satu', answers: ['Ani', 'Budi'], min: 0, max: 1 }],
  weights: [2, 1],
  votes: [vote(0, [1, 0]), vote(1, [0, 1]), vote(0, [0, 0])],
}
const knownResult = { ballots: 3, counted: 2, weight: 3, result: [[0, 1]] }
const knownBlank = {
  questions: [{ question: 'Satu, atau kosong', answers: ['Ani', 'Budi'], min: 1, max: 1, blank: true as const }],
  weights: ones(1),
  votes: [vote(0, [0, 0, 1])],
}

export const archives: Archive[] = [
  ...common('2.0', b2048),
  {
    name: '2.0-rfc3526',
    tool: '2.0',
    election: { ...allBlank, group: rfc, trustees: single, stage: decrypted },
    expected: { ...shortCounts, stage: decrypted, result: [[2, 0, 0]] },
  },
  {
    name: '2.0-rfc3526-pedersen',
    tool: '2.0',
    election: { ...short, group: rfc, trustees: twoOfThree, stage: decrypted, owners: [1, 3, 4] },
    expected: { ...shortCounts, stage: decrypted, result: [[0, 2]] },
  },
  {
    name: '2.0-other-question',
    tool: '2.0',
    election: {
      group: rfc,
      questions: [{ type: 'NonHomomorphic', value: { answers: ['Ani', 'Budi'], question: 'Urutkan' } }],
      weights: ones(1),
      votes: [vote(0, [1, 2])],
      trustees: single,
      stage: 'open',
    },
    expected: { stage: 'open', ballots: 1, counted: 1, weight: 1, unsupported: true },
  },
  ...common('3.0', ed),
  {
    name: '3.0-three-of-five',
    tool: '3.0',
    election: {
      ...simple,
      group: ed,
      trustees: { single: 2, pedersen: { threshold: 3, of: 5 } },
      stage: decrypted,
      owners: [7, 2, 5, 1, 4],
    },
    expected: { ...simpleResult, stage: decrypted },
  },
  {
    name: '3.3.0-single',
    tool: '3.3.0',
    election: { ...simple, group: ed, trustees: single, stage: decrypted },
    expected: { ...simpleResult, stage: decrypted },
  },
  {
    name: '3.3.0-pedersen',
    tool: '3.3.0',
    election: { ...blank, group: ed, trustees: twoOfThree, stage: decrypted, owners: [4, 1, 3] },
    expected: { ...blankResult, stage: decrypted },
  },
  {
    name: '3.3.0-belenios2048-pedersen',
    tool: '3.3.0',
    election: { ...short, group: b2048, trustees: twoOfThree, stage: decrypted, owners: [2, 1, 3] },
    expected: { ...shortCounts, stage: decrypted, result: [[0, 2]] },
  },
  {
    name: '3.3.0-rfc3526',
    tool: '3.3.0',
    election: { ...short, group: rfc, trustees: { single: 2 }, stage: decrypted },
    expected: { ...shortCounts, stage: decrypted, result: [[0, 2]] },
  },
  {
    name: '2.0-odd-texts',
    tool: '2.0',
    election: { ...oddTexts, group: b2048, trustees: single, stage: decrypted },
    expected: { ...oddTextsResult, stage: decrypted },
  },
  {
    name: '3.3.0-odd-texts',
    tool: '3.3.0',
    election: { ...oddTexts, group: ed, trustees: single, stage: decrypted },
    expected: { ...oddTextsResult, stage: decrypted },
  },
  {
    name: '2.0-odd-limits',
    tool: '2.0',
    election: { ...oddLimits, group: b2048, trustees: single, stage: decrypted },
    expected: { ballots: 1, counted: 1, weight: 1, stage: decrypted, result: [[1, 1], [0], [1, 0, 0]] },
  },
  {
    // Where one of n is enough, all n come to have the same key; with them alone, no single trustee.
    name: '2.0-one-of-three',
    tool: '2.0',
    election: {
      ...short,
      group: b2048,
      trustees: { single: 0, pedersen: { threshold: 1, of: 3 } },
      stage: decrypted,
      owners: [3],
    },
    expected: { ...shortCounts, stage: decrypted, result: [[0, 2]] },
  },
  {
    name: '3.3.0-one-of-two',
    tool: '3.3.0',
    election: {
      ...short,
      group: ed,
      trustees: { single: 1, pedersen: { threshold: 1, of: 2 } },
      stage: decrypted,
      owners: [2, 1],
    },
    expected: { ...shortCounts, stage: decrypted, result: [[0, 2]] },
  },
  {
    name: '2.0-three-of-three',
    tool: '2.0',
    election: {
      ...short,
      group: b2048,
      trustees: { single: 1, pedersen: { threshold: 3, of: 3 } },
      stage: decrypted,
      owners: [4, 3, 2, 1],
    },
    expected: { ...shortCounts, stage: decrypted, result: [[0, 2]] },
  },
  {
    name: '3.0-no-voters',
    tool: '3.0',
    election: { ...none, weights: [], group: ed, trustees: single, stage: decrypted },
    expected: { ...noneResult, stage: decrypted },
  },
  {
    name: '3.0-known',
    tool: '3.0',
    election: { ...known, group: ed, trustees: twoOfThree, stage: decrypted, owners: [1, 2, 4] },
    expected: { ...knownResult, stage: decrypted },
    secrets: true,
  },
  {
    name: '3.0-known-blank',
    tool: '3.0',
    election: { ...knownBlank, group: ed, trustees: single, stage: decrypted },
    expected: { ballots: 1, counted: 1, weight: 1, stage: decrypted, result: [[0, 0, 1]] },
    secrets: true,
  },
  {
    name: '2.0-known',
    tool: '2.0',
    election: {
      ...known,
      weights: ones(2),
      votes: [vote(1, [0, 1])],
      group: b2048,
      trustees: twoOfThree,
      stage: decrypted,
      owners: [1, 3, 4],
    },
    expected: { ballots: 1, counted: 1, weight: 1, stage: decrypted, result: [[0, 1]] },
    secrets: true,
  },
]
