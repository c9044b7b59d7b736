import { deskCounts } from '../desk/desk-counts.ts'
import { hashOf, type Signed } from '../format/index.ts'
import { commitmentOf, type Head, noCommitment, sealHead } from '../record/index.ts'
import { countsOf } from './boxes.ts'
import { readJson } from './files.ts'
import { headsFile, sealedHeadFile } from './handing-over.ts'
import type { Station } from './station.ts'

export const readHeads = ({ files }: Station): readonly Signed[] => readJson<Signed[]>(files, headsFile) ?? []

/**
 * The numbers of this hour, signed (T14): nobody can drop a ballot afterwards without contradicting them. The set of ballots is
 * only committed to again after so many more that a small group stays hidden. undefined before opening and after the tally.
 */
export function recordHead(station: Station): Head | undefined {
  const { stage, tally, heads: lines } = station.state()
  if (stage === 'preparing' || tally) return undefined
  const heads = readHeads(station).map(({ text }) => JSON.parse(text) as Head)
  // What machines counted: a hand count of slips may be lower, and a head's numbers never fall.
  const counts = countsOf(deskCounts(station.logs.lines.values()), station.boxes.counts())
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
    const cast = station.boxes.all().flatMap(({ slot }) => (slot.state === 'cast' ? [hashOf(slot.ballot!)] : []))
    const opening = { nonce: station.random(32), ballots: cast.sort() }
    commitment = commitmentOf(opening.nonce, opening.ballots)
    const sealed = sealHead(station.content, station.hash, number, opening)
    station.files.put(sealedHeadFile(number), JSON.stringify(sealed))
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
