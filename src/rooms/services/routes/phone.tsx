import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { accept, perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, flash, found, idParam, page, readForm } from '#platform/http.ts'
import { keepContact, sendMessages } from '../actions/outbox.ts'
import { hearMessage } from '../actions/talk.ts'
import { incomingForm } from '../forms.ts'
import { ContactPage, PhonesPage } from '../pages/phone.tsx'
import { may } from '../permissions.ts'
import { findGateway, gatewaysOf } from '../store/gateway.ts'
import { findContact, listPhones } from '../store/outbox.ts'
import { findDemoAgency } from '../store/service.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'
import { messageState } from './shown.ts'

export const routes = new Hono<Env>()

/** A demo agency, for its local admin: everybody else finds nothing here. */
async function standInOf(c: C) {
  const actor = signedIn(c)
  const agency = found(await findDemoAgency(c.get('ctx').db, idParam(c, 'agency')))
  if (!may.seePhones(actor, { agency: agency.id, demo: true })) throw new HTTPException(404)
  return agency
}

async function phonesPage(c: C, agency: { id: string; name: string }, again: { typed?: Form; refusal?: string } = {}) {
  const { db } = c.get('ctx')
  const messages = (await listPhones(db, agency.id)).map((row) => ({ ...row, state: messageState(c.get('view'), row) }))
  const gateways = (await gatewaysOf(db, agency.id)).map(({ id, name }) => ({ value: id, label: name }))
  return <PhonesPage view={c.get('view')} agency={agency} messages={messages} gateways={gateways} {...again} />
}

routes.get('/services/agencies/:agency/phones', async (c) => page(c, await phonesPage(c, await standInOf(c))))

/** Write with one of the telephones: as the gateway would bring it. */
routes.post('/services/agencies/:agency/phones', async (c) => {
  const agency = await standInOf(c)
  const { form, ctx } = await readForm(c)
  const gateway = await findGateway(ctx.db, String(form.gateway ?? '').match(/^[0-9a-f-]{36}$/)?.[0] ?? randomUUID())
  const read = incomingForm.safeParse({ from: form.from, text: form.text })
  if (!gateway || gateway.agency !== agency.id || !read.success)
    return page(
      c,
      await phonesPage(c, agency, { typed: form, refusal: read.success ? 'phoneNoGateway' : 'phoneWrong' }),
      422,
    )
  const submission = { key: `stand-in:${ctx.once ?? randomUUID()}`, id: gateway.id, raw: read.data }
  await accept(hearMessage(read.data), ctx, submission)
  await sendMessages(ctx.db, ctx.clock.now(), undefined)
  flash(c, words(c.get('view').lang).phoneSent)
  return c.redirect(`/services/agencies/${agency.id}/phones`, 303)
})

routes.get('/services/contact', async (c) => {
  const { id } = signedIn(c)
  const phone = await findContact(c.get('ctx').db, id)
  return page(c, <ContactPage view={c.get('view')} phone={phone ?? ''} />)
})

routes.post('/services/contact', async (c) => {
  const { id } = signedIn(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(keepContact, ctx, id, form), {
    onDone: '/services/contact',
    say: words(c.get('view').lang).contactSaved,
    again: (problems) => <ContactPage view={c.get('view')} phone={String(form.phone ?? '')} problems={problems} />,
  })
})
