import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { Choices, ErrorSummary, Form, Page, sentence } from '#platform/ui/index.ts'
import type { Finalist } from '../domain/decision.ts'
import type { PanelRound } from '../domain/panel.ts'
import { judgeRating } from '../domain/rating.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'

/** The public rates how useful one finalist is. */
export function RatingPage({
  view,
  round,
  finalist,
  own,
  shown,
  n,
  least,
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  finalist: Finalist
  own: number | undefined
  /** Mean stars, or null below the least number of ratings. */
  shown: number | null
  n: number
  least: number
  problems?: Problems
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const open = judgeRating(round).ok
  return (
    <Page
      view={view}
      title={finalist.title}
      lead={`${finalist.agencyName} · ${finalist.unitName}`}
      trail={[
        {
          href: `/judging/rounds/${round.id}/finalists`,
          label: fill(w.finalistsTitle, { round: round.rules.name[view.lang] }),
        },
      ]}
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ stars: w.rateTitle }} />
      <p>
        {shown === null
          ? fill(w.rateHidden, { least })
          : fill(w.rateShown, { stars: formatNumber(shown, view.lang, 1), n })}
      </p>
      {open ? (
        <Form action={`/judging/entries/${finalist.id}/rating`}>
          <Choices
            name="stars"
            label={w.rateTitle}
            hint={w.rateLead}
            value={own === undefined ? undefined : String(own)}
            options={[w.stars1, w.stars2, w.stars3, w.stars4, w.stars5].map((label, i) => ({
              value: String(i + 1),
              label,
            }))}
            problem={problems?.stars && sentence(problems.stars, view.lang, w)}
          />
          <div class="actions">
            <button type="submit">{w.rateDo}</button>
          </div>
        </Form>
      ) : (
        <p>{w.rateOver}</p>
      )}
    </Page>
  )
}
