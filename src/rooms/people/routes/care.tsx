import { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { closeAccount, closeOwnAccount, replacePassword } from '../actions/care.ts'
import { isNational } from '../domain/office.ts'
import { AccountRecordPage, ClosePage, ReplacePasswordPage } from '../pages/care.tsx'
import { may } from '../permissions.ts'
import { findAccount, type SeenAccount } from '../store/care.ts'
import { words } from '../text/index.ts'
import { again, only, passwordTries, signedIn } from './parts.ts'

export const care = new Hono<Env>()

/** The account in the address, for whoever may see it, and the way back. */
async function seen(c: C) {
  const actor = signedIn(c)
  const account = found(await findAccount(c.get('ctx').db, actor, idParam(c, 'person')))
  return { actor, account, back: { href: `/people/accounts/${account.id}`, label: account.name } }
}

/** Where somebody comes from to an account: the agency of its offices, or the national team. */
function listOf(c: C, account: SeenAccount) {
  const w = words(c.get('view').lang)
  const office = account.offices.find(({ agency }) => agency !== null)
  if (office) return { href: `/people/agencies/${office.agency}`, label: office.agency_name ?? w.agencies }
  return isNational(c.get('ctx').actor)
    ? { href: '/people/team', label: w.team }
    : { href: '/akun', label: w.accountTitle }
}

care.get('/people/accounts/:person', async (c) => {
  const { actor, account } = await seen(c)
  const open = !account.closed
  const acts = {
    replacePassword: open && may.replacePassword(actor, account),
    clearFactor: open && account.has_factor && may.clearFactor(actor, account),
    close: open && may.closeAccount(actor, account),
  }
  const offices = account.offices.map((office) => ({ ...office, mayEnd: may.endRole(actor, office) }))
  return page(
    c,
    <AccountRecordPage view={c.get('view')} account={{ ...account, offices }} acts={acts} back={listOf(c, account)} />,
  )
})

care.get('/people/accounts/:person/password', async (c) => {
  const { account, back } = await seen(c)
  only(c, (actor) => !account.closed && may.replacePassword(actor, account))
  return page(c, <ReplacePasswordPage view={c.get('view')} account={account} back={back} />)
})

care.post('/people/accounts/:person/password', async (c) => {
  const { ctx } = await readForm(c)
  const { account, back } = await seen(c)
  const outcome = await perform(replacePassword, ctx, account.id, {})
  return answer(c, outcome, {
    onDone: back.href,
    say: words(c.get('view').lang).passwordVoided,
    again: () => <ReplacePasswordPage view={c.get('view')} account={account} back={back} />,
  })
})

care.get('/people/accounts/:person/close', async (c) => {
  const { account, back } = await seen(c)
  only(c, (actor) => !account.closed && may.closeAccount(actor, account))
  const action = `${back.href}/close`
  return page(c, <ClosePage view={c.get('view')} {...{ account, back, action }} own={false} typed={{}} />)
})

care.post('/people/accounts/:person/close', async (c) => {
  const { form, ctx } = await readForm(c)
  const { account, back } = await seen(c)
  const outcome = await perform(closeAccount, ctx, account.id, form)
  return answer(c, outcome, {
    onDone: listOf(c, account).href,
    say: words(c.get('view').lang).closedOther,
    again: (problems, refusal) => (
      <ClosePage
        view={c.get('view')}
        {...{ account, back, problems }}
        action={`${back.href}/close`}
        own={false}
        typed={again(form)}
        {...(refusal && { refusal })}
      />
    ),
  })
})

async function own(c: C) {
  const actor = signedIn(c)
  const account = found(await findAccount(c.get('ctx').db, actor, actor.id))
  return { account, back: { href: '/akun', label: words(c.get('view').lang).accountTitle }, own: true }
}

care.get('/akun/tutup', async (c) => {
  const shown = await own(c)
  return page(c, <ClosePage view={c.get('view')} {...shown} action="/akun/tutup" typed={{}} />)
})

care.post('/akun/tutup', async (c) => {
  const { form, ctx } = await readForm(c)
  const shown = await own(c)
  const closePage = (returned: object) => (
    <ClosePage
      view={c.get('view')}
      {...shown}
      action="/akun/tutup"
      typed={typeof form.sure === 'string' ? { sure: form.sure } : {}}
      {...returned}
    />
  )
  if (!(await passwordTries(c, shown.account.id))) return page(c, closePage({ refusal: 'login-throttled' }), 429)
  const outcome = await perform(closeOwnAccount, ctx, shown.account.id, form)
  if (outcome.kind === 'done') deleteCookie(c, 'sesi', { path: '/' })
  return answer(c, outcome, {
    onDone: '/',
    say: words(c.get('view').lang).closedOwn,
    again: (problems, refusal) => closePage({ problems, ...(refusal && { refusal }) }),
  })
})
