import { shortHash } from '../../format/index.ts'
import { deviceFingerprint } from '../../net/index.ts'
import { ErrorSummary, fill, Screen } from '../../screen/index.ts'
import type { DeskService } from '../service.ts'
import { deskWords } from '../words/index.ts'
import { type Frame, styles } from './parts.tsx'

function Codes({ frame, service }: { frame: Frame; service: DeskService }) {
  const words = deskWords(frame.lang)
  const station = service.plan.link.station()
  return (
    <div class="codes">
      <div>
        <h2>{words.waitOwn}</h2>
        <p class="hash big-hash">{shortHash(deviceFingerprint(service.plan.key.key))}</p>
        <p class="soft">{words.waitOwnHint}</p>
      </div>
      <div>
        <h2>{words.waitStation}</h2>
        {station ? (
          <>
            <p class="hash big-hash">{shortHash(deviceFingerprint(station))}</p>
            <p class="soft">{words.waitStationHint}</p>
          </>
        ) : (
          <p>{fill(words.waitNone, { address: service.plan.station })}</p>
        )}
      </div>
    </div>
  )
}

/** Until two officers have admitted this desk at the station. */
export function WaitPage({ frame, service }: { frame: Frame; service: DeskService }) {
  const words = deskWords(frame.lang)
  return (
    <Screen {...frame} title={words.waitTitle} lead={words.waitLead} refresh={3} styles={styles()}>
      <Codes frame={frame} service={service} />
    </Screen>
  )
}

/** The chair's card opens the roll. Without it nobody's name can be read from this machine. */
export function UnlockPage({
  frame,
  service,
  problem,
}: {
  frame: Frame
  service: DeskService
  problem?: string | undefined
}) {
  const words = deskWords(frame.lang)
  return (
    <Screen {...frame} title={words.unlockTitle} lead={words.unlockLead} styles={styles()}>
      <ErrorSummary lang={frame.lang} problems={problem ? { same: problem } : {}} />
      <Codes frame={frame} service={service} />
      <form method="post" action="/unlock">
        {!service.plan.link.confirmed() && (
          <label class="choice">
            <input type="checkbox" id="same" name="same" value="yes" aria-invalid={problem ? 'true' : undefined} />
            <span>{words.unlockSame}</span>
          </label>
        )}
        <button type="submit" class="main">
          {words.unlockDo}
        </button>
      </form>
    </Screen>
  )
}

export function StoppedPage({ frame }: { frame: Frame }) {
  const words = deskWords(frame.lang)
  return (
    <Screen {...frame} title={words.stoppedTitle} lead={words.stoppedLead} styles={styles()}>
      {null}
    </Screen>
  )
}
