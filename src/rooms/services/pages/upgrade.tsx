import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Facts, Form, Page, State, Table, TextField, When } from '#platform/ui/index.ts'
import { say } from '../domain/held.ts'
import type { Examined } from '../domain/installing.ts'
import type { Change } from '../domain/package/changes.ts'
import type { Package } from '../domain/package/format/index.ts'
import { words } from '../text/index.ts'
import { tellChange } from './change-words.ts'
import { Outcome } from './install.tsx'

export type Candidate = { value: string; version: string; from: string | null }
export type Past = { n: number; before: string; after: string; at: Date; undone: Date | null }

/** Which version runs, what was changed of it here, what is newer, and what it was before. */
export function UpgradePage({
  view,
  id,
  pkg,
  base,
  publisher,
  changes,
  candidates,
  draft,
  past,
  refusal,
  examined,
  problems,
  children,
}: {
  view: View
  id: string
  pkg: Package
  base: Package
  publisher: string | null
  changes: readonly Change[]
  candidates: readonly Candidate[]
  /** The version that is being decided on. */
  draft: string | null
  past: readonly Past[]
  refusal?: string | undefined
  examined?: Examined | undefined
  problems?: Problems | undefined
  children?: preact.ComponentChildren
}) {
  const w = words(view.lang)
  const at = `/services/${id}/upgrade`
  const { version } = pkg.manifest
  const last = past.find(({ undone }) => undone === null)
  return (
    <Page
      view={view}
      title={fill(w.upgradeTitle, { name: say(pkg.manifest.names, view.lang) })}
      lead={w.upgradeLead}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: `/services/${id}`, label: say(pkg.manifest.names, view.lang) },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        refusal={refusal}
        problems={problems}
        words={w}
        labels={{ reason: w.offerReason }}
      />
      {examined && <Outcome view={view} examined={examined} />}
      {draft && (
        <div class="notice attention">
          <p>{fill(w.draftGoing, { version: draft })}</p>
          <div class="actions">
            <a class="button" href={`${at}/draft`}>
              {w.draftGo}
            </a>
          </div>
        </div>
      )}
      <Facts
        facts={[
          [w.runsNow, version],
          ...(version === base.manifest.version ? [] : ([[w.madeFrom, base.manifest.version]] as const)),
          [w.sealedBy, publisher ?? w.shippedHere],
        ]}
      />
      <h2>{w.newerHead}</h2>
      <Table
        caption={w.newerHead}
        hideCaption
        empty={<p>{w.newerNone}</p>}
        rows={candidates}
        columns={[
          { head: w.version, main: true, cell: (one) => one.version },
          { head: w.newerFrom, cell: ({ from }) => from ?? w.newerShipped },
          {
            head: w.nowHead,
            cell: ({ value }) => (
              <ActionButton action={`${at}/begin`} fields={{ candidate: value }}>
                {w.newerLook}
              </ActionButton>
            ),
          },
        ]}
      />
      <Form action={`${at}/upload`} upload>
        <TextField name="file" type="file" accept=".melayani" label={w.newerUpload} hint={w.uploadHint} />
        <div class="actions">
          <button type="submit" class="quiet">
            {w.newerUploadNow}
          </button>
        </div>
      </Form>
      <h2>{w.localHead}</h2>
      {changes.length === 0 ? <p>{w.localNone}</p> : <Changes view={view} changes={changes} packages={[pkg, base]} />}
      {children}
      <h2>{w.pastHead}</h2>
      <Table
        caption={w.pastHead}
        hideCaption
        empty={<p>{w.pastNone}</p>}
        rows={past}
        columns={[
          { head: w.pastTo, main: true, cell: ({ after }) => after },
          { head: w.pastFrom, cell: ({ before }) => before },
          { head: w.pastWhen, cell: (one) => <When at={one.at} lang={view.lang} zone={view.zone} /> },
          {
            head: w.pastState,
            cell: ({ undone }) => <State tone={undone ? 'calm' : 'good'}>{undone ? w.pastUndone : w.pastHolds}</State>,
          },
        ]}
      />
      {last && (
        <Form action={`${at}/undo`}>
          <input type="hidden" name="n" value={last.n} />
          <p>{fill(w.undoHint, { version: last.before })}</p>
          <div class="actions">
            <button type="submit" class="quiet">
              {fill(w.undo, { version: last.before })}
            </button>
          </div>
        </Form>
      )}
    </Page>
  )
}

/** Changes as sentences; many of them folded. */
export function Changes({
  view,
  changes,
  packages,
}: {
  view: View
  changes: readonly Change[]
  packages: readonly Package[]
}) {
  const w = words(view.lang)
  const shown = changes.slice(0, 300)
  const list = (
    <ul class="changes">
      {shown.map((change, i) => (
        <li key={i}>{tellChange(change, packages, view.lang)}</li>
      ))}
    </ul>
  )
  if (changes.length <= 12) return list
  return (
    <details>
      <summary>
        {w.whatChanged} ({formatNumber(changes.length, view.lang)})
      </summary>
      {list}
    </details>
  )
}
