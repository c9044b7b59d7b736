import { z } from 'zod'

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
/** What a text must be, where one is to be reached by it. */
export const questionFormats = ['email', 'telephone'] as const
export type QuestionFormat = (typeof questionFormats)[number]
export const evidenceKinds = ['pdf', 'photo', 'link'] as const

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
  /** Of a text only; null: any text. */
  format: z.enum(questionFormats).nullable().default(null),
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

/** The shape of a document. Whether its rules fit together is asked in `round-consistency.ts`. */
export const rulesSchema = z.strictObject({
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

/** The questions a proposal of this group answers, in the order of the form; empty for an unknown group. */
export function questionsFor(rules: Rules, group: string): Question[] {
  const found = rules.groups.find((each) => each.key === group)
  return found ? [...rules.head, ...found.questions, ...rules.foot] : []
}

/** The cluster in which an agency of this kind competes. A parsed document has exactly one. */
export function clusterOf(rules: Rules, kind: AgencyKind): Cluster {
  return rules.clusters.find((cluster) => cluster.agencyKinds.includes(kind))!
}
