export const paperKinds = ['agreement', 'certificate'] as const
export type PaperKind = (typeof paperKinds)[number]

/** What stands on a paper, as it was when it was given. */
export type PaperContent = {
  innovation: { code: string; name: string }
  owner: string
  adopter: string
  area: string | null
  expansion: boolean
  signedOwner: string
  signedAdopter: string
  begins: string | null
  /** The package it runs by, and when a case was first opened; none where there is no package. */
  package: { id: string; version: string; installed: string; firstCase: string | null } | null
  demo: boolean
}

// KR = kesepakatan replikasi, SR = sertifikat replikasi. The form of the number is ours.
const marks: Record<PaperKind, string> = { agreement: 'KR', certificate: 'SR' }

/** SR-2026-0001: kind, year, and a number without gaps in that year. */
export const paperNumber = (kind: PaperKind, year: number, n: number): string =>
  `${marks[kind]}-${year}-${String(n).padStart(4, '0')}`

/** The year and number of a certificate as people type it; undefined when it is none. */
export function readNumber(text: string): { year: number; n: number } | undefined {
  const match = /^\s*SR-(\d{4})-(\d{4,6})\s*$/i.exec(text)
  return match ? { year: Number(match[1]), n: Number(match[2]) } : undefined
}

/** The year in Jakarta, by which papers are numbered. */
export const yearOf = (at: Date): number => new Date(at.getTime() + 7 * 3_600_000).getUTCFullYear()
