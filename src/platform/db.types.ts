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
  'competition.invitation': {
    id: string
    round: string
    group_key: string
    /** The agency that is invited; null when an innovation is invited whose agency is not registered here. */
    agency: string | null
    /** The identity in winner.innovation when one innovation is invited; null: the agency may enter any. */
    innovation: string | null
    name: string | null
    /** The agency as it was called when it was invited. */
    agency_name: string
    by: string | null
    at: Time
    withdrawn: ColumnType<Date | null, Date | string | null, Date | string | null>
    withdrawn_by: string | null
    withdrawn_reason: string | null
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
  'competition.live_figure': {
    agency: string
    proposal: string
    service: string
    indicators: string[]
    at: Time
    by: string | null
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
    /** When the local admin opened the submission while the text lay locked with the agency; null again when it goes back. */
    begun: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** Grows with each change of title, category or date; a form names the revision it started from. */
    revision: Generated<number>
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
  'competition.reminder': {
    round: string
    closes: Time
    days: number
    person: string
    at: Time
  }
  'competition.result_reader': {
    agency: string
    proposal: string
    reading: number
    person: string
    at: Time
  }
  'competition.round': {
    id: string
    key: string
    state: Generated<'draft' | 'published' | 'finished' | 'archived'>
    demo: Generated<boolean>
    version: Generated<number>
    /** The running number last given. Its row is locked while a number is given, so there is neither gap nor duplicate, and quotas are counted behind the same lock. */
    last_number: Generated<number>
    /** competition.closes(id), kept beside the round by the triggers above: every save of an answer asks for it. */
    closes: ColumnType<Date | null, Date | string | null, Date | string | null>
    added: Generated<Time>
  }
  'competition.round_draft': {
    round: string
    base: number
    revision: number
    rules: Json
    by: string | null
    at: Time
  }
  'competition.round_question': {
    round: string
    question: string
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
    /** The language of summary, as the source has it. */
    lang: Generated<'id' | 'en'>
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
  'exchange.adoption': {
    agency: string
    service: string
    peer: string
    package: string
    at: Time
    by: string | null
    sequence: Generated<number>
  }
  'exchange.file': {
    sha256: Buffer
    release: Buffer | null
    bytes: Buffer
    at: Time
  }
  'exchange.heartbeat': {
    peer: string
    service: string
    sequence: number
    package: string
    version: string
    content: Json
    received: Time
  }
  'exchange.offer': {
    agency: string
    id: string
    service: string
    package: string
    since: Time
    by: string | null
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended_by: string | null
  }
  'exchange.peer': {
    id: string
    key: string
    origin: string
    name: string
    met: Time
    verified: ColumnType<Date | null, Date | string | null, Date | string | null>
    verified_by: string | null
    subscribed: ColumnType<Date | null, Date | string | null, Date | string | null>
    subscribed_by: string | null
    sequence: ColumnType<string | null, string | number | bigint | null, string | number | bigint | null>
    digest: Buffer | null
    catalogue: ColumnType<unknown, string | null, string | null>
    until: ColumnType<Date | null, Date | string | null, Date | string | null>
    fetched: ColumnType<Date | null, Date | string | null, Date | string | null>
    tried: ColumnType<Date | null, Date | string | null, Date | string | null>
    failure: string | null
    /** The key that answered at its address instead of its own; shown until it is clear why. */
    other_key: string | null
    failures: Generated<number>
  }
  'exchange.report': {
    agency: string
    service: string
    sequence: number
    peer: string
    content: Json
    made: Time
    tries: Generated<number>
    next: Time
    sent: ColumnType<Date | null, Date | string | null, Date | string | null>
    failure: string | null
  }
  'exchange.self': {
    one: Generated<boolean>
    key: string
    secret: string
    made: Time
    sequence: Generated<Big>
    digest: Buffer | null
    catalogue: ColumnType<unknown, string | null, string | null>
    issued: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'gallery.award': {
    innovation: string
    id: string
    year: number | null
    level: string
    family: string
    category: string | null
    source: string
    decree: string | null
    round: string | null
    flags: Generated<string[]>
    demo: Generated<boolean>
  }
  'gallery.innovation': {
    /** The identity in competition.winner.innovation. */
    id: string
    /** The stable register code, printed and linked to; never given to another. */
    code: string
    name: string
    agency_name: string
    agency: string | null
    region_name: string
    /** Province code; null for a national innovation. */
    province: string | null
    first_year: number | null
    last_year: number | null
    years: Generated<number[]>
    /** The families of its awards (top, top99, special, finalist, …) for filters; the level in the words of the source is in gallery.award. */
    levels: Generated<string[]>
    categories: Generated<string[]>
    category: string | null
    summary: string
    lang: 'id' | 'en'
    /** The summary in the other language than the source's: our translation, shown as one. */
    translation: string | null
    flags: Generated<string[]>
    in_seed: Generated<boolean>
    /** Every award of it is invented for a demonstration; gallery.award.demo says it of one. */
    demo: Generated<boolean>
    /** What is told of it: [{id, from: proposal | agency | secretariat, question, questionEn, text, lang, at, demo}]. Those from the proposal follow the register; the others were added by hand. */
    story: Generated<Json>
    /** Photos given with public answers: [{file, label}]; only these files are served. */
    photos: Generated<Json>
    /** Sustainable Development Goals 1 to 17, only as its agency or the secretariat gave them. */
    goals: Generated<number[]>
    /** Whether it still lives. unknown until somebody says so, with a reason and a day. */
    status: Generated<'continues' | 'developing' | 'dormant' | 'stopped' | 'unknown'>
    status_on: string | null
    status_reason: string | null
    /** Whose word it is, as the public reads it; status_by is the person, for the record only. */
    status_said: 'agency' | 'secretariat' | null
    status_by: string | null
    status_at: ColumnType<Date | null, Date | string | null, Date | string | null>
    contact_office: string | null
    contact_email: string | null
    contact_phone: string | null
    contact_site: string | null
    added: Generated<Time>
    changed: Generated<Time>
    words: ColumnType<string | null, never, never>
  }
  'gallery.suggestion': {
    kind: 'agency' | 'category'
    text: string
    uses: number
  }
  'gallery.word': {
    word: string
    uses: number
  }
  'judging.assignment': {
    agency: string
    proposal: string
    evaluator: string
    round: string
    purpose: 'first' | 'manual' | 'replacement' | 'third' | 'wave'
    run: string | null
    wave: number | null
    reason: string | null
    by: string
    at: Time
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended_as: 'recused' | 'moved' | 'withdrawn' | null
    ended_reason: string | null
  }
  'judging.bundle': {
    round: string
    ranking: string
    text: string
    hash: Buffer
    result_hash: Buffer
    codes: Json
    by: string
    at: Time
  }
  'judging.clearance': {
    agency: string
    id: string
    proposal: string
    evaluator: string
    source: 'declared' | 'home-region' | 'employer' | 'mentor' | 'co-author'
    basis: string
    round: string
    reason: string
    by: string
    at: Time
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended_by: string | null
    ended_reason: string | null
  }
  'judging.conflict': {
    agency: string
    proposal: string
    evaluator: string
    source: 'declared' | 'home-region' | 'employer' | 'mentor' | 'co-author'
    round: string
    reason: string | null
    by: string | null
    at: Time
    /** What it follows from: a region, an agency, involvements, or the declaration. What was cleared is cleared for this basis only. */
    basis: Generated<string>
  }
  'judging.decision': {
    agency: string
    id: string
    proposal: string
    round: string
    kind: string
    outcome: string
    reason: string
    by: string
    at: Time
    replaced: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** The upheld objection after which it was decided again. */
    cause: string | null
    /** Panel members who kept out of it, because of what they had declared when it was decided. */
    recused: Generated<string[]>
  }
  'judging.decree': {
    round: string
    number: string
    dated: string
    about: string
    file: string | null
    by: string
    at: Time
  }
  'judging.evaluator': {
    round: string
    person: string
    university: string | null
    /** The category that is this evaluator's own field; one reader of each entry comes from another (bridge). */
    sector: string | null
    expertise: Generated<string[]>
    /** Domicile or origin: entries of that region and of its province are a conflict. */
    home_region: string | null
    employer: string | null
    min_load: Generated<number>
    max_load: number
    confirmed: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed_by: string | null
    added: Time
    added_by: string
    withdrawn: ColumnType<Date | null, Date | string | null, Date | string | null>
    withdrawn_reason: string | null
  }
  'judging.expected': {
    round: string
    id: string
    email: string
    name: string
    university: string | null
    sector: string | null
    expertise: Generated<string[]>
    home_region: string | null
    employer: string | null
    min_load: number
    max_load: number
    by: string
    at: Time
    joined: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'judging.extension': {
    round: string
    id: string
    part: 'round' | 'third' | 'wave'
    wave: number | null
    before: Time
    until: Time
    reason: string
    by: string
    at: Time
  }
  'judging.finding': {
    agency: string
    id: string
    proposal: string
    round: string
    visited: string
    online: boolean
    panel: string[]
    evaluators: string[]
    verdict: 'confirmed' | 'partly' | 'not'
    text: string
    photos: Generated<string[]>
    by: string
    at: Time
  }
  'judging.interest': {
    person: string
    id: string
    agency: string | null
    region: string | null
    at: Time
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended_reason: string | null
  }
  'judging.interview': {
    agency: string
    proposal: string
    round: string
    starts: Time
    ends: Time
    place: string
    room: number
    invited: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed_by: string | null
    attendance: string | null
    closed: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'judging.interviewer': {
    agency: string
    proposal: string
    member: string
    slot: unknown
    points: Generated<Json>
    note: Generated<string>
    done: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'judging.involvement': {
    person: string
    id: string
    kind: 'mentor' | 'co-author'
    agency: string
    title: string
    by: string
    at: Time
    /** Its identity in competition.winner.innovation, where the register knows it: an entry of that innovation is a conflict under whatever title and agency. */
    innovation: string | null
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended_by: string | null
    ended_reason: string | null
    /** The corrected line that stands in its place; null when it was withdrawn. */
    replaced_by: string | null
  }
  'judging.letter': {
    agency: string
    proposal: string
    round: string
    content: Json
    by: string
    at: Time
    /** Drawn by lot and printed on the letter: whoever holds the letter can check it at an address made from it. Nobody can guess one. */
    code: Generated<string>
  }
  'judging.letter_reader': {
    agency: string
    proposal: string
    person: string
    at: Time
  }
  'judging.nominee': {
    agency: string
    proposal: string
    round: string
    cluster: string
    group_key: string
    via: 'ranking' | 'tie' | 'manual'
    standing: ColumnType<unknown, string | null, string | null>
    reason: string | null
    by: string
    at: Time
    removed: ColumnType<Date | null, Date | string | null, Date | string | null>
    removed_by: string | null
    removed_reason: string | null
  }
  'judging.objection': {
    agency: string
    id: string
    proposal: string
    round: string
    number: string
    code: Buffer
    name: string
    contact: string
    text: string
    file: string | null
    received: Time
    outcome: 'upheld' | 'rejected' | null
    answer: string | null
    answered: ColumnType<Date | null, Date | string | null, Date | string | null>
    answered_by: string | null
    decided_again: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'judging.panel_reading': {
    agency: string
    proposal: string
    member: string
    kind: 'nominee' | 'feasibility'
    round: string
    given: Time
    score: number | null
    note: Generated<string>
    done: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'judging.places': {
    round: string
    id: string
    kind: 'set' | 'move'
    changes: Json
    reason: string
    by: string
    at: Time
  }
  'judging.plenary': {
    round: string
    kind: 'finalists' | 'levels'
    opened: Time
    opened_by: string
    closed: ColumnType<Date | null, Date | string | null, Date | string | null>
    closed_by: string | null
    minutes: Generated<string>
    announced: ColumnType<Date | null, Date | string | null, Date | string | null>
    announced_by: string | null
  }
  'judging.ranking': {
    round: string
    id: string
    at: Time
    by: string | null
    method: string
    rule: Json
    result: Json
    hash: Buffer
  }
  'judging.rating': {
    agency: string
    proposal: string
    voter: Buffer
    round: string
    stars: number
    at: Time
  }
  'judging.reading': {
    round: string
    /** Numbers the secretariat chose for the assignment and the waves, before they are fixed in rule. */
    settings: Json
    rule: ColumnType<unknown, string | null, string | null>
    /** SHA-256 of the canonical JSON of rule, shown to everybody from the day reading opens. */
    rule_hash: Buffer | null
    opened: ColumnType<Date | null, Date | string | null, Date | string | null>
    opened_by: string | null
    /** Until when is read, the latest extension included; nothing is written on a sheet after it. */
    until: ColumnType<Date | null, Date | string | null, Date | string | null>
    closed: ColumnType<Date | null, Date | string | null, Date | string | null>
    closed_by: string | null
    released: ColumnType<Date | null, Date | string | null, Date | string | null>
    released_by: string | null
    /** Own deadline of third readings, set by an extension; null: that of the round. */
    third_until: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** Why reading was opened although the readings do not connect all entries; null when they do. */
    apart_reason: string | null
  }
  'judging.run': {
    round: string
    id: string
    settings: Json
    state: 'running' | 'proposed' | 'impossible' | 'undecided' | 'cancelled' | 'failed' | 'interrupted' | 'accepted' | 'superseded'
    progress: Generated<Json>
    /** When the computing process was last alive, by the clock of the database: how long nobody heard of it, and nothing else, is measured with it. */
    beat: Time
    result: ColumnType<unknown, string | null, string | null>
    begun: Time
    by: string
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** host/pid of the process that computes it. */
    process: Generated<string>
  }
  'judging.score': {
    agency: string
    proposal: string
    evaluator: string
    criterion: string
    /** 0-100 with at most two decimals; null is not given, which is not zero. */
    points: number | null
    comment: Generated<string>
    /** Grows by one with each save; a save names the revision it started from. */
    revision: number
    at: Time
  }
  'judging.sheet': {
    agency: string
    proposal: string
    evaluator: string
    round: string
    note: Generated<string>
    note_revision: Generated<number>
    /** The evaluator allows the comments to be passed on in the feedback letter, without a name. */
    comments_for_entrant: Generated<boolean>
    finished: ColumnType<Date | null, Date | string | null, Date | string | null>
    begun: Time
  }
  'judging.team_import': {
    round: string
    id: string
    by: string
    at: Time
    file: string
    rows: Json
    done: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'judging.tie': {
    round: string
    id: string
    cluster: string
    group_key: string
    score: number
    places: number
    tied: string[]
    chosen: string[]
    deciders: string
    reason: string
    by: string
    at: Time
  }
  'judging.wave': {
    round: string
    seq: number
    extra: number
    proposals: Json
    basis: 'corrected' | 'raw'
    minimum: Json
    by: string
    at: Time
    /** Own deadline of the readings of this wave; null: that of the round. */
    until: ColumnType<Date | null, Date | string | null, Date | string | null>
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
    /** Carries a one-time link: the body is emptied once it is sent. */
    once: Generated<boolean>
    sent: ColumnType<Date | null, Date | string | null, Date | string | null>
    attempts: Generated<number>
    failure: string | null
  }
  'log.once': {
    /** Made from the form's token and from who does what to which thing. */
    token: string
    at: Generated<Time>
    actor: string | null
    action: string
    subject: string
    /** Named by a device or a gateway for ever; a form's token is forgotten after a week. */
    lasts: Generated<boolean>
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
  'people.agency_import': {
    id: string
    by: string
    at: Time
    file: string
    rows: Json
    done: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** The agency whose units and people the table holds; null for a table of agencies. */
    agency: string | null
  }
  'people.email_change': {
    id: string
    person: string
    email: string
    token: Buffer
    sent: Time
    expires: Time
    used: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'people.invitation': {
    id: string
    token: Buffer
    name: string
    email: string
    role: 'national-admin' | 'local-admin' | 'deputy' | 'unit' | 'evaluator' | 'panel'
    agency: string | null
    unit: string | null
    /** The reason of a hand-over: whoever accepts takes the office over from the present local admin. */
    hand_over: string | null
    by: string | null
    sent: Time
    expires: Time
    used: ColumnType<Date | null, Date | string | null, Date | string | null>
    used_by: string | null
    revoked: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** The language in which the person is written to until there is an account with a language of its own. */
    lang: Generated<'id' | 'en'>
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
  'people.password_reset': {
    id: string
    person: string
    token: Buffer
    sent: Time
    expires: Time
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
    /** Given freely so that admins can reach the person near a deadline; forgotten when the account is closed. */
    phone: string | null
    /** When the person chose the language; null until then, and the first choice of a browser counts. */
    lang_since: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** Who closed the account: the person, or an admin with a reason. A closed one keeps its name and nothing to reach it by. */
    closed_by: string | null
    closed_reason: string | null
  }
  'people.recovery_code': {
    person: string
    code: Buffer
    made: Time
    used: ColumnType<Date | null, Date | string | null, Date | string | null>
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
    /** What a passkey must sign next; used once. */
    challenge: string | null
    address: string
    agent: string
  }
  'people.unit': {
    agency: string
    id: string
    name: string
    added: Generated<Time>
  }
  'replication.coach': {
    hub: string
    id: string
    person: string
    area: string
    since: Time
    given_by: string | null
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended_by: string | null
  }
  'replication.counter': {
    kind: 'agreement' | 'certificate'
    year: number
    last: number
  }
  'replication.hub': {
    id: string
    name: string
    areas: string[]
    agency: string | null
    decree: string | null
    since: string
    source: string
    until: string | null
  }
  'replication.outcome': {
    agency: string
    service: string
    indicator: string
    target: number
    value: number
    n: number
    version: string
    reached: Time
  }
  'replication.paper': {
    kind: 'agreement' | 'certificate'
    year: number
    n: number
    agency: string
    process: string
    code: string
    content: Json
    at: Time
    by: string | null
  }
  'replication.process': {
    agency: string
    id: string
    innovation: string
    unit: string | null
    area: string | null
    owner: string | null
    owner_unit: string | null
    /** Perluasan: another unit of the owner's own agency. */
    expansion: Generated<boolean>
    /** Where it was learnt, when not from the owner: another adopter. */
    learnt_from: string | null
    state: 'interest' | 'verified' | 'agreed' | 'approved' | 'implementing' | 'certified' | 'declined' | 'ended'
    since: Time
    reason: string
    service: string | null
    /** The release that was installed first. */
    hash: Buffer | null
    /** When the package was installed for it. */
    installed: ColumnType<Date | null, Date | string | null, Date | string | null>
    agreed_owner: ColumnType<Date | null, Date | string | null, Date | string | null>
    agreed_adopter: ColumnType<Date | null, Date | string | null, Date | string | null>
    begins: string | null
    note: string | null
  }
  'replication.publication': {
    agency: string
    id: string
    innovation: string
    package: string
    release: Buffer
    unit: string | null
    since: Time
    changed: Time
    by: string | null
  }
  'replication.question': {
    agency: string
    id: string
    service: string
    asked: Time
    quiet_since: Time
    answer: 'paused' | 'stopped' | 'outside' | null
    words: string | null
    until: string | null
    answered: ColumnType<Date | null, Date | string | null, Date | string | null>
    answered_by: string | null
  }
  'replication.step': {
    agency: string
    process: string
    n: number
    move: string
    state: string
    at: Time
    by: string | null
    note: string | null
  }
  'replication.survey': {
    hub: string
    id: string
    year: number
    instrument: string
    state: 'draft' | 'sent' | 'verified'
    since: Time
  }
  'replication.survey_answer': {
    survey: string
    question: string
    own: string | null
    link: string | null
    file: string | null
    verified: string | null
    note: string | null
    verified_by: string | null
    verified_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.account': {
    agency: string
    id: string
    service: string
    role: string
    area: Generated<string>
    name: string
    token: Buffer
    made: Time
    made_by: string | null
    revoked: ColumnType<Date | null, Date | string | null, Date | string | null>
    used: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.case': {
    agency: string
    id: string
    service: string
    release: Buffer
    number: string
    part_of: string | null
    flow: string
    state: string
    area: Generated<string>
    opened_as: string
    opened_by: string | null
    /** SHA-256 of the code with which whoever opened it without an account follows it. */
    code: Buffer | null
    opened: Time
    closed: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** When time brings about the next thing; the worker looks here. */
    due: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** Why the worker could not go on with it; a person has to look. */
    stuck: string | null
    life: Json
    open: Generated<Json>
    personal: Generated<Json>
    specific: Generated<Json>
    revision: Generated<number>
    /** The case that stayed when the two turned out to be of one person; this one is closed. */
    merged_into: string | null
    /** How many packages told one another until this case was opened; 0 when a person opened it. */
    depth: Generated<number>
    /** When a person last did something in it; what time brings about does not count. */
    moved: Generated<Time>
  }
  'services.changeover': {
    agency: string
    service: string
    n: number
    before: Buffer
    after: Buffer
    settings: Json
    at: Time
    by: string | null
    undone: ColumnType<Date | null, Date | string | null, Date | string | null>
    undone_by: string | null
  }
  'services.charge': {
    agency: string
    id: Generated<string>
    service: string
    case: string
    role: string
    area: string
    post: string | null
    since: Time
    until: ColumnType<Date | null, Date | string | null, Date | string | null>
    why: 'opened' | 'moved' | 'handed-over' | 'assigned' | 'taken' | 'role-given' | 'role-ended'
    by: string | null
  }
  'services.consent': {
    agency: string
    case: string
    purpose: string
    at: Time
    version: number
    given: boolean
  }
  'services.contact': {
    person: string
    phone: string
    since: Time
  }
  'services.conversation': {
    agency: string
    gateway: string
    mark: Buffer
    id: string
    content: string
    until: Time
  }
  'services.count': {
    agency: string
    service: string
    day: string
    release: Buffer
    until: Time
    cases: number
    figures: Json
    taken: Time
  }
  'services.delivery': {
    agency: string
    id: string
    hook: string
    event: Big
    subject: string
    name: string
    body: string
    at: Time
    state: Generated<'waiting' | 'sent' | 'dead'>
    attempts: Generated<number>
    due: Time
    first: ColumnType<Date | null, Date | string | null, Date | string | null>
    failure: string | null
    settled: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.device': {
    id: string
    person: string
    secret: string
    /** SHA-256 of what the phone shows to hand in what it can no longer read. */
    token: Buffer
    /** The session with which the app was last in touch; when it is ended, the phone forgets its keys. */
    session: string | null
    since: Time
    seen: Time
  }
  'services.draft': {
    agency: string
    id: string
    title: string
    base: Buffer | null
    content: Json
    revision: Generated<number>
    created: Time
    changed: Time
    changed_by: string | null
    dropped: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.draft_release': {
    agency: string
    draft: string
    version: string
    hash: Buffer
    content: Json
    at: Time
    by: string | null
  }
  'services.draft_save': {
    agency: string
    draft: string
    revision: number
    changes: Json
    undo: number | null
    at: Time
    by: string | null
  }
  'services.draft_trial': {
    agency: string
    draft: string
    person: string
    example: Json
    at: Time
  }
  'services.duplicate': {
    agency: string
    service: string
    one: string
    other: string
    kinds: string[]
    found: Time
    verdict: 'different' | 'merged' | null
    decided: ColumnType<Date | null, Date | string | null, Date | string | null>
    decided_by: string | null
  }
  'services.gateway': {
    agency: string
    id: string
    service: string
    name: string
    secret: string
    made: Time
    made_by: string | null
    revoked: ColumnType<Date | null, Date | string | null, Date | string | null>
    heard: Generated<number>
  }
  'services.heard': {
    agency: string
    telling: string
    service: string
    place: number
    at: Time
    outcome: string
    case: string | null
    fields: Generated<string[]>
  }
  'services.held_report': {
    agency: string
    id: string
    person: string
    service: string
    device: string
    role: string
    reason: 'role-over' | 'service-retired' | 'case-elsewhere'
    content: string | null
    captured: ColumnType<Date | null, Date | string | null, Date | string | null>
    received: Time
    decided: ColumnType<Date | null, Date | string | null, Date | string | null>
    by: string | null
    outcome: 'taken' | 'refused' | null
  }
  'services.hook': {
    agency: string
    id: string
    address: string
    secret: string
    old_secret: string | null
    old_until: ColumnType<Date | null, Date | string | null, Date | string | null>
    seen: Big
    made: Time
    made_by: string | null
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.improvement': {
    agency: string
    id: string
    service: string
    package: string
    release: Buffer
    base: Buffer
    upstream: string
    reason: string
    at: Time
    by: string | null
    answer: 'adopted' | 'declined' | null
    answer_reason: string | null
    adopted: Buffer | null
    answered: ColumnType<Date | null, Date | string | null, Date | string | null>
    answered_by: string | null
  }
  'services.installation': {
    agency: string
    service: string
    release: Buffer
    seal: Buffer | null
    key: string | null
    by: string | null
    at: Time
    /** Of a version made here: the publisher's release that it was made from. seal and key are then those of that release; the local version itself is signed by nobody. */
    base: Buffer | null
  }
  'services.likeness': {
    agency: string
    service: string
    case: string
    kind: 'nik' | 'person'
    key: Buffer
  }
  'services.link': {
    agency: string
    id: string
    service: string
    code: string
    label: string
    made: Time
    made_by: string | null
    revoked: ColumnType<Date | null, Date | string | null, Date | string | null>
    seen: Generated<number>
    sent: Generated<number>
  }
  'services.media': {
    agency: string
    id: string
    service: string
    file: string
    sha256: Buffer
    kind: 'photo' | 'voice' | 'signature'
    at: Time
    case: string | null
  }
  'services.merge': {
    agency: string
    id: string
    service: string
    kept: string
    merged: string
    at: Time
    by: string | null
    until: Time
    before: string | null
    print: Buffer
    undone: ColumnType<Date | null, Date | string | null, Date | string | null>
    undone_by: string | null
  }
  'services.message': {
    agency: string
    id: string
    case: string | null
    message: string
    at: Time
    to_role: string | null
    to_phone: string | null
    text: ColumnType<unknown, string | null, string | null>
    /** Only of a reply to somebody who wrote: its text is encrypted and deleted a day after it went out. */
    service: string | null
    /** The number, as HMAC-SHA256 with SECRET_KEY: who wants no messages is known by it. */
    mark: Buffer | null
    urgent: Generated<boolean>
    /** Null: to a role, nothing goes out. held: not now (quiet hours, and then due says when) or not at all; why says which. */
    state: 'queued' | 'held' | 'sent' | 'delivered' | 'failed' | null
    why: string | null
    channel: 'sms' | 'whatsapp' | null
    due: ColumnType<Date | null, Date | string | null, Date | string | null>
    attempts: Generated<number>
    /** How the gateway names it. */
    receipt: string | null
    settled: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.offer': {
    agency: string
    id: string
    service: string
    case: string
    role: string
    post: string
    at: Time
    until: Time
    by: string | null
    answer: 'accepted' | 'declined' | 'timed-out' | 'withdrawn' | null
    answered: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.post': {
    agency: string
    id: string
    service: string
    person: string
    role: string
    area: Generated<string>
    since: Time
    given_by: string | null
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended_by: string | null
    /** Parts of the area that were handed over to somebody else: region codes without dots. */
    except_areas: Generated<string[]>
    /** Open cases that are assigned to it at most; none: no limit. */
    capacity: number | null
    /** Where its work begins: the village health post, the office. */
    lat: number | null
    lon: number | null
  }
  'services.publisher': {
    key: string
    name: string
    added_by: string | null
    added: Time
  }
  'services.rating': {
    agency: string
    service: string
    mark: Buffer
    score: number
    words: string | null
    day: string
  }
  'services.release': {
    hash: Buffer
    package: string
    version: string
    content: Json
    added: Time
  }
  'services.report': {
    agency: string
    person: string
    id: string
    service: string
    device: string
    case: string
    /** Which move of the case it became, counted from 0. */
    step: number
    captured: Time
    counted: Time
    received: Time
  }
  'services.service': {
    agency: string
    id: string
    package: string
    release: Buffer
    settings: Generated<Json>
    /** Cases opened so far: the last number given. */
    opened: Generated<number>
    installed: Time
    retired: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** The unit that runs it; none where the agency runs it as a whole. */
    unit: string | null
    /** When its first case was opened. */
    first_case: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.silence': {
    agency: string
    mark: Buffer
    at: Time
  }
  'services.snapshot': {
    agency: string
    service: string
    hash: Buffer
    day: string
    version: string
    content: Json
    /** The counts that a reader can know from content, so that no later one lies closer to them than five. */
    known: Json
    taken: Time
    by: string | null
  }
  'services.task': {
    agency: string
    id: string
    case: string
    role: string
    task: string
    at: Time
    done: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.telling': {
    agency: string
    id: string
    service: string
    case: string
    event: string
    content: string | null
    depth: number
    at: Time
    done: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'services.upgrade': {
    agency: string
    service: string
    release: Buffer
    seal: Buffer | null
    key: string | null
    choices: Generated<Json>
    /** Example cases that will not be taken over. */
    left_out: Generated<string[]>
    revision: Generated<number>
    at: Time
    by: string | null
  }
  'voting.adoption': {
    agency: string
    election: string
    audit: number
    ground: string
    made: Time
    by: string
    confirmed: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed_by: string | null
  }
  'voting.audit': {
    agency: string
    election: string
    id: string
    kind: 'full' | 'poll'
    why: 'tie' | 'margin' | 'size' | 'slips' | 'chosen' | null
    risk: number
    full_below: number
    announced: Json
    piles: Json
    expected: number | null
    first: number | null
    places: number
    planned: Time
    by: string
    /** Digits of ten-sided dice thrown in public, typed by one and compared by another of the committee. */
    dice: string | null
    diced: ColumnType<Date | null, Date | string | null, Date | string | null>
    diced_by: string | null
    seen: ColumnType<Date | null, Date | string | null, Date | string | null>
    seen_by: string | null
    witnesses: string | null
    /** So many slips are drawn by now. */
    drawn: Generated<number>
    /** When the slips that were drawn did not confirm the winner and all began to be counted. */
    escalated: ColumnType<Date | null, Date | string | null, Date | string | null>
    outcome: 'confirmed' | 'differs' | null
    ended: ColumnType<Date | null, Date | string | null, Date | string | null>
    ended_by: string | null
    version: number
  }
  'voting.candidate': {
    agency: string
    election: string
    id: string
    number: number | null
    name: string
    photo_file: string | null
    photo_hash: string | null
    empty_box: Generated<boolean>
    /** The proof sheet that the candidate signed: hash of number, name and photograph, the scan, and the two of the committee who compared it. */
    proof: ColumnType<unknown, string | null, string | null>
    added: Time
  }
  'voting.ceremony': {
    agency: string
    election: string
    version: number
    id: string
    text: string
    key: string
    taken: Time
    by: string
  }
  'voting.ceremony_order': {
    agency: string
    election: string
    version: number
    id: string
    /** Encrypted with SECRET_KEY: it holds the keys of the rolls, for the cards of the chairs. hash is of the text in clear. */
    text: string
    hash: string
    /** The secret half of the key for which the ceremony seals what only the centre may read; encrypted with SECRET_KEY. */
    box: string
    made: Time
    by: string
    withdrawn: ColumnType<Date | null, Date | string | null, Date | string | null>
    withdrawn_by: string | null
    reason: string | null
  }
  'voting.committee': {
    agency: string
    election: string
    person: string
    role: 'chair' | 'secretary' | 'member'
    since: Time
    given_by: string | null
  }
  'voting.counting': {
    agency: string
    election: string
    year: number
    village: string
    mode: 'real' | 'practice'
    opened: Time
  }
  'voting.decision': {
    agency: string
    election: string
    version: number
    id: string
    outcome: 'elected' | 'nobody'
    candidate: number | null
    /** The numbers of the village and the hash of each result that they were summed from; hash is over these and the election. */
    content: Json
    hash: string
    place: string
    witnesses: string
    made: Time
    by: string
    confirmed: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed_by: string | null
  }
  'voting.deliberation': {
    agency: string
    election: string
    version: number
    id: string
    outcome: 'agreed' | 'not-agreed'
    name: string | null
    day: string
    /** The minutes (berita acara) in which it stands. */
    ground: string
    place: string
    witnesses: string
    hash: string
    made: Time
    by: string
    confirmed: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed_by: string | null
  }
  'voting.delivery': {
    agency: string
    election: string
    voter: string
    n: number
    outcome: 'self' | 'family' | 'not-found' | 'moved' | 'died' | 'claimed'
    receiver: string | null
    at: Time
    noted: Time
    by: string
  }
  'voting.delta': {
    id: Generated<Big>
    year: number
    village: string
    elections: Generated<number>
    tps: Generated<number>
    voters: Generated<number>
    counted: Generated<number>
    counted_voters: Generated<number>
    present: Generated<number>
    valid: Generated<number>
    blank: Generated<number>
    corrected: Generated<number>
    contradicting: Generated<number>
    late: Generated<number>
    questioned: Generated<number>
    typed: Generated<number>
  }
  'voting.destruction': {
    agency: string
    election: string
    id: string
    place: string
    witnesses: string
    done: Time
    by: string
    confirmed: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed_by: string | null
  }
  'voting.draw': {
    agency: string
    election: string
    version: number
    id: string
    numbers: Json
    place: string
    witnesses: string
    drawn: Time
    by: string
    confirmed: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed_by: string | null
    annulled: ColumnType<Date | null, Date | string | null, Date | string | null>
    annulled_by: string | null
    reason: string | null
  }
  'voting.election': {
    agency: string
    id: string
    wave: string
    village: string
    name: string
    mode: 'real' | 'practice'
    /** contest: candidates; empty-box: one candidate and kotak kosong; deliberation: musyawarah, without a ballot. */
    kind: 'contest' | 'empty-box' | 'deliberation'
    /** The legal profile as it was taken over, with what was set for this election and on what ground. */
    profile: Json
    state: 'preparing' | 'sealed' | 'held' | 'decided' | 'closed'
    group_name: 'BELENIOS-2048' | 'Ed25519'
    /** Who holds the trustee key that is not at the polling place. */
    outside: string
    /** How many of the trustees at each polling place must come to open its result. */
    needed: number
    since: Time
    by: string | null
  }
  'voting.node': {
    year: number
    region: string
    parent: string | null
    elections: Generated<Big>
    tps: Generated<Big>
    voters: Generated<Big>
    counted: Generated<Big>
    counted_voters: Generated<Big>
    present: Generated<Big>
    valid: Generated<Big>
    blank: Generated<Big>
    corrected: Generated<Big>
    contradicting: Generated<Big>
    late: Generated<Big>
    questioned: Generated<Big>
    typed: Generated<Big>
  }
  'voting.objection': {
    agency: string
    election: string
    tps: string | null
    id: string
    number: number
    /** SHA-256 of the code on the receipt, with which whoever filed it follows it; none for one that was signed at the polling place. */
    code: Buffer | null
    role: 'witness' | 'candidate' | 'voter'
    about: 'count' | 'roll' | 'device' | 'secrecy' | 'procedure' | 'other'
    name: string
    contact: string
    statement: string
    demand: string
    /** Whoever filed it lets the statement be shown to everybody. */
    public: boolean
    evidence: string | null
    filed: Time
    /** Until when the committee must answer, by the legal profile. */
    due: Time
    state: 'filed' | 'mediated' | 'answered' | 'appealed' | 'decided' | 'withdrawn'
    since: Time
    /** Of one that a witness signed at the polling place: SHA-256 of the witness's key and the signed text. However many records bring it, it is one. */
    source: Buffer | null
  }
  'voting.objection_step': {
    agency: string
    objection: string
    n: number
    kind: 'mediation' | 'answer' | 'appeal' | 'decision' | 'withdrawal'
    outcome: 'agreed' | 'not-agreed' | 'upheld' | 'partly' | 'rejected' | null
    text: string
    by: string | null
    at: Time
    late: boolean
  }
  'voting.officer': {
    agency: string
    election: string
    tps: string | null
    id: string
    name: string
    role: 'chair' | 'officer' | 'operator' | 'witness' | 'supervisor'
    candidate: number | null
    /** Holds a part of the key of the result. */
    trustee: Generated<boolean>
    key: string | null
  }
  'voting.package': {
    agency: string
    election: string
    tps: string
    version: number
    id: string
    hash: Buffer
    text: string
    signatures: Json
    reason: string | null
    made: Time
    by: string
    superseded: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'voting.package_draft': {
    agency: string
    election: string
    tps: string
    version: number
    text: string
    signatures: Json
    reason: string | null
    made: Time
    by: string
  }
  'voting.pool': {
    agency: string
    election: string
    version: number
    tps: string
    hash: string
    size: number
  }
  'voting.readiness': {
    agency: string
    election: string
    version: number
    id: string
    content: Json
    hash: string
    made: Time
    by: string
  }
  'voting.readiness_signature': {
    agency: string
    election: string
    version: number
    side: 'committee' | 'regency'
    person: string
    at: Time
  }
  'voting.reading': {
    agency: string
    tps: string
    photo: Buffer
    id: string
    reader: Buffer
    votes: number[]
    blank: number
    at: Time
  }
  'voting.record': {
    agency: string
    election: string
    tps: string
    sha256: Buffer
    kind: 'archive' | 'record' | 'plano'
    size: Big
    received: Time
    checked: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** differs: the file is sound, and says other numbers than the signed result that names it. */
    verdict: 'sound' | 'not-canonical' | 'profile' | 'refused' | 'unusable' | 'differs' | null
    report: ColumnType<unknown, string | null, string | null>
  }
  'voting.result': {
    agency: string
    election: string
    tps: string
    hash: Buffer
    /** The first 20 digits of the hash that is printed on the sheet; for a signed one those of its own hash. */
    sheet: string
    version: number
    /** The sheet of the version that it corrects. */
    corrects: string | null
    reason: string | null
    how: 'signed' | 'typed' | 'audit'
    text: string
    signatures: Json
    station: string | null
    roll: number
    present: number
    votes: number[]
    blank: number
    valid: number
    source: 'tally' | 'slips'
    archive: Buffer | null
    differences: Json
    received: Time
  }
  'voting.roll': {
    agency: string
    election: string
    kind: 'fixed' | 'additional'
    id: string
    count: number
    additional: number
    places: Json
    hash: string
    at: Time
    by: string
  }
  'voting.roll_answer': {
    agency: string
    election: string
    question: string
    note: string
    at: Time
    by: string
  }
  'voting.roll_change': {
    agency: string
    election: string
    id: string
    voter: string
    kind: 'added' | 'struck' | 'changed' | 'moved'
    reason: string
    note: string | null
    fields: Generated<string[]>
    at: Time
    by: string
  }
  'voting.roll_import': {
    agency: string
    election: string
    id: string
    file: string
    rows: string | null
    count: number
    taken: number | null
    at: Time
    by: string
    done: ColumnType<Date | null, Date | string | null, Date | string | null>
  }
  'voting.roll_key': {
    agency: string
    election: string
    tps: string
    sealed: string
  }
  'voting.roll_signature': {
    agency: string
    election: string
    kind: string
    candidate: string
    signed: boolean
    note: string | null
    at: Time
    by: string
    confirmed: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed_by: string | null
  }
  'voting.self': {
    one: Generated<boolean>
    key: string
    secret: string
    made: Time
  }
  'voting.settlement': {
    agency: string
    tps: string
    n: number
    sheet: string
    known: string[]
    reason: string
    by: string
    at: Time
  }
  'voting.slip_count': {
    agency: string
    election: string
    tps: string
    round: number
    side: 'a' | 'b'
    votes: number[]
    blank: number
    unreadable: number
    at: Time
    by: string
    /** The version of the audit. */
    audit: number
  }
  'voting.slip_reading': {
    agency: string
    election: string
    n: number
    by: string
    try: number
    reading: string
    at: Time
    /** The version of the audit. */
    audit: number
  }
  'voting.tie_fact': {
    agency: string
    election: string
    fact: 'education-level' | 'formal-education-path'
    candidate: number
    value: number
    source: string
    by: string
    at: Time
  }
  'voting.tps': {
    agency: string
    election: string
    id: string
    number: number
    place: string
    address: string
    colour: string
    hamlet: string | null
    desks: number
    booths: number
    mobile: Generated<number>
  }
  'voting.tps_count': {
    agency: string
    election: string
    tps: string
    package: Buffer
    opens: Time
    /** From when on a missing result is late. */
    due: Time
    /** Number, name and whether it is the empty box, as the sealed package has them; officers: who may sign there. */
    candidates: Json
    officers: Json
    pool: number
    /** Below so many voters no figure of a group is shown (R28). */
    least: number
    voters: number
    state: Generated<'missing' | 'counted' | 'corrected' | 'contradicting'>
    late: Generated<boolean>
    /** Its archive was refused or says other numbers, or people read its photograph otherwise. */
    questioned: Generated<boolean>
    typed: Generated<boolean>
    head: Buffer | null
    present: Generated<number>
    valid: Generated<number>
    blank: Generated<number>
    votes: number[] | null
    changed: Time
    /** Before this hour no result is taken, but of a place to which its whole roll has come. */
    closes: Time
  }
  'voting.typed_sheet': {
    agency: string
    election: string
    tps: string
    id: string
    sheet: string
    content: Json
    by: string
    at: Time
    result: Buffer | null
  }
  'voting.unrecorded': {
    agency: string
    election: string
    tps: string
    result: Buffer
    text: string
    made: Time
    by: string
    confirmed: ColumnType<Date | null, Date | string | null, Date | string | null>
    confirmed_by: string | null
  }
  'voting.voter': {
    agency: string
    election: string
    tps: string | null
    id: string
    no: number | null
    name: string
    nik_sealed: string
    nik_mark: Buffer
    born: string | null
    sex: 'L' | 'P' | null
    marital: 'B' | 'S' | 'P' | null
    address: string
    hamlet: string
    rt: string
    rw: string
    additional: Generated<boolean>
    struck: Generated<boolean>
    since: Time
  }
  'voting.wave': {
    agency: string
    id: string
    name: string
    held: string
    profile: string
    since: Time
    by: string | null
  }
}
