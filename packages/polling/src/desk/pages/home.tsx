import type { Voter } from '../../format/index.ts'
import { Button, fill, Notice, Screen, sayNumber, TextField } from '../../screen/index.ts'
import type { Desk } from '../desk.ts'
import type { DeskService } from '../service.ts'
import { deskWords } from '../words/index.ts'
import { type Frame, styles } from './parts.tsx'

/** Where a voter begins: one field, and what the desk's people must know now. */
export function HomePage({
  frame,
  service,
  desk,
  problem,
  said,
  typed,
}: {
  frame: Frame
  service: DeskService
  desk: Desk
  problem?: string | undefined
  said?: string | undefined
  typed?: string | undefined
}) {
  const { lang } = frame
  const words = deskWords(lang)
  const { link } = service.plan
  const n = (value: number) => sayNumber(lang, value)
  const { present, issued, returned, turnedAway } = desk.book.counts
  const conflicts = desk.conflicts.length
  const shares = desk.shares.filter((each) => link.neighbours.ownerOf(each.desk) === desk.plan.number)
  const last = desk.lastIssued === undefined ? undefined : desk.voter(desk.lastIssued)
  const lost = desk.chain.media.some(({ state }) => state !== 'good')
  const silent = link.desks().some(({ reached }) => !reached)
  const { rules, roll } = service.plan.content
  return (
    <Screen
      {...frame}
      title={words.title}
      styles={styles()}
      now={
        <>
          <h2>{words.desksHead}</h2>
          <ul class="plain">
            <li>
              <span class={`state ${link.hubReached() ? 'good' : 'care'}`}>
                {link.hubReached() ? words.stationReached : words.stationSilent}
              </span>
            </li>
            {link.desks().map(({ number, reached }) => (
              <li key={number}>
                <span class={`state ${reached ? 'good' : 'care'}`}>
                  {fill(reached ? words.deskReached : words.deskSilent, { n: number })}
                </span>
              </li>
            ))}
          </ul>
          {silent && <p>{rules.cutOff === 'own-share' ? words.cutOwn : words.cutTwo}</p>}
          <p class="soft">
            {shares.length > 0
              ? shares.map(({ from, to }) => fill(words.share, { from: n(from), to: n(to) })).join('. ')
              : words.noShare}
            {link.until() ? `. ${fill(words.until, { time: link.until()!.replace(':', '.') })}` : ''}
          </p>
          <h2>{words.links}</h2>
          <ul class="plain">
            <li>
              <a href="/list">{words.presentLink}</a>
            </li>
            <li>
              <a href="/return">{words.returnTitle}</a>
            </li>
            <li>
              <a href="/conflicts">{words.conflicts}</a>
            </li>
            <li>
              <a href="/printer">{words.printerTitle}</a>{' '}
              {service.paper.state !== 'readable' && <span class="state care">{words.printerTest}</span>}
            </li>
          </ul>
        </>
      }
    >
      {conflicts > 0 && (
        <Notice kind="bad">
          <p>
            <strong>{fill(words.conflictsHead, { n: n(conflicts) })}</strong>{' '}
            <a href="/conflicts">{words.conflictsSee}</a>
          </p>
        </Notice>
      )}
      {desk.queue && (
        <Notice kind="care">
          <p>
            {desk.queue.left > 0
              ? fill(words.queue, { left: n(desk.queue.left), of: n(desk.queue.standing) })
              : fill(words.queueDone, { of: n(desk.queue.standing) })}
          </p>
        </Notice>
      )}
      {lost && (
        <Notice kind="care">
          <p>{words.lostMedia}</p>
          <Button action="/rejoin" label={words.rejoin} kind="quiet" />
        </Notice>
      )}
      {said && (
        <Notice kind="plain">
          <p>{said}</p>
        </Notice>
      )}
      <form method="post" action="/find" class="find">
        <TextField
          name="q"
          label={words.find}
          hint={words.findHint}
          value={typed}
          maxlength={120}
          autofocus
          problem={problem}
        />
        <div>
          <button type="submit" class="main">
            {words.findDo}
          </button>
        </div>
      </form>
      <Unfinished desk={desk} words={words} />
      <dl class="tally">
        <div>
          <dt>{words.present}</dt>
          <dd>{fill(words.presentOf, { n: n(present), of: n(roll.count) })}</dd>
        </div>
        <div>
          <dt>{words.issued}</dt>
          <dd>{n(issued)}</dd>
        </div>
        <div>
          <dt>{words.returned}</dt>
          <dd>{n(returned)}</dd>
        </div>
        <div>
          <dt>{words.refusedCount}</dt>
          <dd>{n(turnedAway)}</dd>
        </div>
      </dl>
      {last && (
        <p class="soft">
          {fill(words.last, { no: last.no, name: last.name })} {words.lastHint}
        </p>
      )}
    </Screen>
  )
}

function Unfinished({ desk, words }: { desk: Desk; words: ReturnType<typeof deskWords> }) {
  const { unfinished } = desk
  if (unfinished.length === 0) return null
  return (
    <Notice kind="care" title={words.unfinishedHead}>
      <div>
        {unfinished.map((no) => (
          <Button key={no} action="/token" label={fill(words.unfinishedDo, { no })} values={{ no: String(no) }} />
        ))}
      </div>
    </Notice>
  )
}

/** Several people of one name. */
export function NamesPage({ frame, voters }: { frame: Frame; voters: readonly Voter[] }) {
  const words = deskWords(frame.lang)
  return (
    <Screen {...frame} title={words.namesTitle} lead={words.namesLead} styles={styles()}>
      <ul class="names">
        {voters.map((voter) => (
          <li key={voter.no}>
            <form method="post" action="/find" class="button-form">
              <input type="hidden" name="q" value={String(voter.no)} />
              <button type="submit">
                <strong>{voter.name}</strong> · {fill(words.number, { no: voter.no })} · {voter.address}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <a class="button quiet" href="/">
        {words.cancel}
      </a>
    </Screen>
  )
}
