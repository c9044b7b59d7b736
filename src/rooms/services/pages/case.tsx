import type { ComponentChildren } from 'preact'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  type Happened,
  History,
  Notice,
  Page,
  State,
  Table,
  When,
} from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import { AlikeNotice, type AlikeShown, MergedFrom, type MergedShown } from './duplicate.tsx'
import { CaseFiles, type FileShown } from './media-field.tsx'
import { OfferedNotice } from './offer.tsx'

export type CaseShown = {
  number: string
  /** Where its moves and consents are posted to: `/services/cases/…`. */
  at: string
  service: { href: string; name: string }
  state: string
  final: boolean
  stuck: boolean
  facts: readonly (readonly [string, string])[]
  files: readonly FileShown[]
  results: readonly { name: string; text: string; trial: boolean }[]
  moves: readonly { id: string; name: string }[]
  others: readonly { name: string; roles: string }[]
  clocks: readonly { name: string; due: Date | null }[]
  tasks: readonly string[]
  parts: readonly { href: string; number: string; state: string }[]
  partOf: { href: string } | null
  consents: readonly { id: string; name: string; given: boolean; at: Date }[]
  messages: readonly { at: Date; to: string; text: string; state: string }[]
  history: readonly Happened[]
  /** Other cases that seem to be of the same person, and what was merged into this one; empty for who may not know. */
  alike: readonly AlikeShown[]
  merges: readonly MergedShown[]
  /** Whether this reader may merge it with another, and whether it was merged away. */
  mergesWith: boolean
  /** Who is in charge by role, to whose role it can be offered by this reader, and what is offered to her. */
  charges: readonly { role: string; name: string | null }[]
  assigns: readonly { role: string; name: string }[]
  offered: readonly { id: string; until: Date }[]
  mergedAway: boolean
  /** What is missing, field by field, for whoever is to complete it or sees the fields. */
  gaps: readonly { label: string; says: string }[]
  /** The move that completes them, for whoever may make it. */
  completes: string | null
  messagesTitle: string
}

/** One case, as this reader may see it. */
export function CasePage({
  view,
  shown,
  problem,
  problems = {},
  children,
}: {
  view: View
  shown: CaseShown
  problem?: string | undefined
  problems?: Problems
  /** What else stands on the page of this reader. */
  children?: ComponentChildren
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={fill(w.caseTitle, { number: shown.number })}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: shown.service.href, label: shown.service.name },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={problem}
        words={w}
        labels={{ score: w.ratingScore }}
      />
      {shown.stuck && (
        <Notice tone="bad">
          <p>{w.stuck}</p>
        </Notice>
      )}
      {shown.mergedAway && (
        <Notice>
          <p>{w.mergedAway}</p>
        </Notice>
      )}
      <OfferedNotice view={view} offers={shown.offered} />
      <AlikeNotice view={view} at={shown.at} alike={shown.alike} />
      <div class="with-side">
        <div>
          <p>
            <State tone={shown.final ? 'good' : 'active'}>{shown.state}</State>
          </p>
          {shown.partOf && (
            <p>
              <a href={shown.partOf.href}>{w.partOf}</a>
            </p>
          )}
          {shown.gaps.length > 0 && (
            <Notice tone="attention" title={w.gapsShown}>
              <ul>
                {shown.gaps.map(({ label, says }) => (
                  <li key={label}>
                    <strong>{label}</strong>: {says}
                  </li>
                ))}
              </ul>
              {shown.completes && (
                <p>
                  <a class="button" href={`${shown.at}/moves/${shown.completes}`}>
                    {w.gapsComplete}
                  </a>
                </p>
              )}
            </Notice>
          )}
          {shown.results.length > 0 && <h2>{w.results}</h2>}
          {shown.results.map(({ name, text, trial }) => (
            <Notice key={name} title={name}>
              <p>{text}</p>
              {trial && <p class="small">({w.trial})</p>}
            </Notice>
          ))}
          <h2>{w.values}</h2>
          {shown.facts.length > 0 ? <Facts facts={shown.facts} /> : <p>{w.valuesNone}</p>}
          <CaseFiles lang={view.lang} files={shown.files} />
          {shown.parts.length > 0 && <h2>{w.parts}</h2>}
          <ul>
            {shown.parts.map(({ href, number, state }) => (
              <li key={href}>
                <a href={href}>{number}</a>: {state}
              </li>
            ))}
          </ul>
          {shown.messages.length > 0 && (
            <>
              <h2>{shown.messagesTitle}</h2>
              <p class="hint">{w.messagesHint}</p>
              <Table
                caption={shown.messagesTitle}
                hideCaption
                rows={shown.messages}
                columns={[
                  { head: w.sentAt, cell: ({ at }) => <When at={at} lang={view.lang} zone={view.zone} /> },
                  { head: w.sentTo, cell: ({ to }) => to },
                  { head: w.sentText, cell: ({ text }) => text },
                  { head: w.messageState, cell: ({ state }) => state },
                ]}
              />
            </>
          )}
          {children}
          <h2>{w.history}</h2>
          <History items={shown.history} lang={view.lang} zone={view.zone} />
        </div>
        <aside class="now">
          <h2>{w.movesHead}</h2>
          {shown.tasks.length > 0 && (
            <ul>
              {shown.tasks.map((task) => (
                <li key={task}>{task}</li>
              ))}
            </ul>
          )}
          {shown.moves.length === 0 && <p>{w.movesNone}</p>}
          <ul>
            {shown.moves.map(({ id, name }) => (
              <li key={id}>
                <a href={`${shown.at}/moves/${id}`}>{name}</a>
              </li>
            ))}
          </ul>
          {shown.others.length > 0 && (
            <>
              <h3>{w.movesOthers}</h3>
              <ul>
                {shown.others.map(({ name, roles }) => (
                  <li key={name + roles}>
                    {name} <span class="soft small">({roles})</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {shown.clocks.length > 0 && <h3>{w.clocks}</h3>}
          <ul>
            {shown.clocks.map(({ name, due }) => (
              <li key={name}>
                {name}:{' '}
                {due ? (
                  <>
                    {w.clockDue} <When at={due} now={view.now} lang={view.lang} zone={view.zone} />
                  </>
                ) : (
                  w.clockPaused
                )}
              </li>
            ))}
          </ul>
          {shown.consents.length > 0 && <h3>{w.consents}</h3>}
          {shown.consents.map(({ id, name, given }) => (
            <div key={id}>
              <p>
                {name}: {given ? w.given : w.notGiven}
              </p>
              {given && (
                <ActionButton action={`${shown.at}/consents/${id}`} kind="quiet">
                  {w.withdraw}
                </ActionButton>
              )}
            </div>
          ))}
          {shown.charges.length > 0 && <h3>{w.chargeHead}</h3>}
          <ul>
            {shown.charges.map(({ role, name }) => (
              <li key={role}>
                {role}: {name ?? w.chargeNobody}
              </li>
            ))}
          </ul>
          {shown.assigns.map(({ role, name }) => (
            <p key={role}>
              <a href={`${shown.at}/assign/${role}`}>{fill(w.assignLink, { role: name })}</a>
            </p>
          ))}
          <MergedFrom view={view} at={shown.at} merges={shown.merges} />
          {shown.mergesWith && (
            <p>
              <a href={`${shown.at}/merge`}>{w.mergeWith}</a>
            </p>
          )}
        </aside>
      </div>
    </Page>
  )
}
