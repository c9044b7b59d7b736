import { type Letter, letterTo } from '#platform/mail.ts'
import { fill } from '#platform/text.ts'
import type { Affected, Owner } from '../domain/affected.ts'
import { deadline } from '../domain/calendar.ts'
import type { Rules } from '../domain/round.ts'
import { placeInWords, showValue } from '../domain/rule-words.ts'
import { words } from '../text/index.ts'
import { threeZones } from './letters.ts'

const pageOf = (round: string) => `/competition/rounds/${round}`
/** A local admin has no unit. */
const askedByOwner = ({ unit }: Owner) => (unit === null ? 'secretariat' : 'local-admin')

/** A round is announced: what it is called, from when and until when, and what a local admin can do now. */
export function openingLetter(round: string, owner: Owner, rules: Rules): Letter {
  const w = words(owner.lang)
  const values = {
    round: rules.name[owner.lang],
    opens: threeZones(new Date(rules.calendar.opens), owner.lang),
    deadline: threeZones(new Date(deadline(rules)), owner.lang),
  }
  return letterTo(owner, {
    subject: fill(w['letter-opening-subject'], values),
    body: fill(w['letter-opening'], values),
    path: pageOf(round),
    ask: askedByOwner(owner),
  })
}

/** What changed for one person, in that person's language. */
export function versionLetter(round: string, { owner, changes }: Affected, rules: Rules, reason: string): Letter {
  const { lang } = owner
  const w = words(lang)
  const reader = { lang, words: w }
  const lines = changes.map((change) => {
    const field = change.steps.at(-1)?.name ?? ''
    return fill(w['letter-change-line'], {
      place: placeInWords(change.steps, rules, reader),
      before: showValue(change.before, reader, field),
      after: showValue(change.after, reader, field),
    })
  })
  const values = { round: rules.name[lang], version: rules.version, reason, changes: lines.join('\n') }
  return letterTo(owner, {
    subject: fill(w['letter-version-subject'], values),
    body: fill(w['letter-version'], values),
    path: pageOf(round),
    ask: askedByOwner(owner),
  })
}

/** To the local admins of an agency: it, or one of its innovations, is invited to a group, or no longer is. */
export function invitationLetter(
  round: string,
  told: 'invited' | 'uninvited',
  owner: Owner,
  rules: Rules,
  about: { group: string; name: string | null; agencyName: string; reason?: string },
): Letter {
  const { lang } = owner
  const w = words(lang)
  const group = rules.groups.find(({ key }) => key === about.group)?.label[lang] ?? about.group
  const guest = about.name ?? fill(w['letter-any-innovation'], { agency: about.agencyName })
  const values = { round: rules.name[lang], group, guest, reason: about.reason ?? '' }
  return letterTo(owner, {
    subject: fill(w[`letter-${told}-subject`], values),
    body: fill(w[`letter-${told}`], values),
    path: pageOf(round),
    ask: askedByOwner(owner),
  })
}

export function extensionLetter(
  round: string,
  owner: Owner,
  rules: Rules,
  { until, before, reason }: { until: string; before: string; reason: string },
): Letter {
  const { lang } = owner
  const w = words(lang)
  const values = {
    round: rules.name[lang],
    deadline: threeZones(new Date(until), lang),
    before: threeZones(new Date(before), lang),
    reason,
  }
  return letterTo(owner, {
    subject: fill(w['letter-extension-subject'], values),
    body: fill(w['letter-extension'], values),
    path: pageOf(round),
    ask: askedByOwner(owner),
  })
}
