import { type Decision, decide, refuse } from '#platform/result.ts'

/**
 * The life of a replication. Steps as they are in practice (minat, kesepakatan, persetujuan, implementasi, sertifikat);
 * verification of the interest may be left out. A package under an open licence can be installed in any of the states
 * before the end: what its licence allows needs nobody's approval, only the certificate does.
 */
export const states = [
  'interest',
  'verified',
  'agreed',
  'approved',
  'implementing',
  'certified',
  'declined',
  'ended',
] as const
export type State = (typeof states)[number]
export const isOver = (state: State) => state === 'certified' || state === 'declined' || state === 'ended'

/** Whose move: of the one who copies, of the one whose innovation it is, of who verifies (a coach of the area), of the nation. */
export type Side = 'adopter' | 'owner' | 'verifier' | 'national'
type Line = { from: readonly State[]; to: State; by: readonly Side[]; note: 'none' | 'may' | 'must' }

export const moves = {
  verify: { from: ['interest'], to: 'verified', by: ['verifier', 'national'], note: 'may' },
  sign: { from: ['interest', 'verified'], to: 'agreed', by: ['adopter', 'owner'], note: 'none' },
  approve: { from: ['agreed'], to: 'approved', by: ['owner'], note: 'may' },
  begin: { from: ['approved'], to: 'implementing', by: ['adopter'], note: 'may' },
  certify: { from: ['implementing'], to: 'certified', by: ['owner', 'national'], note: 'may' },
  decline: {
    from: ['interest', 'verified', 'agreed'],
    to: 'declined',
    by: ['owner', 'verifier', 'national'],
    note: 'must',
  },
  end: {
    from: ['interest', 'verified', 'agreed', 'approved', 'implementing'],
    to: 'ended',
    by: ['adopter', 'owner'],
    note: 'must',
  },
} as const satisfies Record<string, Line>
export type Move = keyof typeof moves
export const moveNames = Object.keys(moves) as Move[]

export type Standing = {
  state: State
  owner: string | null
  /** Another unit of the owner's own agency: one office signs for both. */
  expansion: boolean
  agreedOwner: Date | null
  agreedAdopter: Date | null
  /** The service that it runs by; none where there is no package. */
  service: string | null
  firstCase: Date | null
}

/** What these sides may do now. A side that has signed waits for the other. */
export function movesNow(standing: Standing, sides: readonly Side[]): Move[] {
  return moveNames.filter((name) => {
    const { from, by }: Line = moves[name]
    if (!from.includes(standing.state) || !by.some((side) => sides.includes(side))) return false
    return name !== 'sign' || signatures(standing, sides).length > 0
  })
}

const signatures = ({ agreedOwner, agreedAdopter }: Standing, sides: readonly Side[]) =>
  (['owner', 'adopter'] as const).filter(
    (side) => sides.includes(side) && (side === 'owner' ? agreedOwner : agreedAdopter) === null,
  )

export type Moved = { state: State; signs: readonly ('owner' | 'adopter')[]; note: string | null }
export type MoveRefusal = 'not-now' | 'owner-unknown' | 'reason-needed' | 'no-case-yet' | 'evidence-needed'

/**
 * Make a move. An agreement holds when both have signed. What was installed before the approval is implementation at
 * once. A certificate needs a first case where there is a package; where there is none, the words of what was seen.
 */
export function judgeMove(
  standing: Standing,
  name: Move,
  sides: readonly Side[],
  note: string | null,
): Decision<Moved, MoveRefusal> {
  if (!movesNow(standing, sides).includes(name)) return refuse('not-now')
  const line: Line = moves[name]
  if (line.note === 'must' && !note) return refuse('reason-needed')
  const moved = { state: line.to, signs: [] as ('owner' | 'adopter')[], note }
  if (name === 'sign') {
    if (standing.owner === null) return refuse('owner-unknown')
    const signs = standing.expansion ? (['owner', 'adopter'] as const) : signatures(standing, sides)
    const both =
      (standing.agreedOwner !== null || signs.includes('owner')) &&
      (standing.agreedAdopter !== null || signs.includes('adopter'))
    return decide({ ...moved, signs: [...signs], state: both ? line.to : standing.state })
  }
  if (name === 'approve' && standing.service !== null) return decide({ ...moved, state: 'implementing' as const })
  if (name === 'certify') {
    if (standing.service !== null && standing.firstCase === null) return refuse('no-case-yet')
    if (standing.service === null && (note ?? '').length < 20) return refuse('evidence-needed')
  }
  return decide(moved)
}
