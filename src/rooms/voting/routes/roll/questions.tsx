import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, page, readForm } from '#platform/http.ts'
import { masked } from '#platform/nik.ts'
import { formatDate } from '#platform/text.ts'
import { openForAdditional } from '../../actions/roll/open.ts'
import { answerQuestions } from '../../actions/roll/question.ts'
import { wholeAddress } from '../../domain/roll/fixed.ts'
import { keyOf, questionKinds } from '../../domain/roll/question.ts'
import type { Again } from '../../pages/parts.tsx'
import { type Asked, type Person, QuestionsPage } from '../../pages/roll/questions.tsx'
import { fixedOf } from '../../store/roll/fixed.ts'
import { questionsIn } from '../../store/roll/question.ts'
import { words } from '../../text/index.ts'
import { logRefusal, rollParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/roll/questions'
/** Of each kind so many are shown at once. */
const most = 50

async function questionsPage(c: C, again: Again = {}) {
  const election = await rollParam(c)
  const { db } = c.get('ctx')
  const { open, answered, voters } = await questionsIn(db, election)
  const { lang } = c.get('view')
  const person = (id: string): Person => {
    const voter = voters.get(id)!
    const born = voter.born ? formatDate(voter.born, lang) : ''
    return { id, name: voter.name, masked: masked(voter.nik), born, address: wholeAddress(voter) }
  }
  const asked = questionKinds.flatMap((kind): Asked[] => {
    const own = open.filter((question) => question.kind === kind)
    const shown = own.slice(0, most).map((question) => ({
      ...{ key: keyOf(question), voter: person(question.voter) },
      ...(question.other && { other: person(question.other) }),
    }))
    return own.length === 0 ? [] : [{ kind, total: own.length, shown }]
  })
  const roll = { state: election.state, fixed: await fixedOf(db, election.id) }
  return (
    <QuestionsPage
      view={c.get('view')}
      election={election}
      asked={asked}
      answered={answered.length}
      open={openForAdditional(roll) === undefined}
      {...again}
    />
  )
}

routes.get(at, async (c) => page(c, await questionsPage(c)))

routes.post(at, async (c) => {
  const election = await rollParam(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(answerQuestions, ctx, election.id, form)
  await logRefusal(c, election.id, 'answer', outcome)
  return answer(c, outcome, {
    onDone: `/voting/elections/${election.id}/roll/questions`,
    say: words(c.get('view').lang).questionsAnswered,
    again: (problems, refusal) => questionsPage(c, { typed: form, problems, refusal }),
  })
})
