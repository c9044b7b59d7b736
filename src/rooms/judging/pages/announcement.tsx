import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Page } from '#platform/ui/index.ts'
import { announcementWords } from '../text/announcement.ts'

export type AnnouncedRound = { id: string; name: string; finalists: Date | undefined; results: Date | undefined }

/** Where the public finds what was decided, round by round. */
export function AnnouncementsPage({ view, rounds }: { view: View; rounds: readonly AnnouncedRound[] }) {
  const w = announcementWords(view.lang)
  const line = (href: string, label: string, at: Date | undefined) =>
    at && (
      <li>
        <a href={href}>{label}</a>{' '}
        <span class="soft small">{fill(w.announcedOn, { date: formatDate(at, view.lang, view.zone) })}</span>
      </li>
    )
  return (
    <Page view={view} title={w.title} lead={w.lead}>
      {rounds.length === 0 && <p class="empty">{w.nothing}</p>}
      {rounds.map(({ id, name, finalists, results }) => (
        <section key={id}>
          <h2>{name}</h2>
          <ul>
            {line(`/judging/rounds/${id}/results`, w.results, results)}
            {line(`/judging/rounds/${id}/finalists`, w.finalists, finalists)}
            <li>
              <a href={`/judging/rounds/${id}/rule`}>{w.rule}</a>
            </li>
            <li>
              <a href={`/judging/rounds/${id}/recompute`}>{w.recompute}</a>
            </li>
          </ul>
        </section>
      ))}
      <p>
        <a href="/judging/objections">{w.follow}</a>
      </p>
    </Page>
  )
}
