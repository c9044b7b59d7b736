import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Outcome, perform } from '#platform/action.ts'
import { publicOrigin } from '#platform/address.ts'
import { answer, type C, type Env, flash, found, idParam, ownAddress, page, readForm } from '#platform/http.ts'
import { forgive, withinLimit } from '#platform/limit.ts'
import { passkeyToMake, passkeyToUse } from '#platform/passkey.ts'
import type { Problems } from '#platform/problems.ts'
import { unseal } from '#platform/secret.ts'
import { otpauth } from '#platform/totp.ts'
import * as actions from '../actions/factor.ts'
import { addPasskey, removePasskey, usePasskey } from '../actions/passkey.ts'
import { hasFactor, judgeAdding } from '../domain/factor.ts'
import { AppSetUpPage, ClearFactorPage, FactorAskPage, FactorPage, RecoveryPage } from '../pages/factor.tsx'
import { may } from '../permissions.ts'
import { findFactorOwner, findFactors, keepChallenge } from '../store/factor.ts'
import { words } from '../text/index.ts'
import { only, signedIn, typed } from './parts.ts'

export const factor = new Hono<Env>()

/** Own factors, as stored and as the rules see them. */
async function ownFactors(c: C) {
  const actor = signedIn(c)
  const stored = await findFactors(c.get('ctx').db, actor.id)
  return { actor, stored, state: actions.factorsOf(stored, actor) }
}

/** The own page: what is asked at sign-in, or what is set up. */
async function factorPage(c: C, problems?: Problems, refusal?: string) {
  const { stored, state } = await ownFactors(c)
  const view = c.get('view')
  const returned = { ...(problems && { problems }), ...(refusal && { refusal }) }
  if (hasFactor(state) && !state.given) {
    const next = ownAddress(c.req.query('ke'))
    return <FactorAskPage view={view} app={state.app} passkeys={state.passkeys > 0} next={next} {...returned} />
  }
  return (
    <FactorPage
      view={view}
      since={stored.totp_since}
      passkeys={stored.passkeys}
      recoveryLeft={stored.recoveryLeft}
      forced={state.required && !hasFactor(state)}
      address={publicOrigin()}
      {...(refusal && { refusal })}
    />
  )
}

factor.get('/akun/faktor', async (c) => {
  signedIn(c)
  return page(c, await factorPage(c))
})

factor.post('/akun/faktor/app', async (c) => {
  const { ctx } = await readForm(c)
  const outcome = await perform(actions.prepareApp, ctx, signedIn(c).id, {})
  return answer(c, outcome, {
    onDone: '/akun/faktor/app',
    again: (problems, refusal) => factorPage(c, problems, refusal),
  })
})

/** The page with the secret, while it is not confirmed and for whoever may add a factor. */
async function setUpPage(c: C, problems?: Problems, refusal?: string) {
  const { stored, state } = await ownFactors(c)
  if (!stored.totp_secret || stored.totp_since || !judgeAdding(state).ok) return undefined
  const secret = unseal(stored.totp_secret)
  const address = otpauth(secret, stored.email)
  const returned = { ...(problems && { problems }), ...(refusal && { refusal }) }
  c.header('Cache-Control', 'no-store')
  return <AppSetUpPage view={c.get('view')} secret={secret} address={address} {...returned} />
}

factor.get('/akun/faktor/app', async (c) => {
  signedIn(c)
  const shown = await setUpPage(c)
  return shown ? page(c, shown) : c.redirect('/akun/faktor', 303)
})

/** Codes are short, so their guessing is counted for each account: eight in fifteen minutes. */
const counted = (c: C, person: string) => withinLimit(c.get('ctx').db, `factor:account:${person}`, 8, 900)

/** A page with codes that are shown once: never kept, not even by the browser. */
function recoveryPage(c: C, codes: readonly string[]) {
  c.header('Cache-Control', 'no-store')
  return page(c, <RecoveryPage view={c.get('view')} codes={codes} />)
}

factor.post('/akun/faktor/app/confirm', async (c) => {
  const { form, ctx } = await readForm(c)
  const { id } = signedIn(c)
  if (!(await counted(c, id))) return page(c, await factorPage(c, {}, 'code-throttled'), 429)
  // Without the form's token: what a second click would find again, the codes, is kept nowhere.
  const { once: _, ...plain } = ctx
  const outcome = await perform(actions.confirmApp(c.get('session')), plain, id, form)
  if (outcome.kind !== 'done')
    return answer(c, outcome, {
      onDone: '/akun/faktor',
      again: async (problems, refusal) => (await setUpPage(c, problems, refusal)) ?? factorPage(c, {}, refusal),
    })
  await forgive(ctx.db, `factor:account:${id}`)
  return recoveryPage(c, outcome.change.codes.value)
})

for (const [path, give] of [
  ['/akun/faktor/code', actions.giveCode],
  ['/akun/faktor/recovery', actions.giveRecoveryCode],
] as const)
  factor.post(path, async (c: C) => {
    const { form, ctx } = await readForm(c)
    const { id } = signedIn(c)
    if (!(await counted(c, id))) return page(c, await factorPage(c, {}, 'code-throttled'), 429)
    const action = give(c.get('session')) as ReturnType<typeof actions.giveCode>
    const outcome = await perform(action, ctx, id, form)
    if (outcome.kind === 'done') await forgive(ctx.db, `factor:account:${id}`)
    return answer(c, outcome, {
      onDone: ownAddress(c.req.query('ke')),
      say: words(c.get('view').lang).factorGiven,
      again: (problems, refusal) => factorPage(c, problems, refusal),
    })
  })

factor.post('/akun/faktor/recovery-codes', async (c) => {
  const { ctx } = await readForm(c)
  const { once: _, ...plain } = ctx
  const outcome = await perform(actions.renewRecoveryCodes, plain, signedIn(c).id, {})
  if (outcome.kind === 'done') return recoveryPage(c, outcome.change.codes.value)
  return answer(c, outcome, { onDone: '/akun/faktor', again: (_, refusal) => factorPage(c, {}, refusal) })
})

factor.post('/akun/faktor/app/remove', async (c) => {
  const { ctx } = await readForm(c)
  const outcome = await perform(actions.removeApp, ctx, signedIn(c).id, {})
  const say = words(c.get('view').lang).appRemoved
  return answer(c, outcome, { onDone: '/akun/faktor', say, again: (_, refusal) => factorPage(c, {}, refusal) })
})

factor.post('/akun/faktor/passkeys/options', async (c) => {
  const { stored, state } = await ownFactors(c)
  const session = c.get('session')
  if (!session || !judgeAdding(state).ok) throw new HTTPException(403)
  const options = await passkeyToMake(stored, stored.passkeys)
  await keepChallenge(c.get('ctx').db, session, options.challenge)
  return c.json(options)
})

factor.post('/akun/faktor/login/options', async (c) => {
  const { stored } = await ownFactors(c)
  const session = c.get('session')
  if (!session || stored.passkeys.length === 0) throw new HTTPException(403)
  const options = await passkeyToUse(stored.passkeys)
  await keepChallenge(c.get('ctx').db, session, options.challenge)
  return c.json(options)
})

/** What a browser's script sent; undefined when it is no JSON. */
const readJson = (c: C): Promise<unknown> => c.req.json<unknown>().catch(() => undefined)

/** Answer a browser's script: where to go on, or the name of what was wrong. */
function told(c: C, outcome: Outcome<unknown, string>, next: string) {
  if (outcome.kind === 'done') return c.json({ next })
  if (outcome.kind === 'refused') return c.json({ refusal: outcome.refusal }, 409)
  if (outcome.kind === 'invalid') return c.json({ refusal: 'not-valid' }, 422)
  throw new HTTPException(outcome.kind === 'forbidden' ? 403 : 404)
}

factor.post('/akun/faktor/passkeys', async (c) => {
  const { id } = signedIn(c)
  const outcome = await perform(addPasskey(c.get('session')), c.get('ctx'), id, await readJson(c))
  if (outcome.kind === 'done') flash(c, words(c.get('view').lang).passkeyAdded)
  return told(c, outcome, '/akun/faktor')
})

factor.post('/akun/faktor/login', async (c) => {
  const { id } = signedIn(c)
  if (!(await counted(c, id))) throw new HTTPException(429)
  const outcome = await perform(usePasskey(c.get('session')), c.get('ctx'), id, await readJson(c))
  if (outcome.kind === 'done') await forgive(c.get('ctx').db, `factor:account:${id}`)
  return told(c, outcome, ownAddress(c.req.query('ke')))
})

factor.post('/akun/faktor/passkeys/:credential/remove', async (c) => {
  const { ctx } = await readForm(c)
  const outcome = await perform(removePasskey(c.req.param('credential')), ctx, signedIn(c).id, {})
  const say = words(c.get('view').lang).passkeyRemoved
  return answer(c, outcome, { onDone: '/akun/faktor', say, again: (_, refusal) => factorPage(c, {}, refusal) })
})

factor.get('/people/accounts/:person/factor', async (c) => {
  const id = idParam(c, 'person')
  const actor = only(c, (actor) => may.clearFactor(actor, { id }))
  const person = found(await findFactorOwner(c.get('ctx').db, actor, id))
  return page(c, <ClearFactorPage view={c.get('view')} person={person} />)
})

factor.post('/people/accounts/:person/factor', async (c) => {
  const { form, ctx } = await readForm(c)
  const actor = signedIn(c)
  const person = found(await findFactorOwner(ctx.db, actor, idParam(c, 'person')))
  const outcome = await perform(actions.clearFactor, ctx, person.id, form)
  return answer(c, outcome, {
    onDone: '/people/team',
    say: words(c.get('view').lang).factorCleared,
    again: (problems, refusal) => (
      <ClearFactorPage
        view={c.get('view')}
        person={person}
        reason={typed(form, 'reason')}
        problems={problems}
        {...(refusal && { refusal })}
      />
    ),
  })
})
