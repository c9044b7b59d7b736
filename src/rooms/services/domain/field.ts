import type { Zone } from './calendar.ts'
import { agreed, blank, type Case, type Given, type Installation, scopeOf } from './case.ts'
import { fillForm } from './filling.ts'
import type { Answers, Objection } from './form.ts'
import { movesFrom } from './held.ts'
import type { Field } from './package/format/form.ts'
import type { Package } from './package/format/index.ts'

/** A village or a district by its code without dots, with the name of what it lies in. */
export type Region = { code: string; kind: string; name: string; within: string }

/** What a phone needs in order to work for one service without signal. */
export type Book = {
  /** Names all that it is made of: the same name, the same book. */
  name: string
  service: string
  /** The version by which new cases are opened; any other is for the cases that were opened with it. */
  current: boolean
  /** SHA-256 of the release, hex. */
  release: string
  /** Roles of the package that this person holds and that work offline. */
  roles: readonly string[]
  areas: readonly string[]
  pkg: Package
  settings: Record<string, unknown>
  zone: Zone
  synthetic: boolean
  regions: readonly Region[]
  /** Codes of provinces and regencies, without dots, with spaces between them. */
  large: string
}

/** A case that this person has a next step in, as far as she may see it. */
export type Carried = {
  id: string
  service: string
  release: string
  number: string
  flow: string
  state: string
  openedAt: number
  due: number | null
  area: string
  data: Record<string, unknown>
  consents: Record<string, Given>
  /** How many moves the case had when it was handed out. */
  seen: number
}

/**
 * A package as it goes to a phone: the forms of the moves that these roles make, the names of all other fields (an
 * expression may ask whether one is filled in), no rules, messages, examples or figures.
 */
export function trimmed(pkg: Package, roles: readonly string[]): Package {
  const flows = pkg.flows
    .filter(({ only }) => only.length === 0 || only.some((role) => roles.includes(role)))
    .map((flow) => ({
      ...flow,
      moves: flow.moves
        .filter((move) => move.roles.some((role) => roles.includes(role)))
        .map(({ id, names, from, to, roles: who, form, reasons }) => ({
          ...{ id, names, from, to, reasons, automatic: false, effects: [] },
          roles: who.filter((role) => roles.includes(role)),
          ...(form ? { form } : {}),
        })),
      limits: [],
      tasks: [],
    }))
  const used = new Set(flows.flatMap(({ moves }) => moves.flatMap(({ form }) => form ?? [])))
  const known = new Set(pkg.forms.filter(({ id }) => used.has(id)).flatMap(({ fields }) => fields.map(({ id }) => id)))
  const rest = pkg.forms
    .flatMap(({ fields }) => fields)
    .filter(({ id }) => !known.has(id) && known.add(id))
    .map(({ id, type }) => ({ id, type }) as Field)
  return {
    manifest: {
      ...pkg.manifest,
      summary: {},
      standard: {} as Package['manifest']['standard'],
      origin: { innovation: '', agency: '', fidelity: {}, sources: [] } as unknown as Package['manifest']['origin'],
    },
    roles: pkg.roles.filter(({ id }) => roles.includes(id)),
    flows,
    forms: [
      ...pkg.forms.filter(({ id }) => used.has(id)),
      ...(rest.length > 0 ? [{ id: 'rest', names: {}, fields: rest, checks: [] }] : []),
    ],
    purposes: pkg.purposes,
    settings: pkg.settings,
    rules: [],
    calendars: [],
    messages: [],
    indicators: [],
    examples: [],
  }
}

/** What the engine needs to know of the place, from what the phone was given. */
export function placeOnPhone({ settings, zone, synthetic, regions, large }: Book): Installation {
  const known = new Set([...large.split(' '), ...regions.map(({ code }) => code)])
  return {
    place: { zone, holidays: { until: '', days: new Map() } },
    settings,
    language: 'id',
    knowsRegion: (code) => known.has(code),
    ...(synthetic ? { allowSynthetic: true } : {}),
  }
}

/** A case as the engine takes it, from what was handed out; none for one that is not open yet. */
export function caseOnPhone(book: Book, carried: Carried | undefined, now: number): Case {
  if (!carried) return blank('', book.pkg.manifest.main, now)
  const { number, flow, state, openedAt, data, consents } = carried
  return { ...blank(number, flow, openedAt), state, data, consents }
}

/** The moves that can be captured: those that open a case, or those from where a case is. */
export function movesOnPhone({ pkg, roles }: Pick<Book, 'pkg' | 'roles'>, carried?: Carried) {
  return movesFrom(pkg, carried?.flow ?? pkg.manifest.main, carried?.state ?? '').filter((move) =>
    move.roles.some((role) => roles.includes(role)),
  )
}

/** A case as it will be when what was captured for it has been taken in, as far as a phone can tell: its state, values, consents. */
export function advanced(
  book: Book,
  carried: Carried,
  steps: readonly Pick<Report, 'move' | 'answers' | 'at'>[],
): Carried {
  let now = carried
  for (const { move: id, answers, at } of steps) {
    const move = book.pkg.flows.find((flow) => flow.id === now.flow)?.moves.find((one) => one.id === id)
    const form = book.pkg.forms.find((one) => one.id === move?.form)
    const state = move && move.to !== 'same' ? move.to : now.state
    const after = { ...now, state, data: { ...now.data, ...answers } }
    const scope = scopeOf(book.pkg, caseOnPhone(book, after, at), placeOnPhone(book), at)
    const asked = book.pkg.purposes.filter(({ askedBy }) => form?.fields.some((field) => field.id === askedBy))
    const consents = asked.map((one) => [one.id, { given: agreed(book.pkg, one.id, scope), version: one.version, at }])
    now = { ...after, consents: { ...now.consents, ...Object.fromEntries(consents) } }
  }
  return now
}

export type Judged = {
  data: Answers
  dropped: readonly string[]
  asked: readonly string[]
  errors: readonly Objection[]
  warnings: readonly Objection[]
}

/** Judge what was typed for a move, on the phone: by the same engine that judges it again on the server. */
export function judge(
  book: Book,
  carried: Carried | undefined,
  formId: string | undefined,
  answers: Answers,
  now: number,
): Judged {
  const form = book.pkg.forms.find(({ id }) => id === formId)
  if (!form) return { data: {}, dropped: [], asked: [], errors: [], warnings: [] }
  const it = caseOnPhone(book, carried, now)
  const { data, dropped, asked, objections } = fillForm(book.pkg, placeOnPhone(book), it, form, answers, now)
  // A NIK that is known stays on the server; it is not asked again.
  const kept = (id: string) =>
    form.fields.some((field) => field.id === id && (field.type === 'nik' || field.type === 'kk')) &&
    carried?.data[id] !== undefined
  const said = objections.filter(({ rule, field }) => !(rule === `required:${field}` && kept(field)))
  return {
    data,
    dropped,
    asked,
    errors: said.filter(({ level }) => level === 'error'),
    warnings: said.filter(({ level }) => level === 'warning'),
  }
}

const short: ReadonlySet<Field['type']> = new Set([
  'text',
  'digits',
  'int',
  'decimal',
  'date',
  'phone',
  'region',
  'nik',
  'kk',
])
const perScreen = 3

/** The questions of a form, one group a screen: what is chosen or recorded stands alone, what is typed by three. */
export function screensOf(fields: readonly Field[], asked: readonly string[]): Field[][] {
  const screens: Field[][] = []
  for (const field of fields) {
    if (!asked.includes(field.id) || field.type === 'calculated' || field.type === 'hidden') continue
    const last = screens.at(-1)
    if (last && last.length < perScreen && short.has(field.type) && last.every(({ type }) => short.has(type)))
      last.push(field)
    else screens.push([field])
  }
  return screens
}

/** What was captured and goes to the server, once. `id` is made on the phone. */
export type Report = {
  id: string
  service: string
  release: string
  /** The case that it moves; null opens one. */
  case: string | null
  seen: number
  /** Reports of this phone on the same case that come before this one. */
  after: readonly string[]
  role: string
  move: string
  answers: Answers
  reason?: string
  despite: Record<string, string>
  /** When it was captured, by the phone's own clock: ms since 1970. */
  at: number
}

const minute = 60_000
const day = 86_400_000
/** Further back than this a phone's word for the time of an act is not taken. */
export const furthestBack = 60 * day

/**
 * From when the clocks of a case count: the time of the capture, put right by how far the phone's clock is off, never in
 * the future and never further back than `furthestBack` or the installation of the release. `off`: by how many minutes the
 * phone differs, where it matters.
 */
export function countedFrom(
  capturedAt: number,
  phoneNow: number,
  serverNow: number,
  notBefore: number,
): { counted: number; off: number } {
  const drift = serverNow - phoneNow
  const put = Math.min(serverNow, capturedAt + drift)
  const earliest = Math.max(notBefore, serverNow - furthestBack)
  const off = Math.abs(drift) >= 5 * minute ? Math.round(-drift / minute) : 0
  return { counted: Math.min(serverNow, Math.max(put, earliest)), off }
}

/** Whether somebody else has moved the case since it was handed out: by hand, and not from this phone. */
export function movedMeanwhile(it: Pick<Case, 'history'>, seen: number, ownSteps: readonly number[]): boolean {
  return it.history.some(({ role }, step) => step >= seen && role !== 'system' && !ownSteps.includes(step))
}

/** The files that answers name, by hash. */
export function hashesIn(data: unknown): string[] {
  const found = JSON.stringify(data ?? null).matchAll(/"sha256":"([0-9a-f]{64})"/g)
  return [...new Set([...found].map(([, hash]) => hash!))]
}
