import { kernelsOnce, platformRandom, readBallot, readCredentials, readElection, writeBallot } from '@melayani/ballot'
import { ballotFaults, checkOpeningWith } from '@melayani/ballot/cast'
import { electionFingerprint, hashOf } from '../format/index.ts'
import { alphasOf, type Opened } from './check-count.ts'
import type { RecordContext } from './context.ts'
import type { RefusedBallot } from './entries.ts'
import { openingRecord } from './opening-record.ts'
import { refusedShape } from './shapes.ts'

type Ballot = ReturnType<typeof readBallot>

const openGroup = kernelsOnce(platformRandom)

const name = 'refused.json'

/** What the station refused; a record without it says that there was nothing. */
export const readRefused = async (context: RecordContext): Promise<readonly Refused[]> =>
  (await context.json(name, refusedShape)) ?? []
/** As it was read. */
export type Refused = Pick<RefusedBallot, 'why' | 'ballot'> & { readonly opening?: string | undefined }

/**
 * No good ballot was left out: each that the station refused shows by itself why, shares token or numbers with another that was
 * refused and holds as well, or is the very text of one that counts. Two ballots signed with one token prove that it was used twice,
 * whoever did it; one that does not hold, and one that merely stands twice, prove nothing. An opening that is
 * not among those published shows that it does not hold. That a booth gave a ballot under another token's name (`credential`), or that
 * one had been challenged at all (`opening`), is the station's word alone.
 */
export async function checkRefused(
  context: RecordContext,
  refused: readonly Refused[],
  counted: ReadonlySet<string> | undefined,
  opened: Opened,
): Promise<void> {
  const content = context.package
  if (!content) return
  const { election, credentials } = content.ballot
  const roll = new Set(readCredentials(credentials).map(({ element }) => element))
  const group = await openGroup(readElection(election).group)
  const holds = (text: string) => {
    const ballot = readOr(text)
    return ballot !== undefined &&
      writeBallot(ballot) === text &&
      ballot.election_hash === electionFingerprint(election) &&
      roll.has(ballot.credential) &&
      ballotFaults(group, election, text).length === 0
      ? ballot
      : undefined
  }
  const opens = (ballot: string, opening: string) => {
    const record = openingRecord(electionFingerprint(election), ballot, opening)
    return checkOpeningWith(group, election, record).faults.length === 0 && roll.has(readBallot(ballot).credential)
  }
  const cast = refused.filter(({ opening }) => opening === undefined)
  /** By their texts: the ballots that hold by themselves. */
  const sound = new Map(
    cast.flatMap(({ why, ballot: text }) => {
      const ballot = why === 'credential' ? undefined : holds(text)
      return ballot ? [[text, ballot] as const] : []
    }),
  )
  const judged = new Set(cast.flatMap(({ why, ballot }) => (why === 'copy' ? [] : [ballot])))
  const seen = new Map<string, number>()
  for (const ballot of sound.values()) for (const mark of marksOf(ballot)) seen.set(mark, (seen.get(mark) ?? 0) + 1)
  let before = ''
  for (const [i, { why, ballot: text, opening }] of refused.entries()) {
    const hash = hashOf(text)
    const also = counted?.has(hash) === true
    const twice = why === 'copy' || opening !== undefined
    context.require('refused.list', before <= hash && (!also || twice), name, `${i}`)
    before = hash
    if (opening !== undefined) {
      const shown = why === 'copy' && opened.ballots.has(hash)
      context.require('refused.good', shown || !opens(text, opening), name, `${i}`, why)
      continue
    }
    const ballot = sound.get(text)
    const good =
      ballot !== undefined &&
      (why === 'copy'
        ? !also && !judged.has(text)
        : marksOf(ballot).every((mark) => seen.get(mark) === 1) &&
          !alphasOf(ballot).some((alpha) => opened.alphas.has(alpha)))
    context.require('refused.good', !good, name, `${i}`, why)
  }
}

/** What no two ballots share: the token, and every number that was drawn. */
const marksOf = (ballot: Ballot) => [ballot.credential, ...alphasOf(ballot)]

function readOr(text: string): Ballot | undefined {
  try {
    return readBallot(text)
  } catch {
    return undefined
  }
}
