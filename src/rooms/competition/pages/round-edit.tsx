import type { View } from '#platform/http.ts'
import { fill, type Lang } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Notice, Page, State } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Rules } from '../domain/round.ts'
import type { Problem } from '../domain/round-consistency.ts'
import { sectionOf, sectionsOf } from '../domain/round-fields.ts'
import { pathInWords, problemInWords } from '../domain/rule-words.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { reader, roundPath } from './round-parts.tsx'

/** What is being written, and from where. */
export type Draft = { base: number; revision: number; rules: Rules; problems: readonly Problem[] }

/** The name of a section of the editor. */
export function sectionName(rules: Rules, section: string, lang: Lang): string {
  const w = words(lang)
  const group = /^questions-(.+)$/.exec(section)?.[1]
  if (group !== undefined)
    return fill(w['section-questions'], {
      group: rules.groups.find((each) => each.key === group)?.label[lang] ?? group,
    })
  return (w as Record<string, string>)[`section-${section}`] ?? section
}

export const trailOf = (round: Round, lang: Lang) => [
  { href: '/competition', label: words(lang).navRounds },
  { href: roundPath(round.id), label: round.rules.name[lang] },
]

/** The draft as a whole: its sections, what is wrong in each, and the way to publication. */
export function EditRoundPage({
  view,
  round,
  draft,
  refusal,
}: {
  view: View
  round: Round
  draft: Draft
  refusal?: string | undefined
}) {
  const { lang } = view
  const w = words(lang)
  const path = roundPath(round.id)
  const { rules, problems } = draft
  const wrongIn = (section: string) => problems.filter((problem) => sectionOf(problem.path) === section).length
  return (
    <Page
      view={view}
      title={fill(w.editTitle, { round: rules.name[lang] })}
      trail={trailOf(round, lang)}
      lead={round.state === 'draft' ? w.editLeadDraft : w.editLeadChange}
    >
      <ErrorSummary lang={lang} refusal={refusal} words={w} />
      <div class="with-side">
        <div>
          {problems.length > 0 && (
            <Notice tone="attention" title={w.problemsTitle}>
              <ProblemList rules={rules} problems={problems} path={path} lang={lang} />
            </Notice>
          )}
          <h2>{w.sectionsTitle}</h2>
          <ul class="cards">
            {sectionsOf(rules).map((section) => (
              <li key={section}>
                <a href={`${path}/edit/${section}`}>{sectionName(rules, section, lang)}</a>{' '}
                {wrongIn(section) > 0 && <State tone="attention">{fill(w.problemsN, { n: wrongIn(section) })}</State>}
              </li>
            ))}
          </ul>
        </div>
        <aside class="now">
          <h2>{platformWords(lang).nowTitle}</h2>
          <div class="stack">
            <p class="small soft">{fill(w.revisionOf, { n: draft.revision })}</p>
            <p>
              <a class="button quiet" href={`${path}/preview`}>
                {w.previewDraft}
              </a>
            </p>
            {round.state === 'draft' ? (
              <>
                <p class="hint">{w.publishWhat}</p>
                <ActionButton action={`${path}/publication`} fields={{ revision: String(draft.revision) }}>
                  {w.publishIt}
                </ActionButton>
              </>
            ) : (
              <>
                <p>
                  <a class="button" href={`${path}/changes`}>
                    {w.reviewChanges}
                  </a>
                </p>
                {draft.revision > 0 && (
                  <ActionButton action={`${path}/edit/discard`} kind="danger">
                    {w.dropChanges}
                  </ActionButton>
                )}
              </>
            )}
          </div>
        </aside>
      </div>
    </Page>
  )
}

/** Problems by their place, each with the way to where it is put right. */
export function ProblemList({
  rules,
  problems,
  path,
  lang,
}: {
  rules: Rules
  problems: readonly Problem[]
  path: string
  lang: Lang
}) {
  return (
    <ul>
      {problems.map((problem, i) => (
        <li key={i}>
          <a href={`${path}/edit/${sectionOf(problem.path)}`}>{pathInWords(rules, problem.path, reader(lang))}</a>:{' '}
          {problemInWords(problem, reader(lang))}
        </li>
      ))}
    </ul>
  )
}
