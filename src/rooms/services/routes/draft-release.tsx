import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { installDraft, publishDraft } from '../actions/draft.ts'
import { installPackage } from '../actions/service.ts'
import { circles } from '../domain/hearing.ts'
import { pack } from '../domain/package/archive.ts'
import { compareVersions } from '../domain/package/format/manifest.ts'
import { refuses } from '../domain/package/problem.ts'
import { asJson, readPackage } from '../domain/package/read.ts'
import { hashesOf, sealedWith } from '../domain/package/seal.ts'
import { changesBetween, nextVersion } from '../domain/studio/difference.ts'
import { at, filesOf } from '../domain/studio/documents.ts'
import { PublishPage } from '../pages/draft-release.tsx'
import type { Draft } from '../store/draft.ts'
import { listPublished, type Published } from '../store/draft-release.ts'
import { findInstaller } from '../store/service.ts'
import { words } from '../text/index.ts'
import { draftAt, judged, openedDraft, playedExamples, shownProblem } from './draft-parts.ts'

export const routes = new Hono<Env>()

const idOf = (documents: Draft['documents']) => String(at(documents.package, ['id']) ?? '')

async function publishPage(
  c: C,
  draft: Draft,
  again: { typed?: Form; problems?: Problems; refusal?: string | undefined } = {},
) {
  const view = c.get('view')
  const { db } = c.get('ctx')
  const published = await listPublished(db, draft)
  const { installed: running, others } = (await findInstaller(db, draft.agency)) ?? { installed: [] }
  const { pkg, problems: inside } = judged(draft)
  const local = draft.base?.manifest.id === idOf(draft.documents)
  const problems = [...inside, ...(pkg && local ? circles(pkg, others ?? []) : [])]
  const errors = problems.filter(({ level }) => level === 'error').map((one) => shownProblem(draft, one, view.lang))
  const failing = playedExamples(draft).filter((played) => refuses(played.problems)).length
  // Compared with what was published last, or else with the release that it changes.
  const last = published[0] && readPackage(filesOf(published[0].documents))
  const before = last?.ok ? last.value : draft.base?.manifest.id === pkg?.manifest.id ? draft.base : null
  const changes = pkg && before ? changesBetween(before, pkg) : []
  const suggested = pkg ? (before ? nextVersion(before.manifest.version, changes) : pkg.manifest.version) : '1.0.0'
  return (
    <PublishPage
      view={view}
      draft={draft}
      agency={draft.agencyName}
      since={before?.manifest.version ?? null}
      changes={changes}
      suggested={suggested}
      errors={errors}
      failing={failing}
      local={local}
      releases={published.map(({ version, at: when, by, hash, documents }) => {
        const id = idOf(documents)
        const here = running.find((one) => one.package === id)
        return {
          version,
          at: when,
          by,
          installed: here?.hash === hash.toString('hex'),
          older: here !== undefined && compareVersions(version, here.version) <= 0,
          seal: JSON.stringify({ id, version, files: hashesOf(asJson(filesOf(documents))) }),
        }
      })}
      {...again}
    />
  )
}

routes.get('/services/studio/drafts/:draft/publish', async (c) => page(c, await publishPage(c, await openedDraft(c))))

routes.post('/services/studio/drafts/:draft/publish', async (c) => {
  const draft = await openedDraft(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(publishDraft, ctx, draft.id, form), {
    onDone: `${draftAt(draft)}/publish`,
    say: fill(words(c.get('view').lang).versionPublished, { version: String(form.version) }),
    again: async (problems, refusal) => publishPage(c, await openedDraft(c), { typed: form, problems, refusal }),
  })
})

/** What an agency changed in a package that it runs. */
routes.post('/services/studio/drafts/:draft/local', async (c) => {
  const draft = await openedDraft(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(installDraft, ctx, draft.id, form), {
    onDone: ({ service }) => `/services/${service}`,
    say: words(c.get('view').lang).localInstalled,
    again: async (problems, refusal) => publishPage(c, await openedDraft(c), { typed: form, problems, refusal }),
  })
})

async function releaseParam(c: C): Promise<{ draft: Draft; release: Published }> {
  const draft = await openedDraft(c)
  const version = c.req.param('version')
  const release = (await listPublished(c.get('ctx').db, draft)).find((one) => one.version === version)
  return { draft, release: found(release) }
}

/** By the way of every package: read, its examples played, newer than what runs. */
routes.post('/services/studio/drafts/:draft/releases/:version/install', async (c) => {
  const { draft, release } = await releaseParam(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(installPackage, ctx, draft.agency, { files: filesOf(release.documents) })
  return answer(c, outcome, {
    onDone: ({ service }) => `/services/${service}/roles`,
    say: words(c.get('view').lang).installed,
    again: (_, refusal) => publishPage(c, draft, { refusal }),
  })
})

function fileNamed(c: C, name: string, bytes: Uint8Array) {
  c.header('Content-Type', 'application/zip')
  c.header('Content-Disposition', `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`)
  return c.body(new Uint8Array(bytes))
}
const nameOf = ({ documents, version }: Published) => `${idOf(documents).split('.').at(-1)}-${version}`

/** The documents of a version as a folder, to be signed where the agency's key is. */
routes.get('/services/studio/drafts/:draft/releases/:version/file', async (c) => {
  const { release } = await releaseParam(c)
  return fileNamed(c, `${nameOf(release)}.zip`, pack(filesOf(release.documents)))
})

/** The sealed file, with a signature that was made in the browser of whoever holds the key. */
routes.post('/services/studio/drafts/:draft/releases/:version/seal', async (c) => {
  const { draft, release } = await releaseParam(c)
  const { form } = await readForm(c)
  const [publisher, key, signature] = ['publisher', 'key', 'signature'].map((name) => String(form[name] ?? '').trim())
  const files = asJson(filesOf(release.documents))
  const about = { id: idOf(release.documents), version: release.version, publisher: publisher! }
  const bytes = sealedWith(files, about, key!, signature!)
  if (!bytes) return page(c, await publishPage(c, draft, { refusal: 'sign-wrong' }), 422)
  return fileNamed(c, `${nameOf(release)}.melayani`, bytes)
})
