import type { View } from '#platform/http.ts'
import { fill, formatDate, formatDateTime } from '#platform/text.ts'
import { IndonesiaMap, Numbers, Page } from '#platform/ui/index.ts'
import type { Brief } from '../domain/shown.ts'
import { words } from '../text/index.ts'
import { inLanguage } from './parts.tsx'
import { SearchField } from './search-field.tsx'

export type OpenRound = { key: string; id: string; name: string; opens: Date; closes: Date; demo: boolean }

export function FrontPage({
  view,
  round,
  highlights,
  figures,
  provinces,
  shortcuts,
}: {
  view: View
  round: OpenRound | undefined
  highlights: readonly Brief[]
  figures: { innovations: number; agencies: number; provinces: number }
  provinces: readonly { code: string; name: string; n: number }[]
  shortcuts: readonly { href: string; label: string }[]
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.frontTitle} lead={w.frontLead} islands={['search-suggest']}>
      <search>
        <form method="get" action="/gallery">
          <div class="search-line">
            <SearchField view={view} />
            <button type="submit">{w.searchButton}</button>
          </div>
        </form>
      </search>
      {shortcuts.length > 0 && (
        <section aria-labelledby="untuk-anda">
          <h2 id="untuk-anda">{w.forYou}</h2>
          <div class="actions">
            {shortcuts.map(({ href, label }) => (
              <a class="button quiet" key={href} href={href}>
                {label}
              </a>
            ))}
          </div>
        </section>
      )}
      <h2>{w.openRound}</h2>
      {round ? <RoundNow view={view} round={round} /> : <p class="soft">{w.noRound}</p>}
      {highlights.length > 0 && (
        <>
          <h2>{w.highlights}</h2>
          <ul class="cards two">
            {highlights.map((each) => {
              const text = inLanguage(view.lang, each)
              return (
                <li key={each.code}>
                  <h3>
                    <a href={`/gallery/${each.code}`}>{each.name}</a>
                  </h3>
                  <p lang={text.lang === view.lang ? undefined : text.lang}>{text.text}</p>
                  <p class="meta">
                    <span>{each.agency}</span>
                    {each.lastYear && <span>{each.lastYear}</span>}
                  </p>
                </li>
              )
            })}
          </ul>
          <p>
            <a href="/gallery">{w.seeAll}</a>
          </p>
        </>
      )}
      <h2>{w.figures}</h2>
      <Numbers
        lang={view.lang}
        items={[
          { value: figures.innovations, label: w.innovations, href: '/gallery' },
          { value: figures.agencies, label: w.agencies, href: '/gallery?sort=name' },
          { value: figures.provinces, label: w.provinces, href: '#peta' },
        ]}
      />
      <p class="small soft">{fill(w.figuresAsOf, { date: formatDate(view.now, view.lang, view.zone) })}</p>
      <h2 id="peta">{w.mapTitle}</h2>
      <IndonesiaMap
        lang={view.lang}
        caption={w.mapTitle}
        labelHead={w.province}
        valueHead={w.number}
        items={provinces.map(({ code, name, n }) => ({ label: name, value: n, href: `/gallery?province=${code}` }))}
      />
      <p class="hint">{w.mapHint}</p>
    </Page>
  )
}

function RoundNow({ view, round }: { view: View; round: OpenRound }) {
  const w = words(view.lang)
  const at = (date: Date) => formatDateTime(date, view.lang, view.zone)
  const when =
    view.now < round.opens
      ? fill(w.opensAt, { at: at(round.opens) })
      : view.now < round.closes
        ? fill(w.closesAt, { at: at(round.closes) })
        : fill(w.closedAt, { at: at(round.closes) })
  return (
    <p>
      <a href={`/competition/rounds/${round.key}`}>
        <strong>{round.name}</strong>
      </a>
      <br />
      {when}
      {round.demo && <span class="soft"> · {w.demoMark}</span>}
    </p>
  )
}
