import type { Voter } from '../../format/index.ts'
import { Button, fill, type Lang, Notice, Screen, sayNumber } from '../../screen/index.ts'
import type { AtDesk } from '../counter.ts'
import type { Desk } from '../desk.ts'
import type { Verdict as Decision } from '../verdict.ts'
import { deskWords } from '../words/index.ts'
import { Faces, type Frame, styles, type Tone, Verdict, VoterFacts, voterTitle } from './parts.tsx'

type Reason = Extract<Decision, { kind: 'turn-away' }>['reason']

/** Why, and what to do, as whole sentences: on the screen and on the paper that the voter takes along. */
export function sayReason(lang: Lang, reason: Reason, tps?: number): { reason: string; next: string } {
  const words = deskWords(lang)
  return { reason: fill(words.reason[reason], { tps: tps ?? '' }), next: fill(words.next[reason], { tps: tps ?? '' }) }
}

/** The voter at the desk: face, verdict, and the one thing to do next, under the Enter key. */
export function PersonPage({
  frame,
  at,
  verdict,
  voter,
  queue,
  problem,
}: {
  frame: Frame
  at: AtDesk
  verdict: Decision
  voter: Voter | undefined
  /** Closed: only who stood in it is let in. */
  queue?: Desk['queue']
  problem?: string | undefined
}) {
  const { lang } = frame
  const words = deskWords(lang)
  const title = voter ? voterTitle(lang, voter) : (at.citizen?.name ?? words.reason.none)
  return (
    <Screen {...frame} title={title} styles={styles()}>
      {problem && (
        <Notice kind="bad">
          <p>{problem}</p>
        </Notice>
      )}
      <div class="person">
        <Faces lang={lang} voter={voter} card={at.citizen} />
        <div>
          <Decided frame={frame} at={at} verdict={verdict} />
          {queue && verdict.kind !== 'turn-away' && (
            <Notice kind="care">
              <p>{fill(words.queue, { left: sayNumber(lang, queue.left), of: sayNumber(lang, queue.standing) })}</p>
            </Notice>
          )}
          {at.otherInvitation && (
            <Notice kind="care">
              <p>{words.otherInvitation}</p>
            </Notice>
          )}
          {voter && <VoterFacts lang={lang} voter={voter} cardName={at.citizen?.name} />}
          <div class="act">
            {voter && verdict.kind === 'let-in' && (
              <Button action="/away" label={words.notPerson} kind="grave" values={{ reason: 'not-the-person' }} />
            )}
            {queue && verdict.kind !== 'turn-away' && (
              <Button action="/away" label={words.notQueued} kind="grave" values={{ reason: 'queue' }} />
            )}
            {verdict.kind !== 'turn-away' && <Button action="/next" label={words.cancel} kind="quiet" />}
          </div>
        </div>
      </div>
    </Screen>
  )
}

function Decided({ frame, at, verdict }: { frame: Frame; at: AtDesk; verdict: Decision }) {
  const words = deskWords(frame.lang)
  if (verdict.kind === 'turn-away') {
    const { reason, next } = sayReason(frame.lang, verdict.reason, verdict.tps)
    return (
      <>
        <Said tone="no" word={words.verdict.no} />
        <p class="lead">{reason}</p>
        <p>{next}</p>
        <form method="post" action="/away" class="act">
          <button type="submit" class="main" autofocus>
            {words.away}
          </button>
        </form>
      </>
    )
  }
  if (verdict.kind === 'other-desk')
    return (
      <>
        <Said tone="care" word={fill(words.verdict.desk, { n: verdict.desk })} />
        <p class="lead">{fill(words.otherDesk, { n: verdict.desk })}</p>
      </>
    )
  if (verdict.kind === 'finger')
    return (
      <>
        <Said tone="ask" word={words.verdict.finger} />
        <p>
          {at.identity.tries > 0 && `${words.fingerFailed} `}
          {fill(words.fingerLeft, { left: verdict.left })}
        </p>
        <form method="post" action="/finger" class="act">
          <button type="submit" class="main" autofocus>
            {words.fingerDo}
          </button>
        </form>
      </>
    )
  const noCard = at.identity.card !== 'ok'
  return (
    <>
      <Said tone={verdict.two ? 'care' : 'in'} word={verdict.two ? words.verdict.two : words.verdict.in} />
      <p>{verdict.two ? words.why[verdict.two] : words.enterHint}</p>
      {noCard && (
        <div class="act">
          <form method="post" action="/card" class="button-form">
            <button type="submit" class="main" autofocus>
              {words.readDo}
            </button>
          </form>
          {at.identity.card === 'absent' && <Button action="/broken" label={words.brokenDo} kind="quiet" />}
        </div>
      )}
      <form method="post" action={verdict.two ? '/two' : '/enter'} class="act">
        <label class="choice">
          <input type="checkbox" name="assisted" value="yes" />
          <span>{words.assisted}</span>
        </label>
        <button type="submit" class={noCard ? 'quiet' : 'main'} autofocus={!noCard}>
          {verdict.two ? words.twoDo : words.enter}
        </button>
      </form>
    </>
  )
}

const Said = ({ tone, word }: { tone: Tone; word: string }) => <Verdict tone={tone}>{word}</Verdict>
