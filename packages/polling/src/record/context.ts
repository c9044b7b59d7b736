import type { Source } from '@melayani/ballot/archive'
import type { z } from 'zod'
import { type ElectionPackage, type Role, type Signed, signatureHolds } from '../format/index.ts'
import { blockSizeOf, bodyOf, type Entry, readExactly } from './container.ts'
import type { RecordFinding, RecordRule } from './rules.ts'
import { signedShape } from './shapes.ts'

/** What all checks of one record share: the file, what was found, and what the package says once it was read. */
export class RecordContext {
  readonly source: Source
  readonly entries: ReadonlyMap<string, Entry>
  readonly findings: RecordFinding[] = []
  package: ElectionPackage | undefined
  /** hashOf the package's text. */
  packageHash = ''
  stationKey = ''
  /** How often each kind of thing was checked: a verifier that checked nothing has not said anything. */
  readonly counts = { entries: 0, signatures: 0, openings: 0, decryptions: 0, ballots: 0 }

  constructor(source: Source, entries: readonly Entry[]) {
    this.source = source
    this.entries = new Map(entries.map((entry) => [entry.name, entry]))
  }

  /** Says that a rule must hold at a place; false when it does not. */
  require(rule: RecordRule, condition: boolean, entry?: string, at?: string, detail?: string): boolean {
    if (!condition) {
      const offset = entry === undefined ? undefined : this.entries.get(entry)?.offset
      this.findings.push({
        rule,
        ...(entry === undefined ? {} : { entry }),
        ...(offset === undefined ? {} : { offset }),
        ...(at ? { at } : {}),
        ...(detail ? { detail } : {}),
      })
    }
    return condition
  }

  /** Whether nothing was found against a rule so far. */
  isSound(rule: RecordRule): boolean {
    return !this.findings.some((each) => each.rule === rule)
  }

  async bytes(name: string): Promise<Uint8Array | undefined> {
    const entry = this.entries.get(name)
    return entry && readExactly(this.source, entry.offset + blockSizeOf, entry.size)
  }

  body(name: string): Source | undefined {
    const entry = this.entries.get(name)
    return entry && bodyOf(this.source, entry)
  }

  /** The JSON of an entry in the shape it must have. Missing entries are the manifest's matter and give undefined here. */
  async json<T>(name: string, shape: z.ZodType<T>): Promise<T | undefined> {
    const bytes = await this.bytes(name)
    return bytes && this.parse(name, '', utf8Of(bytes), shape)
  }

  parse<T>(entry: string, at: string, text: string, shape: z.ZodType<T>): T | undefined {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      this.require('entry.form', false, entry, at, 'no JSON')
      return undefined
    }
    // What is shown must be what was signed: no member twice, no number or letter in a second spelling.
    if (!this.require('entry.form', JSON.stringify(value) === text, entry, at, 'another spelling')) return undefined
    const read = shape.safeParse(value)
    if (read.success) return read.data
    const { path, message } = read.error.issues[0]!
    this.require('entry.form', false, entry, [at, ...path].filter((part) => part !== '').join('.'), message)
    return undefined
  }

  async signed(name: string): Promise<Signed | undefined> {
    return this.json(name, signedShape)
  }

  /**
   * All signatures of a document hold, each is by somebody whom the package or the station's own key names, under the role and
   * name they have there, none signs twice, and all `needed` roles are among them ('device': the station).
   */
  vouched(
    rule: RecordRule,
    kind: string,
    { text, signatures }: Signed,
    needed: readonly Role[],
    entry: string,
    at = '',
  ) {
    const seen = new Set<string>()
    for (const [i, signature] of signatures.entries()) {
      this.counts.signatures++
      const place = [at, `signatures.${i}`].filter(Boolean).join('.')
      this.require(
        rule,
        this.#known(signature.role, signature.signer, signature.key),
        entry,
        place,
        'nobody of this package',
      )
      this.require(rule, !seen.has(signature.key), entry, place, 'signs twice')
      this.require(rule, signatureHolds(kind, text, signature), entry, place)
      seen.add(signature.key)
    }
    for (const role of needed)
      this.require(
        rule,
        signatures.some((each) => each.role === role),
        entry,
        at,
        `no signature of ${role}`,
      )
  }

  /** Two different officers of the polling place are among those who signed: what changes what counts is never one person's. */
  twoOfficers(rule: RecordRule, { signatures }: Signed, entry: string) {
    const officers = signatures.filter(({ role }) => role === 'chair' || role === 'officer')
    this.require(rule, new Set(officers.map(({ key }) => key)).size >= 2, entry, '', 'two officers')
  }

  #known(role: Role, signer: string, key: string): boolean {
    if (role === 'device') return key === this.stationKey && signer === stationSigner
    return (this.package?.officers ?? []).some(
      (officer) => officer.key === key && officer.role === role && officer.name === signer,
    )
  }
}

/** Text of which these are the only bytes: a mark before it stays in it. What is no UTF-8 becomes no JSON. */
const utf8Of = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return ''
  }
}

/** The name under which a station signs. */
export const stationSigner = 'station'
