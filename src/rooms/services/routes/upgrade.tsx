import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, flash, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { offerImprovement } from '../actions/improvement.ts'
import { beginUpgrade, decideUpgrade, dropUpgrade, installUpgrade, undoUpgrade } from '../actions/upgrade.ts'
import type { Examined, Offer } from '../domain/installing.ts'
import { changesBetween } from '../domain/package/changes.ts'
import { compareVersions } from '../domain/package/format/manifest.ts'
import type { Choice } from '../domain/package/merge.ts'
import { examineNewer, prepare, unknownTo } from '../domain/upgrading.ts'
import { shippedFiles, shippedPrograms } from '../import.ts'
import { OfferPart } from '../pages/improvement.tsx'
import { UpgradePage } from '../pages/upgrade.tsx'
import { DecidePage } from '../pages/upgrade-decide.tsx'
import { may } from '../permissions.ts'
import {
  findOrigin,
  findRunningOf,
  listImprovements,
  listOriginReleases,
  listReleasesBeside,
} from '../store/improvement.ts'
import { packageOf } from '../store/package.ts'
import { listPosts } from '../store/post.ts'
import { listPublishers } from '../store/publisher.ts'
import { sealOf } from '../store/service.ts'
import * as store from '../store/upgrade.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

/** The service of the address with what stands behind its version, for those who may upgrade it. */
async function upgradable(c: C) {
  const actor = signedIn(c)
  const running = found(await store.findUpgradable(c.get('ctx').db, idParam(c, 'service')))
  if (!may.upgrade(actor, running)) throw new HTTPException(403)
  return running
}

/** Versions that can be begun with: shipped ones, those of other units here, and those of the agency of the origin. */
async function candidatesFor(
  c: C,
  { base, agency, id: service }: store.Upgradable,
  origin: { id: string; name: string } | undefined,
) {
  const { id, version } = base.pkg.manifest
  const newer = (one: string) => compareVersions(one, version) > 0
  const shipped = shippedPrograms()
    .filter(({ manifest }) => manifest.id === id && newer(manifest.version))
    .map(({ name, manifest }) => ({ value: `program:${name}`, version: manifest.version, from: null }))
  const { db } = c.get('ctx')
  // What another unit has of the house is shipped to this one too.
  const beside = (await listReleasesBeside(db, { agency, id: service }, id)).filter(
    (one) => !shipped.some(({ version: same }) => same === one.version),
  )
  const others = origin && origin.id !== agency ? await listOriginReleases(db, origin.id, id) : []
  const published = new Map(others.map((one) => [one.hash, { ...one, from: origin!.name }]))
  for (const one of beside) published.set(one.hash, one)
  return [
    ...shipped,
    ...[...published.values()]
      .filter((one) => newer(one.version))
      .toSorted((a, b) => compareVersions(b.version, a.version))
      .map((one) => ({ value: `release:${one.hash}`, version: one.version, from: one.from })),
  ]
}

type Offering = { typed?: string; problems?: Problems }

async function upgradePage(
  c: C,
  running: store.Upgradable,
  refusal?: string,
  examined?: Examined,
  offering: Offering = {},
) {
  const { db, actor } = c.get('ctx')
  const origin = await findOrigin(db, running.base)
  const offers = await listImprovements(db, actor, { service: running.id })
  const own = (origin && (await findRunningOf(db, origin.id, running.pkg.manifest.id)))?.id === running.id
  const publishers = await listPublishers(db)
  const draft = await store.findDraft(db, running)
  return (
    <UpgradePage
      view={c.get('view')}
      id={running.id}
      pkg={running.pkg}
      base={running.base.pkg}
      publisher={publishers.find(({ key }) => key === running.key)?.name ?? null}
      changes={changesBetween(running.base.pkg, running.pkg)}
      candidates={await candidatesFor(c, running, origin)}
      draft={draft?.pkg.manifest.version ?? null}
      past={await store.listChangeovers(db, running)}
      refusal={refusal}
      examined={examined}
      problems={offering.problems}
    >
      <OfferPart
        view={c.get('view')}
        id={running.id}
        origin={origin?.name ?? null}
        own={own}
        offerable={
          running.hash !== running.base.hash && !offers.some(({ version }) => version === running.pkg.manifest.version)
        }
        offers={offers}
        {...offering}
      />
    </UpgradePage>
  )
}

routes.get('/services/:service/upgrade', async (c) => page(c, await upgradePage(c, await upgradable(c))))

/** Begin with what is offered; what is wrong with it is shown on the same page. */
async function begin(c: C, running: store.Upgradable, ctx: Env['Variables']['ctx'], offer: Offer) {
  const outcome = await perform(beginUpgrade, ctx, running.id, offer)
  const house = await store.findHouse(ctx.db, running.pkg.manifest.id)
  return answer(c, outcome, {
    onDone: `/services/${running.id}/upgrade/draft`,
    say: words(c.get('view').lang).begun,
    again: (_, refusal) =>
      upgradePage(c, running, refusal, refusal === 'package-refused' ? examineNewer(offer, running, house) : undefined),
  })
}

routes.post('/services/:service/upgrade/begin', async (c) => {
  const running = await upgradable(c)
  const { form, ctx } = await readForm(c)
  const [kind, name = ''] = String(form.candidate ?? '').split(':')
  if (kind === 'release') {
    const candidates = await candidatesFor(c, running, await findOrigin(ctx.db, running.base))
    if (!candidates.some(({ value }) => value === form.candidate)) throw new HTTPException(404)
    const hash = Buffer.from(name, 'hex')
    const [pkg, seal] = [await packageOf(ctx.db, hash), await sealOf(ctx.db, hash)]
    return begin(c, running, ctx, { release: { pkg, seal } })
  }
  if (kind !== 'program') throw new HTTPException(404)
  return begin(c, running, ctx, { files: found(shippedFiles(name)) })
})

routes.post('/services/:service/upgrade/upload', async (c) => {
  const running = await upgradable(c)
  const { ctx } = await readForm(c)
  const { file } = await c.req.parseBody({ all: true })
  if (!(file instanceof File) || file.size === 0) return page(c, await upgradePage(c, running, 'file-needed'), 422)
  return begin(c, running, ctx, { sealed: new Uint8Array(await file.arrayBuffer()) })
})

type Again = { typed?: Form; problems?: Problems; refusal?: string | undefined }

async function decidePage(c: C, running: store.Upgradable, again: Again = {}) {
  const { db } = c.get('ctx')
  const draft = found(await store.findDraft(db, running))
  const prepared = prepare(running, draft)
  const cases = await store.countOpenCases(db, running)
  const posts = await listPosts(db, running.id)
  const after = prepared.pkg ?? draft.pkg
  const rolesGone = [...new Set(posts.map(({ role }) => role))].filter(
    (role) => !after.roles.some(({ id }) => id === role),
  )
  return (
    <DecidePage
      view={c.get('view')}
      id={running.id}
      base={running.base.pkg}
      ours={running.pkg}
      theirs={draft.pkg}
      news={changesBetween(running.base.pkg, draft.pkg)}
      mine={changesBetween(running.base.pkg, running.pkg)}
      prepared={prepared}
      choices={draft.choices}
      leftOut={draft.leftOut}
      revision={draft.revision}
      cases={cases}
      gone={unknownTo(after, cases)}
      rolesGone={rolesGone}
      {...again}
    />
  )
}

routes.get('/services/:service/upgrade/draft', async (c) => {
  const running = await upgradable(c)
  const { db } = c.get('ctx')
  // Where it was finished or dropped meanwhile there is nothing more to decide.
  if (!(await store.findDraft(db, running))) return c.redirect(`/services/${running.id}/upgrade`, 303)
  return page(c, await decidePage(c, running))
})

/** What was chosen on the page, for the conflicts that there are; and where words were chosen but not written. */
export function choicesOf(
  conflicts: readonly { id: string }[],
  form: Form,
): { choices: Record<string, Choice>; problems: Problems } {
  const choices: Record<string, Choice> = {}
  const problems: Problems = {}
  for (const { id } of conflicts) {
    const pick = form[`pick-${id}`]
    const text = String(form[`text-${id}`] ?? '').trim()
    if (pick === 'ours' || pick === 'theirs') choices[id] = { pick }
    else if (pick === 'anew' && text === '') problems[`text-${id}`] = { code: 'text-needed' }
    else if (pick === 'anew') choices[id] = { pick, text: text.slice(0, 4000) }
  }
  return { choices, problems }
}

routes.post('/services/:service/upgrade/draft', async (c) => {
  const running = await upgradable(c)
  const { form, ctx } = await readForm(c)
  const draft = await store.findDraft(ctx.db, running)
  if (!draft) return page(c, await upgradePage(c, running, 'upgrade-gone'), 409)
  const { conflicts, carried } = prepare(running, draft)
  const { choices, problems } = choicesOf([...conflicts, ...carried.conflicts], form)
  const leftOut = [form['leave-out'] ?? []].flat()
  const after = prepare(running, { ...draft, choices: { ...draft.choices, ...choices }, leftOut })
  for (const { id } of after.carried.open)
    if (choices[id]?.pick === 'anew') problems[`text-${id}`] = { code: 'value-wrong' }
  if (Object.keys(problems).length > 0) return page(c, await decidePage(c, running, { typed: form, problems }), 422)
  const outcome = await perform(decideUpgrade, ctx, running.id, { choices, leftOut })
  const w = words(c.get('view').lang)
  const open = after.open.length + after.carried.open.length
  return answer(c, outcome, {
    onDone: `/services/${running.id}/upgrade/draft`,
    say: open > 0 ? fill(w.choicesSaved, { open }) : w.choicesDone,
    again: (wrong, refusal) =>
      refusal === 'upgrade-gone'
        ? upgradePage(c, running, refusal)
        : decidePage(c, running, { typed: form, problems: wrong, refusal }),
  })
})

routes.post('/services/:service/upgrade/draft/install', async (c) => {
  const running = await upgradable(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(installUpgrade, ctx, running.id, {})
  const w = words(c.get('view').lang)
  if (outcome.kind === 'done') flash(c, fill(w.upgraded, { version: outcome.change.version }))
  return answer(c, outcome, {
    onDone: `/services/${running.id}/upgrade`,
    again: async (_, refusal) =>
      refusal === 'upgrade-gone' || refusal === 'version-downgraded'
        ? upgradePage(c, await upgradable(c), refusal)
        : decidePage(c, await upgradable(c), { refusal }),
  })
})

routes.post('/services/:service/upgrade/draft/drop', async (c) => {
  const running = await upgradable(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(dropUpgrade, ctx, running.id, {})
  return answer(c, outcome, {
    onDone: `/services/${running.id}/upgrade`,
    say: words(c.get('view').lang).upgradeDropped,
    again: async (_, refusal) => upgradePage(c, await upgradable(c), refusal),
  })
})

routes.post('/services/:service/upgrade/undo', async (c) => {
  const running = await upgradable(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(undoUpgrade, ctx, running.id, form)
  const w = words(c.get('view').lang)
  if (outcome.kind === 'done') flash(c, fill(w.versionBack, { version: outcome.change.before }))
  return answer(c, outcome, {
    onDone: `/services/${running.id}/upgrade`,
    again: async (_, refusal) => upgradePage(c, await upgradable(c), refusal),
  })
})

routes.post('/services/:service/upgrade/offer', async (c) => {
  const running = await upgradable(c)
  const { form, ctx } = await readForm(c)
  const origin = await findOrigin(ctx.db, running.base)
  const outcome = await perform(offerImprovement, ctx, running.id, form)
  return answer(c, outcome, {
    onDone: `/services/${running.id}/upgrade`,
    say: fill(words(c.get('view').lang).improvementSent, { agency: origin?.name ?? '' }),
    again: async (problems, refusal) =>
      upgradePage(c, await upgradable(c), refusal, undefined, { typed: String(form.reason ?? ''), problems }),
  })
})
