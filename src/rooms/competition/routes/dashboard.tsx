import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { administered, isNational } from '#people'
import { type C, type Env, found, idParam, page, pageNumber } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { type ExportColumn, exportTable } from '#platform/table-export.ts'
import { deadline as closing } from '../domain/calendar.ts'
import { type ProposalState, proposalStates } from '../domain/draft.ts'
import { progressOf, riskLevels, riskOf } from '../domain/progress.ts'
import { agencyKinds } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import { AgencyDashboardPage, NoProposalsPage } from '../pages/agency-dashboard.tsx'
import { DashboardPage } from '../pages/dashboard.tsx'
import { missingNames } from '../pages/dashboard-parts.tsx'
import { type ListedProposal, type ListQuery, listQueryNames, ProposalListPage } from '../pages/proposal-list.tsx'
import { listProvinces } from '../store/admission-queue.ts'
import * as dashboard from '../store/dashboard.ts'
import { findRound } from '../store/round.ts'
import { dashboardWords } from '../text/dashboard.ts'

export const dashboards = new Hono<Env>()
const size = 50

const deadlineOf = (round: Round) => new Date(closing(round.rules, round.extensions))

/** A draft with how far it is and what threatens it; for what is submitted both are null. */
function judged(round: Round, now: Date) {
  const deadline = deadlineOf(round)
  return (row: dashboard.ListRow): ListedProposal & { touched: Date } => {
    const { state } = row
    if (state !== 'draft' && state !== 'returned' && state !== 'with-local-admin')
      return { ...row, progress: null, risk: null }
    const progress = progressOf(round.rules, {
      ...row,
      // The country's list hides the title; that there is one is part of the head, which a draft begins with.
      title: row.title || 'x',
      answered: new Set(row.answered),
      evidenced: new Set(row.evidenced),
    })
    return { ...row, progress, risk: riskOf({ ...row, state, missing: progress.missing.length }, deadline, now) }
  }
}

/** The round, for the secretariat. */
async function nationalRound(c: C): Promise<Round> {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  if (!isNational(actor)) throw new HTTPException(404)
  return found(await findRound(db, idParam(c, 'round')))
}

/** The agencies this person administers, and the round asked for among those they take part in, or the latest. */
async function agencyScope(c: C) {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  const agencies = administered(actor)
  if (agencies.length === 0) throw new HTTPException(404)
  const taking = await dashboard.roundsOf(db, agencies)
  const asked = c.req.query('round')
  if (asked !== undefined && (!isId(asked) || !taking.includes(asked))) throw new HTTPException(404)
  const id = asked ?? taking[0]
  return { agencies, taking, round: id === undefined ? undefined : found(await findRound(db, id)) }
}

dashboards.get('/competition/rounds/:round/dashboard', async (c) => {
  const round = await nationalRound(c)
  const { db } = c.get('ctx')
  const view = c.get('view')
  const scope = { round: round.id, agencies: null }
  const [counts, days, drafts, byAgency] = await Promise.all([
    dashboard.countProposals(db, scope),
    dashboard.countDays(db, scope),
    dashboard.listDrafts(db, scope),
    dashboard.countByAgency(db, scope),
  ])
  const risks = drafts
    .map(judged(round, view.now))
    .map(({ risk, state }) => ({ level: risk!.level, withAdmin: state === 'with-local-admin' }))
  const agencies = new Set(byAgency.map(({ agency }) => agency)).size
  const props = { round, deadline: deadlineOf(round), counts, days, risks, agencies, quotas: quotasOf(round, byAgency) }
  return page(c, <DashboardPage view={view} {...props} />)
})

function quotasOf(round: Round, rows: Awaited<ReturnType<typeof dashboard.countByAgency>>) {
  return rows.flatMap((row) => {
    const quota = round.rules.quotas[row.group] ?? null
    return quota === null ? [] : [{ ...row, quota }]
  })
}

dashboards.get('/competition/dashboard', async (c) => {
  const { agencies, taking, round } = await agencyScope(c)
  const view = c.get('view')
  const { db } = c.get('ctx')
  if (!round) return page(c, <NoProposalsPage view={view} />)
  const scope = { round: round.id, agencies }
  const [counts, drafts, byAgency, rounds] = await Promise.all([
    dashboard.countProposals(db, scope),
    dashboard.listDrafts(db, scope),
    dashboard.countByAgency(db, scope),
    Promise.all(taking.slice(0, 6).map((id) => findRound(db, id))),
  ])
  const order = { high: 0, medium: 1, low: 2 }
  const atRisk = drafts
    .map(judged(round, view.now))
    .map((row) => ({ ...row, progress: row.progress!, risk: row.risk! }))
    .sort((a, b) => order[a.risk.level] - order[b.risk.level] || a.since.getTime() - b.since.getTime())
  const named = rounds.flatMap((each) => (each ? [{ id: each.id, name: each.rules.name[view.lang] }] : []))
  const props = { rounds: named, round, deadline: deadlineOf(round), counts, drafts: atRisk }
  return page(c, <AgencyDashboardPage view={view} {...props} quotas={quotasOf(round, byAgency)} />)
})

function queryOf(c: C): ListQuery {
  return Object.fromEntries(
    listQueryNames.map((name) => [name, (c.req.query(name) ?? '').trim().slice(0, 100)]),
  ) as ListQuery
}

function filterOf(query: ListQuery): dashboard.ListFilter {
  const states: Record<string, readonly ProposalState[]> = {
    drafts: dashboard.draftStates,
    'submitted-all': dashboard.submittedStates,
    'with-unit': ['draft', 'returned'],
  }
  const state = proposalStates.find((each) => each === query.state)
  return {
    // A risk is only a draft's.
    states: states[query.state] ?? (state ? [state] : query.risk ? dashboard.draftStates : undefined),
    kind: agencyKinds.find((kind) => kind === query.kind),
    province: /^(?:\d\d|pusat)$/.test(query.province) ? query.province : undefined,
    group: query.group || undefined,
    category: query.category || undefined,
    day: /^\d{4}-\d\d-\d\d$/.test(query.day) ? query.day : undefined,
    unit: isId(query.unit) ? query.unit : undefined,
    text: query.q ? query.q.replace(/[\\%_]/g, '\\$&') : undefined,
  }
}

type Listing = { round: Round; scope: dashboard.Scope; path: string; extra: Record<string, string> }

async function listPage(c: C, { round, scope, path, extra }: Listing) {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const national = scope.agencies === null
  const query = queryOf(c)
  const filter = filterOf(query)
  const at = { page: pageNumber(c), size }
  const level = riskLevels.find((each) => each === query.risk)
  const provinces = national ? await listProvinces(db, round.id) : []
  const judge = judged(round, view.now)
  let list: { rows: ListedProposal[]; total: number }
  if (level) {
    const all = (await dashboard.listDrafts(db, scope, filter)).map(judge).filter(({ risk }) => risk?.level === level)
    const sorted = all.sort((a, b) => a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1))
    list = { rows: sorted.slice((at.page - 1) * size, at.page * size), total: all.length }
  } else {
    const found = await dashboard.listProposals(db, scope, filter, at)
    list = { rows: found.rows.map(judge), total: found.total }
  }
  const w = dashboardWords(view.lang)
  const trail = national
    ? [
        { href: `/competition/rounds/${round.id}`, label: round.rules.name[view.lang] },
        { href: `/competition/rounds/${round.id}/dashboard`, label: w.dashboardTitle },
      ]
    : [{ href: `/competition/dashboard?round=${round.id}`, label: w.agencyDashboardTitle }]
  const props = { round, national, path, trail, query, extra, provinces, ...list, ...at }
  return page(c, <ProposalListPage view={view} {...props} />)
}

async function listFile(c: C, format: 'csv' | 'xlsx', { round, scope }: Listing) {
  const { db } = c.get('ctx')
  const { lang, now } = c.get('view')
  const w = dashboardWords(lang)
  const query = queryOf(c)
  const level = riskLevels.find((each) => each === query.risk)
  const judge = judged(round, now)
  const named = (list: readonly { key: string; label: { id: string; en: string } }[], key: string | null) =>
    list.find((each) => each.key === key)?.label[lang] ?? key
  const columns: ExportColumn<ListedProposal>[] = [
    { head: w.columnNumber, value: (row) => row.number, width: 8 },
    { head: w.columnTitle, value: (row) => row.title, width: 50 },
    { head: w.columnAgency, value: (row) => row.agencyName, width: 36 },
    { head: w.columnUnit, value: (row) => row.unitName, width: 30 },
    { head: w.columnKind, value: (row) => w[row.agencyKind] },
    { head: w.columnProvince, value: (row) => row.province },
    { head: w.columnGroup, value: (row) => named(round.rules.groups, row.group) },
    { head: w.columnCategory, value: (row) => named(round.rules.categories, row.category) },
    { head: w.state, value: (row) => w[`state-${row.state as 'draft'}`] },
    { head: w.columnSince, value: (row) => row.since },
    { head: w.columnArrived, value: (row) => row.arrived },
    { head: w.columnProgress, value: (row) => (row.progress ? row.progress.done / row.progress.of : null) },
    {
      head: w.columnMissing,
      value: (row) => (row.progress ? missingNames(row.progress, round.rules, row.group, lang) : null),
      width: 40,
    },
    { head: w.columnRisk, value: (row) => (row.risk ? w[`risk-${row.risk.level}`] : null) },
  ]
  async function* portions() {
    for await (const rows of dashboard.portionsOf(db, scope, filterOf(query)))
      yield rows.map(judge).filter(({ risk }) => !level || risk?.level === level)
  }
  return exportTable(c, format, `proposal-${round.key}`, columns, portions())
}

async function nationalList(c: C): Promise<Listing> {
  const round = await nationalRound(c)
  const path = `/competition/rounds/${round.id}/proposals`
  return { round, scope: { round: round.id, agencies: null }, path, extra: {} }
}

async function agencyList(c: C): Promise<Listing> {
  const { agencies, round } = await agencyScope(c)
  const { id } = found(round)
  const path = '/competition/dashboard/proposals'
  return { round: found(round), scope: { round: id, agencies }, path, extra: { round: id } }
}

for (const [path, listing] of [
  ['/competition/rounds/:round/proposals', nationalList],
  ['/competition/dashboard/proposals', agencyList],
] as const) {
  dashboards.get(path, async (c) => listPage(c, await listing(c)))
  dashboards.get(`${path}.csv`, async (c) => listFile(c, 'csv', await listing(c)))
  dashboards.get(`${path}.xlsx`, async (c) => listFile(c, 'xlsx', await listing(c)))
}
