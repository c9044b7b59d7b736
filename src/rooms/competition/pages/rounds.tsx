import type { View } from '#platform/http.ts'
import { Page, State } from '#platform/ui/index.ts'
import type { Round, StageRow } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { NextDeadline, RoundStateLine, roundPath, stageSentence } from './round-parts.tsx'

/** All rounds: where each stands, until when one can take part, and who may. */
export function RoundsPage({
  view,
  rounds,
  stages,
  create,
}: {
  view: View
  rounds: readonly Round[]
  stages: ReadonlyMap<string, readonly StageRow[]>
  create: boolean
}) {
  const { lang } = view
  const w = words(lang)
  return (
    <Page view={view} title={w.roundsTitle} lead={w.roundsLead}>
      {create && (
        <div class="actions">
          <a class="button" href="/competition/rounds/new">
            {w.roundNew}
          </a>
        </div>
      )}
      {rounds.length === 0 ? (
        <div class="empty">{w.roundsEmpty}</div>
      ) : (
        <ul class="cards">
          {rounds.map((round) => (
            <li key={round.id}>
              <h2>
                <a href={roundPath(round.id)}>{round.rules.name[lang]}</a>
              </h2>
              {round.rules.theme && <p>{round.rules.theme[lang]}</p>}
              <p>
                <RoundStateLine state={round.state} lang={lang} />{' '}
                {round.demo && <State tone="calm">{w.demoRound}</State>}
              </p>
              <p>
                <NextDeadline round={round} view={view} />
              </p>
              {round.state === 'published' && <p>{stageSentence(round.rules, stages.get(round.id) ?? [], lang)}.</p>}
              <p class="meta">
                {w.whoMay}: {round.rules.groups.map((group) => group.label[lang]).join(', ')} ·{' '}
                {round.rules.clusters.map((cluster) => cluster.label[lang]).join(', ')}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
