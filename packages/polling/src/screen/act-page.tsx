import type { Hono } from 'hono'
import type { Role } from '../format/index.ts'
import { ErrorSummary, Notice, TextField } from './form.tsx'
import { fill, type Lang, sayNumber } from './language.ts'
import { type Acts, type Agreed, type CardSlot, type PendingAct, type PresentProblem, rolesLeft } from './officers.ts'
import { Screen } from './page.tsx'
import { formOf, page, type ScreenEnv } from './serve.ts'
import type { ScreenStatus } from './status.ts'
import { screenWords } from './words.ts'

/** "ketua KPPS atau anggota KPPS" */
export function sayRoles(lang: Lang, roles: readonly Role[]): string {
  const list = new Intl.ListFormat(lang, { type: 'disjunction' })
  return list.format(roles.map((role) => screenWords(lang).role[role]))
}

/** A refusal of a card as a sentence. */
export function sayPresent(lang: Lang, problem: PresentProblem, roles: readonly Role[]): string {
  if (problem.code === 'refused') return problem.sentence(lang)
  const { code, left, wait } = problem
  const seconds = wait === undefined ? '' : sayNumber(lang, wait)
  const words = screenWords(lang).problem
  const sentence = fill(words[code], { left: left ?? '', wait: seconds, roles: sayRoles(lang, roles) })
  return code === 'pin' && wait ? `${sentence} ${fill(words.wait, { wait: seconds })}` : sentence
}

/**
 * Mounts the pages under /act/: an officer puts a card into the reader and types the PIN, then the next one does. Works without
 * JavaScript and with one reader.
 */
export function mountActs(app: Hono<ScreenEnv>, acts: Acts, reader: CardSlot, status: () => ScreenStatus): void {
  const show = (lang: Lang, path: string, id: string, problem?: string) => {
    const found = acts.get(id)
    const words = screenWords(lang)
    if (!found)
      return page(
        <Screen lang={lang} path={path} status={status()} title={words.problem.expired}>
          <a class="button main" href="/">
            {words.back}
          </a>
        </Screen>,
      )
    return page(
      <Agree lang={lang} path={path} id={id} {...found} card={reader.card()} problem={problem} status={status()} />,
    )
  }
  app.get('/act/:id', (c) => c.html(show(c.get('lang'), c.get('path'), c.req.param('id'))))
  app.post('/act/:id', async (c) => {
    const id = c.req.param('id')
    const lang = c.get('lang')
    const found = acts.get(id)
    const roles = found ? rolesLeft(found.act.need, found.agreed) : []
    const { pin = '' } = await formOf(c)
    const answer = await acts.present(id, reader.card(), pin.trim())
    if ('problem' in answer) return c.html(show(lang, c.get('path'), id, sayPresent(lang, answer.problem, roles)), 422)
    if ('waiting' in answer) return c.redirect(`/act/${id}`, 303)
    if ('to' in answer.done) return c.redirect(answer.done.to, 303)
    return c.html(
      page(
        <Screen lang={lang} path="/" status={status()} title={screenWords(lang).problemHead}>
          <Notice kind="bad">
            <p>{answer.done.refusal(lang)}</p>
          </Notice>
          <a class="button main" href="/">
            {screenWords(lang).back}
          </a>
        </Screen>,
      ),
      409,
    )
  })
  app.post('/act/:id/cancel', (c) => {
    const back = acts.get(c.req.param('id'))?.act.back ?? '/'
    acts.cancel(c.req.param('id'))
    return c.redirect(back, 303)
  })
}

function Agree({
  lang,
  path,
  id,
  act,
  agreed,
  card,
  problem,
  status,
}: {
  lang: Lang
  path: string
  id: string
  act: Pick<PendingAct, 'title' | 'detail' | 'need'>
  agreed: readonly Agreed[]
  card: { name: string; role: Role } | undefined
  problem?: string | undefined
  status: ScreenStatus
}) {
  const words = screenWords(lang)
  const last = agreed.at(-1)
  return (
    <Screen lang={lang} path={path} status={status} title={act.title(lang)} lead={act.detail?.(lang)}>
      <ErrorSummary lang={lang} problems={problem ? { pin: problem } : {}} />
      {last && (
        <Notice kind="good">
          <p>{fill(words.actFirst, { name: last.name })}</p>
        </Notice>
      )}
      <h2>{fill(words.actOfficers, { n: agreed.length + 1, of: act.need.count })}</h2>
      <p class="soft">{fill(words.actNeeds, { roles: sayRoles(lang, rolesLeft(act.need, agreed)) })}</p>
      <p>
        {card ? (
          <span class="state good">{fill(words.actCardIn, { name: card.name, role: words.role[card.role] })}</span>
        ) : (
          <span class="state care">{words.actNoCard}</span>
        )}{' '}
        <a href={`/act/${id}`}>{words.actRead}</a>
      </p>
      <form method="post" action={`/act/${id}`}>
        <TextField
          name="pin"
          type="password"
          inputmode="numeric"
          label={words.actPin}
          hint={words.actCard}
          maxlength={12}
          autofocus
          problem={problem}
        />
        <button type="submit" class="main">
          {words.actDo}
        </button>
      </form>
      <form method="post" action={`/act/${id}/cancel`}>
        <button type="submit" class="quiet">
          {words.actCancel}
        </button>
      </form>
    </Screen>
  )
}
