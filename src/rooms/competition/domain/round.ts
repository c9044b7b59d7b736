import { z } from 'zod'
import { closeness, nodesAt } from './paths.ts'

/**
 * The rules of one round of the competition (KIPP), as data. What changes by year (groups, categories, questions, weights,
 * quotas, dates, stages, thresholds) stands here and nowhere in code, so an old round recomputes to the same result for ever.
 *
 * `sources` says which published text a value rests on; `settings` says why a value was chosen when nothing public
 * fixes it. A page that shows a rule can so tell law from choice. Weights are percentages.
 */

export const agencyKinds = ['ministry', 'institution', 'province', 'regency', 'city', 'bumn', 'bumd'] as const

/**
 * Levels in the register of winners: `finalist` = Top 99, `top` = Top terpuji (Top 9, 25, 35, 40, 45 by year),
 * `replication-*` = the same in Kelompok Replikasi, `special-finalist` = Top 15 Kelompok Khusus,
 * `outstanding` = Outstanding Achievement. An innovation that reached `top` also holds `finalist`.
 */
export const awardLevels = [
  'finalist',
  'top',
  'replication-finalist',
  'replication-top',
  'special-finalist',
  'outstanding',
] as const

export const questionKinds = ['text', 'date', 'choice', 'link', 'file', 'tick', 'number'] as const
export const evidenceKinds = ['pdf', 'photo', 'link'] as const

/** What can be wrong in a document that has the right shape. Named, so that the editor's page can say it in words. */
export const ruleProblems = [
  'key-twice',
  'weights-not-100',
  'weight-without-score',
  'interview-weights-not-100',
  'stage-weights-not-100',
  'leader-presence-without-criterion',
  'choice-without-choices',
  'file-without-evidence',
  'unknown-group',
  'unknown-category',
  'cluster-overlap',
  'cluster-missing',
  'cluster-sum',
  'group-sum',
  'dates-disordered',
  'objection-without-announcement',
  'objection-days',
  'interview-settings',
  'path-names-nothing',
] as const
export type RuleProblem = (typeof ruleProblems)[number]

const wordsSchema = z.strictObject({ id: z.string().trim().min(1), en: z.string().trim().min(1) })
const key = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const moment = z.iso.datetime({ offset: true })
const percent = z.number().min(0).max(100)
const share = z.number().min(0).max(1)
const count = z.int().min(0)
const keyed = z.strictObject({ key, label: wordsSchema })

const evidenceSchema = z.strictObject({
  required: z.boolean(),
  accept: z.array(z.enum(evidenceKinds)).min(1),
  /** Size of one file in units of 1,048,576 bytes. */
  maxMb: z.number().positive(),
  /** How many files or links at most. */
  max: z.int().min(1),
})

const questionSchema = keyed.extend({
  help: wordsSchema,
  kind: z.enum(questionKinds),
  choices: z.array(keyed).default([]),
  maxWords: z.int().min(1).nullable().default(null),
  weight: percent.default(0),
  evidence: evidenceSchema.nullable().default(null),
  required: z.boolean(),
  /** May the answer be shown in the gallery? */
  public: z.boolean(),
  scored: z.boolean(),
})

const awardRuleSchema = z.strictObject({
  level: z.enum(awardLevels),
  /** The rule applies from this many awards of that level. */
  times: z.int().min(1),
  /** First and last year of the awards that count; null: no limit. */
  fromYear: z.int().nullable(),
  toYear: z.int().nullable(),
})

const groupSchema = keyed.extend({
  /** Whole months in use, counted back from the closing date. */
  minAgeMonths: count,
  /** A lower age for a category, e.g. answers to the pandemic in 2022. */
  ageExceptions: z.array(z.strictObject({ category: key, months: count })).default([]),
  /** Any one of these prior awards of the same innovation excludes it. */
  excludedBy: z.array(awardRuleSchema).default([]),
  /** At least one of these is needed (Kelompok Khusus); empty: none is. */
  needsOneOf: z.array(awardRuleSchema).default([]),
  /** The innovation that is copied must be named and hold one of these awards; null: nothing is copied. */
  source: z
    .strictObject({ awards: z.array(awardRuleSchema), signedStatement: z.boolean() })
    .nullable()
    .default(null),
  byInvitation: z.boolean(),
  questions: z.array(questionSchema).min(1),
})

const extensionSchema = z.strictObject({ until: moment, reason: wordsSchema })

const calendarSchema = z.strictObject({
  opens: moment,
  submissionCloses: moment,
  /** Postponements already known when the document was written. An extension never shortens the time. */
  extensions: z.array(extensionSchema).default([]),
  /** A submission begun in time may arrive this many minutes after the deadline (slow line, busy server). */
  lateArrivalMinutes: count,
  admissionFrom: moment.nullable().default(null),
  admissionBy: moment.nullable().default(null),
  scoringFrom: moment.nullable().default(null),
  scoringTo: moment.nullable().default(null),
  panelFrom: moment.nullable().default(null),
  panelTo: moment.nullable().default(null),
  announcement: moment.nullable().default(null),
  objectionUntil: moment.nullable().default(null),
  feasibilityFrom: moment.nullable().default(null),
  feasibilityTo: moment.nullable().default(null),
  publicRatingFrom: moment.nullable().default(null),
  publicRatingTo: moment.nullable().default(null),
  interviewsFrom: moment.nullable().default(null),
  interviewsTo: moment.nullable().default(null),
  verificationFrom: moment.nullable().default(null),
  verificationTo: moment.nullable().default(null),
  finalPlenary: moment.nullable().default(null),
  decree: moment.nullable().default(null),
  award: moment.nullable().default(null),
})

const stage = <Kind extends string>(kind: Kind) => keyed.extend({ kind: z.literal(kind) })

/** A `weight` is the share of the stage in the final standing of a proposal; those of a round sum to 100. */
const stageSchema = z.discriminatedUnion('kind', [
  stage('admission'),
  stage('ministry-feasibility').extend({ weight: percent, reviewersPerProposal: z.int().min(1) }),
  stage('scoring').extend({ weight: percent }),
  /** `membersPerProposal`: how many panel members read one nominee before the plenary. */
  stage('panel').extend({ membersPerProposal: z.int().min(1) }),
  stage('announcement'),
  stage('objection'),
  stage('interview').extend({ weight: percent, online: z.boolean() }),
  stage('field-verification').extend({
    online: z.boolean(),
    minPanel: count,
    minEvaluators: count,
    /** How many proposals are visited; null: the panel picks. */
    proposals: count.nullable(),
  }),
  /** Fewer ratings than `minRatings` leave the proposal without a public figure. */
  stage('public-rating').extend({ weight: percent, minRatings: count }),
  stage('final-plenary'),
  stage('decree'),
])

const rulesSchema = z.strictObject({
  schema: z.literal(1),
  /** Rises with each published change of the same round. */
  version: z.int().min(1),
  key,
  name: wordsSchema,
  theme: wordsSchema.nullable(),
  year: z.int().min(2014).max(2200),
  legalBasis: z.array(z.string().min(1)),
  /** Questions that every group answers first. */
  head: z.array(questionSchema).default([]),
  groups: z.array(groupSchema).min(1),
  /** Questions that every group answers last. */
  foot: z.array(questionSchema).default([]),
  categories: z.array(keyed).min(1),
  /** Proposals per agency in each group; null: as many as it likes. */
  quotas: z.record(key, count.nullable()),
  calendar: calendarSchema,
  /** Which closing date the age is counted back from when the deadline was extended. */
  ageCountedFrom: z.enum(['announced-closing', 'extended-closing']),
  /** `quota` by group; null: the cluster has no fixed share. `nomineeFactor`: nominees per place. */
  clusters: z
    .array(
      keyed.extend({
        agencyKinds: z.array(z.enum(agencyKinds)).min(1),
        quota: z.record(key, count).nullable(),
        nomineeFactor: z.number().min(1),
      }),
    )
    .min(1),
  /** In the order in which they run; any order is allowed. */
  stages: z.array(stageSchema).min(1),
  scoring: z.strictObject({
    reviewsPerProposal: z.int().min(1),
    /** Points between two reviews above which a further reader is called; null: never. */
    gapLimit: percent.nullable(),
    passMark: percent.nullable(),
    /** `raw`: mean of the marks; `mixed`: raw marks joined with marks levelled for strict and mild readers. */
    method: z.enum(['raw', 'mixed']),
    /** In how many batches the proposals are handed out; null: all at once. */
    waves: z.int().min(1).nullable(),
    decimals: z.int().min(0).max(6),
  }),
  select: z.strictObject({
    finalists: count.nullable(),
    byGroup: z.record(key, count.nullable()),
    topLevels: z.array(keyed.extend({ group: key.nullable(), count: count.nullable() })),
    /** What the deciders were told to prefer, shown to everybody; never a silent sort order. */
    priorities: z.array(keyed).default([]),
  }),
  /** No public text knows a tie rule, so a tie is always a decision with who, when and why. */
  tiePolicy: z.literal('recorded-decision'),
  /** Calendar days after the announcement; null: the round has no such time. */
  objectionDays: count.nullable(),
  interview: z
    .strictObject({
      minutesPresentation: z.int().min(1),
      minutesQuestions: count,
      sheet: z.array(keyed.extend({ weight: percent })).min(1),
      /** The agency's leader being present is a criterion: the sheet then holds `leader-presence`. */
      leaderPresenceScored: z.boolean(),
    })
    .nullable(),
  titleRule: z.strictObject({
    minWords: count,
    maxWords: z.int().min(1),
    minLetters: count,
    /** Words that call for a human look; compared whole and without regard to case. */
    blockedWords: z.array(z.string().min(1)),
  }),
  answerRule: z.strictObject({
    /** A scored text below this many words looks careless. */
    minWords: count,
    /** Different words ÷ words, below which a text looks padded. */
    minVariety: share,
  }),
  duplicates: z.strictObject({ titleSimilarity: share, textSimilarity: share }),
  /** Path (with `*` for any step) → why this value was chosen although nothing public fixes it. */
  settings: z.record(z.string(), wordsSchema),
  /** Path → codes of the published texts on which the value rests. */
  sources: z.record(z.string(), z.array(z.string().min(1)).min(1)),
})

export type Words = z.output<typeof wordsSchema>
export type AgencyKind = (typeof agencyKinds)[number]
export type AwardLevel = (typeof awardLevels)[number]
export type EvidenceKind = (typeof evidenceKinds)[number]
export type Question = z.output<typeof questionSchema>
export type AwardRule = z.output<typeof awardRuleSchema>
export type Group = z.output<typeof groupSchema>
export type Extension = z.output<typeof extensionSchema>
export type Calendar = z.output<typeof calendarSchema>
export type Stage = z.output<typeof stageSchema>
export type StageKind = Stage['kind']
export type Rules = z.output<typeof rulesSchema>
export type Cluster = Rules['clusters'][number]

/** `shape`: a field is missing, misspelt or of the wrong kind; `detail` is then the parser's own sentence. */
export type Problem = { path: string; problem: RuleProblem | 'shape'; detail: string }
export type ParsedRules = { ok: true; rules: Rules } | { ok: false; problems: Problem[] }

/**
 * Reads a document that is still being written: `rules` is there as soon as its shape is right, and `problems` says what
 * would keep it from being published. Never throws.
 */
export function readRules(input: unknown): { rules: Rules | null; problems: Problem[] } {
  const parsed = rulesSchema.safeParse(input)
  if (parsed.success) return { rules: parsed.data, problems: inconsistencies(parsed.data) }
  const result = parseRules(input)
  return { rules: null, problems: result.ok ? [] : result.problems }
}

/** Reads a rules document. Every problem is reported, not only the first, because a person edits it. Never throws. */
export function parseRules(input: unknown): ParsedRules {
  const parsed = rulesSchema.safeParse(input)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue): Problem => ({ path: issue.path.map(String).join('.'), problem: 'shape', detail: issue.message }),
    )
    return { ok: false, problems }
  }
  const problems = inconsistencies(parsed.data)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rules: parsed.data }
}

/** The questions a proposal of this group answers, in the order of the form; empty for an unknown group. */
export function questionsFor(rules: Rules, group: string): Question[] {
  const found = rules.groups.find((each) => each.key === group)
  return found ? [...rules.head, ...found.questions, ...rules.foot] : []
}

/** The cluster in which an agency of this kind competes. A parsed document has exactly one. */
export function clusterOf(rules: Rules, kind: AgencyKind): Cluster {
  return rules.clusters.find((cluster) => cluster.agencyKinds.includes(kind))!
}

/** A value with a `setting` was at least partly chosen and must not be shown as law, even when sources stand beside it. */
export type Provenance = { sources: string[]; setting: Words | null }

/**
 * What the document says about where a value comes from: the notes whose path covers it most closely. A source and a setting
 * on the same path both count ("the date is published, the hour was chosen"). Null when nothing is said.
 */
export function provenance(rules: Rules, path: string): Provenance | null {
  const closest = (patterns: string[]) =>
    patterns.reduce(
      (best, pattern) => {
        const near = closeness(pattern, path)
        return near > best.near ? { near, pattern } : best
      },
      { near: 0, pattern: '' },
    )
  const source = closest(Object.keys(rules.sources))
  const setting = closest(Object.keys(rules.settings))
  const nearest = Math.max(source.near, setting.near)
  if (nearest === 0) return null
  return {
    sources: source.near === nearest ? rules.sources[source.pattern]! : [],
    setting: setting.near === nearest ? rules.settings[setting.pattern]! : null,
  }
}

function inconsistencies(rules: Rules): Problem[] {
  return [
    ...repeatedKeys(rules),
    ...questionProblems(rules),
    ...namesUnknown(rules),
    ...clusterProblems(rules),
    ...stageProblems(rules),
    ...calendarProblems(rules.calendar),
    ...interviewProblems(rules),
    ...notesThatNameNothing(rules),
  ]
}

function repeatedKeys(rules: Rules): Problem[] {
  const lists: [string, { key: string }[]][] = [
    ['groups', rules.groups],
    ['categories', rules.categories],
    ['clusters', rules.clusters],
    ['stages', rules.stages],
    ['select.topLevels', rules.select.topLevels],
    ['select.priorities', rules.select.priorities],
    ['interview.sheet', rules.interview?.sheet ?? []],
    // Head, group and foot make one form, so a key may stand in only one of them.
    ...rules.groups.map((group): [string, Question[]] => [
      `groups.${group.key}.questions`,
      questionsFor(rules, group.key),
    ]),
    ...rules.groups.flatMap((group) =>
      questionsFor(rules, group.key).map((question): [string, { key: string }[]] => [
        `groups.${group.key}.questions.${question.key}.choices`,
        question.choices,
      ]),
    ),
  ]
  return lists.flatMap(([path, list]) => {
    const keys = list.map((item) => item.key)
    const twice = keys.filter((each, index) => keys.indexOf(each) !== index)
    return twice.map((each) => problem(path, 'key-twice', each))
  })
}

function questionProblems(rules: Rules): Problem[] {
  return rules.groups.flatMap((group) => {
    const path = `groups.${group.key}.questions`
    const questions = questionsFor(rules, group.key)
    const sum = total(questions.filter((question) => question.scored).map((question) => question.weight))
    const found: Problem[] = sum === 100 ? [] : [problem(path, 'weights-not-100', String(sum))]
    for (const question of questions) {
      const at = `${path}.${question.key}`
      if (!question.scored && question.weight > 0) found.push(problem(at, 'weight-without-score', question.key))
      if (question.kind === 'choice' && question.choices.length === 0)
        found.push(problem(at, 'choice-without-choices', question.key))
      if (question.kind === 'file' && !question.evidence) found.push(problem(at, 'file-without-evidence', question.key))
    }
    return found
  })
}

function namesUnknown(rules: Rules): Problem[] {
  const groups = new Set(rules.groups.map((group) => group.key))
  const categories = new Set(rules.categories.map((category) => category.key))
  const named: [string, string][] = [
    ...Object.keys(rules.quotas).map((name): [string, string] => ['quotas', name]),
    ...Object.keys(rules.select.byGroup).map((name): [string, string] => ['select.byGroup', name]),
    ...rules.select.topLevels.flatMap((level): [string, string][] =>
      level.group === null ? [] : [[`select.topLevels.${level.key}`, level.group]],
    ),
    ...rules.clusters.flatMap((cluster) =>
      Object.keys(cluster.quota ?? {}).map((name): [string, string] => [`clusters.${cluster.key}.quota`, name]),
    ),
  ]
  return [
    ...named.filter(([, name]) => !groups.has(name)).map(([path, name]) => problem(path, 'unknown-group', name)),
    ...rules.groups.flatMap((group) =>
      group.ageExceptions
        .filter((exception) => !categories.has(exception.category))
        .map((exception) => problem(`groups.${group.key}.ageExceptions`, 'unknown-category', exception.category)),
    ),
  ]
}

function clusterProblems(rules: Rules): Problem[] {
  const found: Problem[] = []
  for (const kind of agencyKinds) {
    const homes = rules.clusters.filter((cluster) => cluster.agencyKinds.includes(kind))
    if (homes.length === 0) found.push(problem('clusters', 'cluster-missing', kind))
    if (homes.length > 1) found.push(problem('clusters', 'cluster-overlap', kind))
  }
  const shares = rules.clusters.map((cluster) => cluster.quota)
  if (shares.every((quota) => quota !== null)) {
    for (const group of rules.groups) {
      const wanted = rules.select.byGroup[group.key]
      const sum = total(shares.map((quota) => quota[group.key] ?? 0))
      if (typeof wanted === 'number' && sum !== wanted)
        found.push(problem('clusters', 'cluster-sum', `${group.key}: ${sum}`))
    }
  }
  const places = rules.groups.map((group) => rules.select.byGroup[group.key])
  if (rules.select.finalists !== null && places.every((each) => typeof each === 'number')) {
    const sum = total(places)
    if (sum !== rules.select.finalists) found.push(problem('select.byGroup', 'group-sum', String(sum)))
  }
  return found
}

function stageProblems(rules: Rules): Problem[] {
  const found: Problem[] = []
  const kinds = rules.stages.map((each) => each.kind)
  const objection = kinds.indexOf('objection')
  const announcement = kinds.indexOf('announcement')
  if (objection !== -1 && (announcement === -1 || announcement > objection))
    found.push(problem('stages', 'objection-without-announcement', rules.stages[objection]!.key))
  if ((objection !== -1) !== (rules.objectionDays !== null))
    found.push(problem('objectionDays', 'objection-days', String(rules.objectionDays)))
  if (kinds.includes('interview') !== (rules.interview !== null))
    found.push(problem('interview', 'interview-settings', String(kinds.includes('interview'))))
  const sum = total(rules.stages.map((each) => ('weight' in each ? each.weight : 0)))
  if (sum !== 100) found.push(problem('stages', 'stage-weights-not-100', String(sum)))
  return found
}

const spans: [keyof Calendar, keyof Calendar][] = [
  ['opens', 'submissionCloses'],
  ['submissionCloses', 'admissionBy'],
  ['admissionFrom', 'admissionBy'],
  ['scoringFrom', 'scoringTo'],
  ['panelFrom', 'panelTo'],
  ['announcement', 'objectionUntil'],
  ['feasibilityFrom', 'feasibilityTo'],
  ['publicRatingFrom', 'publicRatingTo'],
  ['interviewsFrom', 'interviewsTo'],
  ['verificationFrom', 'verificationTo'],
  ['submissionCloses', 'decree'],
  ['decree', 'award'],
]

function calendarProblems(calendar: Calendar): Problem[] {
  return spans
    .filter(([from, to]) => {
      const [start, end] = [calendar[from], calendar[to]]
      return typeof start === 'string' && typeof end === 'string' && Date.parse(start) >= Date.parse(end)
    })
    .map(([from, to]) => problem(`calendar.${to}`, 'dates-disordered', from))
}

function interviewProblems(rules: Rules): Problem[] {
  if (!rules.interview) return []
  const found: Problem[] = []
  const sum = total(rules.interview.sheet.map((criterion) => criterion.weight))
  if (sum !== 100) found.push(problem('interview.sheet', 'interview-weights-not-100', String(sum)))
  const onSheet = rules.interview.sheet.some((criterion) => criterion.key === 'leader-presence')
  if (onSheet !== rules.interview.leaderPresenceScored)
    found.push(problem('interview.leaderPresenceScored', 'leader-presence-without-criterion', String(onSheet)))
  return found
}

function notesThatNameNothing(rules: Rules): Problem[] {
  return [...Object.keys(rules.settings), ...Object.keys(rules.sources)]
    .filter((path) => nodesAt(rules, path).length === 0)
    .map((path) => problem(path, 'path-names-nothing', path))
}

function problem(path: string, name: RuleProblem, detail: string): Problem {
  return { path, problem: name, detail }
}

/** Sums percentages; rounded, because 33.3 + 33.3 + 33.4 is not 100 in binary. */
function total(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((sum, each) => sum + each, 0) * 1e6) / 1e6
}
