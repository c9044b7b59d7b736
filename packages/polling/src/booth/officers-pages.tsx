import { shortHash } from '../format/index.ts'
import { deviceFingerprint } from '../net/index.ts'
import { Button, fill, type Lang, Notice, PaperTested, Screen, type ScreenStatus } from '../screen/index.ts'
import type { BoothDevice } from './device.ts'
import { officerWords } from './officer-words.ts'

/** How far a booth is: waiting to be admitted, or working. */
export type Standing =
  | { readonly at: 'joining'; readonly ownKey: string; readonly stationKey?: string; readonly trusted: boolean }
  | { readonly at: 'working'; readonly device: BoothDevice }

type Common = { lang: Lang; path: string; status: ScreenStatus; kiosk: number; silent: string }

/** What is not as it should be on this booth before anybody votes. */
function Lacking({ lang, kiosk, silent }: Common) {
  const words = officerWords(lang)
  return (
    <>
      {kiosk > 0 && (
        <Notice kind="care" title={words.kioskOpen}>
          <p>{fill(words.kioskHow, { n: kiosk })}</p>
        </Notice>
      )}
      {silent && (
        <Notice kind="care">
          <p>{fill(words.silent, { n: silent })}</p>
        </Notice>
      )}
    </>
  )
}

export function Joining({ ownKey, stationKey, trusted, ...common }: Common & Extract<Standing, { at: 'joining' }>) {
  const words = officerWords(common.lang)
  return (
    <Screen {...common} title={words.joinTitle} lead={words.joinLead} refresh={3}>
      <Lacking {...common} />
      <dl>
        <dt>{words.ownPrint}</dt>
        <dd class="hash lead">{shortHash(deviceFingerprint(ownKey))}</dd>
        <dt>{words.stationPrint}</dt>
        <dd class="hash lead">{stationKey ? shortHash(deviceFingerprint(stationKey)) : words.stationAway}</dd>
      </dl>
      {stationKey && !trusted && <Button action="/trust" label={words.trust} />}
      {trusted && (
        <Notice kind="good">
          <p>{words.trusted}</p>
        </Notice>
      )}
    </Screen>
  )
}

export function Working({
  device,
  voterPage,
  failed,
  ...common
}: Common & { device: BoothDevice; voterPage: string; failed: string | undefined }) {
  const words = officerWords(common.lang)
  const { standing, media, stage } = device.status()
  const { current, unresolved, stopped } = standing
  const lost = media.some(({ held }) => !held)
  const counts = device.box.counts()
  return (
    <Screen
      {...common}
      title={words.title}
      lead={words.lead}
      refresh={10}
      now={
        <>
          <h2>{words.booth}</h2>
          <p>{stopped ? words.stopped[stopped] : words.running}</p>
          {stopped === undefined && <Button action="/stop" label={words.stop} kind="grave" />}
          {stopped === 'officers' && <Button action="/start" label={words.start} />}
          <h2>{words.hub}</h2>
          <p>
            <span class={`state ${device.hub.reached() ? 'good' : 'care'}`}>
              {device.hub.reached() ? words.hubReached : words.hubAway}
            </span>
          </p>
          <p>
            <a class="button quiet" href={voterPage}>
              {words.voterPage}
            </a>
          </p>
        </>
      }
    >
      <Lacking {...common} />
      {device.failure() !== undefined && (
        <Notice kind="bad">
          <p>{words.failed}</p>
        </Notice>
      )}
      <PaperTested lang={common.lang} state={standing.paper} test={device.paperTest()} />
      <h2>{words.current}</h2>
      {!current && <p>{words.currentNone}</p>}
      {current && (
        <>
          <p>
            {current.help
              ? fill(words.currentHelp, { session: current.session, what: words[current.help.what] })
              : fill(words.currentGoes, { session: current.session })}
          </p>
          {current.help?.agreed && (
            <Notice kind="good">
              <p>{words.agreed}</p>
            </Notice>
          )}
          {current.help && !current.help.agreed && (
            <>
              <p class="soft">{words.reprintDetail}</p>
              {standing.paper === 'readable' && <Button action="/reprint" label={words.reprint} />}
            </>
          )}
          {current.over ? (
            <Notice kind="care">
              <p>{words.over[current.over]}</p>
            </Notice>
          ) : (
            <Button action="/end" label={words.endSession} kind="grave" />
          )}
        </>
      )}
      <h2>{words.sessions}</h2>
      {unresolved.length === 0 && <p>{words.none}</p>}
      {unresolved.map(({ id, session, state }) => (
        <section key={id}>
          <h3>{fill(words.session, { session })}</h3>
          <p>{state === 'open' ? words.openState : words.pendingState}</p>
          <p class="soft">{words.resolveHint}</p>
          {state === 'pending' && <Button action={`/resolve/${id}/cast`} label={words.resolveCast} />}
          <Button action={`/resolve/${id}/void`} label={words.resolveVoid} kind="grave" />
        </section>
      ))}
      {(lost || failed) && (
        <>
          <h2>{words.media}</h2>
          {failed && (
            <Notice kind="bad">
              <p>{fill(words.attachFailed, { why: failed })}</p>
            </Notice>
          )}
          {lost && <Button action="/attach" label={words.attach} />}
        </>
      )}
      <h2>{words.counts}</h2>
      {stage === 'closed' ? (
        <dl class="marks">
          {(['used', 'cast', 'void', 'spoiled', 'pending', 'slips'] as const).map((each) => (
            <div key={each}>
              <dt>{words[each]}</dt>
              <dd>{counts[each]}</dd>
            </div>
          ))}
          <div>
            <dt>{words.reprints}</dt>
            <dd>{counts.reprints}</dd>
          </div>
        </dl>
      ) : (
        <p class="soft">{words.smallCounts}</p>
      )}
    </Screen>
  )
}
