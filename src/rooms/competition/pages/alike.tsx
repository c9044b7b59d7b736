import type { View } from '#platform/http.ts'
import { fill, formatPercent } from '#platform/text.ts'
import { ActionButton } from '#platform/ui/index.ts'
import type { LikeWinner, Proposal, Similar } from '../domain/proposal.ts'
import { words } from '../text/index.ts'

/**
 * What a draft is like: earlier winners, with the question what that means, and submissions. A replication is offered,
 * not suspected.
 */
export function Alike({
  view,
  proposal,
  similar,
  declare,
}: {
  view: View
  proposal: Proposal
  similar: Similar
  declare: boolean
}) {
  const w = words(view.lang)
  if (similar.winners.length + similar.proposals.length === 0) return null
  return (
    <>
      {similar.winners.length > 0 && (
        <>
          <h3>{w.likeWinners}</h3>
          <p class="hint">{w.likeWinnersText}</p>
          <ul class="cards">
            {similar.winners.slice(0, 5).map((winner) => (
              <li key={winner.id}>
                <h4>{winner.name}</h4>
                <p class="meta">
                  {[winner.agencyName, winner.year, formatPercent(winner.likeness, view.lang)]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
                {proposal.winner === winner.id ? (
                  <p>{w.declaredSame}</p>
                ) : proposal.source === winner.id ? (
                  <p>{w.declaredSource}</p>
                ) : (
                  declare && <DeclareButtons view={view} proposal={proposal} winner={winner} />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {similar.proposals.length > 0 && (
        <>
          <h3>{w.likeProposals}</h3>
          <ul>
            {similar.proposals.slice(0, 5).map((other) => (
              <li key={other.id}>
                {[other.title, other.agencyName, other.year].filter(Boolean).join(' · ')}{' '}
                <span class="soft">
                  {fill(w.likeness, {
                    percent: formatPercent(Math.max(other.titleLikeness, other.textLikeness ?? 0), view.lang),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** "This is ours, again" or "we copy this one". */
export function DeclareButtons({
  view,
  proposal,
  winner,
}: {
  view: View
  proposal: Proposal
  winner: Pick<LikeWinner, 'id' | 'name'>
}) {
  const w = words(view.lang)
  const action = `/competition/proposals/${proposal.id}/origin`
  const revision = String(proposal.revision)
  return (
    <div class="actions">
      <ActionButton action={action} fields={{ kind: 'same', winner: winner.id, revision }} kind="quiet">
        {w.declareSame}
        <span class="unseen">: {winner.name}</span>
      </ActionButton>
      <ActionButton action={action} fields={{ kind: 'replication', winner: winner.id, revision }} kind="quiet">
        {w.declareReplication}
        <span class="unseen">: {winner.name}</span>
      </ActionButton>
    </div>
  )
}
