import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { Facts, State } from '#platform/ui/index.ts'
import { type Extension, isLate } from '../domain/deadline.ts'
import type { Reading } from '../domain/reading.ts'
import type { StoredWave } from '../domain/waves.ts'
import { words } from '../text/index.ts'

/** The deadlines in force, and every decision that moved one: until when, why, and whose. */
export function Deadlines({
  view,
  reading,
  extensions,
  waves,
}: {
  view: View
  reading: Reading
  extensions: readonly Extension[]
  waves: readonly StoredWave[]
}) {
  const w = words(view.lang)
  const time = (at: Date) => formatDateTime(at, view.lang, view.zone)
  const named = ({ part, wave }: Pick<Extension, 'part' | 'wave'>) =>
    part === 'wave' ? fill(w.partWave, { n: wave ?? '' }) : part === 'third' ? w.partThird : w.partRound
  const parts = [
    { label: w.partRound, due: reading.until },
    ...(reading.thirdUntil ? [{ label: w.partThird, due: reading.thirdUntil }] : []),
    ...waves
      .filter((each) => each.until)
      .map((each) => ({ label: fill(w.partWave, { n: each.seq }), due: each.until })),
  ]
  return (
    <>
      <h2>{w.deadlines}</h2>
      <Facts
        facts={parts.flatMap(({ label, due }) =>
          due
            ? [
                [
                  label,
                  <>
                    {time(due)}{' '}
                    {!reading.closed && isLate(due, view.now) && <State tone="attention">{w.deadlinePassed}</State>}
                  </>,
                ] as const,
              ]
            : [],
        )}
      />
      {extensions.length > 0 && (
        <>
          <h3>{w.extensions}</h3>
          <ul>
            {extensions.map((each) => (
              <li key={each.at.toISOString() + each.part}>
                {fill(w.extensionLine, {
                  part: named(each),
                  before: time(each.before),
                  until: time(each.until),
                  reason: each.reason,
                  by: each.byName,
                  at: time(each.at),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
