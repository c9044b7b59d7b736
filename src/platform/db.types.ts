// Generated from the migrated database by tools/generate-types.ts. Do not edit.
import type { ColumnType } from 'kysely'

type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Time = ColumnType<Date, Date | string, Date | string>
type Big = ColumnType<string, string | number | bigint, string | number | bigint>
type Json = ColumnType<unknown, string, string>

export type Schema = {
  'competition.admission': {
    agency: string
    id: string
    proposal: string
    reading: number
    verdict: 'pass' | 'fail'
    reasons: Generated<Json>
    note: string | null
    /** The earlier winner that the reader recommends to name as source, in the letter to the owners. */
    source: string | null
    by: string
    at: Time
  }
  'competition.answer': {
    agency: string
    proposal: string
    question: string
    value: string
    revision: number
    by: string | null
    at: Time
  }
  'competition.answer_version': {
    agency: string
    proposal: string
    question: string
    revision: number
    value: string
    by: string | null
    at: Time
  }
  'competition.band': {
    agency: string
    proposal: string
    wording: number
    band: number
  }
  'competition.comment': {
    agency: string
    id: string
    proposal: string
    question: string | null
    text: string
    by: string
    at: Time
    settled: ColumnType<Date | null, Date | string | null, Date | string | null>
    settled_by: string | null
  }
  'competition.evidence': {
    agency: string
    id: string
    proposal: string
    question: string
    kind: 'pdf' | 'photo' | 'link'
    file: string | null
    link: string | null
    label: string
    by: string | null
    at: Time
    removed: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'competition.examination': {
    agency: string
    proposal: string
    round: string
    /** The version of the round's rules that was applied. */
    version: number
    findings: Json
    /** The rules with a finding other than pass, for filtering. */
    rules: string[]
    fails: number
    warnings: number
    hints: number
    at: Time
  }
  'competition.extension': {
    id: string
    round: string
    until: Time
    reason: string
    by: string
    at: Time
  }
  'competition.likeness': {
    agency: string
    proposal: string
    other_agency: string
    other: string
    title: number
    /** Jaccard likeness of the three-word shingles; null when only the titles are near. */
    text: number | null
    at: Time
  }
  'competition.move': {
    agency: string
    id: string
    proposal: string
    from_state: string
    to_state: string
    by: string | null
    at: Time
    note: string | null
  }
  'competition.proposal': {
    agency: string
    id: string
    round: string
    unit: string
    /** Running number in the round, given at submission. */
    number: number | null
    title: string
    group_key: string
    category: string | null
    started_on: string | null
    state: Generated<'draft' | 'with-local-admin' | 'returned' | 'submitted' | 'passed' | 'failed' | 'withdrawn'>
    state_since: Time
    /** For a replication: the winner in the register that it adapts. */
    source: string | null
    /** The earlier winner that this is (khusus, or entered again), when declared. */
    winner: string | null
    demo: Generated<boolean>
    /** Where a real innovation is publicly told of; null for invented demo entries and for entries typed by their owners. */
    real_source: string | null
    created_by: string | null
    created: Time
  }
  'competition.round': {
    id: string
    key: string
    state: Generated<'draft' | 'published' | 'finished' | 'archived'>
    demo: Generated<boolean>
    version: Generated<number>
    added: Generated<Time>
  }
  'competition.round_version': {
    round: string
    version: number
    rules: Json
    reason: string
    by: string | null
    at: Generated<Time>
  }
  'competition.signature': {
    agency: string
    proposal: string
    round: string
    wording: number
    minhash: Buffer
    words: number
    at: Time
  }
  'competition.stage': {
    round: string
    seq: number
    kind: string
    opened: ColumnType<Date | null, Date | string | null, Date | string | null>
    closed: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'competition.submission': {
    agency: string
    id: string
    proposal: string
    round: string
    number: string
    content: Json
    hash: Buffer
    begun: Time
    arrived: Time
    verdict: 'in-time' | 'late-but-begun-in-time'
    by: string | null
  }
  'competition.winner': {
    id: string
    innovation: string
    name: string
    agency_name: string
    agency: string | null
    region_name: string
    region: string | null
    year: number | null
    level: string
    category: string | null
    summary: string
    source: string
    flags: Generated<string[]>
    in_seed: Generated<boolean>
    round: string | null
    proposal: string | null
    decree: string | null
    added: Generated<Time>
    added_by: string | null
  }
  'competition.wording': {
    id: number
    round: string | null
    /** The version of the hashes (signatureVersion) of which the list consists. */
    version: number
    shingles: Buffer
    texts: number
    at: Time
  }
  'log.attempt': {
    key: string
    at: Generated<Time>
  }
  'log.event': {
    id: Big
    at: Time
    /** The person; null for the public and for the machine. */
    actor: string | null
    name: string
    subject: string
    /** The agency whose people may read the event; null for national matters. */
    scope: string | null
    particulars: Generated<Json>
    hash: Buffer
  }
  'log.file': {
    id: string
    owner: string | null
    name: string
    type: string
    size: Big
    got: Generated<Big>
    sha256: Buffer | null
    at: Generated<Time>
    done: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'log.mail': {
    id: string
    at: Generated<Time>
    to_email: string
    to_name: string
    subject: string
    body: string
    sent: ColumnType<Date | null, Date | string | null, Date | string | null>
    attempts: Generated<number>
    failure: string | null
  }
  'log.once': {
    token: string
    at: Generated<Time>
    actor: string | null
    action: string
    subject: string
    change: ColumnType<unknown, string | null, string | null>
  }
  'people.agency': {
    id: string
    code: string
    kind: 'ministry' | 'institution' | 'province' | 'regency' | 'city' | 'bumn' | 'bumd'
    name: string
    region: string | null
    demo: Generated<boolean>
    added: Generated<Time>
  }
  'people.invitation': {
    id: string
    token: Buffer
    name: string
    email: string
    role: 'national-admin' | 'local-admin' | 'deputy' | 'unit' | 'evaluator' | 'panel'
    agency: string | null
    unit: string | null
    by: string | null
    sent: Time
    expires: Time
    used: ColumnType<Date | null, Date | string | null, Date | string | null>
    used_by: string | null
    revoked: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'people.passkey': {
    person: string
    credential: string
    public_key: Buffer
    counter: Big
    transports: string | null
    name: string
    added: Generated<Time>
    used: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'people.person': {
    id: string
    name: string
    email: string
    lang: Generated<'id' | 'en'>
    /** argon2id in PHC form; null until the invitation is accepted. */
    password: string | null
    must_change: Generated<boolean>
    /** Encrypted with SECRET_KEY; null without a second factor. */
    totp_secret: string | null
    totp_since: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** The last time step accepted, so that a code works once. */
    totp_last: ColumnType<string | null, string | number | bigint | null, string | number | bigint | null>
    demo: Generated<boolean>
    added: Generated<Time>
    closed: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'people.region': {
    code: string
    kind: 'province' | 'regency' | 'city' | 'district' | 'village'
    name: string
    parent: string | null
    zone: 'WIB' | 'WITA' | 'WIT'
  }
  'people.role': {
    id: string
    person: string
    role: 'national-admin' | 'local-admin' | 'deputy' | 'unit' | 'evaluator' | 'panel'
    agency: string | null
    unit: string | null
    since: Generated<Time>
    given_by: string | null
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended_by: string | null
    reason: string | null
  }
  'people.session': {
    id: string
    person: string
    /** SHA-256 of the cookie; the cookie itself is not stored. */
    token: Buffer
    started: Time
    seen: Time
    expires: Time
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** When the second factor was given; null until then. */
    factor: ColumnType<Date | null, Date | string | null, Date | string | null>
    address: string
    agent: string
  }
  'people.unit': {
    agency: string
    id: string
    name: string
    added: Generated<Time>
  }
}
