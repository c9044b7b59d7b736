/**
 * What an innovation is to the public: its levels in families that can be filtered, and the honest notes that come with
 * its source. Levels are kept word for word; a family only says which kind of level it is.
 */
export const families = [
  'top',
  'top99',
  'special',
  'finalist',
  'participant',
  'regional',
  'unpsa',
  'register',
  'unclear',
  'mentioned',
] as const
export type Family = (typeof families)[number]

/** The family of a level as sources write it. Our own rounds give "Top 99", "Top 45" and the like. */
export function familyOf(level: string): Family {
  if (/no kipp level/i.test(level)) return 'mentioned'
  if (/^UNPSA\b/i.test(level)) return 'unpsa'
  if (/^(?:JIPPNas|IGA)\b/i.test(level)) return 'register'
  if (/\bKIPP (?:DIY|Sulsel)\b|\bKOVABLIK\b|\(JIPP\)/i.test(level)) return 'regional'
  if (/source does not say|\bclass\b/i.test(level)) return 'unclear'
  if (/^finalis/i.test(level)) return 'finalist'
  if (/^peserta\b/i.test(level)) return 'participant'
  if (/^top 99$/i.test(level)) return 'top99'
  if (/^top (?:9|25|35|40|45)$|^(?:top|inovasi) terpuji\b/i.test(level)) return 'top'
  return 'special'
}

/** Whether an innovation still lives, as its agency said: goes on, goes on and grows, lies still, has ended. */
export const statuses = ['continues', 'developing', 'dormant', 'stopped', 'unknown'] as const
export type Status = (typeof statuses)[number]

/** Notes that honesty asks for, from the flags of the register; a flag not known here is shown as it stands. */
export const knownFlags = [
  'year_inferred',
  'level_not_stated',
  'no_description',
  'year_from_book_2017',
  'year_truncated',
  'name_truncated_in_source',
  'agency_inferred',
  'name_not_in_source',
  'expansion_of_name_differs',
] as const
export type KnownFlag = (typeof knownFlags)[number]

export function readFlag(flag: string): { known: KnownFlag; detail: string } | { known: undefined; detail: string } {
  const [name, ...rest] = flag.split(':')
  const known = knownFlags.find((each) => each === name)
  return known ? { known, detail: rest.join(':').trim() } : { known: undefined, detail: flag }
}

/** The printed code of a register number: MI-000123. */
export const codeOf = (number: number): string => `MI-${String(number).padStart(6, '0')}`

/** A code as people type it ("mi 123", "MI-000123"), or undefined. */
export function readCode(typed: string): string | undefined {
  const digits = /^\s*mi[\s-]*(\d{1,6})\s*$/i.exec(typed)?.[1]
  return digits === undefined ? undefined : codeOf(Number(digits))
}

export type Award = {
  id: string
  innovation: string
  name: string
  agency_name: string
  agency: string | null
  region_name: string
  region: string | null
  year: number | null
  level: string
  category: string | null
  summary: string
  lang: 'id' | 'en'
  source: string
  flags: string[]
  in_seed: boolean
  round: string | null
  proposal: string | null
  decree: string | null
}

/** Whether an award is invented for a demonstration. */
export const isDemo = (award: Pick<Award, 'flags'>): boolean => award.flags.includes('demo')

/**
 * What the awards of one innovation, oldest first, say of it together: the name, agency and summary are those of the
 * newest real award that has words of its own; years, families and categories are all of them.
 */
export function gather(awards: readonly Award[]) {
  const real = awards.filter((award) => !isDemo(award))
  const told = real.length > 0 ? real : awards
  const newest = told.findLast((award) => !award.flags.includes('no_description')) ?? told.at(-1)!
  const years = [...new Set(awards.map((a) => a.year).filter((y) => y !== null))].sort((a, b) => a - b)
  const categories = [...new Set(awards.map((a) => a.category).filter((c) => c !== null))]
  return {
    name: newest.name,
    agency_name: newest.agency_name,
    agency: awards.findLast((a) => a.agency !== null)?.agency ?? null,
    region_name: newest.region_name,
    province: newest.region?.slice(0, 2) ?? null,
    first_year: years[0] ?? null,
    last_year: years.at(-1) ?? null,
    years,
    levels: [...new Set(awards.map((a) => familyOf(a.level)))],
    categories,
    category: newest.category ?? categories.at(-1) ?? null,
    summary: newest.summary,
    lang: newest.lang,
    flags: [...new Set(awards.flatMap((a) => a.flags))].filter((flag) => flag !== 'demo'),
    demo: real.length === 0,
    in_seed: awards.some((a) => a.in_seed),
  }
}
export type Gathered = ReturnType<typeof gather>
