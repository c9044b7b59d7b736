import { z } from 'zod'
import { type Calendar, calendars } from './calendar.ts'
import { consents, type Purpose } from './consent.ts'
import { type Example, example } from './example.ts'
import { type Flow, flow } from './flow.ts'
import { type Form, form } from './form.ts'
import { type Indicator, indicators } from './indicator.ts'
import { type Manifest, manifest } from './manifest.ts'
import { type Message, messages } from './message.ts'
import { type Role, roles } from './role.ts'
import { type Rule, rule } from './rule.ts'
import { type Setting, settings } from './setting.ts'

/** The kinds of document in a package, by the name of their published schema (programs/schema/<kind>.json). */
export const kinds = {
  manifest,
  roles,
  form,
  flow,
  rule,
  calendars,
  messages,
  consents,
  indicators,
  settings,
  example,
} as const
export type Kind = keyof typeof kinds

/** Single files, and folders with one document a file, which bears the document's id. */
const files: Record<string, Kind> = {
  package: 'manifest',
  roles: 'roles',
  calendars: 'calendars',
  messages: 'messages',
  consents: 'consents',
  indicators: 'indicators',
  settings: 'settings',
}
const folders: Record<string, Kind> = { forms: 'form', flows: 'flow', rules: 'rule', examples: 'example' }

/** Which document a path holds; undefined where a package has no such file. */
export function kindOf(path: string): { kind: Kind; id?: string } | undefined {
  const single = /^([a-z]+)\.(?:json|yaml)$/.exec(path)
  if (single && Object.hasOwn(files, single[1]!)) return { kind: files[single[1]!]! }
  const one = /^([a-z]+)\/([a-z][a-z0-9_]*)\.(?:json|yaml)$/.exec(path)
  if (one && Object.hasOwn(folders, one[1]!)) return { kind: folders[one[1]!]!, id: one[2]! }
  return undefined
}

/** A whole package, as the engine uses it. Lists keep the order of their files. */
export type { Field } from './form.ts'

export type Package = {
  manifest: Manifest
  roles: Role[]
  forms: Form[]
  flows: Flow[]
  rules: Rule[]
  calendars: Calendar[]
  messages: Message[]
  purposes: Purpose[]
  indicators: Indicator[]
  settings: Setting[]
  examples: Example[]
}

/** The published JSON Schema of a kind, from which an editor completes and checks while somebody writes. */
export function schemaOf(kind: Kind): object {
  const schema = z.toJSONSchema(kinds[kind], { io: 'input', unrepresentable: 'any' })
  return { $id: `urn:melayani:package:1:${kind}`, title: `Melayani package: ${kind}`, ...schema }
}
