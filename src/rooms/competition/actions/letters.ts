import type { Actor } from '#platform/action.ts'
import { linkTo } from '#platform/address.ts'
import type { Letter } from '#platform/mail.ts'
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
        name: owner.name,
        title: about.proposal.title,
        unit: about.proposal.unitName,
        agency: about.proposal.agencyName,
        who: about.actor.name,
        note: about.note || '–',
        round: about.round.rules.name[owner.lang],
        deadline: threeZones(new Date(deadline(about.round.rules, about.round.extensions)), owner.lang),
        link: linkTo(
          about.receipt
            ? `/competition/receipts/${about.receipt.number}`
            : `/competition/proposals/${about.proposal.id}`,
        ),
        number: about.receipt?.number ?? '',
        hash: about.receipt?.hash ?? '',
        time: threeZones(about.now, owner.lang),
      }
      return {
        to: { name: owner.name, email: owner.email },
        subject: fill(w[`letter-${move}-subject`], values),
        body: fill(w[`letter-${move}`], values),
      }
    })
}

/** One moment in the three time zones of the country, to the second. */
export function threeZones(at: Date, lang: Lang): string {
  return (['WIB', 'WITA', 'WIT'] as const).map((zone) => formatDateTime(at, lang, zone, true)).join(' / ')
}
