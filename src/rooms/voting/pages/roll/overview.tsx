import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { ErrorSummary, Facts, Notice, Numbers, Page, State, Table } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { words } from '../../text/index.ts'
import { PracticeNotice, withinTrail } from '../parts.tsx'
import { count, rollAt, tpsName } from './parts.tsx'

export type PlaceRow = { id: string; number: number; place: string; voters: number; additional: number }
export type FixedShown = { kind: 'fixed' | 'additional'; at: Date; hash: string }
export type ChangeRow = {
  voter: string
  kind: string
  reason: string
  note: string | null
  at: Date
  by: string | null
  name: string
}

/** How the roll stands, and what its committee can do with it now. */
export function RollPage({
  view,
  election,
  places,
  unplaced,
  questions,
  fixed,
  changes,
  limit,
  refusal,
}: {
  view: View
  election: Election
  places: readonly PlaceRow[]
  unplaced: number
  questions: number
  fixed: readonly FixedShown[]
  changes: readonly ChangeRow[]
  limit: number
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const at = rollAt(election)
  const last = fixed.at(-1)
  const voters = places.reduce((sum, place) => sum + place.voters, unplaced)
  const crowded = places.filter((place) => place.voters > limit)
  const open = !last && election.state === 'preparing'
  return (
    <Page view={view} title={w.rollTitle} lead={w.rollLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <div class="with-side">
        <div>
          <Facts
            facts={[
              [
                w.rollState,
                last ? (
                  <State tone="good">
                    {fill(last.kind === 'fixed' ? w.rollFixed : w.rollFixedToo, {
                      date: formatDate(last.at, view.lang, view.zone),
                    })}
                  </State>
                ) : (
                  <State tone="attention">{w.rollOpen}</State>
                ),
              ],
              ...(last ? ([[w.rollWholeHash, <code class="hash">{last.hash}</code>]] as const) : []),
            ]}
          />
          <Numbers
            lang={view.lang}
            items={[
              { value: voters, label: w.rollVoters, href: `${at}/voters` },
              ...(unplaced > 0 ? [{ value: unplaced, label: w.rollUnplaced, href: `${at}/voters?unplaced=ya` }] : []),
              { value: questions, label: w.rollQuestions, href: `${at}/questions` },
            ]}
          />
          {voters === 0 && (
            <Notice>
              <p>{places.length === 0 ? w.tpsNone : w.rollNone}</p>
            </Notice>
          )}
          {crowded.length > 0 && (
            <Notice tone="attention" title={crowded.map(({ number }) => tpsName(view, number)).join(', ')}>
              <p>{fill(w.rollPlaceCrowded, { n: count(view, limit) })}</p>
            </Notice>
          )}
          <Table
            caption={w.rollPlaces}
            rows={places}
            empty={<p>{w.tpsNone}</p>}
            columns={[
              {
                head: w.tpsOne,
                main: true,
                cell: (place) => <a href={`${at}/voters?tps=${place.id}`}>{tpsName(view, place.number)}</a>,
              },
              { head: w.paperPlace, cell: ({ place }) => place },
              { head: w.rollVotersHead, number: true, cell: (place) => count(view, place.voters) },
              { head: w.rollAdditionalHead, number: true, cell: ({ additional }) => count(view, additional) },
            ]}
          />
          <Table
            caption={w.changesHead}
            rows={changes}
            empty={<p>{w.changesNone}</p>}
            columns={[
              { head: w.voterName, main: true, cell: (row) => <a href={`${at}/voters/${row.voter}`}>{row.name}</a> },
              { head: w.changesHead, cell: ({ kind }) => w[`change-${kind}` as 'change-added'] },
              {
                head: w.changeReason,
                cell: ({ reason, note }) => [w[`reason-${reason}` as 'reason-other'], note].filter(Boolean).join(': '),
              },
              { head: w.person, cell: ({ by, at }) => `${by ?? ''}, ${formatDate(at, view.lang, view.zone)}` },
            ]}
          />
        </div>
        <aside class="now">
          <h2>{w.rollNow}</h2>
          <ul>
            {open && (
              <>
                <li>
                  <a href={`${at}/import`}>{w.rollImport}</a>
                </li>
                <li>
                  <a href={`${at}/split`}>{w.splitTitle}</a>
                </li>
              </>
            )}
            {election.state === 'preparing' && fixed.length < 2 && (
              <li>
                <a href={`${at}/add`}>{w.voterAdd}</a>
              </li>
            )}
            <li>
              <a href={`${at}/questions`}>{w.questionsTitle}</a>
            </li>
            <li>
              <a href={`${at}/fix`}>{w.fixTitle}</a>
            </li>
            <li>
              <a href={`${at}/queue`}>{w.queueTitle}</a>
            </li>
            <li>
              <a href={`${at}/invitations`}>{w.invitationsTitle}</a>
            </li>
          </ul>
        </aside>
      </div>
    </Page>
  )
}
