import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { Facts, Notice, Page, State, Table, type TrailStep } from '#platform/ui/index.ts'
import type { RecordVerdict, Report } from '../domain/archive.ts'
import { shortHash } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import type { Unrecorded } from '../domain/proof.ts'
import type { ShownTps } from '../domain/village.ts'
import { words } from '../text/index.ts'
import { FollowForm } from './follow.tsx'
import { PracticeNotice } from './parts.tsx'
import { type CandidateShown, TpsState } from './village.tsx'

export type VersionShown = {
  hash: string
  sheet: string
  version: number
  corrects: string | null
  reason: string | null
  how: 'signed' | 'typed' | 'audit'
  votes: readonly number[]
  blank: number
  present: number
  source: 'tally' | 'slips'
  archive: string | null
  differences: readonly string[]
  signatures: readonly { role: string; signer: string; key: string }[]
  received: Date
}
export type FileShown = {
  sha256: string
  kind: 'archive' | 'record' | 'plano'
  size: number
  received: Date
  checked: Date | null
  verdict: RecordVerdict | null
  report: Report | null
}
export type SettledShown = { sheet: string; reason: string; at: Date }

/** One polling place: what counts, every version with its signatures, its files, what the verifier says, and how to check it oneself. */
export function TpsPage({
  view,
  election,
  place,
  trail,
  candidates,
  versions,
  head,
  files,
  settled,
  officers,
  open,
  packageHash,
  reading,
  unrecorded,
}: {
  view: View
  election: Pick<Election, 'id' | 'mode' | 'villageName' | 'group'>
  place: ShownTps
  trail: readonly TrailStep[]
  candidates: readonly CandidateShown[]
  versions: readonly VersionShown[]
  head: string | null
  files: readonly FileShown[]
  settled: SettledShown | undefined
  officers: readonly { role: string; name: string; key: string }[]
  /** Its votes may be shown alone. */
  open: boolean
  packageHash: string
  /** What people read from the photograph, where that was enough. */
  reading: 'same' | 'other' | 'open' | null
  /** Why two of the committee say that it has no record. */
  unrecorded: Unrecorded | null
}) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const counted = versions.find(({ hash }) => hash === head)
  const when = (at: Date) => formatDateTime(at, view.lang, view.zone)
  const planos = files.filter(({ kind }) => kind === 'plano')
  return (
    <Page
      view={view}
      title={`${fill(w.tpsN, { n: place.number })}, ${election.villageName}`}
      lead={place.place}
      trail={trail}
    >
      <PracticeNotice view={view} mode={election.mode} />
      <p>
        <TpsState view={view} place={place} />
      </p>
      {place.state === 'contradicting' && (
        <Notice tone="bad" title={w['tps-contradicting']}>
          <p>{w.contradictingWhy}</p>
        </Notice>
      )}
      {place.questioned && (
        <Notice tone="attention" title={w['tps-questioned']}>
          <p>{reading === 'other' ? w.questionedPhoto : w.questionedArchive}</p>
        </Notice>
      )}
      {unrecorded?.confirmed && (
        <Notice tone="attention" title={w.unrecordedHead}>
          <p>
            {fill(w.unrecordedBoth, {
              ...{ text: unrecorded.text, first: unrecorded.byName, second: unrecorded.confirmedBy ?? '' },
              at: when(unrecorded.confirmed),
            })}
          </p>
        </Notice>
      )}
      <Facts
        facts={[
          [w.turnout, place.votes ? `${n(place.present)}/${n(place.voters)}` : `–/${n(place.voters)}`],
          ...(counted && open
            ? [
                ...candidates.map(({ number, name }, i) => [`${number}. ${name}`, n(counted.votes[i] ?? 0)] as const),
                [w.blankVotes, n(counted.blank)] as const,
              ]
            : []),
          [w.packageHash, <code>{shortHash(packageHash)}</code>],
        ]}
      />
      {!open && (
        <Notice>
          <p>{fill(w.hiddenSmallWhy, { least: n(place.least) })}</p>
        </Notice>
      )}
      {versions.length > 0 && (
        <section>
          <h2>{w.versionsHead}</h2>
          {settled && (
            <Notice>
              <p>
                {fill(w.settledBy, { sheet: shortHash(settled.sheet), at: when(settled.at), reason: settled.reason })}
              </p>
            </Notice>
          )}
          <ol>
            {versions.map((version) => (
              <li key={version.hash}>
                <strong>{fill(w.versionN, { n: version.version })}</strong>{' '}
                {version.hash === head && <State tone="good">{w.versionCounts}</State>}{' '}
                <code>{shortHash(version.sheet)}</code>
                <br />
                {open && (
                  <>
                    {candidates.map(({ number }, i) => `${number}: ${n(version.votes[i] ?? 0)}`).join(' · ')} ·{' '}
                    {w.blankVotes}: {n(version.blank)}
                    <br />
                  </>
                )}
                <span class="soft">
                  {{ signed: w.howSigned, typed: w.howTyped, audit: w.howAudit }[version.how]} {when(version.received)}.
                  {version.source === 'slips' && ` ${w.fromSlips}`}
                </span>
                {version.reason && <p>{fill(w.correctsWhy, { reason: version.reason })}</p>}
                {version.differences.map((note) => (
                  <p key={note}>{fill(w.differenceNote, { note })}</p>
                ))}
                {version.how === 'signed' && (
                  <Signers view={view} signatures={version.signatures} officers={officers} />
                )}
                {open && version.how === 'signed' && (
                  <p>
                    <a href={`/voting/tps/${place.id}/sheets/${version.hash}`}>{w.sheetDownload}</a>
                  </p>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
      {open && versions.length > 0 && files.length > 0 && (
        <section>
          <h2>{w.filesHead}</h2>
          <Table
            caption={w.filesHead}
            hideCaption
            rows={files}
            columns={[
              {
                head: w.file,
                main: true,
                cell: ({ sha256, kind }) => <a href={`/voting/tps/${place.id}/files/${sha256}`}>{w[`file-${kind}`]}</a>,
              },
              { head: w.size, number: true, cell: ({ size }) => `${n(Math.ceil(size / 1024))} kB` },
              { head: 'SHA-256', cell: ({ sha256 }) => <code class="small">{sha256}</code> },
              { head: w.verdict, cell: (file) => <VerdictSign view={view} file={file} /> },
            ]}
          />
          {planos.length > 0 && (
            <p>
              <img
                class="plano"
                src={`/voting/tps/${place.id}/files/${planos.at(-1)!.sha256}`}
                alt={fill(w.planoAlt, { n: place.number })}
                loading="lazy"
              />
            </p>
          )}
          {planos.length > 0 && reading && <p>{w[`reading-${reading}`]}</p>}
          <h3>{w.checkYourself}</h3>
          <p>{w.checkYourselfHow}</p>
          <pre>
            <code>
              node_modules/.bin/melayani-verify --final --profile pilkades tps-{place.number}.bel
              {files.some(({ kind }) => kind === 'record') &&
                `\nnpm run tps -- record verify tps-${place.number}.record`}
            </code>
          </pre>
          {election.group === 'BELENIOS-2048' && (
            <>
              <p>{w.checkBelenios}</p>
              <pre>
                <code>belenios-tool election verify --dir .</code>
              </pre>
            </>
          )}
        </section>
      )}
      {files.some(({ kind }) => kind === 'archive') && (
        <section>
          <h2>{w.followHead}</h2>
          <FollowForm view={view} tps={place.id} />
        </section>
      )}
      <ul>
        <li>
          <a href={`/voting/check?tps=${place.id}`}>{w.checkLink}</a>
        </li>
      </ul>
    </Page>
  )
}

function VerdictSign({ view, file }: { view: View; file: FileShown }) {
  const w = words(view.lang)
  if (file.kind === 'plano') return <>–</>
  if (file.verdict === null) return <State tone="active">{w['verdict-waiting']}</State>
  const findings = file.report?.findings.slice(0, 5) ?? []
  return (
    <>
      <State tone={file.verdict === 'sound' ? 'good' : 'bad'}>{w[`verdict-${file.verdict}`]}</State>
      {file.kind === 'archive' && file.report && (
        <span class="soft small">
          {' '}
          {fill(w.verdictCounts, {
            ballots: formatNumber(file.report.counted, view.lang),
            tokens: formatNumber(file.report.election?.credentials ?? 0, view.lang),
          })}
        </span>
      )}
      {findings.length > 0 && (
        <ul class="small" lang="en">
          {findings.map(({ rule }, i) => (
            <li key={`${rule}${i}`}>
              <code>{rule}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Who signed, and which witnesses did not. */
function Signers({
  view,
  signatures,
  officers,
}: {
  view: View
  signatures: VersionShown['signatures']
  officers: readonly { role: string; name: string; key: string }[]
}) {
  const w = words(view.lang)
  const keys = new Set(signatures.map(({ key }) => key))
  const signed = officers.filter(({ key }) => keys.has(key)).map(({ name }) => name)
  const missing = officers.filter(({ role, key }) => role === 'witness' && !keys.has(key)).map(({ name }) => name)
  return (
    <p class="small">
      {fill(w.signedBy, { names: [...signed, w.stationSigner].join(', ') })}
      {missing.length > 0 && ` ${fill(w.notSignedBy, { names: missing.join(', ') })}`}
    </p>
  )
}
