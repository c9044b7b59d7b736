import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { ErrorSummary, Form, Page, sentence, TextField } from '#platform/ui/index.ts'
import type { PanelRound } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelTrail } from './panel.tsx'

export function DecreePage({
  view,
  round,
  typed = {},
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  typed?: Record<string, unknown>
  problems?: Problems
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const field = (name: string) => ({
    name,
    value: typeof typed[name] === 'string' ? typed[name] : undefined,
    problem: problems?.[name] && sentence(problems[name], view.lang, w),
  })
  return (
    <Page view={view} title={w.decreeTitle} lead={w.decreeLead} trail={panelTrail(round, view.lang)}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ number: w.decreeNumber, dated: w.decreeDated, about: w.decreeAbout, file: w.decreePdf }}
      />
      <Form action={`/judging/rounds/${round.id}/decree`} upload>
        <TextField {...field('number')} label={w.decreeNumber} />
        <TextField {...field('dated')} label={w.decreeDated} type="date" />
        <TextField {...field('about')} label={w.decreeAbout} />
        <TextField
          name="file"
          label={w.decreePdf}
          type="file"
          accept="application/pdf"
          problem={problems?.file && sentence(problems.file, view.lang, w)}
        />
        <div class="actions">
          <button type="submit">{w.decreeDo}</button>
        </div>
      </Form>
    </Page>
  )
}
