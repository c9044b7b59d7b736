import { shortHash } from '../../format/index.ts'
import { deviceFingerprint } from '../../net/index.ts'
import {
  Button,
  deviceName,
  ErrorSummary,
  fill,
  type Lang,
  Screen,
  type ScreenStatus,
  TextField,
} from '../../screen/index.ts'
import type { Asking } from '../hub.ts'
import type { Joined } from '../state.ts'
import { stationWords } from '../words/index.ts'

export type SeenDevice = Joined & { readonly minutes?: number; readonly away?: boolean }

/** The name that a device will have: the first number that none of its kind had. */
export const nextName = (devices: readonly Joined[], as: Joined['as']): string => {
  const numbers = devices.filter((each) => each.as === as).map(({ number }) => number)
  return `${as}-${Math.max(0, ...numbers) + 1}`
}

export function Devices({
  lang,
  path,
  status,
  stationKey,
  asking,
  devices,
  problem,
}: {
  lang: Lang
  path: string
  status: ScreenStatus
  stationKey: string
  asking: readonly Asking[]
  devices: readonly SeenDevice[]
  problem?: string | undefined
}) {
  const words = stationWords(lang).devices
  return (
    <Screen lang={lang} path={path} status={status} title={words.title} lead={words.lead}>
      <ErrorSummary lang={lang} refusal={problem} />
      <p>
        {words.station}: <strong class="hash">{shortHash(deviceFingerprint(stationKey))}</strong>
      </p>
      <h2>{words.asking}</h2>
      {asking.length === 0 && <p class="soft">{words.none}</p>}
      {asking.map((each) => {
        const name = deviceName(lang, { as: each.as, number: Number(nextName(devices, each.as).split('-')[1]) })
        return (
          <div class="notice care" key={each.key}>
            <p>
              {each.as === 'desk' ? words.desk : words.booth}
              {each.mobile ? ` (${words.mobile})` : ''} · {each.from || '–'}
            </p>
            <p>
              {words.mark}: <strong class="hash big-hash">{shortHash(deviceFingerprint(each.key))}</strong>
            </p>
            <Button action={`/devices/admit/${each.key}`} label={fill(words.admit, { name })} />
          </div>
        )
      })}
      <h2>{words.joined}</h2>
      {devices.map((each) => (
        <section key={each.device} aria-label={deviceName(lang, each)}>
          <h3>
            {deviceName(lang, each)}
            {each.mobile ? ` (${words.mobile})` : ''}
          </h3>
          <p class="soft">
            {each.minutes === undefined
              ? words.unheard
              : each.minutes === 0
                ? words.heardNow
                : fill(words.heard, { n: each.minutes })}
            {each.away && ` · ${words.away}`}
            {each.stopped !== undefined && ` · ${fill(words.stopped, { reason: each.stopped })}`}
          </p>
          {each.mobile && each.stopped === undefined && (
            <Button
              action={`/devices/${each.away ? 'returned' : 'left'}/${each.device}`}
              label={each.away ? words.returned : words.left}
              kind="quiet"
            />
          )}
          {each.stopped === undefined && (
            <form method="post" action={`/devices/stop/${each.device}`}>
              <TextField name={`reason-${each.device}`} label={words.reason} maxlength={200} />
              <button type="submit" class="grave">
                {words.stop}
              </button>
            </form>
          )}
        </section>
      ))}
    </Screen>
  )
}
