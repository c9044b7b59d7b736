import type { Round } from '#competition'
import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Page, Table } from '#platform/ui/index.ts'
import type { NextWave, StoredWave } from '../domain/waves.ts'
import { words } from '../text/index.ts'
import { roundTrail } from './evaluators.tsx'
import { minimumSentence } from './rule.tsx'

/** The waves sent out, the proof of the minimum, and what the fixed rule says next. Which entries they are stays sealed. */
export function WavesPage({
  view,
  round,
  issued,
  next,
  refusal,
}: {
  view: View
  round: Round
  issued: readonly StoredWave[]
  next: NextWave | undefined
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const number = (n: number) => formatNumber(n, view.lang)
  return (
    <Page view={view} title={w.wavesTitle} trail={roundTrail(view, round)} lead={w.wavesLead}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {!next ? (
        <p class="empty">{w.wavesNone}</p>
      ) : (
        <>
          <p>
            {w.ruleMinimum}: {minimumSentence(view, next.minimum)}
          </p>
          {next.state === 'waiting' && (
            <p>{fill(w.waveWaiting, { n: number(next.owed.reduce((sum, each) => sum + each.owed - each.has, 0)) })}</p>
          )}
          {next.state === 'finished' && <p>{next.reason === 'waves-used' ? w.waveDone : w.waveDoubtless}</p>}
          {next.state === 'read-more' && (
            <>
              <p>{fill(w.waveNext, { n: number(next.proposals.length), extra: number(next.extra) })}</p>
              <div class="actions">
                <ActionButton action={`/judging/rounds/${round.id}/waves`}>
                  {fill(w.sendWave, { n: next.wave })}
                </ActionButton>
              </div>
            </>
          )}
        </>
      )}
      {issued.length > 0 && (
        <Table
          caption={w.wavesSent}
          rows={issued}
          columns={[
            { head: w.wave, main: true, cell: (wave) => wave.seq },
            { head: w.waveEntries, number: true, cell: (wave) => number(wave.proposals.length) },
            { head: w.waveExtra, number: true, cell: (wave) => number(wave.extra) },
            { head: w.waveBasis, cell: (wave) => w[`basis-${wave.basis}`] },
            { head: w.sentAt, cell: (wave) => formatDateTime(wave.at, view.lang, view.zone) },
          ]}
        />
      )}
    </Page>
  )
}
