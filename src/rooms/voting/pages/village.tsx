import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber, formatPercent } from '#platform/text.ts'
import { Bars, Notice, Page, State, Table, type Tone, type TrailStep } from '#platform/ui/index.ts'
import { type Decision, standsAsDecided } from '../domain/decision.ts'
import type { Election } from '../domain/election.ts'
import type { Climbed, Outcome } from '../domain/tie.ts'
import type { ShownTps, VillageResult } from '../domain/village.ts'
import { words } from '../text/index.ts'
import { DecidedNotice } from './decision.tsx'
import { heldOn, PracticeNotice } from './parts.tsx'
import { SumFacts } from './roll-up.tsx'

export type CandidateShown = { number: number; name: string }

const tones: Record<ShownTps['state'], Tone> = {
  missing: 'calm',
  counted: 'good',
  corrected: 'attention',
  contradicting: 'bad',
}

/** How a polling place stands: a word with a sign, and what else is to be said of it. */
export function TpsState({
  view,
  place,
}: {
  view: View
  place: Pick<ShownTps, 'state' | 'late' | 'questioned' | 'typed'>
}) {
  const w = words(view.lang)
  const late = place.state === 'missing' && place.late
  return (
    <>
      <State tone={late ? 'attention' : tones[place.state]}>{late ? w['tps-late'] : w[`tps-${place.state}`]}</State>
      {place.questioned && <State tone="attention">{w['tps-questioned']}</State>}
      {place.typed && <State tone="calm">{w['tps-typed']}</State>}
    </>
  )
}

const namesOf = (candidates: readonly CandidateShown[], numbers: readonly number[]) =>
  numbers.map((number) => `${number}. ${candidates.find((each) => each.number === number)?.name ?? ''}`).join(', ')

function Ladder({
  view,
  steps,
  candidates,
}: {
  view: View
  steps: readonly Climbed[]
  candidates: readonly CandidateShown[]
}) {
  const w = words(view.lang)
  if (steps.length === 0) return null
  return (
    <section>
      <h2>{w.ladderHead}</h2>
      <ol>
        {steps.map(({ step, why, place, roll, compared, left }) => (
          <li key={step}>
            <strong>{w[`step-${step}`]}</strong>
            {place !== undefined && (
              <>
                {' '}
                (
                {fill(step === 'largest-tps' ? w.atTps : w.atHamlet, {
                  n: place,
                  place,
                  roll: formatNumber(roll ?? 0, view.lang),
                })}
                )
              </>
            )}
            : {w[`why-${why}`]}.
            {compared && (
              <ul>
                {compared.map(({ candidate, value }) => (
                  <li key={candidate}>
                    {namesOf(candidates, [candidate])}: {formatNumber(value, view.lang)}
                    {left.includes(candidate) && why === 'decides' ? ' ✓' : ''}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function OutcomeNotice({
  view,
  outcome,
  result,
  tps,
  candidates,
}: {
  view: View
  outcome: Outcome | undefined
  result: VillageResult
  tps: number
  candidates: readonly CandidateShown[]
}) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  if (result.counted === 0) return <Notice>{<p>{w.notBegun}</p>}</Notice>
  if (!outcome)
    return (
      <Notice tone="attention">
        <p>
          {fill(w.provisional, { counted: n(result.counted), tps: n(tps) })} {result.withheld && w.withheld}
        </p>
      </Notice>
    )
  if (outcome.kind === 'no-votes') return <Notice tone="attention">{<p>{w.noVotes}</p>}</Notice>
  if (outcome.kind === 'winner') {
    const name = candidates.find(({ number }) => number === outcome.candidate)?.name ?? ''
    return (
      <Notice tone="good">
        <p>
          <strong>
            {fill(outcome.steps.length > 0 ? w.winsByLadder : w.wins, {
              name,
              number: outcome.candidate,
              votes: n(outcome.votes),
            })}
          </strong>{' '}
          {w.winsNote}
        </p>
      </Notice>
    )
  }
  return (
    <Notice tone="attention" title={w.equalHead}>
      <p>{fill(w[`equal-${outcome.kind}`], { names: namesOf(candidates, outcome.equal) })}</p>
    </Notice>
  )
}

/** The result of one village: who has how many, by polling place and hamlet, and how equal votes were decided. */
export function VillagePage({
  view,
  election,
  trail,
  candidates,
  places,
  result,
  objections,
  decision,
  office,
}: {
  view: View
  election: Pick<Election, 'id' | 'villageName' | 'mode' | 'held' | 'districtName' | 'regencyName'>
  trail: readonly TrailStep[]
  candidates: readonly CandidateShown[]
  places: readonly ShownTps[]
  result: VillageResult
  objections: number
  /** Only one that holds. */
  decision: Decision | undefined
  /** This reader types sheets and settles versions here. */
  office: boolean
}) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const least = Math.max(0, ...places.map((place) => place.least))
  const hidden = places.some(({ id, votes }) => votes !== null && !result.shown.has(id))
  const contradicting = places.filter(({ state }) => state === 'contradicting').length
  const total = (at: number) => result.totals[at] ?? 0
  const sums = {
    elections: 0,
    tps: places.length,
    voters: result.voters,
    counted: result.counted,
    counted_voters: places.reduce((sum, place) => sum + (place.votes ? place.voters : 0), 0),
    present: result.present,
    valid: result.valid,
    blank: result.blank,
    corrected: 0,
    contradicting,
    late: 0,
    questioned: 0,
    typed: 0,
  }
  return (
    <Page
      view={view}
      title={fill(w.villageResult, { village: election.villageName })}
      lead={`${election.districtName}, ${election.regencyName} · ${heldOn(view, election.held)}`}
      trail={trail}
    >
      <PracticeNotice view={view} mode={election.mode} />
      {decision && <DecidedNotice view={view} decision={decision} stands={standsAsDecided(decision.content, result)} />}
      {!(decision && standsAsDecided(decision.content, result)) && (
        <OutcomeNotice
          view={view}
          outcome={result.outcome}
          result={result}
          tps={places.length}
          candidates={candidates}
        />
      )}
      {result.totals.length > 0 && (
        <Bars
          lang={view.lang}
          caption={w.votes}
          labelHead={w.candidateHead}
          valueHead={w.votes}
          items={[
            ...candidates.map(({ number, name }, i) => ({
              label: `${number}. ${name} (${formatPercent(result.valid === 0 ? 0 : total(i) / result.valid, view.lang, 1)})`,
              value: total(i),
            })),
            { label: w.blankVotes, value: result.blank },
          ]}
        />
      )}
      <SumFacts view={view} sums={sums} />
      {result.outcome && 'steps' in result.outcome && (
        <Ladder view={view} steps={result.outcome.steps} candidates={candidates} />
      )}
      <h2>{w.perTps}</h2>
      <Table
        caption={w.perTps}
        hideCaption
        rows={places}
        columns={[
          {
            head: w.tps,
            main: true,
            cell: ({ id, number, place, mobile }) => (
              <>
                <a href={`/voting/tps/${id}/result`}>{fill(w.tpsN, { n: number })}</a> {place}
                {mobile > 0 && <span class="soft small"> {w.mobileWhy}</span>}
              </>
            ),
          },
          { head: w.resultLink, cell: (place) => <TpsState view={view} place={place} /> },
          {
            head: w.turnout,
            number: true,
            cell: ({ votes, present, voters }) => (votes ? `${n(present)}/${n(voters)}` : `–/${n(voters)}`),
          },
          ...candidates.map(({ number }, i) => ({
            head: fill(w.candidateShort, { n: number }),
            number: true,
            cell: ({ id, votes }: ShownTps) =>
              votes === null ? '–' : result.shown.has(id) ? n(votes[i] ?? 0) : w.hiddenSmall,
          })),
          {
            head: w.blankVotes,
            number: true,
            cell: ({ id, votes, blank }) => (votes === null ? '–' : result.shown.has(id) ? n(blank) : w.hiddenSmall),
          },
        ]}
      />
      {hidden && <p class="soft small">{fill(w.hiddenSmallWhy, { least: n(least) })}</p>}
      {result.hamlets.length > 0 && (
        <>
          <h2>{w.perHamlet}</h2>
          <Table
            caption={w.perHamlet}
            hideCaption
            rows={result.hamlets}
            columns={[
              { head: w.hamletHead, main: true, cell: ({ key }) => key },
              { head: w.turnout, number: true, cell: ({ voters }) => n(voters) },
              ...candidates.map(({ number }, i) => ({
                head: fill(w.candidateShort, { n: number }),
                number: true,
                cell: ({ votes }: { votes: readonly number[] }) => n(votes[i] ?? 0),
              })),
            ]}
          />
        </>
      )}
      <ul>
        {election.mode === 'real' && (
          <li>
            <a href={`/voting/elections/${election.id}/objections`}>{fill(w.objectionsLink, { n: n(objections) })}</a>
          </li>
        )}
        <li>
          <a href={`/voting/elections/${election.id}/audit`}>{w.auditTitle}</a>
        </li>
        {result.complete && (
          <li>
            <a href={`/voting/elections/${election.id}/recap.pdf`}>{w.recapPaper}</a>
          </li>
        )}
        <li>
          <a href="/voting/check">{w.checkLink}</a>
        </li>
        {office && (
          <li>
            <a href={`/voting/elections/${election.id}/count`}>{w.countOffice}</a>
          </li>
        )}
      </ul>
      <p class="soft small">{fill(w.asOf, { at: formatDateTime(view.now, view.lang, view.zone) })}</p>
    </Page>
  )
}
