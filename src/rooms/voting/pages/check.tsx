import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Notice, Page, TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

export type FoundShown = {
  tps: string
  election: string
  number: number
  kind: 'result' | 'package' | 'archive' | 'file'
  hash: string
  version: number | null
  how: 'signed' | 'typed' | 'audit' | null
  counts: boolean
}

/** Two views of one hash: what stands on your sheet, and what stands here (T13). */
export function CheckPage({
  view,
  typed,
  found,
  problem,
}: {
  view: View
  typed: string
  found: readonly FoundShown[] | undefined
  problem?: boolean
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.checkTitle} lead={w.checkLead} trail={[{ href: '/voting', label: w.votingTitle }]}>
      <ErrorSummary
        lang={view.lang}
        problems={problem ? { hash: { code: 'hash-wrong' } } : {}}
        words={w}
        labels={{ hash: w.hashLabel }}
      />
      {found && found.length > 0 && (
        <Notice tone={found.some(({ counts }) => counts) ? 'good' : 'attention'} title={w.hashSame}>
          <ul>
            {found.map((each) => (
              <li key={`${each.kind}${each.hash}`}>
                <a href={`/voting/tps/${each.tps}/result`}>{fill(w.tpsN, { n: each.number })}</a>:{' '}
                {fill(w[`found-${each.kind}`], { version: each.version ?? '' })}{' '}
                {each.kind !== 'archive' && each.kind !== 'file' && (each.counts ? w.foundCounts : w.foundOld)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {found && found.length === 0 && (
        <Notice tone="bad" title={w.hashOther}>
          <p>{w.hashOtherWhat}</p>
        </Notice>
      )}
      <form method="get" action="/voting/check" autocomplete="off">
        <TextField
          name="hash"
          label={w.hashLabel}
          hint={w.hashHint}
          value={typed}
          autocomplete="off"
          problem={problem ? w['hash-wrong'] : undefined}
        />
        <div class="actions">
          <button type="submit">{w.compare}</button>
        </div>
      </form>
    </Page>
  )
}
