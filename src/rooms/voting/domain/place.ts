import { colours } from './election.ts'

/** A polling place as it is planned. */
export type Place = {
  agency: string
  election: string
  id: string
  number: number
  place: string
  address: string
  colour: string
  hamlet: string | null
  desks: number
  booths: number
  mobile: number
}
export type NewPlace = Omit<Place, 'agency' | 'election' | 'id'>

/** How villages have set up their polling places (R20). Numbers of the first two are those that were reported. */
export const shapes = ['babakan', 'kebonbimo', 'sleman'] as const
export type Shape = (typeof shapes)[number]

/**
 * Polling places of a village with so many voters after one of three real set-ups. Babakan 2017: three on one field, five
 * booths and three desks each, an invitation colour for each. Kebonbimo: one place, five booths. Sleman 2020: as many places as keep
 * each at 500 voters or fewer, one booth each.
 */
export function placesAfter(shape: Shape, voters: number, votersPerTps: number, where: string): NewPlace[] {
  const places = (n: number, of: Pick<NewPlace, 'desks' | 'booths'>) =>
    Array.from({ length: n }, (_, at) => ({
      number: at + 1,
      place: n === 1 || shape === 'babakan' ? where : `${where} ${at + 1}`,
      address: where,
      colour: colours[at % colours.length]!,
      hamlet: null,
      mobile: 0,
      ...of,
    }))
  switch (shape) {
    case 'babakan':
      return places(3, { desks: 3, booths: 5 })
    case 'kebonbimo':
      return places(1, { desks: 2, booths: 5 })
    case 'sleman':
      return places(Math.max(1, Math.ceil(voters / votersPerTps)), { desks: 1, booths: 1 })
  }
}

export const officerRoles = ['chair', 'officer', 'operator', 'witness', 'supervisor'] as const
export type OfficerRole = (typeof officerRoles)[number]

/** Who serves; without a polling place, at all of the village. */
export type Officer = {
  agency: string
  election: string
  tps: string | null
  id: string
  name: string
  role: OfficerRole
  /** Ed25519 key of the card that the ceremony made. */
  key: string | null
  candidate: number | null
  trustee: boolean
}

/** Who holds a part of the key at a polling place, in the order of their names' ids. */
export const trusteesAt = (officers: readonly Officer[], tps: string): Officer[] =>
  officers.filter((officer) => officer.trustee && (officer.tps === tps || officer.tps === null))
/** Who serves at a polling place. */
export const officersAt = (officers: readonly Officer[], tps: string): Officer[] =>
  officers.filter((officer) => officer.tps === tps || officer.tps === null)

export type OfficerGap = 'no-chair' | 'one-officer' | 'no-witness' | 'no-supervisor' | 'few-trustees'

/**
 * What is missing at a polling place: a chair, a second officer (acts need two), somebody who watches for each candidate, a
 * supervisor, and more trustees than are needed, so that one lost card does not lose the result (R71).
 */
export function officerGaps(
  officers: readonly Officer[],
  tps: string,
  candidates: readonly number[],
  needed: number,
): OfficerGap[] {
  const here = officersAt(officers, tps)
  const served = (role: OfficerRole) => here.filter((officer) => officer.role === role)
  return [
    ...(served('chair').length === 0 ? (['no-chair'] as const) : []),
    ...(served('chair').length + served('officer').length < 2 ? (['one-officer'] as const) : []),
    ...(candidates.some((number) => !served('witness').some(({ candidate }) => candidate === number))
      ? (['no-witness'] as const)
      : []),
    ...(served('supervisor').length === 0 ? (['no-supervisor'] as const) : []),
    ...(trusteesAt(officers, tps).length <= needed ? (['few-trustees'] as const) : []),
  ]
}
