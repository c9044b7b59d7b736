import type { Profile } from './profile.ts'

export const electionStates = ['preparing', 'sealed', 'held', 'decided', 'closed'] as const
export type ElectionState = (typeof electionStates)[number]
export type Mode = 'real' | 'practice'
/** `deliberation`: musyawarah mufakat, without a ballot (R30). */
export type ElectionKind = 'contest' | 'empty-box' | 'deliberation'
export const committeeRoles = ['chair', 'secretary', 'member'] as const
export type CommitteeRole = (typeof committeeRoles)[number]
export type GroupName = 'BELENIOS-2048' | 'Ed25519'

/** Colours of invitations that people tell apart by name (R20). */
export const colours = ['hijau', 'kuning', 'biru', 'merah', 'putih', 'jingga', 'ungu', 'cokelat'] as const

/** The election of one village as everybody in this room knows it. Times are instants, `held` a calendar date. */
export type Election = {
  agency: string
  id: string
  wave: string
  waveName: string
  held: string
  village: string
  villageName: string
  districtName: string
  regencyName: string
  agencyName: string
  name: string
  mode: Mode
  kind: ElectionKind
  profile: Profile
  state: ElectionState
  group: GroupName
  /** Who holds the trustee key that is not at the polling place. */
  outside: string
  needed: number
  /** What this reader is in its committee. */
  member: CommitteeRole | null
}
