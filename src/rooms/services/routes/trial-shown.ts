import { fill, formatDateTime, type Lang } from '#platform/text.ts'
import { dayOf } from '../domain/calendar.ts'
import type { Case } from '../domain/case.ts'
import { movesFrom, say } from '../domain/held.ts'
import { nationalHolidays } from '../domain/holidays.ts'
import type { Effect } from '../domain/moving.ts'
import type { Example } from '../domain/package/format/example.ts'
import type { Package } from '../domain/package/format/index.ts'
import { type Played, placeOfExample } from '../domain/rehearsal.ts'
import { explain } from '../domain/rule.ts'
import { shownClocks, shownValues, stateName } from '../domain/showing.ts'
import { problemSentence } from '../pages/problem.ts'
import type { Line, StepShown, TrialCase } from '../pages/trial.tsx'
import { words } from '../text/index.ts'

const nameOf = (
  list: readonly { id: string; names?: Record<string, string>; label?: Record<string, string> }[],
  id: string,
  lang: Lang,
) => {
  const found = list.find((one) => one.id === id)
  return found ? say(found.names ?? found.label ?? { id }, lang) : id
}

/** A moment of a trial as its clock shows it, with its zone. */
export const momentOf = (at: number, { zone }: Example, lang: Lang) => formatDateTime(new Date(at), lang, zone)

function lineOf(pkg: Package, effect: Effect, lang: Lang): Line[] {
  const w = words(lang)
  switch (effect.kind) {
    case 'sent': {
      const to = 'role' in effect.to ? nameOf(pkg.roles, effect.to.role, lang) : effect.to.phone
      return Object.entries(effect.text).map(([channel, text]) => ({
        text: fill(w.stepSent, { channel: (w as Record<string, string>)[`a-text.${channel}`] ?? channel, to }),
        detail: text,
        tone: 'message' as const,
      }))
    }
    case 'unsent':
      return [{ text: fill(w.stepUnsent, { message: effect.message }) }]
    case 'task': {
      const tasks = pkg.flows.flatMap((flow) => flow.tasks)
      return [
        {
          text: fill(w.stepTask, {
            role: nameOf(pkg.roles, effect.role, lang),
            task: nameOf(tasks, effect.task, lang),
          }),
        },
      ]
    }
    case 'told':
      return [{ text: fill(w.stepTold, { event: effect.event }) }]
    case 'opened':
      return [{ text: fill(w.stepOpened, { flow: nameOf(pkg.flows, effect.case.flow, lang) }) }]
    case 'forgotten':
      return [{ text: fill(w.stepForgotten, { purpose: nameOf(pkg.purposes, effect.purpose, lang) }) }]
    case 'dropped':
      return [{ text: fill(w.stepDropped, { fields: effect.fields.join(', ') }) }]
    case 'rule-failed':
      return [{ text: `${effect.rule}: ${effect.why}`, tone: 'bad' }]
  }
}

/** Why a move was refused, in words: what the package says, or the name of the rule. */
export function refusalOf(pkg: Package, flowId: string, moveId: string, refused: string, lang: Lang): string {
  const w = words(lang) as Record<string, string>
  const move = pkg.flows.find(({ id }) => id === flowId)?.moves.find(({ id }) => id === moveId)
  if (refused === 'guard' && move?.refusal) return say(move.refusal, lang)
  const check = pkg.forms.flatMap(({ checks }) => checks).find(({ id }) => id === refused)
  if (check) return say(check.says, lang)
  const [rule = '', field = ''] = refused.split(':')
  const known = w[`o-${rule}`]
  if (known) {
    const label = pkg.forms.flatMap(({ fields }) => fields).find(({ id }) => id === field)?.label
    return `${label ? say(label, lang) : field}: ${known}`
  }
  return w[rule === 'rule' ? 'rule-failed' : refused] ?? refused
}

/** `P2DT9H` → 2 hari 9 jam */
function spoken(duration: string, lang: Lang): string {
  const w = words(lang)
  const units = [w['c-unit-days'], w['c-unit-hours'], w['c-unit-minutes'], w['c-unit-seconds']]
  const amounts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration)?.slice(1) ?? []
  const said = amounts.flatMap((amount, i) => (amount ? [`${Number(amount)} ${units[i]}`] : []))
  return said.join(' ') || duration
}

/** Steps as a page tells them. `compare`: also whether each came out as the example expects. */
export function stepsShown(
  pkg: Package,
  example: Example,
  played: readonly Played[],
  lang: Lang,
  compare: boolean,
): StepShown[] {
  const w = words(lang)
  return played.map(({ step, at, cases, seen, refused, differences }) => {
    const { do: moveId, as: role, in: within, after, withdraw, expect } = example.steps[step]!
    const flowId = within ?? pkg.manifest.main
    const flow = pkg.flows.find(({ id }) => id === flowId)
    const it = cases.get(flowId)
    const title = moveId
      ? fill(w.tryAs, { move: nameOf(flow?.moves ?? [], moveId, lang), role: nameOf(pkg.roles, role ?? '', lang) })
      : withdraw
        ? fill(w.stepForgotten, { purpose: nameOf(pkg.purposes, withdraw, lang) })
        : fill(w.stepTime, { time: spoken(after ?? '', lang) })
    const earlier = (effect: Effect) =>
      effect.at < at ? ` (${fill(w.stepSince, { at: momentOf(effect.at, example, lang) })})` : ''
    const lines: Line[] = seen.flatMap((effect) =>
      lineOf(pkg, effect, lang).map((line) => ({ ...line, text: line.text + earlier(effect) })),
    )
    if (it && !refused) lines.push({ text: fill(w.stepState, { state: stateName(pkg, flowId, it.state, lang) }) })
    if (refused)
      lines.push({
        text: fill(w.stepRefused, { why: refusalOf(pkg, flowId, moveId ?? '', refused, lang) }),
        ...(compare && expect?.refused === refused ? {} : { tone: 'bad' as const }),
      })
    if (compare && expect) {
      if (differences.length === 0) lines.push({ text: w.stepAsExpected, tone: 'good' })
      for (const { says, at: place } of differences)
        lines.push({
          text: `${place ? `${place}: ` : ''}${problemSentence({ level: 'error', file: '', at: place, rule: 'example-failed', says }, lang)}`,
          tone: 'bad',
        })
    }
    return { at: momentOf(at, example, lang), title, lines }
  })
}

/** A case of a trial as everybody in it together sees it. */
export function caseShown(pkg: Package, example: Example, it: Case, lang: Lang, at: string): TrialCase {
  const w = words(lang)
  const here = placeOfExample(pkg, example, nationalHolidays())
  const reading = { lang, yes: w.yes, no: w.no, regions: new Map<string, string>() }
  return {
    flow: it.flow,
    name: nameOf(pkg.flows, it.flow, lang),
    state: stateName(pkg, it.flow, it.state, lang),
    final: it.closedAt !== undefined,
    facts: shownValues(pkg, it.data, reading),
    results: pkg.rules.flatMap((rule) => {
      const last = it.rules[rule.id]?.at(-1)
      return last ? [{ name: say(rule.names, lang), text: explain(rule, last, lang, w), trial: last.trial }] : []
    }),
    clocks: shownClocks(pkg, here, it, lang).map(({ name, due }) => ({
      name,
      due: due && momentOf(due.getTime(), example, lang),
    })),
    consents: pkg.purposes
      .filter(({ id }) => it.consents[id]?.given)
      .map(({ id, names }) => ({ id, name: say(names, lang) })),
    moves: movesFrom(pkg, it.flow, it.state).flatMap((move) =>
      move.roles.map((role) => ({
        href: `${at}/moves/${it.flow}.${role}.${move.id}`,
        label: fill(w.tryAs, { move: say(move.names, lang), role: nameOf(pkg.roles, role, lang) }),
      })),
    ),
  }
}

export const today = (now: Date, zone: Example['zone']) => dayOf(now.getTime(), zone)
