import { isDoubtful, type RecordVerdict } from './archive.ts'

/** What somebody read from a photograph. */
export type Reading = { votes: readonly number[]; blank: number }
/** So many who read the same, each at another address and without having seen our number, are believed. A setting, not law. */
export const agreeing = 3

export type Read =
  | { kind: 'open'; readings: number }
  /** Read as it was signed. */
  | { kind: 'same'; readings: number }
  /** Several read other numbers, and the same ones: the committee is told. */
  | { kind: 'other'; readings: number; votes: readonly number[]; blank: number }

const keyOf = ({ votes, blank }: Reading) => JSON.stringify([votes, blank])

/**
 * What the readings of a photograph come to. The numbers that most read are compared with the signed ones; as long as two
 * numbers have as many readers, and while fewer than `agreeing` read the same, the question is open.
 */
export function compareReadings(readings: readonly Reading[], signed: Reading): Read {
  const counted = readings.length
  const same = [...Map.groupBy(readings, keyOf).values()].toSorted((a, b) => b.length - a.length)
  const [most, next] = same
  if (!most || most.length < agreeing || most.length === next?.length) return { kind: 'open', readings: counted }
  const read = most[0]!
  return keyOf(read) === keyOf(signed)
    ? { kind: 'same', readings: counted }
    : { kind: 'other', readings: counted, votes: read.votes, blank: read.blank }
}

/** What is known of a polling place besides its numbers: the archive that its result names, and its photographs as people read them. */
export type Evidence = {
  files: readonly { sha256: string; kind: 'archive' | 'record' | 'plano'; verdict: RecordVerdict | null }[]
  readings: readonly (Reading & { photo: string })[]
}

/** Whether a record, or the archive that a result names, is doubtful. */
export const doubtfulOf = (archive: string | null, files: Evidence['files']): boolean =>
  files.some(({ sha256, kind, verdict }) => (kind === 'record' || sha256 === archive) && isDoubtful(verdict))

/** Whether people are told to look at a polling place: its archive or record is doubtful, or a photograph was read otherwise. */
export function isQuestioned(head: (Reading & { archive: string | null }) | undefined, evidence: Evidence): boolean {
  if (!head) return false
  const photos = Map.groupBy(evidence.readings, ({ photo }) => photo)
  return (
    doubtfulOf(head.archive, evidence.files) ||
    [...photos.values()].some((own) => compareReadings(own, head).kind === 'other')
  )
}

/**
 * The network of an address, as far as one household or one office has it alone: of IPv6 the first 64 bits, since whoever has
 * one such address has all that begin so.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1]!
  if (!address.includes(':')) return address
  const [left = '', right] = address.toLowerCase().split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const [first, last] = [groups(left), groups(right ?? '')]
  const gap = right === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  const whole = [...first, ...Array<string>(gap).fill('0'), ...last]
  return whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
