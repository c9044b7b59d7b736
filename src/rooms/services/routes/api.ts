import { Hono } from 'hono'
import { accept, type Outcome } from '#platform/action.ts'
import type { C, Env } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { withinLimit } from '#platform/limit.ts'
import { problemsOf } from '#platform/problems.ts'
import { fingerprintOf, moveAs, openAs } from '../actions/api.ts'
import { bringUpToDate } from '../actions/time.ts'
import {
  actSchema,
  type CaseDetail,
  type CaseSummary,
  listParameters,
  type MoveOffered,
  type PackageDetail,
} from '../domain/api.ts'
import type { Objection } from '../domain/form.ts'
import { movesFrom, say, sightOf } from '../domain/held.ts'
import { openApi } from '../domain/openapi.ts'
import type { Package } from '../domain/package/format/index.ts'
import { isOutside } from '../domain/showing.ts'
import { type Account, findAccount, touchAccount } from '../store/account.ts'
import { findForAccount, listForAccount } from '../store/api.ts'
import type { Held } from '../store/held.ts'
import { packagesOf } from '../store/package.ts'
import { findService } from '../store/service.ts'
import { words } from '../text/index.ts'
import { type FieldError, problemAnswer } from './problem.ts'

/** Cases and moves for programs, as `/services/api/openapi.json` describes it. */
export const routes = new Hono<Env>()

const perMinute = 120
const base = '/services/api/v1'

routes.get('/services/api/openapi.json', (c) => c.json(openApi(new URL(c.req.url).origin)))

/** The account of the token, within its limit; otherwise the answer. */
async function known(c: C): Promise<Account | Response> {
  const { db } = c.get('ctx')
  const token = /^Bearer (mel_[\w-]{32})$/.exec(c.req.header('authorization') ?? '')?.[1]
  const account = token && (await findAccount(db, token))
  if (!account) {
    c.header('WWW-Authenticate', 'Bearer')
    return problemAnswer(c, 401, 'no-token', 'A token of this service is needed: Authorization: Bearer mel_….')
  }
  if (!(await withinLimit(db, `services:api:${account.id}`, perMinute, 60)))
    return problemAnswer(c, 429, 'too-many', `At most ${perMinute} requests in a minute.`)
  await touchAccount(db, account, c.get('view').now)
  c.header('Cache-Control', 'no-store, private')
  return account
}

type Row = Pick<Held, 'id' | 'area' | 'due' | 'revision'> & {
  number: string
  flow: string
  state: string
  opened: Date
  closed: Date | null
}

function summaryOf(pkg: Package, role: string, row: Row): CaseSummary {
  const outside = isOutside(pkg, [role])
  const state = pkg.flows.find(({ id }) => id === row.flow)?.states.find(({ id }) => id === row.state)
  const hidden = outside && state?.told !== undefined
  return {
    id: row.id,
    number: row.number,
    flow: row.flow,
    state: hidden ? null : row.state,
    told: (hidden ? state?.told : state?.names) ?? null,
    area: row.area,
    opened: row.opened.toISOString(),
    closed: row.closed?.toISOString() ?? null,
    due: outside ? null : (row.due?.toISOString() ?? null),
    revision: row.revision,
  }
}

const rowOf = ({ it, ...held }: Held): Row => ({
  ...held,
  number: it.number,
  flow: it.flow,
  state: it.state,
  opened: new Date(it.openedAt),
  closed: it.closedAt === undefined ? null : new Date(it.closedAt),
})

const offered = (pkg: Package, role: string, flow: string, state: string): MoveOffered[] =>
  movesFrom(pkg, flow, state)
    .filter(({ roles }) => roles.includes(role))
    .map(({ id, names, form, reasons, returns, completes }) => ({
      move: id,
      names,
      form: form ?? null,
      reasons: reasons.map((reason) => reason.id),
      returns: returns ?? null,
      completes: completes ?? false,
    }))

const etag = (revision: number) => `"${revision}"`

routes.get(`${base}/package`, async (c) => {
  const account = await known(c)
  if (account instanceof Response) return account
  const service = await findService(c.get('ctx').db, account.service)
  if (!service) return problemAnswer(c, 404, 'not-found', 'The service is not there.')
  const { pkg } = service
  const mine = pkg.flows.flatMap(({ moves }) => moves).filter(({ roles }) => roles.includes(account.role))
  const forms = new Set(mine.flatMap(({ form, returns }) => [form, returns]))
  const detail: PackageDetail = {
    service: service.id,
    package: pkg.manifest.id,
    version: pkg.manifest.version,
    role: account.role,
    area: account.area,
    opens: service.retired ? [] : offered(pkg, account.role, pkg.manifest.main, ''),
    forms: pkg.forms.filter(({ id }) => forms.has(id)).map(({ id, names, fields }) => ({ id, names, fields })),
  }
  return c.json(detail)
})

routes.get(`${base}/cases`, async (c) => {
  const account = await known(c)
  if (account instanceof Response) return account
  const asked = listParameters.safeParse(c.req.query())
  if (!asked.success)
    return problemAnswer(c, 400, 'parameter', 'A parameter cannot be read.', { problems: problemsOf(asked.error) })
  const { db } = c.get('ctx')
  const service = await findService(db, account.service)
  const role = service?.pkg.roles.find(({ id }) => id === account.role)
  const { limit, cursor, state, closed } = asked.data
  const flows = (service?.pkg.flows ?? []).filter(({ only }) => only.length === 0 || only.includes(account.role))
  // Whoever is told only outside words cannot ask by the inside ones.
  const mayAsk = role !== undefined && !(state && isOutside(service!.pkg, [role.id]))
  const rows = mayAsk
    ? await listForAccount(db, account, {
        flows: flows.map(({ id }) => id),
        reach: role.reach,
        state,
        closed: closed === 'yes',
        after: cursor,
        limit: limit + 1,
      })
    : []
  const page = rows.slice(0, limit)
  const packages = await packagesOf(
    db,
    page.map(({ release }) => release),
  )
  const data = page.map((row) => summaryOf(packages.get(row.release.toString('hex'))!, account.role, row))
  return c.json({ data, next: rows.length > limit ? page.at(-1)!.id : null })
})

/** The case of the address, as of now. */
async function caseOf(c: C, account: Account): Promise<Held | undefined> {
  const { db } = c.get('ctx')
  const id = c.req.param('case')
  const held = isId(id) ? await findForAccount(db, account, id) : undefined
  const { now } = c.get('view')
  if (!held?.due || held.due > now) return held
  await bringUpToDate(db, held.id, now)
  return findForAccount(db, account, held.id)
}
const noCase = (c: C) => problemAnswer(c, 404, 'not-found', 'There is no such case for this role.')

routes.get(`${base}/cases/:case`, async (c) => {
  const account = await known(c)
  if (account instanceof Response) return account
  const held = await caseOf(c, account)
  if (!held) return noCase(c)
  c.header('ETag', etag(held.revision))
  if (c.req.header('if-none-match') === etag(held.revision)) return c.body(null, 304)
  const { pkg, it, roles } = held
  const seen = sightOf(pkg, it, roles)!
  const completes = movesFrom(pkg, it.flow, it.state).some(
    (move) => move.completes && move.roles.includes(account.role),
  )
  const gaps = Object.entries(it.gaps?.fields ?? {}).filter(([field]) => completes || Object.hasOwn(seen.data, field))
  const detail: CaseDetail = {
    ...summaryOf(pkg, account.role, rowOf(held)),
    service: held.service,
    package: pkg.manifest.id,
    version: pkg.manifest.version,
    partOf: held.partOf,
    data: seen.data,
    results: Object.fromEntries(
      Object.entries(seen.results).map(([rule, { version, trial, values }]) => [rule, { version, trial, values }]),
    ),
    gaps: Object.fromEntries(gaps),
    moves: offered(pkg, account.role, it.flow, it.state),
  }
  return c.json(detail)
})

/** Each objection with the words of our own rules or of the package's check. */
function errorsOf(pkg: Package, objections: readonly Objection[]): FieldError[] {
  const w = words('id') as Record<string, string>
  const checks = pkg.forms.flatMap(({ checks: all }) => all)
  return objections.map(({ rule, field }) => {
    const check = checks.find(({ id }) => id === rule)
    const place = rule.includes(':') ? rule.slice(rule.indexOf(':') + 1) : field
    return { field: place, rule, says: check ? say(check.says, 'id') : (w[`o-${rule.split(':')[0]}`] ?? w['o-other']!) }
  })
}

type Submitted = { key: string; raw: unknown }
type Heard = (objections: Objection[]) => void

/** An act: its key, its body, and the answer of the case as it is then. */
async function acted<Change extends { fingerprint?: string }>(
  c: C,
  account: Account,
  act: (submission: Submitted, fingerprint: string, heard: Heard) => Promise<Outcome<Change, string>>,
  status: 200 | 201,
  idOf: (change: Change) => string,
): Promise<Response> {
  const key = c.req.header('idempotency-key') ?? ''
  if (key.length < 8 || key.length > 200)
    return problemAnswer(c, 400, 'no-key', 'An Idempotency-Key of 8 to 200 characters is needed.')
  const body: unknown = await c.req.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return problemAnswer(c, 400, 'not-json', 'The body is not a JSON object.')
  const read = actSchema.safeParse(body)
  if (!read.success)
    return problemAnswer(c, 422, 'not-valid', 'The act cannot be read.', { problems: problemsOf(read.error) })
  let objections: Objection[] = []
  const fingerprint = fingerprintOf(key, body)
  const outcome = await act({ key: `api:${account.id}:${key}`, raw: read.data }, fingerprint, (said) => {
    objections = said
  })
  const { db } = c.get('ctx')
  switch (outcome.kind) {
    case 'not-found':
      return noCase(c)
    case 'forbidden':
      return problemAnswer(c, 403, 'forbidden', 'Not for this role.')
    case 'invalid':
      return problemAnswer(c, 422, 'not-valid', 'The act cannot be read.', { problems: outcome.problems })
    case 'refused': {
      const w = words('id') as Record<string, string>
      const detail = w[outcome.refusal] ?? outcome.refusal
      const { refusal } = outcome
      if (refusal === 'changed') return problemAnswer(c, 412, 'changed', 'The case has changed since.')
      if (refusal !== 'form') return problemAnswer(c, 409, refusal, detail)
      const service = await findService(db, account.service)
      return problemAnswer(c, 422, 'form', detail, { errors: service ? errorsOf(service.pkg, objections) : [] })
    }
    case 'done': {
      const { fingerprint: first = fingerprint } = outcome.change
      if (first !== fingerprint)
        return problemAnswer(c, 422, 'key-reused', 'This Idempotency-Key was used before, with another body.')
      const id = idOf(outcome.change)
      const held = await findForAccount(db, account, id)
      c.header('Location', `${base}/cases/${id}`)
      if (!held) return noCase(c)
      c.header('ETag', etag(held.revision))
      return c.json(summaryOf(held.pkg, account.role, rowOf(held)), status)
    }
  }
}

routes.post(`${base}/cases`, async (c) => {
  const account = await known(c)
  if (account instanceof Response) return account
  const act = (submission: Submitted, fingerprint: string, heard: Heard) =>
    accept(openAs(account, fingerprint, heard), c.get('ctx'), { ...submission, id: account.service })
  return acted(c, account, act, 201, ({ id }) => id)
})

routes.post(`${base}/cases/:case/moves`, async (c) => {
  const account = await known(c)
  if (account instanceof Response) return account
  const held = await caseOf(c, account)
  if (!held) return noCase(c)
  const match = /^"(\d+)"$/.exec(c.req.header('if-match') ?? '')?.[1]
  const revision = match ? Number(match) : undefined
  const act = (submission: Submitted, fingerprint: string, heard: Heard) =>
    accept(moveAs(account, fingerprint, revision, heard), c.get('ctx'), { ...submission, id: held.id })
  return acted(c, account, act, 200, () => held.id)
})
