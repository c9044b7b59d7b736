import { kernelsOnce, platformRandom, readBallot, readCredentials, readElection, writeBallot } from '@melayani/ballot'
import { ballotFaults } from '@melayani/ballot/cast'
import { electionFingerprint, hashOf } from '../format/index.ts'
import type { RecordContext } from './context.ts'
import { refusedShape } from './shapes.ts'

type Ballot = ReturnType<typeof readBallot>

const openGroup = kernelsOnce(platformRandom)

/**
 * No good ballot was left out: each that the station refused shows by itself why, or shares token or numbers with another that was
 * refused. Two ballots signed with one token prove that it was used twice, whoever did it. That a booth gave a ballot under another
 * token's name (`credential`) is the station's word alone.
 */
export async function checkRefused(
  context: RecordContext,
  counted: ReadonlySet<string> | undefined,
  opened: ReadonlySet<string>,
): Promise<void> {
  const name = 'refused.json'
  const refused = await context.json(name, refusedShape)
  const content = context.package
  if (!refused || !content) return
  const { election, credentials } = content.ballot
  const roll = new Set(readCredentials(credentials).map(({ element }) => element))
  const group = await openGroup(readElection(election).group)
  const read = refused.map(({ ballot }) => readOr(ballot))
  const seen = new Map<string, number>()
  for (const ballot of read) for (const mark of ballot ? marksOf(ballot) : []) seen.set(mark, (seen.get(mark) ?? 0) + 1)
  let before = ''
  for (const [i, { why, ballot: text }] of refused.entries()) {
    const hash = hashOf(text)
    context.require('refused.list', before <= hash && !counted?.has(hash), name, `${i}`)
    before = hash
    const ballot = read[i]
    const good =
      ballot !== undefined &&
      why !== 'credential' &&
      writeBallot(ballot) === text &&
      ballot.election_hash === electionFingerprint(election) &&
      roll.has(ballot.credential) &&
      marksOf(ballot).every((mark) => seen.get(mark) === 1) &&
      !opened.has(hash) &&
      ballotFaults(group, election, text).length === 0
    context.require('refused.good', !good, name, `${i}`, why)
  }
}

/** What no two ballots share: the token, and every number that was drawn. */
const marksOf = ({ credential, answers }: Ballot) => [
  credential,
  ...answers.flatMap(({ choices }) => choices.map(({ alpha }) => alpha)),
]

function readOr(text: string): Ballot | undefined {
  try {
    return readBallot(text)
  } catch {
    return undefined
  }
}
