import { type ReferenceReport, verifyReference } from '../reference/index.ts'
import type { Report } from '../verify/report.ts'
import { type RuleId, ruleOf, rules } from '../verify/rules.ts'
import { shown } from '../verify/say.ts'
import type { Language } from '../verify/words.ts'

/** What the second verifier says of an archive, as plain data. `agrees`: both say the same of it, and of its result where there is one. */
export interface Second {
  readonly verdict: ReferenceReport['verdict']
  readonly agrees: boolean
  readonly faults: readonly { readonly rule: string; readonly place: string }[]
  readonly notCanonical: ReferenceReport['notCanonical']
  readonly unsupported: readonly string[]
}

/** Judges the archive once more by the verifier that was written apart, and compares with what the first has said. All of it in memory, and slowly. */
export function judgeSecond(bytes: Uint8Array, first: Report): Second {
  const { verdict, stage, faults, notCanonical, unsupported, result } = verifyReference(bytes)
  const said = first.result?.map(({ blank, answers }) => [
    ...(blank === undefined ? [] : [`${blank}`]),
    ...answers.map(({ votes }) => `${votes}`),
  ])
  const same =
    stage === first.stage &&
    (verdict !== 'sound' || JSON.stringify(result?.map((each) => each.map(String))) === JSON.stringify(said))
  // "Not canonical" and the rules of a profile are no fault of the format: the second one has no profile.
  const wanted = { sound: 'sound', 'not-canonical': 'sound', profile: 'sound', refused: 'refused', unusable: undefined }
  const agrees = wanted[first.verdict] === verdict && (verdict === 'refused' || same)
  return { verdict, agrees, faults, notCanonical, unsupported }
}

const words = {
  id: {
    title: 'Pemeriksa kedua',
    verdicts: {
      sound: 'SAH',
      refused: 'DITOLAK (nomor mulai dari 0)',
      unsupported: 'TIDAK DIPERIKSA: jenis ini tidak dikenalnya',
    },
    agrees: 'Kedua pemeriksa sependapat.',
    differs: 'KEDUA PEMERIKSA TIDAK SEPENDAPAT. Mohon jangan mengandalkan salah satunya; laporkan arsip ini.',
  },
  en: {
    title: 'Second verifier',
    verdicts: {
      sound: 'SOUND',
      refused: 'REFUSED (numbers from 0)',
      unsupported: 'NOT JUDGED: it does not know this kind',
    },
    agrees: 'Both verifiers agree.',
    differs: 'THE TWO VERIFIERS DO NOT AGREE. Please do not rely on either; report this archive.',
  },
} as const

/** For people, in lines: each fault with its rule and its place. */
export function saySecond(
  { verdict, agrees, faults, notCanonical, unsupported }: Second,
  language: Language,
): string[] {
  const w = words[language]
  return [
    `  ${w.title}: ${w.verdicts[verdict]}`,
    ...faults.map(
      ({ rule, place }) =>
        `    - ${rule} ${shown(place)}${rule in rules ? `: ${ruleOf(rule as RuleId).says[language]}` : ''}`,
    ),
    ...notCanonical.map(({ place, what }) => `    - ${shown(place)}: ${shown(what)}`),
    ...unsupported.map((what) => `    - ${shown(what)}`),
    `  ${agrees ? w.agrees : w.differs}`,
  ]
}
