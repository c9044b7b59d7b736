import type { ComponentChildren } from 'preact'
import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Facts, Notice, Page, Table } from '#platform/ui/index.ts'
import type { AwardLine, Innovation, Related } from '../domain/shown.ts'
import { readSource } from '../domain/source.ts'
import { categoryText } from '../text/categories.ts'
import { goalName, words } from '../text/index.ts'
import { levelText } from '../text/levels.ts'
import { flagNote, inLanguage, LifeState } from './parts.tsx'

export function RecordPage({
  view,
  innovation,
  awards,
  related,
  address,
  keeps,
  beside,
}: {
  view: View
  innovation: Innovation
  awards: readonly AwardLine[]
  related: readonly Related[]
  /** The lasting address, as it is printed. */
  address: string
  /** Whether this reader may change it. */
  keeps: boolean
  /** What the copies of it show, in the page and beside it. */
  beside?: { part: ComponentChildren; doing: ComponentChildren } | undefined
}) {
  const w = words(view.lang)
  const text = inLanguage(view.lang, innovation)
  return (
    <Page
      view={view}
      title={innovation.name}
      trail={[{ href: '/gallery', label: w.galleryTitle }]}
      lead={<span lang={text.lang === view.lang ? undefined : text.lang}>{text.text}</span>}
      description={text.text}
    >
      {innovation.demo && (
        <Notice tone="attention">
          <p>{w.demoMark}</p>
        </Notice>
      )}
      <div class="with-side">
        <div>
          {text.translated && (
            <details class="no-print">
              <summary>{w.original}</summary>
              <p lang={innovation.lang}>{innovation.summary}</p>
              <p class="hint">{w.translated}</p>
            </details>
          )}
          <Facts
            facts={[
              [w.code, <strong key="code">{innovation.code}</strong>],
              [w.agency, innovation.agency_name],
              [w.region, innovation.province ? innovation.region_name : w.national],
              [w.category, innovation.category ? categoryText(innovation.category, view.lang) : '–'],
              [w.status, <StatusLine key="status" view={view} innovation={innovation} />],
            ]}
          />
          <Story view={view} story={innovation.story.filter((telling) => !telling.demo)} />
          <InventedStory view={view} story={innovation.story.filter((telling) => telling.demo)} />
          {innovation.photos.length > 0 && (
            <>
              <h2>{w.photos}</h2>
              <div class="photos">
                {innovation.photos.map((photo, i) => (
                  <figure key={photo.file}>
                    <img
                      src={`/gallery/${innovation.code}/photos/${i + 1}`}
                      alt={photo.label}
                      loading="lazy"
                      width="640"
                      height="480"
                    />
                    <figcaption class="small soft">{photo.label}</figcaption>
                  </figure>
                ))}
              </div>
            </>
          )}
          {beside?.part}
          <h2>{w.history}</h2>
          <Table
            caption={w.history}
            hideCaption
            rows={awards}
            columns={[
              { head: w.year, cell: (a) => a.year ?? w.noYear, main: true },
              {
                head: w.award,
                cell: (a) => (
                  <>
                    {levelText(a.level, view.lang)}
                    {a.demo && <div class="small soft">{w.demoMark}</div>}
                  </>
                ),
              },
              { head: w.category, cell: (a) => (a.category ? categoryText(a.category, view.lang) : '–') },
              { head: w.source, cell: (a) => <Source view={view} award={a} /> },
            ]}
          />
          <p class="hint">{w.sourceHint}</p>
          {(innovation.flags.length > 0 || innovation.in_seed || innovation.categories.length > 0) && (
            <>
              <h2>{w.notes}</h2>
              <ul>
                {innovation.flags.map((flag) => (
                  <li key={flag}>{flagNote(flag, view.lang)}</li>
                ))}
                {innovation.in_seed && <li>{w.inSeed}</li>}
                {!innovation.demo && innovation.category && <li>{w.categoryNote}</li>}
              </ul>
            </>
          )}
        </div>
        <aside class="now prints">
          {beside?.doing}
          {keeps && (
            <div class="actions">
              <a class="button" href={`/gallery/${innovation.code}/edit`}>
                {w.keep}
              </a>
            </div>
          )}
          <h2>{w.contact}</h2>
          <Contact view={view} innovation={innovation} />
          {innovation.goals.length > 0 && (
            <>
              <h2>{w.goals}</h2>
              <p>
                {innovation.goals.map((n) => (
                  <a class="tag" key={n} href={`/gallery?goal=${n}`}>
                    {goalName(n, view.lang)}
                  </a>
                ))}
              </p>
            </>
          )}
          {related.length > 0 && (
            <>
              <h2>{w.related}</h2>
              <ul class="plain stack">
                {related.map((each) => (
                  <li key={each.code}>
                    <a href={`/gallery/${each.code}`}>{each.name}</a>
                    <br />
                    <span class="small soft">{[each.agency, each.lastYear].filter(Boolean).join(' · ')}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </aside>
      </div>
      <p class="small soft">
        {fill(w.shareHint, { address })} ·{' '}
        {fill(w.changed, { date: formatDate(innovation.changed, view.lang, view.zone) })}
      </p>
    </Page>
  )
}

function StatusLine({ view, innovation }: { view: View; innovation: Innovation }) {
  const w = words(view.lang)
  if (innovation.status === 'unknown') return <span class="soft">{w.statusUnknown}</span>
  return (
    <>
      <LifeState status={innovation.status} lang={view.lang} />{' '}
      {[
        innovation.status_on && formatDate(innovation.status_on, view.lang),
        innovation.status_said === 'agency' ? w.saidByAgency : w.saidBySecretariat,
      ]
        .filter(Boolean)
        .join(', ')}
      {innovation.status_reason && <p>{innovation.status_reason}</p>}
    </>
  )
}

function Contact({ view, innovation }: { view: View; innovation: Innovation }) {
  const w = words(view.lang)
  const { contact_office, contact_email, contact_phone, contact_site } = innovation
  if (!contact_office && !contact_email && !contact_phone && !contact_site)
    return (
      <p class="soft">
        {innovation.agency_name}. {w.noContact}
      </p>
    )
  return (
    <ul class="plain">
      {contact_office && <li>{contact_office}</li>}
      {contact_email && (
        <li>
          <a href={`mailto:${contact_email}`}>{contact_email}</a>
        </li>
      )}
      {contact_phone && <li>{contact_phone}</li>}
      {contact_site && (
        <li>
          <a href={contact_site} rel="noopener nofollow">
            {contact_site}
          </a>
        </li>
      )}
    </ul>
  )
}

/** The source as it was noted: to the page it names, or to its site; and for a round played here, to its results. */
export function Source({ view, award }: { view: View; award: AwardLine }) {
  return (
    <span class="source">
      {readSource(award.source).map(({ text, href, exact, rest }, i) => (
        <span key={i}>
          {i > 0 && '; '}
          {href ? (
            <a href={href} rel="noopener nofollow" class={exact ? 'exact' : undefined}>
              {text}
            </a>
          ) : (
            text
          )}
          {rest}
        </span>
      ))}
      {award.round && (
        <>
          {' · '}
          <a href={`/judging/rounds/${award.round}/results`}>{words(view.lang).roundResults}</a>
        </>
      )}
    </span>
  )
}

type Told = { view: View; story: Innovation['story'] }

function Story({ view, story }: Told) {
  if (story.length === 0) return null
  return (
    <>
      <h2>{words(view.lang).story}</h2>
      <Tellings view={view} story={story} />
    </>
  )
}

/** What a demonstration invented about a real innovation stays folded: nobody should read it as the innovation's own story. */
function InventedStory({ view, story }: Told) {
  if (story.length === 0) return null
  return (
    <details>
      <summary>{fill(words(view.lang).inventedStory, { n: story.length })}</summary>
      <Tellings view={view} story={story} />
    </details>
  )
}

function Tellings({ view, story }: Told) {
  const w = words(view.lang)
  const origins = { agency: w.addedByAgency, secretariat: w.addedBySecretariat }
  return (
    <>
      {story.map(({ id, from, demo, question, questionEn, text, lang, at }) => (
        <section key={id}>
          <h3>{(view.lang === 'en' && questionEn) || question}</h3>
          <p class="prose" lang={lang === view.lang ? undefined : lang}>
            {text}
          </p>
          <p class="hint">
            {from === 'proposal'
              ? demo
                ? w.fromDemoProposal
                : w.fromProposal
              : fill(origins[from], { date: formatDate(new Date(at), view.lang, view.zone) })}
          </p>
        </section>
      ))}
    </>
  )
}
