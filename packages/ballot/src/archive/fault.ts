/**
 * Everything the archive layer can find wrong, each under its own name, with the rule it breaks in one sentence. The
 * rules are ours, in words of our own; the public specification (2.0, section 4.4) and observed files are their source.
 */
export const archiveRules = {
  'archive.empty': 'A file begins with the record BELENIOS; this one has nothing in it.',
  'archive.truncated': 'Every record is there to the last byte of its padding.',
  'archive.header':
    'A header block has exactly the bytes of an old tar: mode 644, ids 0, a plain file, zeros after that.',
  'archive.size': 'The size of a record is written as eleven octal digits and a zero byte.',
  'archive.time': 'The time of every record is the timestamp of the archive.',
  'archive.checksum': 'The checksum of a header is the sum of its bytes, as six octal digits, zero byte, space.',
  'archive.name': 'A record is called BELENIOS (the first), HASH.data.json or HASH.event.json.',
  'archive.padding': 'A body is filled up to 512 bytes with zeros.',
  'archive.end-blocks': 'The file ends with the padding of its last record, without the zero blocks of other tars.',
  'archive.too-large': 'No record is larger than the limit of this reader.',
  'archive.begin': 'The record BELENIOS is {"version":1,"timestamp":"seconds"}, byte for byte.',
  'record.hash': 'The name of a record is the SHA-256 of its body.',
  'record.shape': 'A record that refers to others has exactly its fields, each of its kind.',
  'record.canonical': 'A record that refers to others is written in the one way the format has for it.',
  'record.missing': 'Every record an event refers to stands directly before it.',
  'record.order': 'The records of an event stand in the order of the format.',
  'record.unreferenced': 'Every data record is referred to by the event that follows it.',
  'event.shape': 'An event has exactly the fields parent, height, type and payload, each of its kind.',
  'event.canonical': 'An event is written in the one way the format has for it.',
  'event.parent': 'An event names the hash of the event before it; the first names none.',
  'event.height': 'Events are numbered 0, 1, 2 and so on.',
  'event.payload': 'An event names its payload, and EndBallots and EndShuffles have none.',
  'event.order':
    'Events come in the order Setup, ballots, EndBallots, EncryptedTally, partial decryptions (at least one), Result.',
  'event.second-setup': 'There is one Setup.',
  'event.after-result': 'Nothing follows the Result.',
  'event.duplicate-ballot': 'The identical ballot is recorded once.',
  'event.duplicate-owner': 'A trustee decrypts once.',
  'event.unsupported': 'Shuffles belong to questions that this reader does not support.',
  'event.no-setup': 'An election begins with its Setup.',
} as const

export type ArchiveRule = keyof typeof archiveRules

/** Where and what: `record` counts from 1 (the record BELENIOS), `offset` is the byte where that record's header begins. */
export interface Place {
  readonly record: number
  readonly offset: number
  /** The name of the record as it stands there, anything but printable ASCII shown as \xNN; '' where there is none. */
  readonly name: string
}

/** Something that is not as it must be. `detail` is plain English for a reader who has the file open. */
export interface Fault extends Place {
  readonly kind: 'fault'
  readonly rule: ArchiveRule
  readonly detail: string
}

export const faultAt = (place: Place, rule: ArchiveRule, detail: string): Fault => ({
  kind: 'fault',
  rule,
  record: place.record,
  offset: place.offset,
  name: place.name,
  detail,
})
