import type { ComponentChildren } from 'preact'
import { shortHash } from '../format/index.ts'
import { assetPath, fill, type Lang } from '../screen/index.ts'
import type { BoothStatus } from './link.ts'
import { playbackRate, type Settings, voiceKey } from './settings.ts'
import { boothWords } from './words.ts'

export type FrameProps = {
  readonly lang: Lang
  readonly settings: Settings
  readonly status: BoothStatus
  readonly title: string
  readonly lead?: ComponentChildren
  /** Which of the three steps; none outside of a session. */
  readonly step?: 1 | 2 | 3
  readonly kind?: string
  /** Seconds after which the page asks anew. */
  readonly refresh?: number
  /** Addresses of what is spoken when the page appears, in this order. */
  readonly spoken?: readonly string[]
  readonly settingsLink?: boolean
  readonly children: ComponentChildren
}

/** The frame of every page a voter sees: it fills the screen, says where one is, and never scrolls for up to five candidates. */
export function Frame({
  lang,
  settings,
  status,
  title,
  lead,
  step,
  kind = '',
  refresh,
  spoken = [],
  settingsLink = true,
  children,
}: FrameProps) {
  const words = boothWords(lang)
  const other = lang === 'id' ? 'en' : 'id'
  return (
    <html lang={lang} class={`size-${settings.size} ${settings.theme}`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {refresh !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={`${refresh};url=/`} />
          </noscript>
        )}
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetPath('screen.css')} />
        <link rel="stylesheet" href={assetPath('booth.css')} />
        <script src={assetPath('booth.js')} type="module" />
      </head>
      <body
        class={`booth ${kind}`}
        data-refresh={refresh}
        data-switches={settings.switches}
        data-rate={playbackRate[settings.rate]}
        data-spoken={settings.voice === 'off' ? '' : spoken.join(' ')}
      >
        {status.practice && <aside class="practice">{words.practice}</aside>}
        <header class="top">
          <p class="who">
            <strong>{fill(status.mobile ? words.mobile : words.booth, { n: status.number })}</strong>
            <span>{fill(words.place, { n: status.tps, village: status.village })}</span>
          </p>
          {step && (
            <ol class="steps" aria-label={fill(words.step, { n: step })}>
              {words.steps.map((each, at) => (
                <li key={each} aria-current={at + 1 === step ? 'step' : undefined}>
                  {each}
                </li>
              ))}
            </ol>
          )}
          <nav class="tools" aria-label={words.settings}>
            {settings.voice !== 'off' && spoken.length > 0 && (
              <button type="button" class="quiet" id="repeat" hidden>
                {words.repeat}
              </button>
            )}
            {settingsLink && (
              <form method="post" action="/voice">
                <button type="submit" class="quiet" id="voice" data-key={voiceKey}>
                  {fill(words.voiceKey, { key: voiceKey })}
                </button>
              </form>
            )}
            {settingsLink && <a href="/settings">{words.settings}</a>}
            <a href={`/?lang=${other}`} lang={other} hreflang={other}>
              {words.language}
            </a>
          </nav>
        </header>
        <main id="isi">
          <div class="say">
            <h1>{title}</h1>
            {lead && <p class="lead">{lead}</p>}
          </div>
          {children}
        </main>
        <footer class="foot">
          <p>
            {words.package} <span class="hash">{shortHash(status.packageHash)}</span>
          </p>
          <p>
            {words.mediaHead}:{' '}
            {status.media.map(({ name, held }) => (
              <span key={name} class={`state ${held ? 'good' : 'bad'}`}>
                {name} {held ? words.held : words.lost}
              </span>
            ))}
          </p>
          <p>
            {words.printerHead}:{' '}
            <span class={`state ${status.printer === 'ok' ? 'good' : status.printer === 'near-end' ? 'care' : 'bad'}`}>
              {words.printer[status.printer]}
            </span>
          </p>
        </footer>
      </body>
    </html>
  )
}
