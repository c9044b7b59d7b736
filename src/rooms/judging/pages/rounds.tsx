import type { Round } from '#competition'
import type { View } from '#platform/http.ts'
import { Page } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import { panelWords } from '../text/panel.ts'

/** The rounds whose judging the secretariat runs. */
export function RoundsPage({
  view,
  rounds,
  mayRun,
}: {
  view: View
  rounds: readonly { round: Round; state: 'preparing' | 'open' | 'closed' | 'released' }[]
  /** The secretariat runs the reading; the panel has its own half. */
  mayRun: boolean
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.judgingTitle} lead={w.judgingLead}>
      {rounds.length === 0 && <p class="empty">{w.noRounds}</p>}
      <ul class="cards">
        {rounds.map(({ round, state }) => (
          <li key={round.id}>
            <h2>
              <a href={`/judging/rounds/${round.id}${mayRun ? '' : '/panel'}`}>{round.rules.name[view.lang]}</a>
            </h2>
            <p class="meta">
              <span>{w[state]}</span>
              {mayRun && <a href={`/judging/rounds/${round.id}/panel`}>{panelWords(view.lang).toPanel}</a>}
            </p>
          </li>
        ))}
      </ul>
    </Page>
  )
}
