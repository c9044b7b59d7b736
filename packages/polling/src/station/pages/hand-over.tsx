import { shortHash } from '../../format/index.ts'
import { Button, ErrorSummary, fill, type Lang, Notice, Screen, type ScreenStatus } from '../../screen/index.ts'
import type { StationState } from '../state.ts'
import { stationWords } from '../words/index.ts'

export function HandOverPage({
  lang,
  path,
  status,
  state,
  address,
  stick,
  record,
  acknowledged,
  refusal,
}: {
  lang: Lang
  path: string
  status: ScreenStatus
  state: StationState
  address?: string | undefined
  stick?: string | undefined
  /** SHA-256 of the public record's file, once the chair has signed it. */
  record?: string | undefined
  acknowledged?: string | undefined
  refusal?: string | undefined
}) {
  const words = stationWords(lang).handOver
  return (
    <Screen lang={lang} path={path} status={status} title={words.title} lead={words.lead}>
      <ErrorSummary lang={lang} refusal={refusal} />
      {state.handedOver.map(({ how, hash }, at) => (
        <Notice kind="good" key={at}>
          <p>
            {fill(words.done, { how: words.how[how], hash: shortHash(hash) })}
            {how === 'network' && acknowledged && ` · ${words.ack}: ${acknowledged}`}
          </p>
        </Notice>
      ))}
      {record ? (
        <p>
          {words.record}: <strong class="hash">{shortHash(record)}</strong>
        </p>
      ) : (
        <Button action="/hand-over/record" label={words.sign} />
      )}
      {record && (
        <>
          <h2>{words.network}</h2>
          {address ? (
            <>
              <p class="soft">{fill(words.networkHint, { address })}</p>
              <Button action="/hand-over/network" label={words.network} />
            </>
          ) : (
            <p class="soft">{words.noAddress}</p>
          )}
          <h2>{words.usb}</h2>
          {stick ? (
            <>
              <p class="soft">{fill(words.usbHint, { folder: stick })}</p>
              <Button action="/hand-over/usb" label={words.usb} />
            </>
          ) : (
            <p class="soft">{words.noStick}</p>
          )}
        </>
      )}
      <h2>{words.qr}</h2>
      <p>
        <a class="button quiet" href="/hand-over/qr">
          {words.qr}
        </a>
      </p>
      {state.handedOver.length > 0 && <Button action="/hand-over/print" label={words.print} kind="quiet" />}
    </Screen>
  )
}

export function QrPage({
  lang,
  path,
  status,
  parts,
}: {
  lang: Lang
  path: string
  status: ScreenStatus
  /** SVG of each part, as data addresses. */
  parts: readonly string[]
}) {
  const words = stationWords(lang).handOver
  return (
    <Screen lang={lang} path={path} status={status} title={words.qr} lead={words.qrHint}>
      {parts.map((src, at) => (
        <figure key={at}>
          <img src={src} width="360" height="360" alt={fill(words.part, { n: at + 1, of: parts.length })} />
          <figcaption>{fill(words.part, { n: at + 1, of: parts.length })}</figcaption>
        </figure>
      ))}
      <Button action="/hand-over/qr" label={words.qrDone} />
    </Screen>
  )
}
