import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { Page } from '#platform/ui/index.ts'
import { words } from '../../text/index.ts'
import { withinTrail } from '../parts.tsx'
import { type InElection, ObjectionFacts, type ObjectionShown, Steps } from './parts.tsx'

/** Every objection to an election with what was done about it, for everybody. Nobody's name stands here. */
export function ObjectionsPage({
  view,
  election,
  objections,
  office,
  closed,
}: {
  view: View
  election: InElection
  objections: readonly ObjectionShown[]
  /** This reader may open each in full. */
  office: boolean
  /** Why none may be filed now. */
  closed: 'objection-early' | 'objection-over' | undefined
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.objectionsTitle} lead={w.objectionsLead} trail={withinTrail(view, election)}>
      <p class="actions">
        {closed ? (
          <span>{w[closed]}</span>
        ) : (
          <a class="button" href={`/voting/elections/${election.id}/objections/new`}>
            {w.objectionFile}
          </a>
        )}{' '}
        <a href="/voting/objections">{w.objectionFollow}</a>
      </p>
      {objections.length === 0 && <p>{w.objectionsNone}</p>}
      {objections.map((objection) => (
        <section key={objection.id} id={`keberatan-${objection.number}`}>
          <h2>{fill(w.objectionN, { n: objection.number })}</h2>
          <ObjectionFacts view={view} objection={objection} />
          <p>{objection.statement ?? <span class="soft">{w.statementHidden}</span>}</p>
          <Steps view={view} steps={objection.steps} />
          {office && (
            <p>
              <a href={`/voting/objections/${objection.id}`}>{w.objectionOpen}</a>
            </p>
          )}
        </section>
      ))}
    </Page>
  )
}
