import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { nationalHolidays } from '../domain/holidays.ts'
import { hashOf } from '../domain/installing.ts'
import { judgeLocal, type LocalRefusal, type LocalVersion } from '../domain/local.ts'
import type { Example } from '../domain/package/format/example.ts'
import { compareVersions } from '../domain/package/format/manifest.ts'
import { refuses } from '../domain/package/problem.ts'
import { readPackage } from '../domain/package/read.ts'
import { prove } from '../domain/rehearsal.ts'
import { at, type Changes, changesFrom, type Documents, filesOf, put, tooMuch } from '../domain/studio/documents.ts'
import { nothing, revisionForm, versionForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/draft.ts'
import { listPublished, type Published, savePublished } from '../store/draft-release.ts'
import { holdUpgradable, saveSwitch, type Upgradable } from '../store/upgrade.ts'

/** What a draft is called: the package's name in its first language. */
function titleOf(documents: Documents): string {
  const names = at(documents.package, ['names'])
  const first = names && typeof names === 'object' ? Object.values(names)[0] : undefined
  return (typeof first === 'string' && first.trim() ? first.trim() : 'Tanpa nama').slice(0, 200)
}

type Begin = { documents: Documents; base: Buffer | null }
type Agency = { agency: string }

/** An agency begins a package: from nothing, from a form, from another package, or from what it runs. */
export const startDraft: Action<Agency, Begin, { id: string; title: string; begin: () => Begin }, 'draft-too-large'> = {
  name: 'services.draft-started',
  find: async (tx, _actor, id) => {
    const agency = await store.findAgency(tx, id)
    return agency && { agency: agency.id }
  },
  may: may.startDraft,
  input: z.custom<Begin>((given) => typeof given === 'object' && given !== null && 'documents' in given),
  decide: (_, given) =>
    tooMuch(given.documents, Object.keys(given.documents))
      ? refuse('draft-too-large')
      : decide({ id: newId(), title: titleOf(given.documents), begin: () => given }),
  save: (tx, { agency }, { id, title, begin }, { actor, now }) =>
    store.newDraft(tx, { agency, id, title, ...begin() }, { person: actor.id, at: now }),
  tell: ({ title }) => ({ title }),
  scope: ({ agency }) => agency,
  subject: ({ id }) => id,
}

/** A change of a draft. `paths`: the documents that the writer looked at; somebody else's later save of one is not written over. */
export type Edit = {
  revision: number
  paths: readonly string[] | 'all'
  change: (documents: Documents) => Documents
  undo?: number
}
export type EditRefusal = 'draft-changed' | 'draft-unchanged' | 'draft-too-large' | 'no-such-save'
type Held = store.Draft & { later: Awaited<ReturnType<typeof store.savedAfter>>; earlier: Documents | undefined }
type Saved = {
  revision: number
  documents: string[]
  what: () => { documents: Documents; changes: Changes; title: string; undo?: number }
}

/** Save a draft, right or wrong: what is wrong with it is told beside it. */
export const editDraft = (edit: Edit): Action<Held, Record<string, never>, Saved, EditRefusal> => ({
  name: 'services.draft-saved',
  find: async (tx, actor, id) => {
    const draft = await store.holdDraft(tx, actor, id)
    if (!draft) return undefined
    const later = draft.revision === edit.revision ? [] : await store.savedAfter(tx, draft, edit.revision)
    const earlier = edit.undo === undefined ? undefined : await store.documentsAt(tx, draft, edit.undo)
    return { ...draft, later, earlier }
  },
  may: may.editDraft,
  input: nothing,
  decide: ({ documents: before, revision, later, earlier }) => {
    if (edit.revision > revision) return refuse('draft-changed')
    if (later.some(({ paths }) => edit.paths === 'all' || paths.some((path) => edit.paths.includes(path))))
      return refuse('draft-changed')
    if (edit.undo !== undefined && !earlier) return refuse('no-such-save')
    const documents = earlier ?? edit.change(before)
    const changes = changesFrom(before, documents)
    const changed = Object.keys(changes)
    if (changed.length === 0) return refuse('draft-unchanged')
    if (
      tooMuch(
        documents,
        changed.filter((path) => changes[path] !== null),
      )
    )
      return refuse('draft-too-large')
    const what = {
      documents,
      changes,
      title: titleOf(documents),
      ...(edit.undo === undefined ? {} : { undo: edit.undo }),
    }
    return decide({ revision: revision + 1, documents: changed, what: () => what })
  },
  save: (tx, draft, { what }, { actor, now }) => store.saveDraft(tx, draft, what(), { person: actor.id, at: now }),
  tell: ({ revision, documents }) => ({
    revision,
    documents: documents.length > 5 ? [...documents.slice(0, 5), '…'] : documents,
    ...(edit.undo === undefined ? {} : { undo: edit.undo }),
  }),
  scope: ({ agency }) => agency,
})

/** Put a draft away. Its published versions stay. */
export const dropDraft: Action<store.Draft, Record<string, never>, { title: string }, never> = {
  name: 'services.draft-dropped',
  find: store.holdDraft,
  may: may.dropDraft,
  input: nothing,
  decide: ({ title }) => decide({ title }),
  save: (tx, draft, _, { now }) => store.saveDropped(tx, draft, now),
  tell: ({ title }) => ({ title }),
  scope: ({ agency }) => agency,
}

/** Go on with what this person tries: all its steps, which are played anew whenever they are looked at. */
export const tryDraft: Action<store.Draft, Example, { steps: number; example: () => Example }, 'trial-too-long'> = {
  name: 'services.draft-tried',
  find: store.holdDraft,
  may: may.tryDraft,
  input: z.custom<Example>((given) => typeof given === 'object' && given !== null && 'steps' in given),
  decide: (_, example) =>
    example.steps.length > 100 || JSON.stringify(example).length > 100_000
      ? refuse('trial-too-long')
      : decide({ steps: example.steps.length, example: () => example }),
  save: (tx, draft, { example }, { actor, now }) => store.saveTrial(tx, draft, actor.id!, example(), now),
  tell: ({ steps }) => ({ steps }),
  scope: ({ agency }) => agency,
}

export type PublishRefusal = 'draft-changed' | 'draft-refused' | 'draft-is-local' | 'version-not-higher'
type Publishing = store.Draft & { published: readonly Published[] }
type Release = { package: string; version: string; hash: string; what: () => Documents }

/**
 * Publish a version: the draft is read as a stranger's package is, its examples are played, and only then it is kept, for
 * ever. The version is higher than all that were published. Local changes of another package are no version of it.
 */
export const publishDraft: Action<Publishing, z.output<typeof versionForm>, Release, PublishRefusal> = {
  name: 'services.draft-published',
  find: async (tx, actor, id) => {
    const draft = await store.holdDraft(tx, actor, id)
    return draft && { ...draft, published: await listPublished(tx, draft) }
  },
  may: may.publishDraft,
  input: versionForm,
  decide: ({ documents: written, revision, published, base }, given) => {
    if (given.revision !== revision) return refuse('draft-changed')
    const documents = { ...written, package: put(written.package, ['version'], given.version) }
    const read = readPackage(filesOf(documents))
    if (!read.ok || refuses(prove(read.value, nationalHolidays()))) return refuse('draft-refused')
    const { id } = read.value.manifest
    if (base?.manifest.id === id) return refuse('draft-is-local')
    if (published.some(({ version }) => compareVersions(version, given.version) >= 0))
      return refuse('version-not-higher')
    return decide({ package: id, version: given.version, hash: hashOf(read.value), what: () => documents })
  },
  save: async (tx, draft, { version, hash, what }, { actor, now }) => {
    const by = { person: actor.id, at: now }
    const documents = what()
    await savePublished(tx, draft, { version, hash, documents }, by)
    const changes = changesFrom(draft.documents, documents)
    if (Object.keys(changes).length > 0)
      await store.saveDraft(tx, draft, { documents, changes, title: draft.title }, by)
  },
  tell: ({ package: id, version, hash }) => ({ package: id, version, hash }),
  scope: ({ agency }) => agency,
}

type Localising = { draft: store.Draft; running: Upgradable }

/** Let an agency run what it changed in a package, as a local version; the draft goes on from it. */
export const installDraft: Action<
  Localising,
  z.output<typeof revisionForm>,
  { service: string; package: string; version: string; hash: string; base: string; what: () => LocalVersion },
  LocalRefusal | 'draft-changed'
> = {
  name: 'services.local-version-installed',
  find: async (tx, actor, id) => {
    const draft = await store.holdDraft(tx, actor, id)
    const service = draft && (await store.serviceOf(tx, draft))
    const running = service ? await holdUpgradable(tx, actor, service) : undefined
    return draft && running && { draft, running }
  },
  may: (actor, { draft }) => may.publishDraft(actor, draft) && may.installLocal(actor, draft),
  input: revisionForm,
  decide: ({ draft, running }, given) => {
    if (given.revision !== draft.revision) return refuse('draft-changed')
    const judged = judgeLocal({ from: draft.baseHash!.toString('hex'), content: filesOf(draft.documents) }, running)
    if (!judged.ok) return judged
    const { pkg, hash, base } = judged.change
    const { id, version } = pkg.manifest
    return decide({ service: running.id, package: id, version, hash, base, what: () => judged.change })
  },
  save: async (tx, { draft, running }, { what, hash }, { actor, now }) => {
    await saveSwitch(tx, running, { ...what(), key: running.key, seal: running.seal }, { person: actor.id, at: now })
    await store.saveBase(tx, draft, Buffer.from(hash, 'hex'))
  },
  tell: ({ package: id, version, hash, base }) => ({ package: id, version, hash, base }),
  scope: ({ draft }) => draft.agency,
  subject: ({ service }) => service,
}
