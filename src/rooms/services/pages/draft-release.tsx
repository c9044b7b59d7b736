import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Notice, Page, State, sentence, TextField } from '#platform/ui/index.ts'
import type { Difference } from '../domain/studio/difference.ts'
import { words } from '../text/index.ts'
import { draftTrail, ProblemList, type ProblemShown } from './draft.tsx'

export type ReleaseRow = {
  version: string
  at: Date
  by: string | null
  installed: boolean
  /** Whether a newer one runs already. */
  older: boolean
  /** What is signed, but for publisher and key: id, version and the hashes of its documents. */
  seal: string
}

const sizes = { major: 'sizeMajor', minor: 'sizeMinor', patch: 'sizePatch' } as const

/** What changed, what the next version is called, and what was published. */
export function PublishPage({
  view,
  draft,
  agency,
  since,
  changes,
  suggested,
  releases,
  errors,
  failing,
  local,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  draft: { id: string; title: string; revision: number }
  agency: string
  /** The version that the draft is compared with; none for the first. */
  since: string | null
  changes: readonly Difference[]
  suggested: string
  releases: readonly ReleaseRow[]
  errors: readonly ProblemShown[]
  failing: number
  /** Changes of a package that somebody else publishes: no version of one's own. */
  local: boolean
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const said = w as Record<string, string>
  const at = `/services/studio/drafts/${draft.id}`
  const largest = (['major', 'minor', 'patch'] as const).find((size) => changes.some((change) => change.size === size))
  const ready = errors.length === 0 && failing === 0 && (!since || changes.length > 0)
  return (
    <Page
      view={view}
      title={fill(w.publishTitle, { name: draft.title })}
      lead={w.publishLead}
      trail={draftTrail(view, draft)}
      islands={releases.length > 0 ? ['seal-here'] : []}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ version: w.versionNew }}
      />
      {errors.length > 0 && (
        <Notice tone="attention">
          <ProblemList view={view} title={w.problemsOf} problems={errors} />
        </Notice>
      )}
      {failing > 0 && (
        <Notice tone="attention">
          <p>
            <a href={`${at}/examples`}>{fill(w.exampleFailed, { n: failing })}</a>
          </p>
        </Notice>
      )}
      <h2>{since ? fill(w.changesHead, { version: since }) : w.changesFirst}</h2>
      {since && changes.length === 0 && <p>{w.changesNone}</p>}
      <ul>
        {changes.slice(0, 60).map(({ kind, id, within, what }) => (
          <li key={`${kind} ${within} ${id}`}>
            {kind === 'manifest'
              ? `${said['k-manifest']} ${said[`w-${what}`]}`
              : fill(within ? w.changeWithin : w.changeLine, {
                  kind: said[`k-${kind}`]!,
                  id,
                  within: within ?? '',
                  what: said[`w-${what}`]!,
                })}
          </li>
        ))}
        {changes.length > 60 && <li class="soft">+ {changes.length - 60}</li>}
      </ul>
      {since && largest && <p class="soft">{w[sizes[largest]]}</p>}
      {ready && local && (
        <>
          <p>{w.localLead}</p>
          <ActionButton action={`${at}/local`} fields={{ revision: String(draft.revision) }}>
            {w.localInstall}
          </ActionButton>
        </>
      )}
      {ready && !local && (
        <Form action={`${at}/publish`}>
          <input type="hidden" name="revision" value={draft.revision} />
          <TextField
            name="version"
            label={w.versionNew}
            value={String(typed.version ?? suggested)}
            problem={problems.version && sentence(problems.version, view.lang, w)}
            inputmode="decimal"
          />
          <div class="actions">
            <button type="submit">{w.publishVersion}</button>
          </div>
        </Form>
      )}
      {releases.length > 0 && <h2>{w.versionsHead}</h2>}
      {releases.map(({ version, at: when, by, installed, older, seal }, i) => (
        <section key={version} aria-label={version}>
          <h3>
            {version} {installed && <State tone="good">{w.versionInstalled}</State>}
          </h3>
          <p class="soft small">
            {fill(w.savedBy, { at: formatDateTime(when, view.lang, view.zone), who: by ?? '–' })}
          </p>
          <div class="actions">
            {!installed && !older && (
              <ActionButton action={`${at}/releases/${version}/install`}>
                {fill(w.versionInstall, { version })}
              </ActionButton>
            )}
            <a href={`${at}/releases/${version}/file`}>{w.versionTake}</a>
          </div>
          {i === 0 && (
            <details>
              <summary>{w.signHead}</summary>
              <p>{w.signLead}</p>
              <pre>
                npm run package -- sign {JSON.parse(seal).id.split('.').at(-1)} --key {'<key>.pem'} --publisher "
                {agency}"
              </pre>
              <seal-here seal={seal} hidden>
                <h4>{w.signHere}</h4>
                <p class="hint">{w.signHereHint}</p>
                <p class="problem" role="alert" hidden>
                  {w.signFailed}
                </p>
                <TextField name="" id="sign-key" type="file" accept=".pem" label={w.signKey} />
                <form method="post" action={`${at}/releases/${version}/seal`}>
                  <TextField
                    name="publisher"
                    id="sign-publisher"
                    label={w.signPublisher}
                    value={agency}
                    maxlength={200}
                  />
                  <input type="hidden" name="key" value="" />
                  <input type="hidden" name="signature" value="" />
                  <button type="submit" class="quiet">
                    {w.signNow}
                  </button>
                </form>
              </seal-here>
            </details>
          )}
        </section>
      ))}
    </Page>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'seal-here': preact.HTMLAttributes<HTMLElement> & { seal: string }
    }
  }
}
