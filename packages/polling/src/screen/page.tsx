import type { ComponentChildren } from 'preact'
import { shortHash } from '../format/index.ts'
import { assetPath } from './assets.ts'
import { fill, type Lang } from './language.ts'
import type { MediumState, ScreenStatus } from './status.ts'
import { screenWords } from './words.ts'

export type ScreenProps = {
  readonly lang: Lang
  /** Where the page is, so that the other language leads to the same. */
  readonly path: string
  readonly status: ScreenStatus
  readonly title: string
  readonly lead?: ComponentChildren
  /** Seconds after which a page that only shows something renews itself; never on a page with something to type. */
  readonly refresh?: number
  /** Addresses of the program's own style sheets (served by the program, with its own hash in the name). */
  readonly styles?: readonly string[]
  /** What can be done now, beside the content. */
  readonly now?: ComponentChildren
  readonly children: ComponentChildren
}

/** The frame of every screen at a polling place: who I am, which election, practice or not, what works and what does not. */
export function Screen({ lang, path, status, title, lead, refresh, now, styles, children }: ScreenProps) {
  const words = screenWords(lang)
  const other = lang === 'id' ? 'en' : 'id'
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${words.brand}`}</title>
        {refresh !== undefined && (
          <>
            <script type="module" src={assetPath('renew.js')} data-seconds={refresh} />
            <noscript>
              <meta http-equiv="refresh" content={String(refresh)} />
            </noscript>
          </>
        )}
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetPath('screen.css')} />
        {styles?.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
      </head>
      <body>
        <a class="skip" href="#isi">
          {words.skip}
        </a>
        {status.package?.mode === 'practice' && (
          <aside class="practice" aria-label={words.practiceMark}>
            {words.practice}
          </aside>
        )}
        <header class="top">
          <p class="who">
            <strong>{deviceName(lang, status.device)}</strong>
            {status.package && (
              <span>
                {fill(words.tpsOf, { n: status.package.tps.number, village: status.package.election.village.name })}
              </span>
            )}
            {status.stage && <span class={`stage ${status.stage}`}>{words.stage[status.stage]}</span>}
          </p>
          <a class="language" href={withLang(path, other)} lang={other} hreflang={other}>
            {words.other}
          </a>
        </header>
        <main id="isi" class={now ? 'with-now' : undefined}>
          <div class="content">
            <h1>{title}</h1>
            {lead && <p class="lead">{lead}</p>}
            {children}
          </div>
          {now && <aside class="now">{now}</aside>}
        </main>
        <footer class="foot">
          <Marks lang={lang} status={status} />
          {refresh !== undefined && <p class="soft">{fill(words.refreshed, { n: refresh })}</p>}
        </footer>
      </body>
    </html>
  )
}

const withLang = (path: string, lang: Lang) => {
  const [address = '/', query = ''] = path.split('?')
  const search = new URLSearchParams(query)
  search.set('lang', lang)
  return `${address}?${search}`
}

/** "Bilik 2", as it stands on its screens and beside its signature. */
export const deviceName = (lang: Lang, { as, number }: ScreenStatus['device']): string =>
  fill(screenWords(lang).devices[as], { n: number ?? '' })

function Marks({ lang, status: { package: taken, media, printer } }: { lang: Lang; status: ScreenStatus }) {
  const words = screenWords(lang)
  return (
    <dl class="marks">
      {taken && (
        <div>
          <dt>{words.package}</dt>
          <dd class="hash">{shortHash(taken.hash)}</dd>
        </div>
      )}
      {media && media.length > 0 && (
        <div>
          <dt>{words.mediaHead}</dt>
          <dd>
            {media.map((each) => (
              <Medium key={each.name} lang={lang} medium={each} />
            ))}
          </dd>
        </div>
      )}
      {printer && (
        <div>
          <dt>{words.printerHead}</dt>
          <dd>
            <span class={`state ${printer === 'ready' ? 'good' : printer === 'paper-low' ? 'care' : 'bad'}`}>
              {words.printer[printer]}
            </span>
          </dd>
        </div>
      )}
    </dl>
  )
}

function Medium({ lang, medium: { name, state } }: { lang: Lang; medium: MediumState }) {
  return (
    <span class={`state ${state === 'good' ? 'good' : 'bad'}`}>
      {name}: {screenWords(lang).media[state]}
    </span>
  )
}
