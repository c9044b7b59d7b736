import type { Round } from '#competition'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { ErrorSummary, Form, Page, sentence, Table, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Reading } from '../domain/reading.ts'
import type { NextWave, StoredWave } from '../domain/waves.ts'
import { words } from '../text/index.ts'
import { roundTrail } from './evaluators.tsx'
import { minimumSentence } from './rule.tsx'

/** The waves sent out, the proof of the minimum, and what the fixed rule says next. Which entries they are stays sealed. */
export function WavesPage({
  view,
  round,
  reading,
  issued,
  next,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  round: Round
  reading: Reading
  issued: readonly StoredWave[]
  next: NextWave | undefined
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const number = (n: number) => formatNumber(n, view.lang)
  return (
    <Page view={view} title={w.wavesTitle} trail={roundTrail(view, round)} lead={w.wavesLead}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ until: w.waveUntil }} />
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
              <Form action={`/judging/rounds/${round.id}/waves`}>
                <TextField
                  name="until"
                  type="date"
                  label={w.waveUntil}
                  hint={fill(w.waveUntilHint, {
                    until: reading.until ? formatDateTime(reading.until, view.lang, view.zone) : '–',
                  })}
                  optional={platformWords(view.lang).optional}
                  value={typeof typed.until === 'string' ? typed.until : undefined}
                  problem={problems.until && sentence(problems.until, view.lang, w)}
                />
                <div class="actions">
                  <button type="submit">{fill(w.sendWave, { n: next.wave })}</button>
                </div>
              </Form>
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
            {
              head: w.waveDue,
              cell: (wave) => {
                const due = wave.until ?? reading.until
                return due ? formatDateTime(due, view.lang, view.zone) : '–'
              },
            },
            { head: w.sentAt, cell: (wave) => formatDateTime(wave.at, view.lang, view.zone) },
          ]}
        />
      )}
    </Page>
  )
}
