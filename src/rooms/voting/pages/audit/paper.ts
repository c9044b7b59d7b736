import type { View } from '#platform/http.ts'
import { fill, formatDate, formatDateTime, formatNumber, formatPercent } from '#platform/text.ts'
import { openPaper } from '#platform/ui/paper.ts'
import type { Election } from '../../domain/election.ts'
import { words } from '../../text/index.ts'
import { tpsName } from '../roll/parts.tsx'
import { whoNames } from './audit.tsx'
import type { AuditShown } from './shown.ts'

/** BA Hitung Struk: what was announced, how it was audited, what the slips say, and room for signatures. */
export function auditPaper(
  view: View,
  election: Election,
  names: readonly string[],
  audit: AuditShown,
  committee: readonly { name: string; role: string }[],
): Promise<Uint8Array<ArrayBuffer>> {
  const w = words(view.lang)
  const n = (value: number) => formatNumber(value, view.lang)
  const at = audit.ended ?? view.now
  const paper = openPaper({
    lang: view.lang,
    title: w.auditPaperTitle,
    number: `AUDIT-${election.id.slice(-8).toUpperCase()}`,
    at,
    demo: view.demo || election.mode === 'practice',
    from: { name: election.name, office: `${election.districtName}, ${election.regencyName}` },
  })
  paper.paragraph(
    fill(w.auditPaperBody, {
      election: election.villageName,
      date: formatDate(at, view.lang, view.zone),
      risk: n(audit.risk * 100),
      slips: n(audit.slips),
    }),
  )
  if (!audit.outcome) paper.paragraph(w.auditOpen, { bold: true })
  paper.facts([
    [w.auditOutcome, w[`found-${audit.outcome ?? audit.verdict}`]],
    [w.auditKind, audit.kind === 'full' ? w.auditKindFull : fill(w.auditKindPoll, { n: n(audit.expected ?? 0) })],
    [w.auditPlannedBy, formatDateTime(audit.planned, view.lang, view.zone)],
    ...(audit.dice && audit.seen
      ? ([
          [w.dice, audit.dice.match(/.{1,5}/g)!.join(' ')],
          [w.diceWitnesses, audit.witnesses ?? ''],
        ] as const)
      : []),
  ])
  if (audit.escalated) paper.paragraph(w.auditEscalated)
  const whose = whoNames(view, names)
  const sum = (of: 'paper' | 'tally', which: number) =>
    audit.piles.reduce((all, { pile, state }) => {
      const from = of === 'tally' ? pile : state.kind === 'agreed' ? state.count : undefined
      return all + (from ? ([...from.votes, from.blank][which] ?? 0) : 0)
    }, 0)
  if (audit.piles.length > 0) {
    paper.heading(w.pilesHead)
    paper.table(
      [
        { head: w.tpsOne, share: 2 },
        ...whose.map((_, which) => ({
          head: which === names.length ? w.slipBlank : String(which + 1),
          share: 1.4,
          number: true,
        })),
        { head: w.pileState, share: 4 },
      ],
      audit.piles.map(({ pile, state, compared }) => [
        tpsName(view, pile.number),
        ...whose.map((_, which) =>
          state.kind !== 'agreed'
            ? '–'
            : audit.hidden.has(pile.number)
              ? w.hiddenSmall
              : n([...state.count.votes, state.count.blank][which] ?? 0),
        ),
        state.kind === 'agreed'
          ? `${fill(w.pileAgreed, { round: state.round })}; ${compared?.same ? w.pileSame : w.pileDiffers}`
          : fill(state.kind === 'different' ? w.pileDifferent : w.pileCounting, { round: state.round }),
      ]),
    )
    // A sum over some places, less those that are shown, would show the hidden ones.
    const whole =
      (audit.kind === 'full' || audit.escalated !== null) && audit.piles.every(({ state }) => state.kind === 'agreed')
    if (whole || !audit.piles.some(({ pile }) => audit.hidden.has(pile.number)))
      paper.table(
        [
          { head: w.pileFigure, share: 5 },
          { head: w.pilePaper, share: 2, number: true },
          { head: w.pileTally, share: 2, number: true },
          { head: w.pileGap, share: 2, number: true },
        ],
        whose.map((name, which) => {
          const [slips, tally] = [sum('paper', which), sum('tally', which)]
          return [name, n(slips), n(tally), n(slips - tally)]
        }),
      )
  }
  if (audit.drawn.length > 0) {
    paper.heading(w.slipsHead)
    const read = audit.drawn.filter(({ agreed }) => agreed !== undefined)
    paper.paragraph(fill(w.slipsDrawn, { n: n(audit.drawn.length), read: n(read.length) }))
    const rows = [
      ...whose.map((name, which) => [name, which === names.length ? 'blank' : which] as const),
      [w.slipUnreadable, 'unreadable'] as const,
    ]
    paper.table(
      [
        { head: w.slipReading, share: 5 },
        { head: w.pilePaper, share: 2, number: true },
        { head: '%', share: 2, number: true },
      ],
      rows.map(([name, which]) => {
        const own = read.filter(({ agreed }) => agreed === which).length
        return [name, n(own), formatPercent(read.length === 0 ? 0 : own / read.length, view.lang, 1)]
      }),
    )
  }
  paper.heading(w.auditCounters)
  paper.table(
    [
      { head: w.voterName, share: 4 },
      { head: '', share: 3 },
      { head: w.sheetSignature, share: 4 },
    ],
    committee.map(({ name, role }) => [name, w[`role-${role}` as 'role-chair'], '\n ']),
  )
  return paper.close()
}
