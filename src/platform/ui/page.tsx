import type { ComponentChildren } from 'preact'
import { assetPath } from '../assets.ts'
import type { View } from '../http.ts'
import { platformWords } from '../words/index.ts'
import { Icon } from './icon.tsx'

export type TrailStep = { href: string; label: string }

/** The frame of every page: head, menu, way back, content, foot. `title` is also the first heading unless `heading` is false. */
export function Page({
  view,
  title,
  heading = true,
  trail = [],
  lead,
  islands = [],
  description,
  children,
}: {
  view: View
  title: string
  heading?: boolean
  trail?: readonly TrailStep[]
  lead?: ComponentChildren
  /** Browser scripts this page is better with; it works without them. */
  islands?: readonly string[]
  description?: string
  children: ComponentChildren
}) {
  const words = platformWords(view.lang)
  const other = view.lang === 'id' ? 'en' : 'id'
  const here = whereIn(view.nav, view.path)
  return (
    <html lang={view.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === words.brand ? title : `${title} · ${words.brand}`}</title>
        <meta name="description" content={description ?? words.tagline} />
        <meta name="theme-color" content="#0b5f66" />
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link
          rel="preload"
          href={assetPath('plus-jakarta-sans.woff2')}
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
        />
        <link rel="stylesheet" href={assetPath('style.css')} />
        {islands.map((name) => (
          <script key={name} type="module" src={assetPath(`${name}.js`)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#isi">
          {words.skip}
        </a>
        {view.demo && (
          <aside class="demo" aria-label={words.demoName}>
            <div>{words.demo}</div>
          </aside>
        )}
        <header class="site-head">
          <div>
            <a class="brand" href="/">
              <Icon name="brand" /> {words.brand}
            </a>
            <nav aria-label={words.menu}>
              <ul>
                {view.nav.map(({ href, label }) => (
                  <li key={href}>
                    <a href={href} aria-current={href === here ? 'page' : undefined}>
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            <div class="me">
              <a
                href={`/bahasa/${other}?ke=${encodeURIComponent(view.path)}`}
                lang={other}
                hreflang={other}
                title={words.languageHint}
                rel="nofollow"
              >
                {words.otherLanguage}
              </a>
              {view.actor.id ? (
                <>
                  <a href="/akun">{view.actor.name}</a>
                  <form method="post" action="/keluar">
                    <button class="link" type="submit">
                      {words.logout}
                    </button>
                  </form>
                </>
              ) : (
                <a href="/masuk">{words.login}</a>
              )}
            </div>
          </div>
        </header>
        <main id="isi" tabindex={-1}>
          {trail.length > 0 && (
            <nav class="trail" aria-label={words.trail}>
              <ol>
                {trail.map(({ href, label }) => (
                  <li key={href}>
                    <a href={href}>{label}</a>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          {view.flash && (
            <div class="notice good" role="status">
              <p>{view.flash}</p>
            </div>
          )}
          {heading && <h1>{title}</h1>}
          {lead && <p class="lead">{lead}</p>}
          {children}
        </main>
        <footer class="site-foot">
          <div>
            <a href="/tentang">{words.about}</a>
            <a href="/api">{words.api}</a>
          </div>
        </footer>
      </body>
    </html>
  )
}

/** Of the menu's addresses the one that this path lies deepest in. */
function whereIn(nav: View['nav'], path: string): string | undefined {
  const around = nav.filter(({ href }) => path === href || (href !== '/' && path.startsWith(`${href}/`)))
  return around.sort((a, b) => b.href.length - a.href.length)[0]?.href
}
