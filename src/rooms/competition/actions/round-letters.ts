import type { Letter } from '#platform/mail.ts'
import { fill } from '#platform/text.ts'
import type { Affected, Owner } from '../domain/affected.ts'
import type { Rules } from '../domain/round.ts'
import { placeInWords, showValue } from '../domain/rule-words.ts'
import { words } from '../text/index.ts'
import { threeZones } from './letters.ts'

/** What changed for one person, in that person's language. */
export function versionLetter({ owner, changes }: Affected, rules: Rules, reason: string): Letter {
  const { lang, name, email } = owner
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
  const values = { name, round: rules.name[lang], version: rules.version, reason, changes: lines.join('\n') }
  return {
    to: { name, email },
    subject: fill(w['letter-version-subject'], values),
    body: fill(w['letter-version'], values),
  }
}

/** To the local admins of an agency: it, or one of its innovations, is invited to a group, or no longer is. */
export function invitationLetter(
  told: 'invited' | 'uninvited',
  { lang, name, email }: Owner,
  rules: Rules,
  about: { group: string; name: string | null; agencyName: string; reason?: string },
): Letter {
  const w = words(lang)
  const group = rules.groups.find(({ key }) => key === about.group)?.label[lang] ?? about.group
  const guest = about.name ?? fill(w['letter-any-innovation'], { agency: about.agencyName })
  const values = { name, round: rules.name[lang], group, guest, reason: about.reason ?? '' }
  return {
    to: { name, email },
    subject: fill(w[`letter-${told}-subject`], values),
    body: fill(w[`letter-${told}`], values),
  }
}

export function extensionLetter(
  { lang, name, email }: Owner,
  rules: Rules,
  { until, before, reason }: { until: string; before: string; reason: string },
): Letter {
  const w = words(lang)
  const values = {
    name,
    round: rules.name[lang],
    deadline: threeZones(new Date(until), lang),
    before: threeZones(new Date(before), lang),
    reason,
  }
  return {
    to: { name, email },
    subject: fill(w['letter-extension-subject'], values),
    body: fill(w['letter-extension'], values),
  }
}
