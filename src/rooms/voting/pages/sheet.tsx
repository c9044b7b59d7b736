import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import {
  Choices,
  ErrorSummary,
  Form,
  Notice,
  Page,
  sentence,
  TextArea,
  TextField,
  type TrailStep,
} from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { PracticeNotice, typedText, withinTrail } from './parts.tsx'
import type { VersionShown } from './tps.tsx'
import type { CandidateShown } from './village.tsx'
import { type Again, VoteFields, voteLabels } from './vote-fields.tsx'

type InElection = Pick<Election, 'id' | 'wave' | 'waveName' | 'villageName' | 'mode'>
const spoken = (sheet: string) =>
  sheet
    .toUpperCase()
    .match(/.{1,4}/g)!
    .join(' ')

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
