import { faultsOfRules } from '@melayani/polling/format'
import { z } from 'zod'
import { pollingRules } from './package.ts'

/**
 * A legal profile: what the rules of one regency decide (R26). It is data with dates, never code: Perda and Perbup differ.
 * No rule here was read in the text of its regulation, so none is shown as law: each says how it is known and from where.
 */

/**
 * How a rule is known. `reported`: a public source says that this regency does so; `inferred`: made from what is known of others;
 * `setting`: chosen by us, for somebody to decide. `local`: set by the regency for one election, on the ground that it named.
 */
export const standings = ['reported', 'inferred', 'setting', 'local'] as const
export type Standing = (typeof standings)[number]

/** One rung of the ladder that decides equal votes (R27), in the order of the list. */
export const tieSteps = [
  /** Most votes at the polling place with the largest roll (Permendagri 112/2014 Pasal 42(2), as a newspaper has it). */
  'largest-tps',
  /** Where there is one polling place: most votes in the hamlet with the largest roll. One box does not tell hamlets apart, so it never decides. */
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
export const audits = ['close', 'always'] as const
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
  tie: ruleOf(
    z
      .array(z.enum(tieSteps))
      .max(5)
      .refine((ladder) => new Set(ladder).size === ladder.length, 'step-twice'),
  ),
  minCandidates: ruleOf(z.number().int().min(1).max(10)),
  maxCandidates: ruleOf(z.number().int().min(2).max(10)),
  /** Days of each extension of the registration that must have passed before one candidate is enough (R30). */
  registration: ruleOf(z.array(z.number().int().min(1).max(60)).max(5)),
  /** What happens with one candidate after that. */
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
  /**
   * Before which decisions an audit of the slips must have confirmed the numbers: only where its plan is to count all, as for
   * close results, or always. Its risk limit, and the margin of all slips below which all are counted, in percent (R65).
   */
  audit: ruleOf(
    z.strictObject({
      required: z.enum(audits),
      risk: z.number().min(0.1).max(20),
      below: z.number().min(0).max(100),
    }),
  ),
  /** Tokens above the number of voters, in percent of the roll, for spoiled ones and those added late. */
  reservePercent: ruleOf(z.number().int().min(1).max(100)),
})
export type Rules = z.output<typeof rulesShape>
export type RuleName = keyof Rules

/** How the registration of candidates ended with one of them (R30): local days, and the minutes in which it is written. */
export const registrationShape = z.strictObject({
  closed: z.iso.date(),
  /** The last day of each extension. */
  extended: z.array(z.iso.date()).max(5),
  ground: z.string().trim().min(5).max(300),
})
export type Registration = z.output<typeof registrationShape>

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
    /** Of one election only, and only where there is one candidate. */
    registration: registrationShape.optional(),
  })
  // A rule that a polling place would refuse is found here, not after the key ceremony.
  .superRefine(({ name, zone, rules }, context) => {
    for (const { at } of faultsOfRules(pollingRules({ name, zone, rules }, [])))
      context.addIssue({ code: 'custom', path: at.split('.'), message: 'rule-refused' })
  })
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

/** The rules that a regency sets for one election on a form. Only the names of forms come with the profile alone. */
export const settable = [
  'opens',
  'closes',
  'quorum',
  'extensions',
  'tie',
  'minCandidates',
  'maxCandidates',
  'registration',
  'single',
  'votersPerTps',
  'copies',
  'objectionDays',
  'answerDays',
  'tokenMinutes',
  'smallGroup',
  'cutOff',
  'slipSeconds',
  'reservePercent',
] as const satisfies readonly RuleName[]
export type Settable = (typeof settable)[number]

/** A rule as it is typed: "2/3", "60, 60", "08:00", "30"; the ladder by the numbers of its rungs, "1, 2". */
export function typedRule(rules: Rules, name: Settable): string {
  if (name === 'tie') return rules.tie.value.map((step) => tieSteps.indexOf(step) + 1).join(', ')
  const { value } = rules[name]
  if (value === null) return ''
  return Array.isArray(value) ? value.join(name === 'quorum' ? '/' : ', ') : String(value)
}

/**
 * The profile with rules as they were typed, on this ground; and which of them are others than before. Undefined with the names
 * that cannot be read, or that do not fit each other.
 */
export function withRules(
  profile: Profile,
  typed: Readonly<Partial<Record<Settable, string>>>,
  ground: string,
): { ok: true; profile: Profile; changed: Settable[] } | { ok: false; wrong: string[] } {
  const rules: Record<string, unknown> = { ...profile.rules }
  const changed: Settable[] = []
  for (const name of settable) {
    const before = profile.rules[name].value
    const value = typed[name] === undefined ? before : readRule(before, name, typed[name].trim())
    if (JSON.stringify(value) === JSON.stringify(before)) continue
    changed.push(name)
    rules[name] = { value, standing: 'local', source: ground }
  }
  const read = profileShape.safeParse({ ...profile, rules })
  if (read.success) return { ok: true, profile: read.data, changed }
  return { ok: false, wrong: [...new Set(read.error.issues.map(({ path }) => String(path[1])))] }
}

function readRule(before: unknown, name: Settable, text: string): unknown {
  if (name === 'quorum') return text === '' ? null : text.split('/').map(numberOf)
  if (name === 'extensions' || name === 'registration') return text === '' ? [] : text.split(/[,;+]/).map(numberOf)
  if (name === 'tie') return text === '' ? [] : text.split(/[,;]/).map((n) => tieSteps[Number(n) - 1] ?? n)
  if (name === 'copies') return text.split(/[,;]/).map((who) => who.trim())
  if (name === 'opens' || name === 'closes') return text.replace('.', ':').padStart(5, '0')
  return typeof before === 'number' ? numberOf(text) : text
}
/** What is no number stays text, which the shape refuses. */
const numberOf = (text: string): unknown => (/^\s*\d{1,6}\s*$/.test(text) ? Number(text) : text)
