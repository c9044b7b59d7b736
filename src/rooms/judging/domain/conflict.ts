/** Why a pair must not meet. `declared` comes from the evaluator, the others from what is known of the evaluator. */
export const conflictSources = ['declared', 'home-region', 'employer', 'mentor', 'co-author'] as const
export type ConflictSource = (typeof conflictSources)[number]
export type DerivedSource = Exclude<ConflictSource, 'declared'>

/**
 * An innovation that somebody mentored or wrote with others earlier. `innovation` is its identity in the register of
 * winners, where the register knows it; `names` are the names under which it stands there for this agency.
 */
export type Involvement = {
  id: string
  kind: 'mentor' | 'co-author'
  agency: string
  title: string
  innovation: string | null
  names: readonly string[]
}

/** What is known of an evaluator and can be a conflict. Region codes are Kemendagri's: `35` a province, `35.10` a regency in it. */
export type Known = { homeRegion: string | null; employer: string | null; involvements: readonly Involvement[] }

/** `innovation`: the identity in the register of an entry that was declared to be an earlier winner. */
type Entry = { agency: string; agencyRegion: string | null; title: string; innovation: string | null }

/** A conflict, and what it follows from: whoever clears it clears it for this basis only. */
export type Derived = { source: DerivedSource; basis: string }

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

/**
 * Is this entry that innovation? By identity wherever both are known, under whatever title and agency; and by agency and
 * title all the same, because an identity that nobody declared hides no conflict.
 */
export function isWork(work: Involvement, entry: Entry): boolean {
  if (work.innovation !== null && work.innovation === entry.innovation) return true
  const title = foldTitle(entry.title)
  return work.agency === entry.agency && [work.title, ...work.names].some((name) => foldTitle(name) === title)
}

/** The derived conflicts of one evaluator with one entry, in the order of `conflictSources`. */
export function derivedConflicts(known: Known, entry: Entry): Derived[] {
  const found: Derived[] = []
  if (known.homeRegion !== null && entry.agencyRegion !== null && regionsTouch(known.homeRegion, entry.agencyRegion))
    found.push({ source: 'home-region', basis: known.homeRegion })
  if (known.employer !== null && known.employer === entry.agency)
    found.push({ source: 'employer', basis: known.employer })
  const own = known.involvements.filter((work) => isWork(work, entry))
  for (const kind of ['mentor', 'co-author'] as const) {
    const ids = own.filter((work) => work.kind === kind).map((work) => work.id)
    if (ids.length > 0) found.push({ source: kind, basis: ids.sort().join(' ') })
  }
  return found
}
