import type { ComponentChildren } from 'preact'
import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber, formatPercent } from '#platform/text.ts'
import { Facts, Notice, Page, State, Table, type Tone } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { words } from '../../text/index.ts'
import { PracticeNotice, withinTrail } from '../parts.tsx'
import { tpsName } from '../roll/parts.tsx'
import type { AuditShown } from './shown.ts'

export const auditAt = (election: { id: string }) => `/voting/elections/${election.id}/audit`
const tones: Record<string, Tone> = { waiting: 'active', 'not-yet': 'attention', confirmed: 'good', differs: 'bad' }

export const whoNames = (view: View, names: readonly string[]) =>
  names.map((name, at) => `${at + 1}. ${name}`).concat(words(view.lang).slipBlank)

/** What was announced and what the slips say of it, for everybody. `own`: what this reader may do, in a part of its own. */
export function AuditPage({
  view,
  election,
  names,
  audit,
  earlier,
  own,
}: {
  view: View
  election: Election
  names: readonly string[]
  audit: AuditShown | undefined
  /** Audits of numbers that changed since, the last first. */
  earlier: readonly AuditShown[]
  own?: ComponentChildren
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.auditTitle} lead={w.auditLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      {own}
      {audit ? (
        <Audited view={view} election={election} names={names} audit={audit} />
      ) : (
        !own && (
          <Notice>
            <p>{w.auditNone}</p>
          </Notice>
        )
      )}
      {earlier.map((each) => (
        <details key={each.version}>
          <summary>{fill(w.auditEarlier, { version: each.version })}</summary>
          <Audited view={view} election={election} names={names} audit={each} />
        </details>
      ))}
    </Page>
  )
}

function Audited({
  view,
  election,
  names,
  audit,
}: {
  view: View
  election: Election
  names: readonly string[]
  audit: AuditShown
}) {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const how = [
    audit.kind === 'full' ? w.auditKindFull : fill(w.auditKindPoll, { n: n(audit.expected ?? 0) }),
    audit.why && w[`why-${audit.why}`],
  ]
  const shown = audit.outcome ?? audit.verdict
  const agreed = audit.drawn.filter(({ agreed }) => agreed !== undefined).length
  const said = (reading: number | 'blank' | 'unreadable') =>
    reading === 'blank' ? w.slipBlank : reading === 'unreadable' ? w.slipUnreadable : whoNames(view, names)[reading]
  return (
    <>
      {!audit.current && (
        <Notice tone="attention">
          <p>{w.auditOtherNumbers}</p>
        </Notice>
      )}
      <Facts
        facts={[
          [w.auditNow, <State tone={tones[shown] ?? 'calm'}>{w[`found-${shown}`]}</State>],
          [w.auditKind, how.filter(Boolean).join(', ')],
          [w.auditRisk, formatPercent(audit.risk, view.lang, 1)],
          [w.auditPlannedBy, `${audit.by ?? ''}, ${formatDateTime(audit.planned, view.lang, view.zone)}`],
          [
            w.auditAnnounced,
            whoNames(view, names)
              .map((name, at) => `${name}: ${n([...audit.announced.votes, audit.announced.blank][at] ?? 0)}`)
              .join(' · '),
          ],
          ...(audit.dice && audit.seen
            ? ([
                [w.dice, <code class="hash">{audit.dice}</code>],
                [w.diceWitnesses, `${audit.witnesses} (${[audit.dicedBy, audit.seenBy].filter(Boolean).join(', ')})`],
              ] as const)
            : []),
          ...(audit.adoption ? [[w.adoptHead, adoptedText(view, audit.adoption)] as const] : []),
        ]}
      />
      <p>
        <a class="button quiet" href={`${auditAt(election)}/minutes.pdf?version=${audit.version}`}>
          {w.auditPaper}
        </a>
      </p>
      {audit.escalated && <p>{w.auditEscalated}</p>}
      {audit.piles.length > 0 && (
        <Table
          caption={w.pilesHead}
          rows={audit.piles}
          columns={[
            { head: w.tpsOne, main: true, cell: ({ pile }) => tpsName(view, pile.number) },
            {
              head: w.pileState,
              cell: ({ state }) =>
                fill(
                  state.kind === 'agreed'
                    ? w.pileAgreed
                    : state.kind === 'different'
                      ? w.pileDifferent
                      : w.pileCounting,
                  { round: state.round },
                ),
            },
            ...[...names.keys(), 'blank' as const].map((which) => ({
              head: which === 'blank' ? w.slipBlank : String(which + 1),
              number: true,
              cell: ({ pile, state, compared }: (typeof audit.piles)[number]) =>
                state.kind !== 'agreed' || !compared
                  ? '–'
                  : audit.hidden.has(pile.number)
                    ? w.hiddenSmall
                    : figure(
                        view,
                        which === 'blank' ? state.count.blank : (state.count.votes[which] ?? 0),
                        which === 'blank' ? compared.blank : (compared.votes[which] ?? 0),
                      ),
            })),
            {
              head: w.pileGap,
              cell: ({ compared }) =>
                compared ? (
                  <State tone={compared.same ? 'good' : 'bad'}>{compared.same ? w.pileSame : w.pileDiffers}</State>
                ) : (
                  '–'
                ),
            },
          ]}
        />
      )}
      {audit.piles.some(({ rounds, state }) => rounds.length > 1 || state.kind === 'different') && (
        <Rounds view={view} names={names} audit={audit} />
      )}
      {audit.drawn.length > 0 && audit.dice && (
        <section>
          <h2>{w.slipsHead}</h2>
          <p>{fill(w.slipsDrawn, { n: n(audit.drawn.length), read: n(agreed) })}</p>
          <details>
            <summary>{w.sampler}</summary>
            <p>{fill(w.samplerHow, { slips: audit.slips })}</p>
            <p>
              <code class="hash">{`printf '%s' '${audit.dice},1' | sha256sum`}</code>
            </p>
          </details>
          <Table
            caption={w.slipsHead}
            hideCaption
            rows={audit.drawn}
            columns={[
              { head: w.slipNth, main: true, cell: (slip) => n(slip.n) },
              { head: w.slipTps, cell: ({ tps }) => tpsName(view, tps) },
              { head: w.slipPosition, number: true, cell: ({ position }) => n(position) },
              {
                head: w.slipReading,
                cell: (slip) =>
                  slip.agreed === undefined
                    ? slip.different
                      ? w.slipDifferent
                      : w.slipWaiting
                    : audit.hidden.has(slip.tps)
                      ? w.hiddenSmall
                      : said(slip.agreed),
              },
            ]}
          />
        </section>
      )}
    </>
  )
}

/** Who took what was counted as the result, and why. */
export const adoptedText = (
  view: View,
  { ground, byName, confirmed, confirmedBy }: NonNullable<AuditShown['adoption']>,
): string => {
  const w = words(view.lang)
  const at = confirmed ? formatDateTime(confirmed, view.lang, view.zone) : ''
  return fill(confirmed ? w.adoptBoth : w.adoptBy, { ground, first: byName, second: confirmedBy ?? '', at })
}

/** A figure on paper, and how far it is from the tally where it is. */
const figure = (view: View, paper: number, gap: number) =>
  gap === 0
    ? formatNumber(paper, view.lang)
    : `${formatNumber(paper, view.lang)} (${gap > 0 ? '+' : '−'}${formatNumber(Math.abs(gap), view.lang)})`

/** The rounds in which two counts differed: they stay, so that everybody sees how an agreement came about. */
function Rounds({ view, names, audit }: { view: View; names: readonly string[]; audit: AuditShown }) {
  const w = words(view.lang)
  const rows = audit.piles.flatMap(({ pile, rounds }) =>
    rounds.flatMap(({ a, b }, round) => {
      if (!a || !b || audit.hidden.has(pile.number)) return []
      const pairs = [...names.keys()]
        .map((at) => [whoNames(view, names)[at]!, a.votes[at] ?? 0, b.votes[at] ?? 0] as const)
        .concat([[w.slipBlank, a.blank, b.blank] as const, [w.slipUnreadable, a.unreadable, b.unreadable] as const])
      return pairs.flatMap(([what, first, second]) =>
        first === second ? [] : [{ tps: pile.number, round: round + 1, what, first, second }],
      )
    }),
  )
  if (rows.length === 0) return null
  return (
    <Table
      caption={w.pileRounds}
      rows={rows}
      columns={[
        { head: w.tpsOne, main: true, cell: ({ tps }) => tpsName(view, tps) },
        { head: w.pileRound, number: true, cell: ({ round }) => round },
        { head: w.pileFigure, cell: ({ what }) => what },
        { head: w.pileFirst, number: true, cell: ({ first }) => formatNumber(first, view.lang) },
        { head: w.pileSecond, number: true, cell: ({ second }) => formatNumber(second, view.lang) },
      ]}
    />
  )
}
