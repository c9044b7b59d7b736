/** Why a pair must not meet. `declared` comes from the evaluator, the others from what is known of the evaluator. */
export const conflictSources = ['declared', 'home-region', 'employer', 'mentor', 'co-author'] as const
export type ConflictSource = (typeof conflictSources)[number]
export type DerivedSource = Exclude<ConflictSource, 'declared'>

/** An innovation that somebody mentored or wrote with others earlier. */
export type Involvement = { kind: 'mentor' | 'co-author'; agency: string; title: string }

/** What is known of an evaluator and can be a conflict. Region codes are Kemendagri's: `35` a province, `35.10` a regency in it. */
export type Known = { homeRegion: string | null; employer: string | null; involvements: readonly Involvement[] }

type Entry = { agency: string; agencyRegion: string | null; title: string }

/** Titles are compared by their letters and digits: case, spaces and marks do not hide a conflict. */
export function foldTitle(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Is one region the other, or does it lie in the other? Two regencies of one province do not touch. */
export function regionsTouch(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)
}

/** The derived conflicts of one evaluator with one entry, in the order of `conflictSources`. */
export function derivedConflicts(known: Known, entry: Entry): DerivedSource[] {
  const found: DerivedSource[] = []
  if (known.homeRegion !== null && entry.agencyRegion !== null && regionsTouch(known.homeRegion, entry.agencyRegion))
    found.push('home-region')
  if (known.employer === entry.agency) found.push('employer')
  const own = known.involvements.filter(
    (work) => work.agency === entry.agency && foldTitle(work.title) === foldTitle(entry.title),
  )
  if (own.some((work) => work.kind === 'mentor')) found.push('mentor')
  if (own.some((work) => work.kind === 'co-author')) found.push('co-author')
  return found
}
