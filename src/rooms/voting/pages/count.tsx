import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatNumber } from '#platform/text.ts'
import {
  Choices,
  ErrorSummary,
  Form,
  Notice,
  Page,
  sentence,
  Table,
  TextArea,
  TextField,
  type TrailStep,
} from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import type { ShownTps } from '../domain/village.ts'
import { words } from '../text/index.ts'
import { PracticeNotice, typedText, withinTrail } from './parts.tsx'
import type { VersionShown } from './tps.tsx'
import { type CandidateShown, TpsState } from './village.tsx'

type Again = { typed?: Typed; problems?: Problems; refusal?: string | undefined }
type InElection = Pick<Election, 'id' | 'wave' | 'waveName' | 'villageName' | 'mode'>
const spoken = (sheet: string) =>
  sheet
    .toUpperCase()
    .match(/.{1,4}/g)!
    .join(' ')
const listed = (typed: Typed | undefined, name: string, at: number): string => {
  const value = typed?.[name]
  return Array.isArray(value) ? (value[at] ?? '') : ''
}

/** One number for each candidate, in the order of their numbers. */
function VoteFields({
  view,
  candidates,
  name = 'votes',
  typed,
  problems,
}: {
  view: View
  candidates: readonly CandidateShown[]
  name?: string
  typed: Typed | undefined
  problems: Problems
}) {
  const w = words(view.lang)
  return (
    <>
      {candidates.map((candidate, i) => {
        const problem = problems[`${name}.${i}`]
        return (
          <TextField
            key={candidate.number}
            id={`${name}-${candidate.number}`}
            name={`${name}[]`}
            label={`${candidate.number}. ${candidate.name}`}
            inputmode="numeric"
            autocomplete="off"
            value={listed(typed, name, i)}
            problem={problem && sentence(problem, view.lang, w)}
          />
        )
      })}
    </>
  )
}

/** Problems of the fields by what they are called, for the summary. */
const voteLabels = (candidates: readonly CandidateShown[], name = 'votes') =>
  Object.fromEntries(candidates.map((candidate, i) => [`${name}.${i}`, `${candidate.number}. ${candidate.name}`]))

/** What the committee does while results come: type sheets, settle versions, enter what equal votes ask. */
export function CountPage({
  view,
  election,
  places,
  candidates,
  facts,
  serves,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: InElection
  places: readonly ShownTps[]
  candidates: readonly CandidateShown[]
  /** What is still to be entered for the ladder. */
  facts: readonly ('education-level' | 'formal-education-path')[]
  serves: boolean
} & Again) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.countTitle} lead={w.countLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ ...voteLabels(candidates, 'values'), source: w.factsSource, fact: w.factsHead }}
      />
      <Table
        caption={w.perTps}
        hideCaption
        rows={places}
        columns={[
          {
            head: w.tps,
            main: true,
            cell: ({ id, number }) => <a href={`/voting/tps/${id}/result`}>{fill(w.tpsN, { n: number })}</a>,
          },
          { head: w.resultLink, cell: (place) => <TpsState view={view} place={place} /> },
          {
            head: w.countTitle,
            cell: ({ id, state }) => (
              <a href={`/voting/tps/${id}/sheet`}>{state === 'contradicting' ? w.settleLink : w.typeLink}</a>
            ),
          },
        ]}
      />
      {serves && facts.length > 0 && (
        <section>
          <h2>{w.factsHead}</h2>
          <p>{w.factsLead}</p>
          <Form action={`/voting/elections/${election.id}/count`}>
            <Choices
              name="fact"
              label={w.ladderHead}
              value={typedText(typed, 'fact') || facts[0]}
              options={facts.map((value) => ({ value, label: w[`step-${value}`] }))}
            />
            <VoteFields view={view} candidates={candidates} name="values" typed={typed} problems={problems} />
            <TextField
              name="source"
              label={w.factsSource}
              value={typedText(typed, 'source')}
              problem={problems.source && sentence(problems.source, view.lang, w)}
            />
            <div class="actions">
              <button type="submit">{w.factsSave}</button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}

export type TypedShown = { sheet: string; own: boolean; result: boolean; others: number; alike: boolean }

/** The sheet of one polling place, typed by hand; or, where versions contradict each other, which one holds. */
export function SheetPage({
  view,
  election,
  title,
  candidates,
  contradicting,
  settles,
  choices,
  typedBefore,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: InElection
  title: { number: number; id: string }
  candidates: readonly CandidateShown[]
  contradicting: readonly VersionShown[]
  settles: boolean
  /** Which of them each of the committee has chosen so far, from those that are here now. */
  choices: readonly { sheet: string; reason: string; own: boolean }[]
  typedBefore: readonly TypedShown[]
} & Again) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const name = fill(w.tpsN, { n: title.number })
  const labels: Record<string, string> = {
    sheet: contradicting.length > 0 ? w.settleSheet : w.sheetHash,
    version: w.sheetVersion,
    corrects: w.sheetCorrects,
    reason: contradicting.length > 0 ? w.settleReason : w.sheetReason,
    present: w.sheetPresent,
    blank: w.blankVotes,
    source: w.sheetSource,
    differences: w.sheetDifferences,
    ...voteLabels(candidates),
  }
  const field = (of: string) => ({
    name: of,
    label: labels[of]!,
    value: typedText(typed, of),
    problem: problems[of] && sentence(problems[of], view.lang, w),
  })
  const trail: TrailStep[] = [
    ...withinTrail(view, election),
    { href: `/voting/elections/${election.id}/count`, label: w.countTitle },
  ]
  const settling = contradicting.length > 0 && settles
  return (
    <Page
      view={view}
      title={settling ? `${w.settleHead}: ${name}` : fill(w.typeTitle, { tps: name })}
      lead={settling ? w.settleWhy : w.typeLead}
      trail={trail}
    >
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      {settling &&
        choices.map(({ sheet, reason, own }) => (
          <Notice key={`${sheet} ${own}`}>
            <p>{fill(own ? w.settleOwn : w.settleOther, { sheet: spoken(sheet), reason })}</p>
          </Notice>
        ))}
      {settling && (
        <Form action={`/voting/tps/${title.id}/settle`}>
          <Choices
            {...field('sheet')}
            options={[...new Map(contradicting.map((each) => [each.sheet, each])).values()].map((version) => ({
              value: version.sheet,
              label: spoken(version.sheet),
              hint: `${fill(w.versionN, { n: version.version })}: ${version.votes.map(n).join(' – ')}, ${w.blankVotes} ${n(version.blank)}`,
            }))}
          />
          <TextArea {...field('reason')} rows={4} />
          <div class="actions">
            <button type="submit">{w.settle}</button>
          </div>
        </Form>
      )}
      {!settling && (
        <>
          {typedBefore.map(({ sheet, own, result, others, alike }) => (
            <Notice key={sheet} {...(result ? { tone: 'good' as const } : alike ? {} : { tone: 'attention' as const })}>
              <p>
                {fill(result ? w.typedDone : !alike ? w.typedDiffers : own ? w.typedOwn : w.typedWaiting, {
                  sheet: spoken(sheet),
                  n: n(others + (own ? 1 : 0)),
                })}
              </p>
            </Notice>
          ))}
          <Form action={`/voting/tps/${title.id}/sheet`} autocomplete="off">
            <TextField {...field('sheet')} hint={w.hashHint} autocomplete="off" />
            <TextField {...field('version')} value={typedText(typed, 'version') || '1'} inputmode="numeric" />
            <TextField {...field('corrects')} hint={w.onlyVersions} autocomplete="off" />
            <TextField {...field('reason')} hint={w.onlyVersions} />
            <TextField {...field('present')} inputmode="numeric" autocomplete="off" />
            <VoteFields view={view} candidates={candidates} typed={typed} problems={problems} />
            <TextField {...field('blank')} inputmode="numeric" autocomplete="off" />
            <Choices
              {...field('source')}
              value={typedText(typed, 'source') || 'tally'}
              options={(['tally', 'slips'] as const).map((value) => ({ value, label: w[`source-${value}`] }))}
            />
            <TextArea {...field('differences')} hint={w.sheetDifferencesHint} rows={3} />
            <div class="actions">
              <button type="submit">{w.typeSave}</button>
            </div>
          </Form>
        </>
      )}
    </Page>
  )
}

/** A photograph for anybody to read, with empty fields beside it. Our number is nowhere on this page. */
export function PhotoPage({
  view,
  photo,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  photo: { tps: string; photo: string; number: number; candidates: readonly CandidateShown[] } | undefined
} & Again) {
  const w = words(view.lang)
  const labels = photo ? { ...voteLabels(photo.candidates), blank: w.blankVotes } : {}
  return (
    <Page view={view} title={w.photosTitle} lead={w.photosLead} trail={[{ href: '/voting', label: w.votingTitle }]}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      {photo ? (
        <div class="with-side">
          <p>
            <img
              class="plano"
              src={`/voting/tps/${photo.tps}/files/${photo.photo}`}
              alt={fill(w.planoAlt, { n: photo.number })}
            />
          </p>
          <Form action={`/voting/planos/${photo.photo}`} autocomplete="off">
            <VoteFields view={view} candidates={photo.candidates} typed={typed} problems={problems} />
            <TextField
              name="blank"
              label={w.blankVotes}
              inputmode="numeric"
              value={typedText(typed, 'blank')}
              problem={problems.blank && sentence(problems.blank, view.lang, w)}
              autocomplete="off"
            />
            <div class="actions">
              <button type="submit">{w.photoSend}</button>
              <a class="button quiet" href="/voting/planos">
                {w.photoAnother}
              </a>
            </div>
          </Form>
        </div>
      ) : (
        <p>{w.photosNone}</p>
      )}
      <p class="soft small">{w.photosPrivacy}</p>
    </Page>
  )
}
