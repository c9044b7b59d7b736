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
