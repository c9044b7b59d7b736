import type { Rules } from '#competition'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { hasConflict, type Member } from './member.ts'
import { type ProposalScore, proposalScore, type Rounding } from './score.ts'
import { byCodeUnit } from './seeded.ts'

export type Interview = {
  agency: string
  proposal: string
  starts: Date
  ends: Date
  place: string
  room: number
  invited: Date | null
  confirmed: Date | null
  attendance: string | null
  closed: Date | null
}

/** One member's sheet: points by criterion, null not given. Sealed to its member until the interviews are closed. */
export type InterviewSheet = {
  proposal: string
  member: string
  points: Readonly<Record<string, number | null>>
  note: string
  done: Date | null
}

export type SlotWishes = {
  /** Calendar dates, `YYYY-MM-DD`. */
  firstDay: string
  lastDay: string
  weekend: boolean
  /** Western Indonesian Time, `HH:MM`. */
  from: string
  to: string
  minutes: number
  pause: number
  rooms: number
}
export type Slot = { starts: Date; ends: Date; room: number }

/** All slots of these days, by time and then by room. A slot that would end after `to` is not one. */
export function slotsFor(wishes: SlotWishes): Slot[] {
  const slots: Slot[] = []
  const day = 86_400_000
  const first = Date.parse(`${wishes.firstDay}T00:00:00+07:00`)
  const last = Date.parse(`${wishes.lastDay}T00:00:00+07:00`)
  for (let midnight = first; midnight <= last && slots.length < 5000; midnight += day) {
    const weekday = new Date(midnight + 7 * 3_600_000).getUTCDay()
    if (!wishes.weekend && (weekday === 0 || weekday === 6)) continue
    const end = midnight + minutesOf(wishes.to) * 60_000
    for (
      let at = midnight + minutesOf(wishes.from) * 60_000;
      at + wishes.minutes * 60_000 <= end;
      at += (wishes.minutes + wishes.pause) * 60_000
    )
      for (let room = 1; room <= wishes.rooms; room++)
        slots.push({ starts: new Date(at), ends: new Date(at + wishes.minutes * 60_000), room })
  }
  return slots
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

export type Planned = Slot & { proposal: string; agency: string; members: string[] }
type Owned = { proposal: string; agency: string; agencyRegion: string | null }

/**
 * Give every finalist a slot and `each` members: nobody in two rooms at once, nobody with a conflict, loads even. An entry
 * that no free members can hear in a slot waits for a later one.
 */
export function planInterviews(
  finalists: readonly Owned[],
  slots: readonly Slot[],
  members: readonly Member[],
  each: number,
): Decision<Planned[], 'too-few-slots' | 'too-few-members'> {
  const waiting = [...finalists]
  const load = new Map(members.map((member) => [member.id, 0]))
  const planned: Planned[] = []
  for (const slot of slots) {
    if (waiting.length === 0) break
    const busy = new Set(planned.filter((p) => p.starts.getTime() === slot.starts.getTime()).flatMap((p) => p.members))
    const free = members
      .filter((member) => !busy.has(member.id))
      .sort((a, b) => load.get(a.id)! - load.get(b.id)! || byCodeUnit(a.id, b.id))
    const index = waiting.findIndex((entry) => free.filter((m) => !hasConflict(m, entry)).length >= each)
    if (index === -1) continue
    const [entry] = waiting.splice(index, 1)
    const chosen = free.filter((m) => !hasConflict(m, entry!)).slice(0, each)
    for (const { id } of chosen) load.set(id, load.get(id)! + 1)
    planned.push({ ...slot, proposal: entry!.proposal, agency: entry!.agency, members: chosen.map((m) => m.id) })
  }
  if (waiting.length === 0) return decide(planned)
  const heard = (entry: Owned) => members.filter((m) => !hasConflict(m, entry)).length >= each
  return refuse(waiting.every(heard) ? 'too-few-slots' : 'too-few-members')
}

/** Does a moved interview run into another one of its room or of its members? */
export function collision(
  moved: { proposal: string; starts: Date; ends: Date; room: number; members: readonly string[] },
  others: readonly { proposal: string; starts: Date; ends: Date; room: number; members: readonly string[] }[],
): 'slot-taken' | 'member-busy' | undefined {
  for (const other of others) {
    if (other.proposal === moved.proposal || other.starts >= moved.ends || moved.starts >= other.ends) continue
    if (other.room === moved.room) return 'slot-taken'
    if (other.members.some((member) => moved.members.includes(member))) return 'member-busy'
  }
  return undefined
}

/** The criteria of the interview as score.ts counts them. */
export const interviewCriteria = (rules: Rules) =>
  (rules.interview?.sheet ?? []).map(({ key, weight }) => ({ id: key, weight }))

export const roundingOf = (rules: Rules): Rounding => ({
  decimals: Math.min(2, rules.scoring.decimals) as 0 | 1 | 2,
  half: 'up',
})

/** The mean of an interview over finished and complete sheets: one that is missing lowers nobody's mean. */
export function interviewScore(rules: Rules, proposal: string, sheets: readonly InterviewSheet[]): ProposalScore {
  const finished = sheets
    .filter((sheet) => sheet.proposal === proposal && sheet.done)
    .map(({ member, points }) => ({ proposal, evaluator: member, points }))
  return proposalScore(proposal, interviewCriteria(rules), finished, roundingOf(rules))
}
