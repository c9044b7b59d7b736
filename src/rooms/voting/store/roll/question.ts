import type { Db, Tx } from '#platform/db.ts'
import type { Election } from '../../domain/election.ts'
import { keyOf, type Question, questionsOf } from '../../domain/roll/question.ts'
import { answersOf } from './change.ts'
import { everyVoter, twiceInWave, type Voter } from './voter.ts'

export type Asked = { open: Question[]; answered: { question: Question; note: string }[]; voters: Map<string, Voter> }

/** What the roll asks as it stands now, and what was answered. Three queries. */
export async function questionsIn(db: Db | Tx, election: Pick<Election, 'id' | 'wave' | 'held'>): Promise<Asked> {
  const voters = await everyVoter(db, election.id)
  const elsewhere = await twiceInWave(db, election)
  const answers = await answersOf(db, election.id)
  const all = questionsOf(voters, { held: election.held, elsewhere })
  const noted = all.map((question) => ({ question, note: answers.get(keyOf(question)) }))
  return {
    open: noted.flatMap(({ question, note }) => (note === undefined ? [question] : [])),
    answered: noted.flatMap(({ question, note }) => (note === undefined ? [] : [{ question, note }])),
    voters: new Map(voters.map((voter) => [voter.id, voter])),
  }
}
