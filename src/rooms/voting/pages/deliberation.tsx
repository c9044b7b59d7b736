import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import {
  ActionButton,
  Choices,
  ErrorSummary,
  Facts,
  Form,
  Page,
  sentence,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import { shortHash } from '../domain/candidate.ts'
import { type Deliberation, deliberationOutcomes } from '../domain/deliberation.ts'
import type { Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { type Of, paperOf } from './paper.ts'
import { type Again, ElectionStateSign, PracticeNotice, typedText, withinTrail } from './parts.tsx'

/** How a deliberation ended, as a sentence without its end. */
export const deliberatedText = (
  { lang }: Pick<View, 'lang'>,
  { outcome, name }: Pick<Deliberation, 'outcome' | 'name'>,
): string => fill(words(lang)[`deliberated-${outcome}`], { name: name ?? '' })

const factsOf = (
  view: Pick<View, 'lang'>,
  { day, place, witnesses, ground, hash }: Deliberation,
): [string, string][] => {
  const w = words(view.lang)
  return [
    [w.deliberationDay, formatDate(day, view.lang)],
    [w.deliberationPlace, place],
    [w.deliberationWitnesses, witnesses],
    [w.deliberationGround, ground],
    [w.deliberationHash, shortHash(hash)],
  ]
}

const signers = ({ lang }: Pick<View, 'lang'>, { byName, confirmedBy }: Deliberation) => {
  const w = words(lang)
  return fill(confirmedBy ? w.deliberationBoth : w.deliberationBy, { first: byName, second: confirmedBy ?? '' })
}

/** For those who prepare it: what the minutes say, and the act of two. */
export function DeliberationPage({
  view,
  election,
  deliberation,
  candidate,
  writes,
  confirms,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  deliberation: Deliberation | undefined
  /** Who can be agreed on. */
  candidate: string | undefined
  writes: boolean
  confirms: boolean
} & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/deliberation`
  const labels = {
    outcome: w.deliberationOutcome,
    day: w.deliberationDay,
    place: w.deliberationPlace,
    witnesses: w.deliberationWitnesses,
    ground: w.deliberationGround,
  }
  const field = (name: keyof typeof labels) => ({
    name,
    label: labels[name],
    value: typed ? typedText(typed, name) : (deliberation?.[name] ?? ''),
    problem: problems[name] && sentence(problems[name], view.lang, w),
  })
  return (
    <Page view={view} title={w.deliberationTitle} lead={w.deliberationLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Facts
        facts={[
          [w.state, <ElectionStateSign view={view} state={election.state} />],
          ...(deliberation
            ? [
                [w.deliberationOutcome, `${deliberatedText(view, deliberation)}.`] as const,
                ...factsOf(view, deliberation),
              ]
            : []),
        ]}
      />
      {deliberation && <p>{signers(view, deliberation)}</p>}
      {deliberation && !deliberation.confirmed && confirms && deliberation.by !== view.actor.id && (
        <ActionButton action={`${at}/confirm`} fields={{ hash: deliberation.hash }}>
          {w.deliberationConfirm}
        </ActionButton>
      )}
      {writes && !deliberation?.confirmed && (
        <Form action={at}>
          <Choices
            {...field('outcome')}
            options={deliberationOutcomes.map((value) => ({
              value,
              label: fill(w[`outcome-${value}`], { name: candidate ?? w.deliberationNoName }),
            }))}
          />
          <TextField {...field('day')} type="date" />
          <TextField {...field('place')} />
          <TextArea {...field('witnesses')} rows={3} />
          <TextField {...field('ground')} hint={w.deliberationGroundHint} />
          <div class="actions">
            <button type="submit">{w.deliberationWrite}</button>
          </div>
        </Form>
      )}
      {deliberation?.confirmed && (
        <p>
          <a href={`${at}.pdf`}>{w.deliberationPaper}</a>
        </p>
      )}
    </Page>
  )
}

/** Berita acara hasil musyawarah: what two of the committee say that the minutes say. For everybody. */
export function deliberationReport(of: Of, deliberation: Deliberation) {
  const w = words(of.lang)
  const paper = paperOf(of, w.deliberationPaperTitle, `${deliberation.version}`, deliberation.confirmed!)
  paper.paragraph(`${deliberatedText(of, deliberation)}.`, { bold: true })
  paper.facts(factsOf(of, deliberation))
  paper.paragraph(signers(of, deliberation), { soft: true })
  paper.sign([
    w.paperChair,
    deliberation.confirmedBy!,
    ...(deliberation.name ? [deliberation.name] : []),
    w.paperWitness,
  ])
  return paper.close()
}
