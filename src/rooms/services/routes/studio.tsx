import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { administered } from '#people'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { startDraft } from '../actions/draft.ts'
import { say } from '../domain/held.ts'
import { named } from '../domain/local.ts'
import { unpack } from '../domain/package/archive.ts'
import { type Kind, kinds, schemaOf } from '../domain/package/format/index.ts'
import { publishedVersion } from '../domain/package/format/manifest.ts'
import { limits } from '../domain/package/limits.ts'
import type { Problem } from '../domain/package/problem.ts'
import { at, type Documents, documentsFrom, documentsOf, put } from '../domain/studio/documents.ts'
import { cellsFrom, fieldsFrom } from '../domain/studio/pasted.ts'
import { addressFrom, emptyPackage } from '../domain/studio/template.ts'
import { fromXlsForm } from '../domain/xlsform.ts'
import { shippedFiles, shippedPrograms } from '../import.ts'
import { StudioPage } from '../pages/studio.tsx'
import { may } from '../permissions.ts'
import { findAgency, listDrafts, listRunning, releaseRunBy } from '../store/draft.ts'
import { listAgencies } from '../store/service.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'
import { readXlsForm } from './sheets.ts'

export const routes = new Hono<Env>()

type Again = { typed?: Form; problems?: Problems; refusal?: string | undefined; unread?: readonly Problem[] }

async function studioPage(c: C, again: Again = {}) {
  const actor = signedIn(c)
  const { db } = c.get('ctx')
  const own = administered(actor)
  if (own.length === 0) throw new HTTPException(403)
  const view = c.get('view')
  const sources = {
    agencies: await listAgencies(db, own),
    shipped: shippedPrograms().map(({ name, manifest }) => ({
      name,
      title: say(manifest.names, view.lang),
      version: manifest.version,
    })),
    running: await listRunning(db, own),
  }
  const rows = await listDrafts(db, actor)
  return <StudioPage view={view} rows={rows} sources={sources} {...again} />
}

routes.get('/services/studio', async (c) => page(c, await studioPage(c)))

/** The schema of a kind of document, for an editor or for whoever writes it as text. */
routes.get('/services/studio/schemas/:kind{[a-z]+\\.json}', (c) => {
  signedIn(c)
  const kind = c.req.param('kind').replace('.json', '')
  if (!Object.hasOwn(kinds, kind)) throw new HTTPException(404)
  return c.json(schemaOf(kind as Kind))
})

/** The agency that was chosen, of those that this person administers. */
async function chosen(c: C, id: unknown) {
  const actor = signedIn(c)
  const agency = typeof id === 'string' && administered(actor).includes(id) ? id : administered(actor)[0]
  if (!agency || !may.startDraft(actor, { agency })) throw new HTTPException(403)
  return found(await findAgency(c.get('ctx').db, agency))
}

async function begin(
  c: C,
  agency: string,
  start: { documents: Documents; base?: Buffer },
  ctx = c.get('ctx'),
  typed: Form = {},
) {
  const outcome = await perform(startDraft, ctx, agency, { documents: start.documents, base: start.base ?? null })
  return answer(c, outcome, {
    onDone: ({ id }) => `/services/studio/drafts/${id}`,
    say: words(c.get('view').lang).started,
    again: (problems, refusal) => studioPage(c, { typed, problems, refusal }),
  })
}

routes.post('/services/studio/drafts', async (c) => {
  const { form, ctx } = await readForm(c)
  const agency = await chosen(c, form.agency)
  const name = String(form.name ?? '')
    .trim()
    .slice(0, 100)
  const list = String(form.list ?? '').slice(0, limits.file)
  const fields = fieldsFrom(cellsFrom(list), ['id'], new Set())
  const problems: Problems = {
    ...(name.length < 3 ? { name: { code: 'name-needed' } } : {}),
    ...(list.trim() !== '' && fields.length === 0 ? { list: { code: 'list-unread' } } : {}),
  }
  if (Object.keys(problems).length > 0) return page(c, await studioPage(c, { typed: form, problems }), 422)
  const id = addressFrom(agency.name, name)
  const documents = emptyPackage({ id, name, agency: agency.name, region: agency.region }, fields)
  return begin(c, agency.id, { documents }, ctx, form)
})

/** An XLSForm becomes the form of a small package; a package is opened as it is, sealed or not. */
async function documentsIn(
  bytes: Buffer,
  agency: { name: string; region: string | null },
): Promise<{ documents: Documents } | { unread: Problem[] }> {
  const sheets = await readXlsForm(bytes)
  if (sheets) {
    const read = fromXlsForm(sheets)
    if (!read.ok) return { unread: read.problems }
    const form = read.value
    const name = Object.values(form.names)[0]!
    const begun = emptyPackage({ id: addressFrom(agency.name, name), name, agency: agency.name, region: agency.region })
    const langs = Object.keys(form.names)
    const { 'forms/permohonan': _, ...rest } = begun
    const inAll = everyWord(rest, langs) as Documents
    const moved = put(inAll['flows/permohonan'], ['moves', 0, 'form'], form.id)
    const lean = documentsOf(new Map([[`forms/${form.id}.json`, new TextEncoder().encode(JSON.stringify(form))]]))
    if (!lean.ok) return { unread: lean.problems }
    return {
      documents: {
        ...inAll,
        'flows/permohonan': moved,
        ...lean.value,
        package: put(inAll.package, ['languages'], langs),
      },
    }
  }
  const unpacked = unpack(new Uint8Array(bytes))
  if (!unpacked.ok) return { unread: unpacked.problems }
  const files = new Map([...unpacked.value].filter(([path]) => path !== 'seal.json' && path !== 'seal.sig'))
  const read = documentsOf(files)
  return read.ok ? { documents: read.value } : { unread: read.problems }
}

/** Words that were written in one language, in each of these: to be translated by whoever reads them. */
function everyWord(value: unknown, langs: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((inner) => everyWord(inner, langs))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
  if (
    entries.length === 1 &&
    entries[0]![0] === 'id' &&
    typeof entries[0]![1] === 'string' &&
    /[A-Z ]/.test(entries[0]![1])
  )
    return Object.fromEntries(langs.map((lang) => [lang, entries[0]![1]]))
  return Object.fromEntries(entries.map(([key, inner]) => [key, everyWord(inner, langs)]))
}

routes.post('/services/studio/files', async (c) => {
  const { form, ctx } = await readForm(c)
  const agency = await chosen(c, form.agency)
  const { file } = await c.req.parseBody({ all: true })
  if (!(file instanceof File) || file.size === 0)
    return page(c, await studioPage(c, { typed: form, problems: { file: { code: 'file-needed' } } }), 422)
  const read = await documentsIn(Buffer.from(await file.arrayBuffer()), agency)
  if ('unread' in read)
    return page(
      c,
      await studioPage(c, { typed: form, problems: { file: { code: 'file-unread' } }, unread: read.unread }),
      422,
    )
  return begin(c, agency.id, read, ctx, form)
})

/** The agency of the address, where packages may be begun. */
async function beginner(c: C) {
  const actor = signedIn(c)
  const agency = idParam(c, 'agency')
  if (!may.startDraft(actor, { agency })) throw new HTTPException(404)
  return found(await findAgency(c.get('ctx').db, agency))
}

routes.post('/services/studio/agencies/:agency/copies/:program', async (c) => {
  const agency = await beginner(c)
  const { ctx } = await readForm(c)
  const read = documentsOf(found(shippedFiles(c.req.param('program'))))
  if (!read.ok) throw new HTTPException(404)
  const name = String(at(read.value.package, ['id']))
    .split('.')
    .at(-1)!
  // A copy is another package: it has its own address and begins its own versions.
  const own = put(put(read.value.package, ['id'], addressFrom(agency.name, name)), ['version'], '1.0.0')
  return begin(c, agency.id, { documents: { ...read.value, package: own } }, ctx)
})

routes.post('/services/studio/agencies/:agency/running/:service', async (c) => {
  const agency = await beginner(c)
  const { ctx } = await readForm(c)
  const running = found(await releaseRunBy(ctx.db, agency.id, idParam(c, 'service')))
  // The number of a local version is given when it is installed.
  const documents = documentsFrom(named(running.pkg, publishedVersion(running.pkg.manifest.version)))
  return begin(c, agency.id, { documents, base: running.hash }, ctx)
})
