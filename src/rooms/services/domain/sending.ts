import { type Case, fieldOf, type Installation, scopeOf } from './case.ts'
import { type Scope, value } from './expression.ts'
import { fill } from './message.ts'
import type { Package } from './package/format/index.ts'

/** A message as it goes out, or why it does not: nobody gave a number, or consent to use it was taken back. */
export type Sent =
  | {
      kind: 'sent'
      at: number
      message: string
      to: { role: string } | { phone: string }
      text: Record<string, string>
    }
  | { kind: 'unsent'; at: number; message: string; why: 'no-number' }

/** A message with its values, in the language of the installation, for every channel that it has a text for. */
export function compose(pkg: Package, here: Installation, it: Case, id: string, at: number): Sent {
  const found = pkg.messages.find((message) => message.id === id)!
  const scope: Scope = scopeOf(pkg, it, here, at)
  const values = Object.fromEntries(
    Object.entries(found.with).map(([name, { value: source, max }]) => [name, { value: value(source, scope), max }]),
  )
  const text = Object.fromEntries(
    Object.entries(found.text).map(([channel, words]) => [
      channel,
      fill(words?.[here.language] ?? Object.values(words ?? {})[0]!, values, channel === 'sms'),
    ]),
  )
  if ('role' in found.to) return { kind: 'sent', at, message: id, to: found.to, text }
  const number = fieldOf(pkg, found.to.phone) && it.data[found.to.phone]
  return typeof number === 'string'
    ? { kind: 'sent', at, message: id, to: { phone: number }, text }
    : { kind: 'unsent', at, message: id, why: 'no-number' }
}
