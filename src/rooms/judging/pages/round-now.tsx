import type { Round } from '#competition'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { ActionButton, Form, Notice, Select, sentence, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Reading } from '../domain/reading.ts'
import { stateOf } from '../domain/reading.ts'
import type { StoredWave } from '../domain/waves.ts'
import { words } from '../text/index.ts'
import type { Totals } from './round.tsx'

export function Next({
  view,
  round,
  reading,
  totals,
  waves,
  apart,
  typed,
  problems,
}: {
  view: View
  round: Round
  reading: Reading
  totals: Totals
  waves: readonly StoredWave[]
  apart: boolean
  typed: Record<string, string | string[]>
  problems: Problems
}) {
  const w = words(view.lang)
  const path = `/judging/rounds/${round.id}`
  const until = (label: string) => (
    <TextField
      name="until"
      type="date"
      label={label}
      hint={w.untilHint}
      value={
        (typed.until as string | undefined) ??
        (reading.until ?? (round.rules.calendar.scoringTo ? new Date(round.rules.calendar.scoringTo) : undefined))
          ?.toISOString()
          .slice(0, 10)
      }
      problem={problems.until && sentence(problems.until, view.lang, w)}
    />
  )
  switch (stateOf(reading)) {
    case 'preparing':
      return (
        <Form action={`${path}/open`}>
          <h2>{w.openReading}</h2>
          <p class="hint">{w.openReadingHint}</p>
          {until(w.until)}
          {apart && (
            <TextField
              name="apart"
              label={w.apartReason}
              hint={w.apartReasonHint}
              value={typed.apart as string}
              optional={platformWords(view.lang).optional}
            />
          )}
          <button type="submit">{w.openReading}</button>
        </Form>
      )
    case 'open':
      return (
        <>
          <Form action={`${path}/until`}>
            <h2>{w.extendTitle}</h2>
            <p class="hint">{w.extendHint}</p>
            {(reading.rule?.gapLimit !== null || waves.length > 0) && (
              <Select
                name="part"
                label={w.extendPart}
                value={typed.part as string}
                options={[
                  { value: 'round', label: w.partRound },
                  ...(reading.rule?.gapLimit !== null ? [{ value: 'third', label: w.partThird }] : []),
                  ...waves.map(({ seq }) => ({ value: `wave-${seq}`, label: fill(w.partWave, { n: seq }) })),
                ]}
              />
            )}
            {until(w.extendUntil)}
            <TextField
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              value={typed.reason as string}
              problem={problems.reason && sentence(problems.reason, view.lang, w)}
            />
            <button type="submit" class="quiet">
              {w.moveUntil}
            </button>
          </Form>
          {totals.readings > totals.finished && (
            <p class="hint">{fill(w.closeReadingHint, { n: totals.readings - totals.finished })}</p>
          )}
          <ActionButton action={`${path}/close`}>{w.closeReading}</ActionButton>
        </>
      )
    case 'closed':
      return (
        <>
          <p class="hint">{w.releaseHint}</p>
          <ActionButton action={`${path}/release`}>{w.release}</ActionButton>
          <Form action={`${path}/reopen`}>
            <TextField
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              value={typed.reason as string}
              problem={problems.reason && sentence(problems.reason, view.lang, w)}
            />
            <button type="submit" class="quiet">
              {w.reopenReading}
            </button>
          </Form>
        </>
      )
    case 'released':
      return (
        <Notice tone="good">
          <p>
            <a href={`${path}/ranking`}>{w.toRanking}</a>
          </p>
        </Notice>
      )
  }
}
