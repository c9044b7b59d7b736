import type { Voter } from '../../format/index.ts'
import { Button, fill, Notice, Screen } from '../../screen/index.ts'
import { deskWords } from '../words/index.ts'
import { type Frame, Square, styles, Verdict, voterTitle } from './parts.tsx'

/** A token goes out: drawn sealed, stamped, and nothing of it read. */
export function TokenPage({
  frame,
  voter,
  stamp,
  notPrinted,
}: {
  frame: Frame
  voter: Voter
  stamp: string
  notPrinted?: string | undefined
}) {
  const words = deskWords(frame.lang)
  return (
    <Screen {...frame} title={voterTitle(frame.lang, voter)} styles={styles()}>
      <Verdict tone="in">{words.verdict.token}</Verdict>
      <p class="lead">{words.token}</p>
      <form method="post" action="/next" class="act">
        <button type="submit" class="main" autofocus>
          {words.tokenDone}
        </button>
      </form>
      {notPrinted ? (
        <Notice kind="bad">
          <p>{notPrinted}</p>
          <Button action="/stamp" label={words.stampAgain} kind="quiet" values={{ no: String(voter.no) }} />
        </Notice>
      ) : (
        <p>{words.stampPrinted}</p>
      )}
      <div class="person">
        <Square text={stamp} label={words.stamp} />
        <div>
          <h2>{words.stamp}</h2>
          <p>{words.stampHint}</p>
          <p class="stamp-text" data-stamp>
            {stamp}
          </p>
        </div>
      </div>
    </Screen>
  )
}

/** Noted as present, and no token yet: the desk of this share has not answered. */
export function SilentPage({ frame, voter, two }: { frame: Frame; voter: Voter; two: boolean }) {
  const words = deskWords(frame.lang)
  return (
    <Screen {...frame} title={voterTitle(frame.lang, voter)} styles={styles()}>
      <Verdict tone="care">{words.silentTitle}</Verdict>
      <p class="lead">{fill(words.silentLead, { no: voter.no })}</p>
      <div class="act">
        <form method="post" action="/token" class="button-form">
          <input type="hidden" name="no" value={String(voter.no)} />
          <button type="submit" class="main" autofocus>
            {words.silentAgain}
          </button>
        </form>
        {two && <Button action="/token/two" label={words.silentTwo} kind="quiet" values={{ no: String(voter.no) }} />}
        <Button action="/next" label={words.cancel} kind="quiet" />
      </div>
    </Screen>
  )
}

/** Another desk has let this voter in: no token here. */
export function DoublePage({ frame, voter, desks }: { frame: Frame; voter: Voter; desks: string }) {
  const words = deskWords(frame.lang)
  return (
    <Screen {...frame} title={voterTitle(frame.lang, voter)} styles={styles()}>
      <Verdict tone="no">{words.doubleTitle}</Verdict>
      <p class="lead">{fill(words.doubleLead, { no: voter.no, desks })}</p>
      <div class="act">
        <form method="post" action="/next" class="button-form">
          <button type="submit" class="main" autofocus>
            {words.cancel}
          </button>
        </form>
        <a class="button quiet" href="/conflicts">
          {words.conflicts}
        </a>
      </div>
    </Screen>
  )
}
