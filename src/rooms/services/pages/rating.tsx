import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Choices, Form, Page, sentence, Table, TextArea } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

export type RatingShown = {
  at: string
  given: { score: number; words: string | null; until: string; open: boolean } | null
}

/** What a follower says of the service after its end, and how to change it. */
export function RatingForm({
  view,
  shown,
  typed = {},
  problems = {},
}: {
  view: View
  shown: RatingShown
  typed?: Record<string, string | string[]>
  problems?: Problems
}) {
  const w = words(view.lang)
  const names = [w['rating-1'], w['rating-2'], w['rating-3'], w['rating-4']]
  const { given } = shown
  return (
    <section>
      <h2>{w.ratingHead}</h2>
      {given && (
        <p>
          {fill(w.ratingGiven, { score: names[given.score - 1]! })}{' '}
          {given.open && fill(w.ratingUntil, { at: formatDate(given.until, view.lang) })}
        </p>
      )}
      {(!given || given.open) && (
        <Form action={`${shown.at}/rating`}>
          <Choices
            name="score"
            label={w.ratingScore}
            hint={w.ratingHint}
            value={String(typed.score ?? given?.score ?? '')}
            options={names.map((label, i) => ({ value: String(i + 1), label }))}
            problem={problems.score && sentence(problems.score, view.lang, w)}
          />
          <TextArea
            name="words"
            label={w.ratingWords}
            hint={w.ratingWordsHint}
            optional={w.optional}
            rows={3}
            maxlength={500}
            value={String(typed.words ?? given?.words ?? '')}
            problem={problems.words && sentence(problems.words, view.lang, w)}
          />
          <button type="submit">{given ? w.rateAgain : w.rate}</button>
        </Form>
      )}
    </section>
  )
}

/** What people wrote, for the local admin. */
export function RatingWordsPage({
  view,
  service,
  rows,
}: {
  view: View
  service: { id: string; name: string }
  rows: readonly { score: number; words: string }[]
}) {
  const w = words(view.lang)
  const names = [w['rating-1'], w['rating-2'], w['rating-3'], w['rating-4']]
  return (
    <Page
      view={view}
      title={fill(w.ratingWordsTitle, { name: service.name })}
      lead={w.ratingWordsLead}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: `/services/${service.id}`, label: service.name },
      ]}
    >
      <Table
        caption={w.ratingWordsLink}
        hideCaption
        empty={<p>{w.ratingWordsNone}</p>}
        rows={rows}
        columns={[
          { head: w.ratingWords, main: true, cell: ({ words: text }) => text },
          { head: w.ratingScore, cell: ({ score }) => names[score - 1]! },
        ]}
      />
    </Page>
  )
}
