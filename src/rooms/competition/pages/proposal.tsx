import type { ComponentChildren } from 'preact'
import type { View } from '#platform/http.ts'
import { fill, formatDate, formatDateTime, formatDistance, type Lang } from '#platform/text.ts'
import { KeptForm, Page, State, Table, TextArea, type Tone } from '#platform/ui/index.ts'
import type { Finding } from '../domain/admission-finding.ts'
import { deadline } from '../domain/calendar.ts'
import { type Move, type ProposalState, typedAnswers } from '../domain/draft.ts'
import type { Checked, Comment, MoveMade, Proposal } from '../domain/proposal.ts'
import { type Question, questionsFor, type Rules } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { Alike } from './alike.tsx'
import { CommentList } from './comment.tsx'
import { Missing } from './finding.tsx'
import { again, NowPanel, type Sent } from './proposal-now.tsx'

const tones: Record<ProposalState, Tone> = {
  draft: 'calm',
  'with-local-admin': 'active',
  returned: 'attention',
  submitted: 'good',
  passed: 'good',
  failed: 'bad',
  withdrawn: 'calm',
}

export function ProposalStateMark({ state, lang }: { state: ProposalState; lang: Lang }) {
  return <State tone={tones[state]}>{words(lang)[`state-${state}`]}</State>
}

export const proposalPath = (id: string) => `/competition/proposals/${id}`
/** Back to the list that this reader has: a unit's own proposals, or what an agency received. */
export const trailOf = (view: View, proposal?: { id: string; title: string }) => [
  ...view.nav.filter(({ href }) => ['/competition/proposals', '/competition/inbox'].includes(href)).slice(0, 1),
  ...(proposal ? [{ href: proposalPath(proposal.id), label: proposal.title }] : []),
]

/** The parts in which a proposal is written, and the questions of each. */
export function partsOf(rules: Rules, group: string): { part: 'head' | 'group' | 'foot'; questions: Question[] }[] {
  const own = rules.groups.find((each) => each.key === group)?.questions ?? []
  const all = [
    { part: 'head' as const, questions: rules.head },
    { part: 'group' as const, questions: own },
    { part: 'foot' as const, questions: rules.foot },
  ]
  return all.filter(({ questions }) => questions.length > 0)
}

/** Where each question is written, by its key, and under `facts` the facts. */
const placesOf = (proposal: Proposal, rules: Rules, lang: Lang) => ({
  facts: { href: `${proposalPath(proposal.id)}/facts`, label: words(lang).factsTitle },
  ...Object.fromEntries(
    partsOf(rules, proposal.group).flatMap(({ part, questions }) =>
      questions.map(({ key, label }) => [
        key,
        { href: `${proposalPath(proposal.id)}/write/${part}#value-${key}`, label: label[lang] },
      ]),
    ),
  ),
})

/** Where a finding is mended. */
export function placeOf(proposal: { id: string; group: string }, rules: Rules) {
  return (finding: Finding): string | undefined => {
    const part = partsOf(rules, proposal.group).find((each) => each.questions.some((q) => q.key === finding.question))
    if (part) return `${proposalPath(proposal.id)}/write/${part.part}#value-${finding.question}`
    if (['source', 'source-award', 'statement', 'award-needed', 'prior-award'].includes(finding.rule))
      return `${proposalPath(proposal.id)}/origin`
    const onFacts = [
      'group',
      'category',
      'age',
      'same-title',
      'near-title',
      'title-meaningless',
      'source',
      'unanswered',
    ]
    return onFacts.includes(finding.rule) ? `${proposalPath(proposal.id)}/facts` : undefined
  }
}

export function ProposalsPage({
  view,
  proposals,
  rounds,
}: {
  view: View
  proposals: readonly Proposal[]
  rounds: readonly (Round & { open: boolean })[]
}) {
  const w = words(view.lang)
  const open = rounds.filter((round) => round.open)
  const nameOf = (id: string) => rounds.find((round) => round.id === id)?.rules.name[view.lang] ?? ''
  return (
    <Page view={view} title={w.navProposals} lead={w.proposalsLead}>
      <div class="actions">
        {open.map((round) => (
          <a key={round.id} class="button" href={`/competition/${round.key}/start`}>
            {w.startProposal}: {round.rules.name[view.lang]}
          </a>
        ))}
      </div>
      <Table
        caption={w.navProposals}
        hideCaption
        rows={proposals}
        empty={<p>{w.noProposals}</p>}
        columns={[
          { head: w.title, cell: (p) => <a href={proposalPath(p.id)}>{p.title}</a>, main: true },
          { head: w.where, cell: (p) => <ProposalStateMark state={p.state} lang={view.lang} /> },
          { head: w.since, cell: (p) => formatDistance(p.since, view.now, view.lang) },
          { head: w.unit, cell: (p) => p.unitName },
          { head: w.round, cell: (p) => nameOf(p.round) },
        ]}
      />
    </Page>
  )
}

/** One proposal as its unit and its agency see it: where it lies, what I can do now, what is missing, what was said. */
export function ProposalPage({
  view,
  proposal,
  round,
  checked,
  comments,
  moves,
  may,
  receipt,
  reading,
  refusal,
  sent,
}: {
  view: View
  proposal: Proposal
  round: Round
  checked: Checked
  comments: readonly Comment[]
  moves: readonly MoveMade[]
  may: readonly Move[]
  receipt: string | undefined
  /** The text itself, for whoever reads rather than writes. */
  reading?: ComponentChildren
  refusal?: ComponentChildren
  sent?: Sent | undefined
}) {
  const w = words(view.lang)
  const since = formatDateTime(proposal.since, view.lang, view.zone)
  const path = proposalPath(proposal.id)
  return (
    <Page
      view={view}
      title={proposal.title}
      trail={trailOf(view)}
      islands={may.includes('send') ? ['keep-form', 'unsent-text'] : ['keep-form']}
      lead={fill(w[`lies-${proposal.state}`], { since, unit: proposal.unitName, agency: proposal.agencyName })}
    >
      <p>
        <ProposalStateMark state={proposal.state} lang={view.lang} />
      </p>
      {refusal}
      <div class="with-side">
        <div>
          {may.includes('edit') && <Parts proposal={proposal} round={round} checked={checked} lang={view.lang} />}
          {['draft', 'returned', 'with-local-admin'].includes(proposal.state) && (
            <section>
              <h2>{w.missing}</h2>
              <Missing
                findings={checked.findings}
                rules={round.rules}
                group={proposal.group}
                lang={view.lang}
                {...(may.includes('edit') && { href: placeOf(proposal, round.rules) })}
              />
              <Alike view={view} proposal={proposal} similar={checked.similar} declare={may.includes('edit')} />
            </section>
          )}
          {reading}
          <section>
            <h2>{w.commentsTitle}</h2>
            <CommentList
              view={view}
              comments={comments}
              proposal={proposal}
              rules={round.rules}
              settle={may.includes('edit') || may.includes('comment')}
            />
            {may.includes('comment') && (
              <KeptForm
                lang={view.lang}
                owner={view.actor.id}
                name={`comment:${proposal.id}`}
                state={comments.filter(({ question }) => question === null).length}
                typed={sent?.field === 'comment'}
                action={`${path}/comments`}
              >
                <TextArea name="text" label={w.commentGeneral} rows={3} {...again('comment', sent, view.lang)} />
                <div class="actions">
                  <button type="submit" class="quiet">
                    {w.addComment}
                  </button>
                </div>
              </KeptForm>
            )}
          </section>
          {moves.length > 0 && (
            <section>
              <h2>{w.history}</h2>
              <ol class="history">
                {moves.map((move, i) => (
                  <li key={i}>
                    {w[`state-${move.to as ProposalState}`]}
                    {move.note && <p class="prose">{move.note}</p>}
                    <time datetime={move.at.toISOString()}>
                      {formatDateTime(move.at, view.lang, view.zone)} · {move.by ?? ''}
                    </time>
                  </li>
                ))}
              </ol>
            </section>
          )}
        </div>
        <NowPanel
          view={view}
          proposal={proposal}
          may={may}
          receipt={receipt}
          sent={sent}
          places={may.includes('send') ? placesOf(proposal, round.rules, view.lang) : {}}
          moved={moves.length}
          closes={new Date(deadline(round.rules, round.extensions))}
        />
      </div>
    </Page>
  )
}

function Parts({ proposal, round, checked, lang }: { proposal: Proposal; round: Round; checked: Checked; lang: Lang }) {
  const w = words(lang)
  const texts = Object.fromEntries(checked.answers.map((a) => [a.question, a.value]))
  const typed = typedAnswers(questionsFor(round.rules, proposal.group), texts)
  const isDone = (q: Question) =>
    q.kind === 'file'
      ? checked.evidence.some((e) => e.question === q.key)
      : typed[q.key] !== null && typed[q.key] !== false && typed[q.key] !== ''
  return (
    <section>
      <h2>{w.parts}</h2>
      <ul class="cards">
        <li>
          <h3>
            <a href={`${proposalPath(proposal.id)}/facts`}>{w.factsTitle}</a>
          </h3>
          <p class="meta">
            {[
              round.rules.groups.find((g) => g.key === proposal.group)?.label[lang],
              round.rules.categories.find((c) => c.key === proposal.category)?.label[lang],
              proposal.startedOn && formatDate(proposal.startedOn, lang),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
        {partsOf(round.rules, proposal.group).map(({ part, questions }) => (
          <li key={part}>
            <h3>
              <a href={`${proposalPath(proposal.id)}/write/${part}`}>{w[`part-${part}`]}</a>
            </h3>
            <p class="meta">{fill(w.partOf, { done: questions.filter(isDone).length, all: questions.length })}</p>
          </li>
        ))}
        <li>
          <h3>
            <a href={`${proposalPath(proposal.id)}/figures`}>{w.liveTitle}</a>
          </h3>
          <p class="meta">
            {fill(w.liveChosen, { n: checked.figures.reduce((n, { figures }) => n + figures.length, 0) })}
          </p>
        </li>
      </ul>
    </section>
  )
}
