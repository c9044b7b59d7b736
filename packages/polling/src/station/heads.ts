import type { Signed } from '../format/index.ts'
import type { Head } from '../record/index.ts'
import { readJson } from './files.ts'
import { headsFile } from './handing-over.ts'
import { commitmentOf, type Station } from './station.ts'

/** What the log's line says where a head commits to nothing. */
const noCommitment = '0'.repeat(64)
/** Nonces of the commitments, for the supervisor: without them a head says nothing about single ballots. */
const noncesFile = 'head-nonces.json'
type Nonce = { readonly number: number; readonly nonce: string }

export const readHeads = ({ files }: Station): readonly Signed[] => readJson<Signed[]>(files, headsFile) ?? []

/**
 * The numbers of this hour, signed (T14): nobody can drop a ballot afterwards without contradicting them. The set of ballots is
 * only committed to again after so many more that a small group stays hidden. undefined before opening and after the tally.
 */
export function recordHead(station: Station): Head | undefined {
  const { stage, tally, heads: lines } = station.state()
  if (stage === 'preparing' || tally) return undefined
  const heads = readHeads(station).map(({ text }) => JSON.parse(text) as Head)
  const counts = station.counts()
  const last = heads.at(-1)
  // Power was cut between the document and its line.
  if (last && heads.length > lines.length) sayHead(station, last)
  // Numbers of open sessions may fall, so the same numbers again are no new head.
  const same = last && JSON.stringify(last.counts) === JSON.stringify(counts)
  if (same) return last
  const committed = heads.findLast(({ commitment }) => commitment !== undefined)
  const enough = counts.cast - (committed?.counts.cast ?? 0) >= Math.max(1, station.content.rules.smallGroup)
  const number = heads.length + 1
  let commitment: string | undefined
  if (enough) {
    const ballots = station.boxes.all().flatMap(({ slot }) => (slot.state === 'cast' ? [slot.ballot!] : []))
    const nonce = station.random(32)
    commitment = commitmentOf(nonce, ballots)
    const nonces = readJson<Nonce[]>(station.files, noncesFile) ?? []
    const kept: Nonce = { number, nonce }
    station.files.put(noncesFile, JSON.stringify([...nonces.filter((each) => each.number !== number), kept]))
  }
  const head: Head = {
    package: station.hash,
    number,
    step: station.step(),
    counts,
    ...(commitment ? { commitment } : {}),
  }
  station.files.put(headsFile, JSON.stringify([...readHeads(station), station.document('head/1', head)]))
  sayHead(station, head)
  return head
}

const sayHead = (station: Station, { counts, commitment }: Head) =>
  station.append({ kind: 'head', counts, commitment: commitment ?? noCommitment })
