import type { z } from 'zod'
import { ownersOf } from '#competition'
import type { Action } from '#platform/action.ts'
import { type Letter, post } from '#platform/mail.ts'
import { decide, refuse } from '#platform/result.ts'
import type { Finalist } from '../domain/decision.ts'
import { collision, type Interview, type Planned, planInterviews, slotsFor } from '../domain/interview.ts'
import { hasConflict, type Member } from '../domain/member.ts'
import { isStageOpen, type PanelRound } from '../domain/panel.ts'
import { attendanceForm, moveInterviewForm, scheduleForm, sheetForm } from '../forms/interview.ts'
import { nothingTyped } from '../forms/panel.ts'
import { mayPanel } from '../permissions/panel.ts'
import { listFinalists } from '../store/decision.ts'
import * as stored from '../store/interview.ts'
import { listInterests, listMembers } from '../store/member.ts'
import { holdPanelRound } from '../store/panel.ts'
import { interviewLetter } from './letters.ts'

type Plan = { round: PanelRound; finalists: Finalist[]; interviews: Interview[]; members: Member[] }

async function holdPlan(...[tx, actor, id]: Parameters<typeof holdPanelRound>): Promise<Plan | undefined> {
  const round = await holdPanelRound(tx, actor, id)
  if (!round) return undefined
  const [finalists, interviews] = [await listFinalists(tx, id), await stored.listInterviews(tx, id)]
  return { round, finalists, interviews, members: await listMembers(tx) }
}

/** Plan all interviews anew. Possible until the first invitation goes out. */
export const scheduleInterviews: Action<
  Plan,
  z.output<typeof scheduleForm>,
  { planned: readonly Planned[]; place: string },
  'stage-not-open' | 'no-such-stage' | 'invited-already' | 'too-few-slots' | 'too-few-members'
> = {
  name: 'judging.interviews-planned',
  find: holdPlan,
  may: mayPanel.planInterviews,
  input: scheduleForm,
  decide: ({ round, finalists, interviews, members }, typed) => {
    const { interview } = round.rules
    if (!interview) return refuse('no-such-stage')
    if (!isStageOpen(round, 'interview')) return refuse('stage-not-open')
    if (interviews.some((each) => each.invited)) return refuse('invited-already')
    const minutes = interview.minutesPresentation + interview.minutesQuestions
    const slots = slotsFor({ ...typed, weekend: typed.weekend !== undefined, minutes })
    const owned = finalists.map(({ id, agency, agencyRegion }) => ({ proposal: id, agency, agencyRegion }))
    const planned = planInterviews(owned, slots, members, typed.members)
    return planned.ok ? decide({ planned: planned.change, place: typed.place }) : planned
  },
  save: (tx, { round }, { planned, place }) => stored.replacePlan(tx, round.id, planned, place),
  tell: ({ planned }) => ({ interviews: planned.length }),
  scope: () => null,
}

/** Invite everybody who is not invited yet, by letter, with the time where they live. */
export const inviteFinalists: Action<Plan, object, { invited: number }, 'nobody-to-invite' | 'stage-not-open'> = {
  name: 'judging.interviews-announced',
  find: holdPlan,
  may: mayPanel.planInterviews,
  input: nothingTyped,
  decide: ({ round, interviews }) => {
    if (!isStageOpen(round, 'interview')) return refuse('stage-not-open')
    const invited = interviews.filter((each) => !each.invited).length
    return invited > 0 ? decide({ invited }) : refuse('nobody-to-invite')
  },
  save: async (tx, { round, interviews, finalists }, _, { now }) => {
    const zones = await stored.zonesOf(
      tx,
      interviews.map((each) => each.agency),
    )
    const letters: Letter[] = []
    for (const interview of interviews.filter((each) => !each.invited)) {
      const title = finalists.find((each) => each.id === interview.proposal)?.title ?? ''
      for (const owner of await ownersOf(tx, { agency: interview.agency, id: interview.proposal })) {
        const zone = zones.get(interview.agency) ?? 'WIB'
        const { starts: when, place, proposal: id } = interview
        letters.push(interviewLetter(owner, { title, when, zone, place, id }))
      }
    }
    await stored.markInvited(tx, round.id, now)
    await post(tx, letters)
  },
  tell: ({ invited }) => ({ invited }),
  scope: () => null,
}

type Held = stored.InterviewFound

/** Give one interview another time or room; its owners are invited again. */
export const moveInterview: Action<
  Held & { others: (Interview & { members: string[] })[] },
  z.output<typeof moveInterviewForm>,
  { starts: Date; ends: Date; room: number; place: string },
  'stage-not-open' | 'interviews-closed' | 'slot-taken' | 'member-busy' | 'interview-over'
> = {
  name: 'judging.interview-moved',
  find: async (tx, actor, id) => {
    const found = await stored.holdInterview(tx, actor, id)
    if (!found) return undefined
    const sittings = await stored.listSittings(tx, found.round.id)
    const others = (await stored.listInterviews(tx, found.round.id)).map((each) => ({
      ...each,
      members: sittings.filter((s) => s.proposal === each.proposal).map((s) => s.member),
    }))
    return { ...found, others }
  },
  may: mayPanel.planInterviews,
  input: moveInterviewForm,
  decide: ({ round, interview, members, others }, { day, time, room, place }, { now }) => {
    if (!isStageOpen(round, 'interview')) return refuse('stage-not-open')
    if (interview.closed) return refuse('interviews-closed')
    const starts = new Date(`${day}T${time}:00+07:00`)
    if (starts <= now) return refuse('interview-over')
    const ends = new Date(starts.getTime() + (interview.ends.getTime() - interview.starts.getTime()))
    const moved = { proposal: interview.proposal, starts, ends, room, members: members.map((m) => m.member) }
    const met = collision(moved, others)
    return met ? refuse(met) : decide({ starts, ends, room, place })
  },
  save: (tx, { interview }, change) => stored.moveInterview(tx, interview, change),
  tell: ({ starts, room }) => ({ starts: starts.toISOString(), room }),
  scope: ({ interview }) => interview.agency,
}

/** The owners say that they come, and who. */
export const confirmInterview: Action<
  Held,
  z.output<typeof attendanceForm>,
  { attendance: string },
  'interview-over'
> = {
  name: 'judging.interview-confirmed',
  find: stored.holdInterview,
  may: (actor, { interview, unit }) => mayPanel.confirmInterview(actor, { agency: interview.agency, unit }),
  input: attendanceForm,
  decide: ({ interview }, { attendance }, { now }) =>
    now < interview.starts ? decide({ attendance }) : refuse('interview-over'),
  save: (tx, { interview }, { attendance }, { actor, now }) =>
    stored.saveConfirmation(tx, interview, { attendance, by: actor.id!, at: now }),
  tell: () => ({}),
  scope: ({ interview }) => interview.agency,
}

/** A panel member's own sheet for one interview. */
export const giveInterviewScore = (
  criteria: readonly string[],
): Action<
  Held & { conflicted: boolean },
  Record<string, number | null | string | undefined>,
  { done: boolean },
  'stage-not-open' | 'interviews-closed' | 'interview-not-yet' | 'points-missing' | 'interview-conflict'
> => {
  // The points themselves pass `tell` and the form's token by: until the interviews close they are the member's alone.
  let sheet: { points: Record<string, number | null>; note: string } | undefined
  return {
    name: 'judging.interview-scored',
    find: async (tx, actor, id) => {
      const found = await stored.holdInterview(tx, actor, id)
      if (!found) return undefined
      const { agency, agencyRegion } = found.finalist
      const interests = await listInterests(tx, actor.id ?? '')
      return { ...found, conflicted: hasConflict({ interests }, { proposal: id, agency, agencyRegion }) }
    },
    may: (actor, { own }) => mayPanel.scoreInterview(actor, own),
    input: sheetForm(criteria),
    decide: ({ round, interview, conflicted }, typed, { now }) => {
      // Declared after the plan was made: the seat stays empty, and a missing sheet lowers no mean.
      if (conflicted) return refuse('interview-conflict')
      if (interview.closed) return refuse('interviews-closed')
      if (!isStageOpen(round, 'interview')) return refuse('stage-not-open')
      if (now < interview.starts) return refuse('interview-not-yet')
      const points = Object.fromEntries(criteria.map((key) => [key, typed[`points-${key}`] as number | null]))
      if (typed.done !== undefined && Object.values(points).includes(null)) return refuse('points-missing')
      sheet = { points, note: typed.note as string }
      return decide({ done: typed.done !== undefined })
    },
    save: (tx, { own }, { done }, { now }) => stored.saveSheet(tx, own!, { ...sheet!, done: done ? now : null }),
    subject: (_, { round }) => round.id,
    tell: ({ done }, { finalist }) => ({ number: finalist.number, done }),
    scope: () => null,
  }
}

/** Close the interviews: sheets can no longer change, and the panel sees all of them. */
export const closeInterviews: Action<Plan, object, { unfinished: number }, 'no-interviews' | 'interviews-closed'> = {
  name: 'judging.interviews-closed',
  find: holdPlan,
  may: mayPanel.planInterviews,
  input: nothingTyped,
  decide: ({ interviews }) => {
    if (interviews.length === 0) return refuse('no-interviews')
    const open = interviews.filter((each) => !each.closed).length
    return open === 0 ? refuse('interviews-closed') : decide({ unfinished: open })
  },
  save: (tx, { round }, _, { now }) => stored.closeAll(tx, round.id, now),
  tell: () => ({}),
  scope: () => null,
}
