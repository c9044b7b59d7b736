/** An innovation of somebody else that the agency runs, as services and letters say; they come from another room. */
export type Adopted = {
  /** Code in the gallery. */
  innovation: string
  name: string
  ownerName: string
  unitName: string | null
  since: Date
  version: string
  stage: 'installed' | 'configured' | 'first-case' | 'active' | 'outcome'
}
/** With the row of the register that names it there, where it is named. */
export type AdoptedAward = Adopted & { award: { id: string; year: number | null } | null }

/** What a proposal in the group for replications says of the original, taken from data and not from typing. */
export type Lineage = {
  innovation: string
  name: string
  owner: string
  unit: string | null
  /** The day on which it was installed here: YYYY-MM-DD. */
  since: string
  version: string
  stage: Adopted['stage']
}
export const lineageOf = ({ innovation, name, ownerName, unitName, since, version, stage }: Adopted): Lineage => ({
  innovation,
  name,
  owner: ownerName,
  unit: unitName,
  since: new Date(since.getTime() + 7 * 3_600_000).toISOString().slice(0, 10),
  version,
  stage,
})
