import { kernelsOnce, platformRandom, readBallot, readCredentials, readElection, writeBallot } from '@melayani/ballot'
import { ballotFaults } from '@melayani/ballot/cast'
import { electionFingerprint, hashOf } from '../format/index.ts'
import { alphasOf, type Opened } from './check-count.ts'
import type { RecordContext } from './context.ts'
import { refusedShape } from './shapes.ts'

type Ballot = ReturnType<typeof readBallot>

const openGroup = kernelsOnce(platformRandom)

/**
 * No good ballot was left out: each that the station refused shows by itself why, shares token or numbers with another that was
 * refused and holds as well, or is the very text of one that counts. Two ballots signed with one token prove that it was used twice,
 * whoever did it; one that does not hold, and one that merely stands twice, prove nothing. That a booth gave a ballot under another
 * token's name (`credential`) is the station's word alone.
 */
export async function checkRefused(
  context: RecordContext,
  counted: ReadonlySet<string> | undefined,
  opened: Opened,
): Promise<void> {
  const name = 'refused.json'
  const refused = await context.json(name, refusedShape)
  const content = context.package
  if (!refused || !content) return
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
  /** By their texts: the ballots that hold by themselves. */
  const sound = new Map(
    refused.flatMap(({ why, ballot: text }) => {
      const ballot = why === 'credential' ? undefined : holds(text)
      return ballot ? [[text, ballot] as const] : []
    }),
  )
  const judged = new Set(refused.flatMap(({ why, ballot }) => (why === 'copy' ? [] : [ballot])))
  const seen = new Map<string, number>()
  for (const ballot of sound.values()) for (const mark of marksOf(ballot)) seen.set(mark, (seen.get(mark) ?? 0) + 1)
  let before = ''
  for (const [i, { why, ballot: text }] of refused.entries()) {
    const hash = hashOf(text)
    const also = counted?.has(hash) === true
    context.require('refused.list', before <= hash && (!also || why === 'copy'), name, `${i}`)
    before = hash
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
