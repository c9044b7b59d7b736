import type { Actor } from '#platform/action.ts'
import { askedBy, type Letter, letterTo } from '#platform/mail.ts'
import { fill, formatDateTime, type Lang } from '#platform/text.ts'
import { deadline } from '../domain/calendar.ts'
import type { Move } from '../domain/draft.ts'
import type { Rules } from '../domain/round.ts'
import { words } from '../text/index.ts'

export type Owner = { id: string; name: string; email: string; lang: 'id' | 'en'; role: string }
type Told = Exclude<Move, 'edit' | 'comment'>

type About = {
  proposal: { id: string; title: string; unitName: string; agencyName: string }
  round: { rules: Rules; extensions: readonly { until: string }[] }
  actor: Actor
  note: string
  now: Date
  receipt?: { number: string; hash: string }
}

/** Who must hear of a move: the other side; at the submission and the withdrawal everybody but whoever did it. */
const hears: Record<Told, (owner: Owner) => boolean> = {
  send: (owner) => owner.role !== 'unit',
  recall: (owner) => owner.role !== 'unit',
  return: (owner) => owner.role === 'unit',
  submit: () => true,
  withdraw: () => true,
}

/** The letters of one move, each in its reader's language. */
export function lettersAbout(move: Told, owners: readonly Owner[], about: About): Letter[] {
  return owners
    .filter((owner) => hears[move](owner) && (owner.id !== about.actor.id || move === 'submit'))
    .map((owner) => {
      const w = words(owner.lang)
      const values = {
        title: about.proposal.title,
        unit: about.proposal.unitName,
        agency: about.proposal.agencyName,
        note: about.note || '–',
        round: about.round.rules.name[owner.lang],
        deadline: threeZones(new Date(deadline(about.round.rules, about.round.extensions)), owner.lang),
        number: about.receipt?.number ?? '',
        hash: about.receipt?.hash ?? '',
        time: threeZones(about.now, owner.lang),
      }
      return letterTo(owner, {
        subject: fill(w[`letter-${move}-subject`], values),
        body: fill(w[`letter-${move}`], values),
        path: about.receipt
          ? `/competition/receipts/${about.receipt.number}`
          : `/competition/proposals/${about.proposal.id}`,
        ask: askedBy(owner.role),
      })
    })
}

/** One moment in the three time zones of the country, to the second. */
export function threeZones(at: Date, lang: Lang): string {
  return (['WIB', 'WITA', 'WIT'] as const).map((zone) => formatDateTime(at, lang, zone, true)).join(' / ')
}
