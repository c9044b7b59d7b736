import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Form, Notice, Page, sentence, Table, TextArea, When } from '#platform/ui/index.ts'
import { shortHash } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import type { Gap } from '../domain/preparation.ts'
import { words } from '../text/index.ts'
import { Left } from './ceremony.tsx'
import { type Again, PracticeNotice, typedText, UploadForm, withinTrail } from './parts.tsx'

/** A candidate as the packages have it. `spoken`: with the sound of the name. */
export type SpokenName = { number: number; name: string; spoken: boolean; emptyBox: boolean }

/** What the booths will say for each candidate: to be listened to, and where there is no sound, plainly said (R45, R37). */
function Names({ view, names, at }: { view: View; names: readonly SpokenName[]; at: string }) {
  const w = words(view.lang)
  const people = names.filter(({ emptyBox }) => !emptyBox)
  const silent = people.filter(({ spoken }) => !spoken)
  if (people.length === 0) return null
  return (
    <section>
      <h2>{w.namesSpoken}</h2>
      {silent.length > 0 && (
        <Notice tone="attention">
          <p>{fill(w.namesSilent, { names: silent.map(({ number, name }) => `${number}. ${name}`).join(', ') })}</p>
        </Notice>
      )}
      {silent.length < people.length && <p class="hint">{w.namesListen}</p>}
      <ul>
        {people
          .filter(({ spoken }) => spoken)
          .map(({ number, name }) => (
            <li key={number}>
              {`${number}. ${name}`}{' '}
              {/* biome-ignore lint/a11y/useMediaCaption: the name that is said stands beside it. */}
              <audio controls preload="none" src={`${at}/names/${number}`} aria-label={name} />
            </li>
          ))}
      </ul>
    </section>
  )
}

export type PackageRow = {
  tps: string
  number: number
  version: number
  hash: string
  made: Date
  reason: string | null
  superseded: Date | null
}

/** The packages of an election: those that hold, those before them, and what waits for the committee. */
export function PackagesPage({
  view,
  election,
  packages,
  drafts,
  names,
  gaps,
  centreKey,
  makes,
  seals,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  packages: readonly PackageRow[]
  /** How many wait for the committee's signature. */
  drafts: number
  names: readonly SpokenName[]
  gaps: readonly Gap[]
  centreKey: string
  makes: boolean
  seals: boolean
} & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/packages`
  const moves = election.state === 'preparing' || election.state === 'sealed'
  return (
    <Page view={view} title={w.packagesTitle} lead={w.packagesLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ reason: w.packagesReason, signatures: w.signatures }}
      />
      <p>
        <code>{fill(w.centreKeyIs, { hash: shortHash(centreKey) })}</code>
      </p>
      <Table
        caption={w.packagesTitle}
        hideCaption
        rows={packages}
        empty={<p>{w.packagesNone}</p>}
        columns={[
          { head: w.places, main: true, cell: ({ number }) => fill(w.officerOf, { number }) },
          { head: w.packageVersion, number: true, cell: ({ version }) => version },
          { head: w.packageFingerprint, cell: ({ hash }) => <code>{shortHash(hash)}</code> },
          { head: w.packageMade, cell: ({ made }) => <When at={made} lang={view.lang} zone={view.zone} /> },
          {
            head: w.packageState,
            cell: ({ superseded }) => (superseded ? w.packageSuperseded : w.packageHolds),
          },
          { head: w.reason, cell: ({ reason }) => reason ?? '–' },
          {
            head: w.packageDownload,
            cell: ({ tps, version, number }) => (
              <a href={`${at}/${tps}/${version}/package.json`} download={`tps-${number}-v${version}.json`}>
                {w.packageDownload}
              </a>
            ),
          },
        ]}
      />
      <Names view={view} names={names} at={at} />
      {drafts > 0 && (
        <section>
          <h2>{w.draftsHead}</h2>
          {seals && (
            <>
              <p>
                <a class="button quiet" href={`${at}/drafts.json`} download>
                  {w.draftsDownload}
                </a>
              </p>
              <p class="hint">{w.draftsHint}</p>
              <UploadForm
                action={`${at}/seal`}
                accept="application/json,.json"
                label={w.signatures}
                problem={problems.signatures && sentence(problems.signatures, view.lang, w)}
                send={w.packagesSeal}
              />
            </>
          )}
        </section>
      )}
      {makes && moves && <Left view={view} gaps={gaps} />}
      {makes && moves && gaps.length === 0 && (
        <Form action={at}>
          {packages.length > 0 && (
            <TextArea
              name="reason"
              label={w.packagesReason}
              hint={w.packagesReasonHint}
              rows={3}
              value={typedText(typed, 'reason')}
              problem={problems.reason && sentence(problems.reason, view.lang, w)}
            />
          )}
          <div class="actions">
            <button type="submit">{w.packagesMake}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}
