import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { answerQuestion } from '../actions/heartbeat.ts'
import { QuestionPage } from '../pages/question.tsx'
import { findQuestion } from '../store/question.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

const questionParam = async (c: C) => {
  const actor = signedIn(c)
  return found(await findQuestion(c.get('ctx').db, actor, idParam(c, 'question')))
}

routes.get('/replication/questions/:question', async (c) =>
  page(c, <QuestionPage view={c.get('view')} question={await questionParam(c)} />),
)

routes.post('/replication/questions/:question', async (c) => {
  const question = await questionParam(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(answerQuestion, ctx, question.id, form)
  return answer(c, outcome, {
    onDone: `/replication/questions/${question.id}`,
    say: words(c.get('view').lang).questionSent,
    again: async (problems, refusal) => (
      <QuestionPage
        view={c.get('view')}
        question={await questionParam(c)}
        typed={form}
        problems={problems}
        refusal={refusal}
      />
    ),
  })
})
