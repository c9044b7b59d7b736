/** An evaluator in the team of a round, with what can be a conflict. `sector` and `expertise` are category keys. */
export type Evaluator = {
  round: string
  person: string
  name: string
  email: string
  university: string | null
  sector: string | null
  expertise: string[]
  homeRegion: string | null
  homeRegionName: string | null
  employer: string | null
  employerName: string | null
  minLoad: number
  maxLoad: number
  confirmed: Date | null
  /** Who said that this is the person. */
  confirmedBy: string | null
  withdrawn: Date | null
  withdrawnReason: string | null
}
