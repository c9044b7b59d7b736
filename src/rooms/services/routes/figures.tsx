import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { csvLines } from '#platform/table-export.ts'
import { fill, formatDate, formatNumber, type Lang } from '#platform/text.ts'
import { countPublic, publishFigures } from '../actions/figures.ts'
import { say } from '../domain/held.ts'
import type { Computed, Figure } from '../domain/indicator.ts'
import type { Indicator } from '../domain/package/format/indicator.ts'
import { allFields } from '../domain/package/names.ts'
import type { Query } from '../domain/publishing.ts'
import { isOutside } from '../domain/showing.ts'
import { isWhole, type Snapshot } from '../domain/snapshot.ts'
import { type Drawn, FiguresPage, InsidePage } from '../pages/figures.tsx'
import { may } from '../permissions.ts'
import { findSnapshot, type Listed, listCounts, listSnapshots } from '../store/figures.ts'
import { postsIn } from '../store/held.ts'
import { regionNames } from '../store/place.ts'
import { findService, type Service } from '../store/service.ts'
import { words } from '../text/index.ts'
import { managed, signedIn } from './parts.ts'

export const routes = new Hono<Env>()

const service = async (c: C): Promise<Service> => found(await findService(c.get('ctx').db, idParam(c, 'service')))
const named = (c: C, { id, pkg, agencyName }: Service) => ({
  id,
  name: say(pkg.manifest.names, c.get('view').lang),
  agency: agencyName,
})

/** The roles of the package that this reader holds and that see something of the persons. */
async function insideRoles(c: C, { id, pkg }: Service): Promise<string[]> {
  const { db, actor } = c.get('ctx')
  return (await postsIn(db, actor, id)).map(({ role }) => role).filter((role) => !isOutside(pkg, [role]))
}

type Asked = Pick<Indicator, 'names' | 'kind'> & {
  unit?: string | null | undefined
  query: Query
  of: string
  rounded: boolean
}

/** Figures in the reader's words. Names of regions and choices are those of today. */
async function drawn(db: Db, lang: Lang, { pkg }: Service, list: readonly (Computed & Asked)[]): Promise<Drawn[]> {
  const w = words(lang)
  const fields = allFields(pkg)
  const fieldOf = (id: string | undefined) => fields.find((field) => field.id === id)
  const codes = list.flatMap(({ query, cells }) =>
    fieldOf(query.by)?.type === 'region' ? cells.map(({ key }) => key) : [],
  )
  const regions = await regionNames(db, [...new Set(codes.filter((code) => /^\d+$/.test(code)))])
  const labelOf = (by: string | undefined, key: string) => {
    if (key === '') return w.cellUnknown
    const field = fieldOf(by)
    const option = field && 'options' in field ? field.options.find(({ id }) => id === key) : undefined
    if (option) return say(option.label, lang)
    if (field?.type === 'bool') return key === 'true' ? w.yes : w.no
    return regions.get(key) ?? key
  }
  return list.map(({ indicator, names, kind, unit, query, of, whole, cells, rounded }) => {
    const field = fieldOf(query.by)
    const shown = cells.flatMap(({ key, figure }) =>
      figure.hidden || figure.value === null ? [] : [{ label: labelOf(query.by, key), value: figure.value }],
    )
    return {
      id: indicator,
      name: say(names, lang),
      value: valueText(whole, unit, lang),
      n: kind === 'count' || whole.n === null ? '' : formatNumber(whole.n, lang),
      of,
      query: queryText(query, lang),
      cells: query.by
        ? {
            by: field ? say(field.label, lang) : query.by,
            items: shown.sort((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1)),
            hidden: cells.filter(({ figure }) => figure.hidden).length,
            rounded,
          }
        : null,
    }
  })
}

function valueText({ value, hidden }: Figure, unit: string | null | undefined, lang: Lang): string {
  const w = words(lang)
  if (hidden) return w.figureHidden
  if (value === null) return w.figureEmpty
  return unit
    ? `${formatNumber(value, lang)} ${(w as Record<string, string>)[`unit-${unit}`] ?? unit}`
    : formatNumber(value, lang)
}

function queryText({ kind, flow, over, value, by }: Query, lang: Lang): string {
  const w = words(lang)
  return [
    w[`kind-${kind}`],
    flow && fill(w.queryFlow, { flow }),
    over && fill(w.queryOver, { over }),
    value && fill(w.queryValue, { value }),
    by && fill(w.queryBy, { by }),
  ]
    .filter(Boolean)
    .join('; ')
}

const publishedAs = (snapshot: Snapshot) =>
  snapshot.figures.map((figure) => ({ ...figure, kind: figure.query.kind, rounded: true }))

/** A publication by the hash of the address. */
async function bySnapshot(c: C) {
  const at = await service(c)
  const hash = c.req.param('hash') ?? ''
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new HTTPException(404)
  return { at, one: found(await findSnapshot(c.get('ctx').db, at, hash)) }
}

async function figuresPage(
  c: C,
  at: Service,
  hash?: string,
  publish: { typed?: string; problems?: Problems; refusal?: string | undefined } = {},
) {
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  const rows: Listed[] = await listSnapshots(db, at)
  const one = (hash ?? rows[0]?.hash) ? await findSnapshot(db, at, (hash ?? rows[0]?.hash)!) : undefined
  return (
    <FiguresPage
      view={view}
      service={named(c, at)}
      shown={
        one
          ? {
              ...one.snapshot,
              hash: one.hash,
              taken: one.taken,
              since: one.snapshot.service?.since ?? one.snapshot.day,
              figures: await drawn(db, view.lang, at, publishedAs(one.snapshot)),
              checked: isWhole(one) ? one.logged : null,
            }
          : null
      }
      newest={one?.hash === rows[0]?.hash}
      rows={rows}
      inside={may.readCount(actor, { agency: at.agency, works: (await insideRoles(c, at)).length > 0 })}
      publish={may.publishFigures(actor, at) ? publish : null}
    />
  )
}

routes.get('/services/:service/figures', async (c) => page(c, await figuresPage(c, await service(c))))

routes.post('/services/:service/figures', async (c) => {
  const at = await managed(c, may.publishFigures)
  const { form, ctx } = await readForm(c)
  const act = publishFigures((one, day) => countPublic(ctx.db, one, day))
  const outcome = await perform(act, ctx, at.id, form)
  return answer(c, outcome, {
    onDone: `/services/${at.id}/figures`,
    say: words(c.get('view').lang).published,
    again: (problems, refusal) => figuresPage(c, at, undefined, { typed: typedDay(form), problems, refusal }),
  })
})
const typedDay = (form: Form) => (typeof form.day === 'string' ? form.day.slice(0, 40) : '')

routes.get('/services/:service/figures/inside', async (c) => {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const at = await service(c)
  const actor = signedIn(c)
  const roles = await insideRoles(c, at)
  if (!may.readCount(actor, { agency: at.agency, works: roles.length > 0 })) throw new HTTPException(403)
  // A flow that few may know of is counted for those few.
  const known = at.pkg.indicators.filter(({ flow }) => {
    const only = at.pkg.flows.find(({ id }) => id === (flow ?? at.pkg.manifest.main))?.only ?? []
    return only.length === 0 || only.some((role) => roles.includes(role))
  })
  const counts = await listCounts(db, at, 60)
  const [last] = counts
  const asked = (figures: readonly Computed[]) =>
    known.flatMap((indicator) => {
      const figure = figures.find((one) => one.indicator === indicator.id)
      return figure
        ? [
            {
              ...figure,
              names: indicator.names,
              kind: indicator.kind,
              unit: indicator.unit,
              query: indicator,
              of: last!.day,
              rounded: false,
            },
          ]
        : []
    })
  const days = known
    .filter(({ kind }) => kind === 'count')
    .map(({ id, names }) => ({
      name: say(names, view.lang),
      items: counts.toReversed().flatMap(({ day, figures }) => {
        const value = figures.find((one) => one.indicator === id)?.whole.value
        return typeof value === 'number' ? [{ label: formatDate(day, view.lang), value }] : []
      }),
    }))
    .filter(({ items }) => items.length > 1)
  return page(
    c,
    <InsidePage
      view={view}
      service={named(c, at)}
      count={last ? { ...last, figures: await drawn(db, view.lang, at, asked(last.figures)) } : null}
      days={days}
    />,
  )
})

routes.get('/services/:service/figures/:hash', async (c) => {
  const { at, one } = await bySnapshot(c)
  return page(c, await figuresPage(c, at, one.hash))
})

// What has a hash never changes.
const forEver = 'public, max-age=31536000, immutable'

routes.get('/services/:service/figures/:hash/figures.json', async (c) => {
  const { one } = await bySnapshot(c)
  c.header('Content-Type', 'application/json; charset=utf-8')
  c.header('Content-Disposition', 'attachment; filename="figures.json"')
  c.header('Cache-Control', forEver)
  return c.body(one.text)
})

routes.get('/services/:service/figures/:hash/figures.csv', async (c) => {
  const { one } = await bySnapshot(c)
  const rows = one.snapshot.figures.flatMap((figure) => [
    { ...figure, key: '', figure: figure.whole },
    ...figure.cells.map((cell) => ({ ...figure, ...cell })),
  ])
  type Row = (typeof rows)[number]
  const lines = csvLines<Row>(
    [
      { head: 'indicator', value: ({ indicator }) => indicator },
      { head: 'name', value: ({ names }) => say(names, c.get('view').lang) },
      { head: 'group', value: ({ query, key }) => (key === '' ? '' : `${query.by} = ${key}`) },
      { head: 'value', value: ({ figure }) => figure.value },
      { head: 'unit', value: ({ unit }) => unit },
      { head: 'n', value: ({ figure }) => figure.n },
      { head: 'hidden', value: ({ figure }) => figure.hidden },
      { head: 'day', value: ({ of }) => of },
    ],
    [rows],
  )
  let text = ''
  for await (const line of lines) text += line
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', 'attachment; filename="figures.csv"')
  return c.body(text)
})
