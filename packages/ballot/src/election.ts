import { drawBase58 } from './base58.ts'
import { type Election, type Question, writeElection } from './format/election.ts'
import type { GroupName } from './group/group.ts'
import { openGroup } from './group/index.ts'
import { base64Hash } from './hash.ts'
import type { Random } from './random.ts'

export type ElectionDraft = {
  readonly name: string
  readonly description: string
  readonly group: GroupName
  /** str(y), from the trustees. */
  readonly publicKey: string
  readonly questions: readonly Question[]
  readonly administrator?: string
  readonly credentialAuthority?: string
  /** Read by Belenios 3.3 and later only. */
  readonly language?: string
}

/** Why an election cannot be held. `at`: `name`, `questions[0].answers[2]`. */
export type ElectionFault = {
  readonly at: string
  readonly rule:
    | 'empty'
    | 'no element'
    | 'min above max'
    | 'max above answers'
    | 'max is 0'
    | 'twice'
    | 'control character'
    | 'half a character'
}

/** 14 characters of base 58 (82 bits), as Belenios draws them. Credentials are bound to it, so it comes before them. */
export const drawUuid = (random: Random): string => drawBase58(14, random)

/** All that stands against an election; an empty list when it can be held. */
export function electionFaults(draft: ElectionDraft): ElectionFault[] {
  const faults: ElectionFault[] = []
  const require = (at: string, rule: ElectionFault['rule'], holds: boolean) => {
    if (!holds) faults.push({ at, rule })
  }
  const text = (at: string, value: string | undefined, filled = true) => {
    if (value === undefined) return
    require(at, 'empty', !filled || value.trim() !== '')
    // A control character has several spellings in JSON; half a surrogate pair has no bytes in UTF-8.
    require(at, 'control character', !/\p{Cc}/u.test(filled ? value : value.replaceAll('\n', '')))
    require(at, 'half a character', value.isWellFormed())
  }
  text('name', draft.name)
  // A description may be empty and may have several lines.
  text('description', draft.description, false)
  text('administrator', draft.administrator)
  text('credentialAuthority', draft.credentialAuthority)
  text('language', draft.language)
  const group = openGroup(draft.group)
  const y = group.decode(draft.publicKey)
  require('publicKey', 'no element', y !== undefined && !group.equal(y, group.neutral))
  require('questions', 'empty', draft.questions.length > 0)
  for (const [k, { question, answers, min, max }] of draft.questions.entries()) {
    const at = `questions[${k}]`
    text(`${at}.question`, question)
    require(`${at}.answers`, 'empty', answers.length > 0)
    for (const [choice, answer] of answers.entries()) {
      text(`${at}.answers[${choice}]`, answer)
      require(`${at}.answers[${choice}]`, 'twice', answers.indexOf(answer) === choice)
    }
    require(at, 'min above max', Number.isInteger(min) && min >= 0 && min <= max)
    require(at, 'max is 0', Number.isInteger(max) && max > 0)
    require(at, 'max above answers', max <= answers.length)
  }
  return faults
}

/** The text of an election, to be kept and published to the byte, and its fingerprint φ. Throws when there is a fault. */
export function makeElection(
  draft: ElectionDraft,
  uuid: string,
): { readonly text: string; readonly fingerprint: string; readonly election: Election } {
  const faults = electionFaults(draft)
  if (faults.length > 0) throw new RangeError(`makeElection: ${JSON.stringify(faults)}`)
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(uuid))
    throw new RangeError('makeElection: a uuid as drawUuid draws it expected')
  const { name, description, group, publicKey, questions, administrator, credentialAuthority, language } = draft
  const election: Election = {
    version: 1,
    description,
    name,
    group,
    public_key: publicKey,
    questions: [...questions],
    uuid,
    ...(administrator === undefined ? {} : { administrator }),
    ...(credentialAuthority === undefined ? {} : { credential_authority: credentialAuthority }),
    ...(language === undefined ? {} : { language }),
  }
  const text = writeElection(election)
  return { text, fingerprint: base64Hash(text), election }
}
