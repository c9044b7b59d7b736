import { Choices, fill, type Lang, Notice, Screen, sayNumber, screenWords, TextField } from '../../screen/index.ts'
import type { Desk } from '../desk.ts'
import { deskWords } from '../words/index.ts'
import { type Frame, styles } from './parts.tsx'

const nameOf = (lang: Lang, device: string) =>
  fill(screenWords(lang).devices.desk, { n: /\d+$/.exec(device)?.[0] ?? device })

/** Who has come, by number; how many in each quarter of an hour; who was not served and why. */
export function ListPage({ frame, desk }: { frame: Frame; desk: Desk }) {
  const { lang } = frame
  const words = deskWords(lang)
  const { present, progress, turnedAway } = desk.book
  const most = Math.max(1, ...progress.map(([, count]) => count))
  const reasons: Readonly<Record<string, string>> = words.awayReason
  return (
    <Screen {...frame} title={words.list} lead={words.listLead} styles={styles()}>
      <p>
        <strong>
          {fill(words.presentOf, {
            n: sayNumber(lang, present.length),
            of: sayNumber(lang, desk.plan.package.roll.count),
          })}
        </strong>
      </p>
      {present.length === 0 && <p>{words.nobody}</p>}
      <ul class="here">
        {present.map((no) => (
          <li key={no}>{no}</li>
        ))}
      </ul>
      <h2>{words.progress}</h2>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col">{words.progressTime}</th>
            <th scope="col" class="number">
              {words.progressCount}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {progress.map(([step, count]) => (
            <tr key={step}>
              <td>{step.slice(11).replace(':', '.')}</td>
              <td class="number">{sayNumber(lang, count)}</td>
              <td aria-hidden="true">
                <meter min={0} max={most} value={count} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {turnedAway.length > 0 && (
        <>
          <h2>{words.awayList}</h2>
          <ul>
            {turnedAway.map(([reason, count]) => (
              <li key={reason}>
                {reasons[reason] ?? reason}: {sayNumber(lang, count)}
              </li>
            ))}
          </ul>
        </>
      )}
      <a class="button main" href="/list">
        {words.reload}
      </a>{' '}
      <a class="button quiet" href="/">
        {screenWords(lang).back}
      </a>
    </Screen>
  )
}

/** One person at two desks, and keys in use twice: with the lines that prove it. */
export function ConflictsPage({ frame, desk }: { frame: Frame; desk: Desk }) {
  const { lang } = frame
  const words = deskWords(lang)
  const { conflicts } = desk
  const { forks } = desk.logs
  return (
    <Screen {...frame} title={words.conflicts} lead={words.conflictsLead} styles={styles()}>
      {conflicts.length + forks.length === 0 && <p>{words.conflictsNone}</p>}
      {conflicts.map(({ kind, voter, places }) => (
        <Notice
          key={voter}
          kind={kind === 'token' ? 'bad' : 'care'}
          title={`${fill(words.number, { no: voter })} · ${desk.voter(voter)?.name ?? ''}`}
        >
          <p>{words.conflictKind[kind]}</p>
          <ul>
            {places.map(({ device, seq }) => (
              <li key={`${device} ${seq}`}>{fill(words.conflictPlace, { desk: nameOf(lang, device), seq })}</li>
            ))}
          </ul>
        </Notice>
      ))}
      {forks.map(({ device, seq }) => (
        <Notice key={`${device} ${seq}`} kind="bad" title={words.forks}>
          <p>{fill(words.forkLine, { device: nameOf(lang, device), seq })}</p>
        </Notice>
      ))}
      <a class="button main" href="/conflicts">
        {words.reload}
      </a>{' '}
      <a class="button quiet" href="/">
        {screenWords(lang).back}
      </a>
    </Screen>
  )
}

/** A token came back, or a ballot was void. */
export function ReturnPage({
  frame,
  no,
  what,
  problem,
  said,
}: {
  frame: Frame
  no?: string | undefined
  what?: string | undefined
  problem?: string | undefined
  said?: string | undefined
}) {
  const words = deskWords(frame.lang)
  return (
    <Screen {...frame} title={words.returnTitle} lead={words.returnLead} styles={styles()}>
      {said && (
        <Notice kind="good">
          <p>{said}</p>
        </Notice>
      )}
      <form method="post" action="/return">
        <TextField
          name="no"
          label={words.returnNo}
          inputmode="numeric"
          value={no}
          maxlength={6}
          autofocus
          problem={problem}
        />
        <Choices
          name="what"
          label={words.returnWhat}
          value={what ?? 'back'}
          options={[
            { value: 'back', label: words.returnBack },
            { value: 'again', label: words.returnAgain },
            { value: 'void', label: words.returnVoid },
          ]}
        />
        <button type="submit" class="main">
          {words.twoDo}
        </button>{' '}
        <a class="button quiet" href="/">
          {screenWords(frame.lang).back}
        </a>
      </form>
    </Screen>
  )
}
