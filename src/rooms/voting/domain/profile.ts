import { z } from 'zod'

/**
 * A legal profile: what the rules of one regency decide (R26). It is data with dates, never code: Perda and Perbup differ.
 * No rule here was read in the text of its regulation, so none is shown as law: each says how it is known and from where.
 */

/**
 * How a rule is known. `reported`: a public source says that this regency does so; `inferred`: made from what is known of others;
 * `setting`: chosen by us, for somebody to decide.
 */
export const standings = ['reported', 'inferred', 'setting'] as const
export type Standing = (typeof standings)[number]

/** One rung of the ladder that decides equal votes (R27), in the order of the list. */
export const tieSteps = [
  /** Most votes at the polling place with the largest roll (Permendagri 112/2014 Pasal 42(2), as a newspaper has it). */
  'largest-tps',
  /** Where there is one polling place: most votes in the hamlet with the largest roll. */
  'largest-hamlet',
  'education-level',
  'formal-education-path',
  're-vote',
] as const
export type TieStep = (typeof tieSteps)[number]

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const ruleOf = <V extends z.ZodType>(value: V) =>
  z.strictObject({ value, standing: z.enum(standings), source: z.string().trim().min(3).max(300) })

export const singleRules = ['empty-box', 'deliberation'] as const
export const cutOffs = ['own-share', 'two-officers'] as const
export const zones = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const

/** Every rule of a profile. Times are local "HH:MM"; minutes, seconds and counts are whole numbers. */
export const rulesShape = z.strictObject({
  opens: ruleOf(clockTime),
  closes: ruleOf(clockTime),
  /** Share of the roll that must have come; null where there is no quorum. */
  quorum: ruleOf(z.tuple([z.number().int().min(1).max(99), z.number().int().min(1).max(100)]).nullable()),
  /** Minutes of each extension when it was not reached. */
  extensions: ruleOf(z.array(z.number().int().min(5).max(600)).max(5)),
  tie: ruleOf(z.array(z.enum(tieSteps)).max(5)),
  minCandidates: ruleOf(z.number().int().min(1).max(10)),
  maxCandidates: ruleOf(z.number().int().min(2).max(10)),
  /** What happens with one candidate after the registration was extended (R30). */
  single: ruleOf(z.enum(singleRules)),
  /** Voters at a polling place above which the planning warns (R34). */
  votersPerTps: ruleOf(z.number().int().min(50).max(20_000)),
  /** Who gets a copy of the result besides each candidate's witness. */
  copies: ruleOf(z.array(z.string().trim().min(2).max(80)).min(1).max(20)),
  /** What the forms are called there, by our names. */
  forms: ruleOf(z.record(z.string(), z.string().trim().min(2).max(120))),
  /** Days in which somebody may file an objection (keberatan), and in which it must be answered. */
  objectionDays: ruleOf(z.number().int().min(0).max(90)),
  answerDays: ruleOf(z.number().int().min(1).max(120)),
  tokenMinutes: ruleOf(z.number().int().min(5).max(240)),
  /** Below so many voters no figure of a group is shown (R28). */
  smallGroup: ruleOf(z.number().int().min(5).max(500)),
  cutOff: ruleOf(z.enum(cutOffs)),
  slipSeconds: ruleOf(z.number().int().min(0).max(30)),
  /** Tokens above the number of voters, in percent of the roll, for spoiled ones and those added late. */
  reservePercent: ruleOf(z.number().int().min(1).max(100)),
})
export type Rules = z.output<typeof rulesShape>
export type RuleName = keyof Rules

export const profileShape = z
  .strictObject({
    key: z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/),
    name: z.string().min(3).max(120),
    /** Code of the regency that it was made after. */
    region: z.string().regex(/^\d{2}\.\d{2}$/),
    valid: z.strictObject({ from: z.iso.date(), until: z.iso.date().nullable() }),
    zone: z.enum(zones),
    /** How a village and its head are called there. */
    terms: z.strictObject({ village: z.string(), head: z.string(), district: z.string() }),
    note: z.strictObject({ id: z.string(), en: z.string() }),
    rules: rulesShape,
  })
  .refine(({ rules }) => rules.opens.value < rules.closes.value, { path: ['rules', 'closes'], message: 'closes-first' })
  .refine(({ rules }) => rules.minCandidates.value <= rules.maxCandidates.value, {
    path: ['rules', 'maxCandidates'],
    message: 'candidates-crossed',
  })
export type Profile = z.output<typeof profileShape>

/** Whether a profile may be chosen for an election that is held on this day (YYYY-MM-DD). */
export const validOn = ({ valid }: Pick<Profile, 'valid'>, day: string): boolean =>
  valid.from <= day && (valid.until === null || day <= valid.until)

/** The rules of a profile whose text nobody has read: everything but what a source reports. */
export const unverified = (rules: Rules): RuleName[] =>
  (Object.keys(rules) as RuleName[]).filter((name) => rules[name].standing !== 'reported')
