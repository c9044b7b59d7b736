import { assetPath } from '#platform/assets.ts'
import type { View } from '#platform/http.ts'
import { ActionButton, ErrorSummary, Page, Table, When } from '#platform/ui/index.ts'
import { say } from '../domain/held.ts'
import type { Package } from '../domain/package/format/index.ts'
import { words } from '../text/index.ts'

/**
 * The page of the field app as the phone keeps it: no name, no menu, nothing of anybody. The script draws the rest; without
 * it the page says where to go instead.
 */
export function FieldPage({ lang }: { lang: View['lang'] }) {
  const w = words(lang)
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${w.fieldTitle} · Melayani`}</title>
        <meta name="description" content={w.fieldLead} />
        <meta name="theme-color" content="#0b5f66" />
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link rel="manifest" href="/services/field/app.webmanifest" />
        <link rel="stylesheet" href={assetPath('style.css')} />
        <script type="module" src={assetPath('field-app.js')} />
      </head>
      <body class="field-app">
        <main id="isi">
          <field-app engine={assetPath('field-engine.js')}>
            <h1>{w.fieldTitle}</h1>
            <p class="lead">{w.fieldLead}</p>
            <noscript>
              <p>{w.fieldNoScript}</p>
            </noscript>
            <p>
              <a href="/services/worklist">{w.worklistTitle}</a>
            </p>
          </field-app>
        </main>
      </body>
    </html>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'field-app': preact.HTMLAttributes<HTMLElement> & { engine: string }
    }
  }
}

export type HeldRow = {
  id: string
  person: string
  name: string
  role: string
  reason: string
  captured: Date | null
  received: Date
}

/** Reports from the field that wait for the local admin. */
export function HeldPage({
  view,
  id,
  pkg,
  rows,
  refusal,
}: {
  view: View
  id: string
  pkg: Package
  rows: readonly HeldRow[]
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const roleName = (role: string) => {
    const found = pkg.roles.find((one) => one.id === role)
    return found ? say(found.names, view.lang) : role
  }
  const why = w as Record<string, string>
  return (
    <Page
      view={view}
      title={w.heldTitle}
      lead={w.heldLead}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: `/services/${id}`, label: say(pkg.manifest.names, view.lang) },
      ]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={why} />
      <Table
        caption={w.heldTitle}
        rows={rows}
        empty={w.heldNone}
        columns={[
          {
            head: w.heldWho,
            cell: (row) => (
              <>
                {row.name} <span class="soft small">({roleName(row.role)})</span>
              </>
            ),
          },
          { head: w.heldWhy, cell: (row) => why[`held-${row.reason}`] ?? row.reason },
          {
            head: w.heldCaptured,
            cell: (row) => (row.captured ? <When at={row.captured} lang={view.lang} zone={view.zone} /> : '–'),
          },
          { head: w.heldArrived, cell: (row) => <When at={row.received} lang={view.lang} zone={view.zone} /> },
          {
            head: w.heldAct,
            cell: (row) => (
              <div class="actions">
                <ActionButton action={`/services/${id}/held/${row.person}/${row.id}/take`}>{w.heldTake}</ActionButton>
                <ActionButton kind="danger" action={`/services/${id}/held/${row.person}/${row.id}/refuse`}>
                  {w.heldRefuse}
                </ActionButton>
              </div>
            ),
          },
        ]}
      />
    </Page>
  )
}
