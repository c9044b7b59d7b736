import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { installPackage, publishersId, trustPublisher } from '../actions/service.ts'
import { type Examined, examine } from '../domain/installing.ts'
import { shippedFiles, shippedPrograms } from '../import.ts'
import { InstallPage, PreviewPage, PublishersPage } from '../pages/install.tsx'
import { may } from '../permissions.ts'
import { offersElsewhere } from '../store/elsewhere.ts'
import { listPublishers } from '../store/publisher.ts'
import { findInstaller, listUnits } from '../store/service.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

/** The agency of the address, for whoever installs packages for it. Another agency is none of their business. */
async function installer(c: C) {
  const actor = signedIn(c)
  const agency = idParam(c, 'agency')
  if (!may.installPackage(actor, { agency })) throw new HTTPException(404)
  return found(await findInstaller(c.get('ctx').db, agency))
}

async function installPage(c: C, refusal?: string, examined?: Examined, unit?: string) {
  const at = await installer(c)
  const shipped = shippedPrograms().map(({ name, manifest }) => ({
    name,
    names: manifest.names,
    version: manifest.version,
    installed: at.installed.find((one) => one.package === manifest.id)?.version ?? null,
  }))
  const elsewhere = await offersElsewhere(c.get('ctx').db, at.agency)
  const units = await listUnits(c.get('ctx').db, at.agency)
  const shown = { agency: at.agency, shipped, elsewhere, units, unit, refusal, examined }
  return <InstallPage view={c.get('view')} {...shown} />
}

routes.get('/services/agencies/:agency/install', async (c) => page(c, await installPage(c)))

routes.get('/services/agencies/:agency/install/:program', async (c) => {
  const at = await installer(c)
  const name = c.req.param('program')
  const files = found(shippedFiles(name))
  const units = await listUnits(c.get('ctx').db, at.agency)
  const examined = examine({ files }, at)
  return page(c, <PreviewPage view={c.get('view')} agency={at.agency} name={name} units={units} examined={examined} />)
})

routes.post('/services/agencies/:agency/install/:program', async (c) => {
  const at = await installer(c)
  const { form, ctx } = await readForm(c)
  const name = c.req.param('program')
  const files = found(shippedFiles(name))
  const outcome = await perform(installPackage, ctx, at.agency, { files, unit: String(form.unit ?? '') || null })
  return answer(c, outcome, {
    onDone: ({ service }) => `/services/${service}/roles`,
    say: words(c.get('view').lang).installed,
    again: async (_, refusal) => (
      <PreviewPage
        view={c.get('view')}
        agency={at.agency}
        name={name}
        units={await listUnits(ctx.db, at.agency)}
        unit={String(form.unit ?? '')}
        examined={examine({ files }, at)}
        refusal={refusal}
      />
    ),
  })
})

routes.post('/services/agencies/:agency/upload', async (c) => {
  const at = await installer(c)
  const { form, ctx } = await readForm(c)
  const unit = String(form.unit ?? '')
  const { file } = await c.req.parseBody({ all: true })
  if (!(file instanceof File) || file.size === 0)
    return page(c, await installPage(c, 'file-needed', undefined, unit), 422)
  const offer = { sealed: new Uint8Array(await file.arrayBuffer()), unit: unit || null }
  const outcome = await perform(installPackage, ctx, at.agency, offer)
  return answer(c, outcome, {
    onDone: ({ service }) => `/services/${service}/roles`,
    say: words(c.get('view').lang).installed,
    again: (_, refusal) =>
      installPage(c, refusal, refusal === 'package-refused' ? examine(offer, at) : undefined, unit),
  })
})

function national(c: C) {
  if (!may.trustPublisher(signedIn(c))) throw new HTTPException(403)
}

routes.get('/services/publishers', async (c) => {
  national(c)
  return page(c, <PublishersPage view={c.get('view')} rows={await listPublishers(c.get('ctx').db)} />)
})

routes.post('/services/publishers', async (c) => {
  national(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(trustPublisher, ctx, publishersId, form)
  return answer(c, outcome, {
    onDone: '/services/publishers',
    say: words(c.get('view').lang).publisherAdded,
    again: async (problems, refusal) => (
      <PublishersPage
        view={c.get('view')}
        rows={await listPublishers(ctx.db)}
        typed={form}
        problems={problems}
        refusal={refusal}
      />
    ),
  })
})
