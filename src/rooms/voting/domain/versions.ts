/**
 * Versions of one polling place's result (R48). A sheet is known by the first 20 digits of its hash, which stand on it in print,
 * so that one typed by hand and one that arrives signed later are found to be the same sheet.
 */
export type Version = {
  /** 64 hexadecimal digits: of the signed text, of what was typed, or of what an audit counted. */
  hash: string
  /** The first 20 hexadecimal digits of the hash printed on the sheet. */
  sheet: string
  version: number
  /** The sheet that it corrects. */
  corrects: string | null
  how: 'signed' | 'typed' | 'audit'
  votes: readonly number[]
  blank: number
  present: number
}

/** Which version of a polling place counts, or why none does. */
export type Standing<V extends Version> =
  | { kind: 'missing' }
  | { kind: 'counted' | 'corrected'; head: V }
  /** Several versions that nobody corrected: none counts until the committee has said which one, with its reason (T31). */
  | { kind: 'contradicting'; heads: readonly V[] }

export const sheetOf = (hash: string): string => hash.slice(0, 20)

const numbersOf = ({ votes, blank, present }: Version) => JSON.stringify([votes, blank, present])

/**
 * Follow the corrections to what counts. `settled` is the sheet that the committee chose among contradicting ones: it counts
 * (or what corrects it), as long as no version came that it did not know (`known`, the sheets it chose among).
 */
export function standingOf<V extends Version>(
  versions: readonly V[],
  settled?: { sheet: string; known: readonly string[] },
): Standing<V> {
  if (versions.length === 0) return { kind: 'missing' }
  const corrected = new Set(versions.map(({ corrects }) => corrects))
  const heads = versions.filter(({ sheet }) => !corrected.has(sheet))
  // The same sheet typed and signed: the signed one speaks, unless their numbers differ.
  const sheets = [...Map.groupBy(heads, ({ sheet }) => sheet).values()]
  const agreed = sheets.filter((same) => new Set(same.map(numbersOf)).size === 1)
  const single = sheets.length === 1 && agreed.length === 1 ? speaks(sheets[0]!) : undefined
  if (single) return { kind: single.version > 1 ? 'corrected' : 'counted', head: single }
  const chosen = settled && chosenHead(versions, settled)
  return chosen ? { kind: 'corrected', head: chosen } : { kind: 'contradicting', heads }
}

const speaks = <V extends Version>(same: readonly V[]): V => same.find(({ how }) => how === 'signed') ?? same[0]!

function chosenHead<V extends Version>(
  versions: readonly V[],
  { sheet, known }: { sheet: string; known: readonly string[] },
): V | undefined {
  const chosen = versions.filter((each) => each.sheet === sheet)
  if (chosen.length === 0) return undefined
  let head = speaks(chosen)
  const line = new Set([sheet])
  for (;;) {
    const next = versions.filter(({ corrects, sheet: own }) => corrects === head.sheet && !line.has(own))
    if (new Set(next.map((each) => each.sheet)).size > 1) return undefined
    if (next.length === 0) break
    head = speaks(next)
    line.add(head.sheet)
  }
  return versions.every((each) => line.has(each.sheet) || known.includes(each.sheet)) ? head : undefined
}

/** Whether a new version continues what is there: the first of all, or a correction of a sheet that is known, one number on. */
export function continues(versions: readonly Version[], next: Pick<Version, 'version' | 'corrects'>): boolean {
  if (next.corrects === null) return next.version === 1
  return versions.some(({ sheet, version }) => sheet === next.corrects && version === next.version - 1)
}

/** The sheets of all versions, always in the same order: what a choice among them was made from. */
export const knownOf = (versions: readonly Pick<Version, 'sheet'>[]): string[] =>
  [...new Set(versions.map(({ sheet }) => sheet))].sort()

export const sameKnown = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((sheet, i) => sheet === b[i])
