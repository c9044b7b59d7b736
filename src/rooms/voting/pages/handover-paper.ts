import { fill, formatNumber } from '#platform/text.ts'
import { shortHash } from '../domain/candidate.ts'
import type { Handover } from '../domain/handover.ts'
import { words } from '../text/index.ts'
import { type Of, paperOf } from './paper.ts'

/** Berita acara serah terima: what a polling place gets, counted again when it is there, and who gave and took it. */
export function handoverReport(of: Of, handover: Handover, held: { version: number; hash: string; made: Date }) {
  const w = words(of.lang)
  const n = (value: number) => formatNumber(value, of.lang)
  const { number, place, roll, devices, supplies, officers } = handover
  const title = of.election.profile.rules.forms.value['serah-terima'] ?? w.handoverTitle
  const paper = paperOf(of, title, `TPS ${number}`, held.made)
  paper.paragraph(fill(w.handoverSays, { number }))
  paper.facts([
    [w.places, `${number}. ${place}`],
    [w.recapRoll, fill(w.handoverRoll, { count: n(roll.count), additional: n(roll.additional) })],
    [w.handoverPackage, fill(w.handoverPackageIs, { version: held.version, hash: shortHash(held.hash) })],
  ])
  const columns = [
    { head: w.handoverItem, share: 5 },
    { head: w.handoverCount, share: 1.4, number: true },
    { head: w.handoverFound, share: 1.8 },
    { head: w.handoverState, share: 3.6 },
  ]
  for (const [heading, items] of [
    [w.handoverDevices, devices],
    [w.handoverLogistics, supplies],
  ] as const) {
    paper.heading(heading)
    paper.table(
      columns,
      items.filter(([, count]) => count > 0).map(([item, count]) => [w[`item-${item}`], n(count), '', '']),
    )
  }
  paper.heading(w.handoverServes)
  paper.table(
    [
      { head: w.officerName, share: 4 },
      { head: w.officerRole, share: 3 },
      { head: w.sheetSignature, share: 4 },
    ],
    [
      ...officers.map(({ name, role, candidate }) => {
        const duty = role === 'committee' ? w.committee : w[`duty-${role}`]
        return [name, candidate ? `${duty} ${candidate}` : duty, '\n ']
      }),
      ['', w.paperChair, '\n '],
    ],
  )
  return paper.close()
}
