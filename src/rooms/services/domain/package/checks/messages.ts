import { inspect, type Known } from '../../expression.ts'
import { healthWord, smsLength } from '../../message.ts'
import type { Package } from '../format/index.ts'
import type { Channel, Message } from '../format/message.ts'
import { limits } from '../limits.ts'
import { allFields } from '../names.ts'
import { type Problem, problem } from '../problem.ts'
import { checkFeel, missing, repeated } from './expressions.ts'

/**
 * A message is read by whoever holds the telephone. So: no word that tells an illness, no value of the kinds that the law
 * protects most, no NIK or KK; and an SMS fits into one, with the longest values that it may be given.
 */
export function checkMessages(pkg: Package, known: Known): Problem[] {
  const file = 'messages'
  return [
    ...repeated(file, 'messages', pkg.messages),
    ...pkg.messages.flatMap((message, i) => {
      const at = `messages[${i}]`
      return [
        ...('role' in message.to
          ? missing('unknown-role', message.to.role, pkg.roles, file, `${at}.to`)
          : checkPhone(pkg, message.to.phone, at)),
        ...checkValues(pkg, message, at, known),
        ...Object.entries(message.text).flatMap(([channel, words]) =>
          Object.entries(words ?? {}).flatMap(([lang, text]) =>
            checkText(message, channel as Channel, text, `${at}.text.${channel}.${lang}`),
          ),
        ),
        ...(Object.keys(message.text).length === 0
          ? [problem('message-without-text', 'no channel has a text', file, at)]
          : []),
      ]
    }),
  ]
}

function checkPhone(pkg: Package, id: string, at: string): Problem[] {
  return allFields(pkg).some((field) => field.id === id && field.type === 'phone')
    ? []
    : [problem('unknown-field-name', `“${id}” is no telephone number of a form`, 'messages', `${at}.to`)]
}

function checkValues(pkg: Package, message: Message, at: string, known: Known): Problem[] {
  return Object.entries(message.with).flatMap(([name, { value }]) => {
    const place = `${at}.with.${name}`
    const found = checkFeel(value, known, 'messages', place)
    for (const used of inspect(value, known).uses) {
      const field = allFields(pkg).find(({ id }) => id === used.split('.')[0])
      if (field?.type === 'nik' || field?.type === 'kk')
        found.push(problem('full-identity', 'a NIK or KK is never sent in a message', 'messages', place))
      else if (field?.only.length)
        found.push(
          problem('specific-value', `“${used}” is seen by certain roles only, and is not sent`, 'messages', place),
        )
      else if (field?.privacy === 'specific')
        found.push(
          problem('specific-value', `“${used}” is specific data (UU 27/2022) and is not sent`, 'messages', place),
        )
      const rule = pkg.rules.find(({ id }) => used === `rule.${id}`)
      if (rule && rule.privacy !== 'open')
        found.push(problem('specific-value', `the result of “${rule.id}” is not sent`, 'messages', place))
    }
    return found
  })
}

function checkText(message: Message, channel: Channel, text: string, at: string): Problem[] {
  const found: Problem[] = []
  const named = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!)
  for (const name of named)
    if (!Object.hasOwn(message.with, name))
      found.push(problem('unknown-placeholder', `{${name}} is not among the values of this message`, 'messages', at))
  if (/[{}]/.test(text.replace(/\{[^{}]*\}/g, '')))
    found.push(problem('unknown-placeholder', 'a bracket without its partner', 'messages', at))
  if (/\b\d{16}\b/.test(text)) found.push(problem('full-identity', 'a NIK or KK stands in it', 'messages', at))
  if (channel === 'letter') return found
  const word = healthWord(text)
  if (word)
    found.push(problem('health-word', `“${word}” tells an illness to whoever holds the telephone`, 'messages', at))
  if (channel === 'sms') {
    const longest = text.replace(/\{([^{}]*)\}/g, (_, name: string) => 'x'.repeat(message.with[name]?.max ?? 0))
    const { length, most } = smsLength(longest)
    if (length > most)
      found.push(
        problem(
          'sms-too-long',
          `up to ${length} characters; at most ${most}${most === limits.smsOtherScript ? ' (it has signs that are not in the SMS alphabet)' : ''}`,
          'messages',
          at,
        ),
      )
  }
  return found
}
