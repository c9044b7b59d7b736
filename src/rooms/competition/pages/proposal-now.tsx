import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDistance, type Lang } from '#platform/text.ts'
import { Form, KeptForm, sentence, TextArea } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { liesWith, type Move } from '../domain/draft.ts'
import type { Proposal } from '../domain/proposal.ts'
import { words } from '../text/index.ts'
import { Zones } from './zones.tsx'

/** A form of the page that came back: its field by id, what was typed in it, and what is wrong with it. */
export type Sent = { field: string; typed: string; problems: Problems }

/** What a field shows again when it was the one that came back. */
export function again(field: string, sent: Sent | undefined, lang: Lang) {
  if (sent?.field !== field) return { id: field }
  const [problem] = Object.values(sent.problems)
  return { id: field, value: sent.typed, ...(problem && { problem: sentence(problem, lang, words(lang)) }) }
}

/** What this reader may do with the proposal now, and until when. */
export function NowPanel({
  view,
  proposal,
  may,
  receipt,
  sent,
  moved,
  closes,
  places = {},
}: {
  view: View
  proposal: Proposal
  may: readonly Move[]
  receipt: string | undefined
  sent: Sent | undefined
  /** How many times the proposal has changed hands. */
  moved: number
  closes: Date
  /** Where each question is written, by its key; the facts under `facts`. */
  places?: Readonly<Record<string, { href: string; label: string }>>
}) {
  const w = words(view.lang)
  const path = `/competition/proposals/${proposal.id}`
  const kept = (move: 'send' | 'return' | 'withdraw') => ({
    lang: view.lang,
    owner: view.actor.id,
    name: `${move}:${proposal.id}`,
    state: moved,
    typed: sent?.field === `${move}-note`,
    action: `${path}/${move}`,
  })
  const nothing = may.length === 0 && !receipt
  return (
    <aside class="now">
      <h2>{platformWords(view.lang).nowTitle}</h2>
      {['unit', 'local-admin'].includes(liesWith(proposal.state)) && (
        <p class="small">
          <b>{w.closesAt}</b> <Zones at={closes} lang={view.lang} />
          <span class="soft">{formatDistance(closes, view.now, view.lang)}</span>
        </p>
      )}
      {receipt && (
        <p>
          <a href={`/competition/receipts/${receipt}`}>{fill(w.submittedNote, { number: receipt })}</a>
        </p>
      )}
      {receipt && ['passed', 'failed', 'withdrawn'].includes(proposal.state) && (
        <p>
          <a href={`${path}/result`}>{w.resultLetter}</a>
        </p>
      )}
      <p>
        <a href={`${path}/preview`}>{may.includes('comment') ? w.readAndComment : w.preview}</a>
      </p>
      {nothing && <p class="soft">{w.nothingToDo}</p>}
      {may.includes('send') && (
        <unsent-text
          owner={view.actor.id ?? ''}
          path={path}
          facts={`facts:${proposal.id}`}
          state={String(proposal.revision)}
          places={JSON.stringify(places)}
          words={JSON.stringify({
            title: w.unsentTitle,
            lead: w.unsentLead,
            trying: w.unsentTrying,
            anyway: w.sendWithout,
          })}
        >
          <KeptForm {...kept('send')}>
            <TextArea name="note" label={w.sendNote} rows={2} {...again('send-note', sent, view.lang)} />
            <p class="hint">{w.sendHint}</p>
            <button type="submit">{w.send}</button>
          </KeptForm>
        </unsent-text>
      )}
      {may.includes('submit') && (
        <Form action={`${path}/begin-submission`}>
          <button type="submit">{w.checkAndSubmit}</button>
        </Form>
      )}
      {may.includes('return') && (
        <KeptForm {...kept('return')}>
          <TextArea name="note" label={w.returnNote} rows={3} {...again('return-note', sent, view.lang)} />
          <button type="submit" class="quiet">
            {w.return}
          </button>
        </KeptForm>
      )}
      {may.includes('recall') && (
        <Form action={`${path}/recall`}>
          <button type="submit" class="quiet">
            {w.recall}
          </button>
        </Form>
      )}
      {may.includes('withdraw') && (
        <details open={sent?.field === 'withdraw-note'}>
          <summary>{w.withdraw}</summary>
          <KeptForm {...kept('withdraw')}>
            <TextArea
              name="note"
              label={w.withdrawNote}
              rows={2}
              hint={w.withdrawHint}
              {...again('withdraw-note', sent, view.lang)}
            />
            <button type="submit" class="danger">
              {w.withdraw}
            </button>
          </KeptForm>
        </details>
      )}
    </aside>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'unsent-text': preact.HTMLAttributes<HTMLElement> & {
        owner: string
        path: string
        facts: string
        state: string
        places: string
        words: string
      }
    }
  }
}
