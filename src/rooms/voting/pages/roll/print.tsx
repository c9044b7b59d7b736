import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Notice } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { words } from '../../text/index.ts'
import { invitationsAt } from './invitations.tsx'
import { count, RollPart, tpsName } from './parts.tsx'

/** The invitations of a polling place for the printer, in files of a hundred sheets: how far they are made, and those that are. */
export function PrintPage({
  view,
  election,
  tps,
  number,
  parts,
  waits,
  refusal,
}: {
  view: View
  election: Election
  tps: string
  number: number
  parts: readonly { from: number; until: number; there: boolean }[]
  /** They are being made. */
  waits: boolean
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const at = `${invitationsAt(election)}/print/${tps}`
  const done = parts.filter(({ there }) => there).length
  const all = parts.at(-1)?.until ?? 0
  const trail = [{ href: invitationsAt(election), label: w.invitationsTitle }]
  const progress = fill(w.printProgress, { done: count(view, done), all: count(view, parts.length) })
  return (
    <RollPart
      view={view}
      election={election}
      title={fill(w.printTitle, { tps: tpsName(view, number) })}
      lead={fill(w.printLead, { n: count(view, all), sheets: count(view, Math.ceil(all / 3)) })}
      trail={trail}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {waits && (
        <div role="status">
          <p>
            <progress max={parts.length} value={done} aria-label={progress} /> {progress}
          </p>
          <p class="hint">{w.printWaits}</p>
        </div>
      )}
      {done === parts.length && (
        <Notice tone="good">
          <p>{w.printReady}</p>
        </Notice>
      )}
      {done > 0 && (
        <ul>
          {parts.map(({ from, until, there }, n) => (
            <li key={from}>
              {there ? (
                <a href={`${at}/${n + 1}.pdf`}>
                  {fill(w.printPart, { from: count(view, from), until: count(view, until) })}
                </a>
              ) : (
                <span class="soft">{fill(w.printPart, { from: count(view, from), until: count(view, until) })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {done < parts.length && (
        <ActionButton action={at} {...(waits && { kind: 'quiet' as const })}>
          {waits ? w.printAgain : w.printOrder}
        </ActionButton>
      )}
    </RollPart>
  )
}
