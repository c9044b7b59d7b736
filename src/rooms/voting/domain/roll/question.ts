import { ageOn, readNik } from '#platform/nik.ts'
import type { Marital } from './row.ts'

/**
 * What the committee must look at before the roll is fixed. None of these is a mistake by itself: a NIK can carry a wrong date
 * since birth, a wife of 16 votes, two Sitis were born on one day. `wave`: the same NIK in another village of the same day.
 */
export const questionKinds = ['wave', 'young', 'alike', 'nik-date', 'nik-born', 'nik-sex', 'no-age'] as const
export type QuestionKind = (typeof questionKinds)[number]

/** A voter in the roll as questions need them. */
export type Listed = {
  readonly id: string
  readonly nik: string
  readonly name: string
  readonly born: string | null
  readonly sex: 'L' | 'P' | null
  readonly marital: Marital | null
  readonly address: string
}

/** `other`: whom the question is also about; the smaller id is always `voter`, so that a pair is asked about once. */
export type Question = { readonly kind: QuestionKind; readonly voter: string; readonly other?: string }
export const keyOf = ({ kind, voter, other }: Question): string => [kind, voter, ...(other ? [other] : [])].join(':')

/** Letters alone, without titles before and after, so that "H. Moh. Yusuf, S.Pd" meets "Moh Yusuf". */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/,.*$/, '')
    .replace(/^(?:(?:hj?|drs?|dra|ir|prof|kh?|ny|tn)\.?\s+)+/, '')
    .replace(/[^a-z]+/g, '')

/**
 * All questions of a roll, in the order of kinds and voters. `held`: the day of the election, by which somebody is 17 or
 * married. `elsewhere`: ids of voters whose NIK is also in another village of the wave.
 */
export function questionsOf(
  voters: readonly Listed[],
  { held, elsewhere }: { held: string; elsewhere: ReadonlySet<string> },
): Question[] {
  const found: Question[] = []
  for (const { id, nik, born, sex, marital } of voters) {
    const ask = (kind: QuestionKind) => found.push({ kind, voter: id })
    if (elsewhere.has(id)) ask('wave')
    if (born === null) ask('no-age')
    else if (ageOn(born, held) < 17 && (marital ?? 'B') === 'B') ask('young')
    const says = readNik(nik, {
      today: held,
      allowSynthetic: true,
      declared: { birthDate: born ?? undefined, sex: sex === 'P' ? 'female' : sex === 'L' ? 'male' : undefined },
    })
    if (!says.ok) ask('nik-date')
    if (says.warnings.includes('birth-date')) ask('nik-born')
    if (says.warnings.includes('sex')) ask('nik-sex')
  }
  // The same name and birthday, or the same name at the same address.
  const pairs = new Map<string, Question>()
  for (const sameOf of [
    ({ name, born }: Listed) => (born ? `${plainName(name)} ${born}` : ''),
    ({ name, address }: Listed) => (address ? `${plainName(name)} ${address.toLowerCase()}` : ''),
  ])
    for (const [same, group] of Map.groupBy(voters, sameOf)) {
      if (same === '' || group.length < 2) continue
      const ids = group.map(({ id }) => id).sort()
      // Of three or more each is asked about with the next, not everybody with everybody.
      for (const [at, voter] of ids.slice(0, -1).entries()) {
        const question: Question = { kind: 'alike', voter, other: ids[at + 1]! }
        pairs.set(keyOf(question), question)
      }
    }
  return [...found, ...pairs.values()].sort(
    (a, b) => questionKinds.indexOf(a.kind) - questionKinds.indexOf(b.kind) || (keyOf(a) < keyOf(b) ? -1 : 1),
  )
}

/** Polling places with more voters than planned for (R34: 500, which no text that we read confirms): a warning, never a stop. */
export const crowded = <Tps extends { readonly voters: number }>(places: readonly Tps[], most: number): Tps[] =>
  places.filter(({ voters }) => voters > most)
