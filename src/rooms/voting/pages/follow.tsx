import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ErrorSummary, Form, Notice, Page, TextField, type TrailStep } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

export function FollowForm({ view, tps, typed }: { view: View; tps: string; typed?: string }) {
  const w = words(view.lang)
  return (
    <Form action={`/voting/tps/${tps}/follow`} autocomplete="off">
      <TextField name="code" label={w.trackingCode} hint={w.trackingHint} value={typed ?? ''} autocomplete="off" />
      <div class="actions">
        <button type="submit">{w.follow}</button>
      </div>
    </Form>
  )
}

export type Followed =
  | { kind: 'recorded'; number: number; count: number; sound: boolean }
  | { kind: 'not-recorded'; count: number }
  | { kind: 'no-archive' | 'not-a-code' }

/** Whether a ballot was recorded. Never what it says: that nobody knows. */
export function FollowPage({
  view,
  tps,
  title,
  trail,
  followed,
  typed,
  refusal,
}: {
  view: View
  tps: string
  title: string
  trail: readonly TrailStep[]
  followed?: Followed
  typed?: string
  refusal?: string
}) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  return (
    <Page view={view} title={w.followHead} lead={title} trail={trail}>
      <ErrorSummary
        lang={view.lang}
        problems={followed?.kind === 'not-a-code' ? { code: { code: 'tracking-wrong' } } : {}}
        refusal={refusal}
        words={w}
        labels={{ code: w.trackingCode }}
      />
      {followed?.kind === 'recorded' && (
        <Notice tone="good" title={w.recorded}>
          <p>{fill(w.recordedAs, { number: n(followed.number), count: n(followed.count) })}</p>
          <p>{followed.sound ? w.recordedSound : w.recordedUnchecked}</p>
        </Notice>
      )}
      {followed?.kind === 'not-recorded' && (
        <Notice tone="bad" title={w.notRecorded}>
          <p>{fill(w.notRecordedWhat, { count: n(followed.count) })}</p>
        </Notice>
      )}
      {followed?.kind === 'no-archive' && (
        <Notice>
          <p>{w.noArchiveYet}</p>
        </Notice>
      )}
      <p>{w.followPrivacy}</p>
      <FollowForm view={view} tps={tps} {...(typed === undefined ? {} : { typed })} />
    </Page>
  )
}
