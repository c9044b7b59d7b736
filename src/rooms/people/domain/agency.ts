import { type Decision, decide, refuse } from '#platform/result.ts'

export type AgencyKind = 'ministry' | 'institution' | 'province' | 'regency' | 'city' | 'bumn' | 'bumd'
export const agencyKinds: readonly AgencyKind[] = [
  'ministry',
  'institution',
  'province',
  'regency',
  'city',
  'bumn',
  'bumd',
]

export type Agency = { id: string; code: string; kind: AgencyKind; name: string; region: string | null; demo: boolean }
export type Unit = { agency: string; id: string; name: string }

export type RegionKind = 'province' | 'regency' | 'city' | 'district' | 'village'
export const regionKinds: readonly RegionKind[] = ['province', 'regency', 'city', 'district', 'village']
export type Region = { code: string; kind: RegionKind; name: string; within: string | null }

/** The kinds of region an agency of this kind belongs to; none for the national ones. */
export function regionKindsOf(kind: AgencyKind): readonly RegionKind[] {
  if (kind === 'province' || kind === 'regency' || kind === 'city') return [kind]
  return kind === 'bumd' ? ['province', 'regency', 'city'] : []
}

/** Whether agency and region fit: a regency government lies in a regency; a ministry in none. */
export function judgeRegion(
  kind: AgencyKind,
  region: { kind: RegionKind } | null,
): Decision<null, 'region-needed' | 'region-not-that-kind' | 'region-not-here'> {
  const kinds = regionKindsOf(kind)
  if (!region) return kinds.length === 0 ? decide(null) : refuse('region-needed')
  if (kinds.length === 0) return refuse('region-not-here')
  return kinds.includes(region.kind) ? decide(null) : refuse('region-not-that-kind')
}
