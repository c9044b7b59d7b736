import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { hrefWith, IndonesiaMap, Notice, Page, Pager, Select } from '#platform/ui/index.ts'
import { families, statuses } from '../domain/innovation.ts'
import { addressOf, type Query, sortOf } from '../domain/query.ts'
import type { Facet, Found } from '../domain/shown.ts'
import { categoryText } from '../text/categories.ts'
import { goalName, words } from '../text/index.ts'
import { levelText } from '../text/levels.ts'
import { countOf, inLanguage, LifeState, Marked } from './parts.tsx'
import { SearchField } from './search-field.tsx'

export type GalleryList = {
  query: Query
  /** What was searched when the typed words were put right. */
  right: string | undefined
  found: readonly Found[]
  total: number
  page: number
  size: number
  facets: readonly Facet[]
  provinces: readonly { code: string; name: string }[]
}

export function GalleryPage({ view, list }: { view: View; list: GalleryList }) {
  const w = words(view.lang)
  const { query } = list
  return (
    <Page view={view} title={w.galleryTitle} lead={w.galleryLead} islands={['search-suggest']}>
      <Filters view={view} list={list} />
      <p role="status">
        <strong>{countOf(list.total, view.lang)}</strong>
      </p>
      {list.right && (
        <Notice>
          <p>{fill(w.putRight, { typed: query.q, right: list.right })}</p>
        </Notice>
      )}
      {list.total === 0 ? (
        <div class="empty">
          <p>
            <strong>{w.nothing}</strong>
          </p>
          <p>{w.nothingHelp}</p>
          <a class="button quiet" href="/gallery">
            {w.clear}
          </a>
        </div>
      ) : (
        <>
          <h2 class="unseen">{w.results}</h2>
          <ul class="cards">
            {list.found.map((each) => (
              <FoundCard key={each.code} each={each} view={view} />
            ))}
          </ul>
          <Pager
            lang={view.lang}
            page={list.page}
            total={list.total}
            size={list.size}
            href={(page) => addressOf('/gallery', query, { hal: page > 1 ? page : undefined })}
          />
        </>
      )}
      <div class="actions">
        <a class="button quiet" href={addressOf('/gallery/export.csv', query)}>
          {w.download} (CSV)
        </a>
        <a class="button quiet" href={addressOf('/gallery/export.json', query)}>
          {w.download} (JSON)
        </a>
      </div>
      <h2>{w.mapTitle}</h2>
      <IndonesiaMap
        lang={view.lang}
        caption={w.mapTitle}
        labelHead={w.province}
        valueHead={w.number}
        items={list.provinces.map(({ code, name }) => ({
          label: name,
          value: list.facets.find((f) => f.kind === 'province' && f.value === code)?.n ?? 0,
          href: addressOf('/gallery', query, { province: code }),
        }))}
      />
      <p class="hint">{w.mapHint}</p>
    </Page>
  )
}

function FoundCard({ each, view }: { each: Found; view: View }) {
  const w = words(view.lang)
  const text = inLanguage(view.lang, each)
  return (
    <li>
      <h3>
        <a href={`/gallery/${each.code}`}>
          <Marked pieces={each.name} />
        </a>
      </h3>
      <p lang={text.lang === view.lang ? undefined : text.lang}>
        <Marked pieces={text.text} />
      </p>
      <p class="meta">
        <span>{each.agency}</span>
        {each.province && <span>{each.region}</span>}
        {each.awards.map((award, i) => (
          <span key={i}>
            {[levelText(award.level, view.lang), award.year ?? w.noYear, award.demo && !each.demo && w.demoMark]
              .filter(Boolean)
              .join(' · ')}
          </span>
        ))}
        {each.status !== 'unknown' && <LifeState status={each.status} lang={view.lang} />}
        {each.demo && <span>{w.demoMark}</span>}
      </p>
    </li>
  )
}

function Filters({ view, list }: { view: View; list: GalleryList }) {
  const w = words(view.lang)
  const { query, facets } = list
  const counted = (kind: Facet['kind'], value: string, label: string) => {
    const n = facets.find((f) => f.kind === kind && f.value === value)?.n ?? 0
    return { value, label: `${label} (${n})`, n }
  }
  const values = (kind: Facet['kind']) => facets.filter((f) => f.kind === kind).map((f) => f.value)
  const keep = (chosen: string | number | undefined) => (o: { value: string; n: number }) =>
    o.n > 0 || o.value === String(chosen ?? '')
  const provinces = [{ code: 'nasional', name: w.national }, ...list.provinces]
    .map((p) => counted('province', p.code, p.name))
    .filter(keep(query.province))
  const years = [...new Set([...values('year'), ...(query.year ? [String(query.year)] : [])])]
    .sort()
    .reverse()
    .map((year) => counted('year', year, year))
  const categories = [...new Set([...values('category'), ...(query.category ? [query.category] : [])])]
    .sort()
    .map((c) => counted('category', c, categoryText(c, view.lang)))
  const sorts = [
    ...(query.q ? [{ value: 'relevance', label: w.relevance }] : []),
    { value: 'newest', label: w.newest },
    { value: 'oldest', label: w.oldest },
    { value: 'name', label: w.byName },
  ]
  const goals = Array.from({ length: 17 }, (_, i) => counted('goal', String(i + 1), goalName(i + 1, view.lang))).filter(
    keep(query.goal),
  )
  const filters = [query.province, query.year, query.level, query.category, query.goal, query.status]
  const filtered = filters.some((v) => v !== undefined)
  return (
    <search>
      <form method="get" action="/gallery">
        <div class="search-line">
          <SearchField view={view} value={query.q} />
          <button type="submit">{w.searchButton}</button>
        </div>
        <details open={filtered}>
          <summary>{w.moreFilters}</summary>
          <div class="filters">
            <Select name="province" label={w.province} empty={w.all} options={provinces} value={query.province} />
            <Select
              name="year"
              label={w.year}
              empty={w.all}
              options={years}
              value={query.year ? String(query.year) : undefined}
            />
            <Select
              name="level"
              label={w.level}
              empty={w.all}
              options={families.map((f) => counted('level', f, w[f])).filter(keep(query.level))}
              value={query.level}
            />
            <Select name="category" label={w.category} empty={w.all} options={categories} value={query.category} />
            {goals.length > 0 && (
              <Select
                name="goal"
                label={w.goal}
                empty={w.all}
                options={goals}
                value={query.goal ? String(query.goal) : undefined}
              />
            )}
            <Select
              name="status"
              label={w.status}
              empty={w.all}
              options={statuses.map((s) => counted('status', s, w[s])).filter(keep(query.status))}
              value={query.status}
            />
            <Select name="sort" label={w.sort} options={sorts} value={sortOf(query)} />
            <button type="submit" class="quiet">
              {w.apply}
            </button>
          </div>
          {filtered && (
            <p>
              <a href={hrefWith('/gallery', { q: query.q })}>{w.clear}</a>
            </p>
          )}
        </details>
      </form>
    </search>
  )
}
