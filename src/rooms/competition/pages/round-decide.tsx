import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Facts, Form, Notice, Page, Select, sentence, TextArea, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Affected, TakingPart } from '../domain/affected.ts'
import { deadline } from '../domain/calendar.ts'
import type { Change } from '../domain/difference.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { ChangesTable } from './round.tsx'
import { type Draft, ProblemList } from './round-edit.tsx'
import { roundPath, ThreeZones } from './round-parts.tsx'

type Typed = Record<string, string | string[] | undefined>
type Came = { typed: Typed; problems?: Problems; refusal?: string | undefined }

const trailOf = (round: Round, view: View) => [
  { href: '/competition', label: words(view.lang).navRounds },
  { href: roundPath(round.id), label: round.rules.name[view.lang] },
]
const text = (typed: Typed, name: string) => String(typed[name] ?? '')

/** A new round: what it is copied from, what it is called. */
export function NewRoundPage({
  view,
  sources,
  typed,
  problems = {},
  refusal,
}: { view: View; sources: readonly { value: string; label: string }[] } & Came) {
  const { lang } = view
  const w = words(lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], lang, w)
  const labels = {
    from: w.copyFrom,
    key: w.roundKey,
    year: w['f-year'],
    nameId: `${w['f-name']} (${w.inIndonesian})`,
    nameEn: `${w['f-name']} (${w.inEnglish})`,
  }
  return (
    <Page
      view={view}
      title={w.roundNewTitle}
      lead={w.roundNewLead}
      trail={[{ href: '/competition', label: w.navRounds }]}
    >
      <ErrorSummary lang={lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Form action="/competition/rounds/new">
        <Select
          name="from"
          label={labels.from}
          options={sources}
          value={text(typed, 'from')}
          problem={problem('from')}
        />
        <TextField
          name="key"
          label={labels.key}
          hint={w.roundKeyHint}
          value={text(typed, 'key')}
          problem={problem('key')}
        />
        <TextField
          name="year"
          label={labels.year}
          inputmode="numeric"
          value={text(typed, 'year')}
          problem={problem('year')}
        />
        <TextField name="nameId" label={labels.nameId} value={text(typed, 'nameId')} problem={problem('nameId')} />
        <TextField name="nameEn" label={labels.nameEn} value={text(typed, 'nameEn')} problem={problem('nameEn')} />
        <div class="actions">
          <button type="submit">{w.createIt}</button>
        </div>
      </Form>
    </Page>
  )
}

/** What a new version would change and for whom, and the reason that makes it so. */
export function ChangesPage({
  view,
  round,
  draft,
  changes,
  affected,
  notes,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  round: Round
  draft: Draft
  changes: readonly Change[]
  affected: { people: readonly Affected[]; proposals: readonly TakingPart[] }
  /** The notes on where values come from differ too. */
  notes: boolean
} & Came) {
  const { lang } = view
  const w = words(lang)
  const version = round.version + 1
  const path = roundPath(round.id)
  const { people, proposals } = affected
  const units = people.filter(({ owner }) => owner.unit !== null).length
  const counts = { people: people.length, units, admins: people.length - units, proposals: proposals.length }
  const from = (name: 'base' | 'revision') => String(typed[name] ?? draft[name])
  return (
    <Page
      view={view}
      title={fill(w.changesTitle, { n: version })}
      lead={w.changesLead}
      trail={[...trailOf(round, view), { href: `${path}/edit`, label: w.editRound }]}
    >
      <ErrorSummary lang={lang} problems={problems} refusal={refusal} words={w} labels={{ reason: w.reason }} />
      {draft.problems.length > 0 && (
        <Notice tone="attention" title={w.problemsTitle}>
          <ProblemList rules={draft.rules} problems={draft.problems} path={path} lang={lang} />
        </Notice>
      )}
      {changes.length > 0 && (
        <ChangesTable changes={changes} rules={draft.rules} view={view} caption={w.versionChanges} />
      )}
      {notes && <p>{w.notesChanged}</p>}
      {changes.length === 0 && !notes ? (
        <p class="empty">{w.changesNone}</p>
      ) : (
        <>
          <h2>{w.affectedTitle}</h2>
          <p>{people.length === 0 ? w.affectedNobody : fill(w.affectedN, counts)}</p>
          <Form action={`${path}/changes`}>
            <input type="hidden" name="base" value={from('base')} />
            <input type="hidden" name="revision" value={from('revision')} />
            <TextArea
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              rows={4}
              value={text(typed, 'reason')}
              problem={problems.reason && sentence(problems.reason, lang, w)}
            />
            <div class="actions">
              <button type="submit">{fill(w.publishChanges, { n: version })}</button>
              <a class="button quiet" href={`${path}/edit`}>
                {platformWords(lang).back}
              </a>
            </div>
          </Form>
        </>
      )}
    </Page>
  )
}

/** The decision to move the deadline. */
export function ExtensionPage({ view, round, typed, problems = {}, refusal }: { view: View; round: Round } & Came) {
  const { lang } = view
  const w = words(lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], lang, w)
  return (
    <Page view={view} title={w.extendTitle} lead={w.extendLead} trail={trailOf(round, view)}>
      <ErrorSummary
        lang={lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ until: w.extendUntil, reason: w.reason }}
      />
      <Facts
        facts={[[w.extendNow, <ThreeZones at={new Date(deadline(round.rules, round.extensions))} view={view} />]]}
      />
      <p>{w.extendWho}</p>
      <Form action={`${roundPath(round.id)}/extension`}>
        <TextField
          name="until"
          label={w.extendUntil}
          type="datetime-local"
          step="1"
          value={text(typed, 'until')}
          problem={problem('until')}
        />
        <TextArea
          name="reason"
          label={w.reason}
          hint={w.reasonHint}
          rows={4}
          value={text(typed, 'reason')}
          problem={problem('reason')}
        />
        <div class="actions">
          <button type="submit">{w.extendIt}</button>
        </div>
      </Form>
    </Page>
  )
}
