import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate, type Lang } from '#platform/text.ts'
import { Choices, ErrorSummary, Form, KeptForm, Notice, Page, Select, sentence, TextField } from '#platform/ui/index.ts'
import { ageClosing } from '../domain/calendar.ts'
import type { Invitation } from '../domain/invitation.ts'
import type { Comment, Evidence, Proposal, StoredAnswer } from '../domain/proposal.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { AnswerField, type Conflict, FileQuestion } from './answer-field.tsx'
import { EvidenceBox, EvidenceForms } from './evidence.tsx'
import { partsOf, proposalPath, trailOf } from './proposal.tsx'

export type TypedFacts = { title: string; group: string; category: string; startedOn: string }

/** Title, group, category and date: the same fields begin a proposal and change it. */
function FactFields({
  round,
  lang,
  typed,
  problems,
  invited,
}: {
  round: Round
  lang: Lang
  typed: TypedFacts
  problems: Problems
  invited: readonly Invitation[]
}) {
  const w = words(lang)
  const { rules } = round
  const tell = (name: string) => problems[name] && sentence(problems[name], lang, w)
  return (
    <>
      <TextField name="title" label={w.title} hint={w.titleHint} value={typed.title} problem={tell('title')} />
      <Choices
        name="group"
        label={w.group}
        hint={rules.groups.length > 1 ? w.groupHint : undefined}
        value={typed.group}
        problem={tell('group')}
        options={rules.groups.map((group) => ({
          value: group.key,
          label: group.label[lang],
          ...(group.byInvitation && { hint: invitedInWords(group.key, invited, lang) }),
        }))}
      />
      <Select
        name="category"
        label={w.category}
        value={typed.category}
        empty={w.chooseCategory}
        problem={tell('category')}
        options={rules.categories.map((category) => ({ value: category.key, label: category.label[lang] }))}
      />
      <TextField
        name="startedOn"
        type="date"
        label={w.startedOn}
        hint={fill(w.startedOnHint, { closing: formatDate(ageClosing(rules, round.extensions), lang) })}
        value={typed.startedOn}
        problem={tell('startedOn')}
      />
    </>
  )
}

/** What the summary of problems calls each of them. */
function factLabels(lang: Lang): Record<string, string> {
  const { title, group, category, startedOn, unit } = words(lang)
  return { title, group, category, startedOn, unit }
}

/** Who of the own agency is invited to a group that is not open to all. */
function invitedInWords(key: string, invited: readonly Invitation[], lang: Lang): string {
  const w = words(lang)
  const own = invited.filter(({ group, withdrawn }) => group === key && withdrawn === null)
  const guests = [...new Set(own.map(({ name }) => name ?? w.groupInvitedAny))].join(', ')
  return `${w.groupByInvitation} ${own.length > 0 ? fill(w.groupInvited, { guests }) : w.groupUninvited}`
}

export function StartPage({
  view,
  round,
  units,
  started,
  typed,
  invited = [],
  problems = {},
  refusal,
}: {
  view: View
  round: Round
  units: readonly { value: string; label: string }[]
  /** How many proposals this person has begun in the round. */
  started: number
  typed: TypedFacts & { unit: string }
  /** The invitations of the own agency. */
  invited?: readonly Invitation[]
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const back = refusal !== undefined || Object.keys(problems).length > 0
  return (
    <Page view={view} title={w.startTitle} lead={w.startLead} trail={trailOf(view)} islands={['keep-form']}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={factLabels(view.lang)} />
      <p class="soft">{round.rules.name[view.lang]}</p>
      <KeptForm
        lang={view.lang}
        owner={view.actor.id}
        name={`start:${round.id}`}
        state={started}
        typed={back}
        action={`/competition/${round.key}/start`}
      >
        {units.length > 1 ? (
          <Select name="unit" label={w.unit} value={typed.unit} options={units} />
        ) : (
          <input type="hidden" name="unit" value={units[0]?.value} />
        )}
        <FactFields round={round} lang={view.lang} typed={typed} problems={problems} invited={invited} />
        <div class="actions">
          <button type="submit">{w.startProposal}</button>
        </div>
      </KeptForm>
    </Page>
  )
}

export function FactsPage({
  view,
  proposal,
  round,
  typed,
  invited = [],
  problems = {},
  refusal,
}: {
  view: View
  proposal: Proposal
  round: Round
  typed: TypedFacts
  /** The invitations of the own agency. */
  invited?: readonly Invitation[]
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const back = refusal !== undefined || Object.keys(problems).length > 0
  return (
    <Page view={view} title={w.factsTitle} trail={trailOf(view, proposal)} islands={['keep-form']}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={factLabels(view.lang)} />
      <KeptForm
        lang={view.lang}
        owner={view.actor.id}
        name={`facts:${proposal.id}`}
        state={proposal.revision}
        typed={back}
        action={`${proposalPath(proposal.id)}/facts`}
      >
        <input type="hidden" name="revision" value={proposal.revision} />
        <input type="hidden" name="source" value={proposal.source ?? ''} />
        <input type="hidden" name="winner" value={proposal.winner ?? ''} />
        <FactFields round={round} lang={view.lang} typed={typed} problems={problems} invited={invited} />
        <div class="actions">
          <button type="submit">{w.saveFacts}</button>
          <a class="button quiet" href={`${proposalPath(proposal.id)}/origin`}>
            {w.originTitle}
          </a>
        </div>
      </KeptForm>
    </Page>
  )
}

/** One part of the proposal, question by question. Saves itself with a script, with one button without. */
export function WritePage({
  view,
  proposal,
  round,
  part,
  answers,
  typed = new Map(),
  evidence,
  comments = [],
  conflicts = [],
  problems = {},
}: {
  view: View
  proposal: Proposal
  round: Round
  part: 'head' | 'group' | 'foot'
  answers: readonly StoredAnswer[]
  /** What was typed and could not be saved: it stays in its box. */
  typed?: ReadonlyMap<string, string>
  comments?: readonly Comment[]
  evidence: readonly Evidence[]
  conflicts?: readonly Conflict[]
  problems?: Problems
}) {
  const w = words(view.lang)
  const parts = partsOf(round.rules, proposal.group)
  const questions = parts.find((each) => each.part === part)?.questions ?? []
  const next = parts[parts.findIndex((each) => each.part === part) + 1]
  const path = proposalPath(proposal.id)
  return (
    <Page
      view={view}
      title={w[`part-${part}`]}
      trail={trailOf(view, proposal)}
      lead={w.saveHint}
      islands={['auto-save', 'resumable-upload']}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        words={w}
        labels={Object.fromEntries(questions.map(({ key, label }) => [`value-${key}`, label[view.lang]]))}
      />
      {conflicts.length > 0 && (
        <Notice tone="attention" title={w.conflictTitle}>
          <p>{w.conflictPage}</p>
        </Notice>
      )}
      <Form action={`${path}/write/${part}`} id="write" autocomplete="off">
        {questions.map((question) => (
          <div key={question.key} class="question">
            {question.kind === 'file' ? (
              <FileQuestion question={question} lang={view.lang} />
            ) : (
              <AnswerField
                view={view}
                question={question}
                path={path}
                answer={answers.find((a) => a.question === question.key)}
                typed={typed.get(question.key)}
                comments={comments.filter((each) => each.question === question.key)}
                conflict={conflicts.find((c) => c.question === question.key)}
                problem={
                  problems[`value-${question.key}`] && sentence(problems[`value-${question.key}`]!, view.lang, w)
                }
              />
            )}
            {question.evidence && (
              <EvidenceBox
                view={view}
                proposal={proposal}
                question={question}
                items={evidence.filter((item) => item.question === question.key)}
              />
            )}
          </div>
        ))}
        <div class="actions">
          <button type="submit">{w.save}</button>
          {next && (
            <a class="button quiet" href={`${path}/write/${next.part}`}>
              {w[`part-${next.part}`]}
            </a>
          )}
        </div>
      </Form>
      <EvidenceForms proposal={proposal} questions={questions} evidence={evidence} />
    </Page>
  )
}
