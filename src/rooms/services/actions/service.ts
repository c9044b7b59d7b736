import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { type Install, type Installer, type InstallRefusal, judgeInstall, type Offer } from '../domain/installing.ts'
import { settingFits } from '../domain/package/checks/rest.ts'
import { nothing, publisherForm, roleForm, settingsForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as posts from '../store/post.ts'
import * as publishers from '../store/publisher.ts'
import * as store from '../store/service.ts'

const offer = z.custom<Offer>(
  (given) =>
    typeof given === 'object' && given !== null && ('files' in given || 'sealed' in given || 'release' in given),
)

/** Install a package, or a newer version of one: read, verified, its examples rehearsed; otherwise nothing of it is kept. */
export const installPackage: Action<
  Installer,
  Offer,
  { service: string; fresh: boolean; package: string; version: string; hash: string; what: () => Install },
  InstallRefusal
> = {
  name: 'services.package-installed',
  find: store.holdInstaller,
  may: may.installPackage,
  input: offer,
  decide: (at, given) => {
    const judged = judgeInstall(given, at)
    if (!judged.ok) return judged
    const { pkg, hash, service } = judged.change
    const { id, version } = pkg.manifest
    return decide({
      service: service ?? newId(),
      fresh: service === null,
      package: id,
      version,
      hash,
      what: () => judged.change,
    })
  },
  save: (tx, { agency }, { what, service, fresh }, { actor, now }) =>
    store.saveInstall(tx, agency, { ...what(), service, fresh }, { person: actor.id, at: now }),
  tell: ({ package: id, version, hash }) => ({ package: id, version, hash }),
  scope: ({ agency }) => agency,
  subject: ({ service }) => service,
}

/** What the agency may decide of a package without making another. */
export const changeSetting: Action<
  store.Service,
  z.output<typeof settingsForm>,
  { settings: Record<string, unknown>; changed: string[] },
  'setting-wrong'
> = {
  name: 'services.setting-changed',
  find: store.holdService,
  may: may.changeSetting,
  input: settingsForm,
  decide: ({ pkg, settings }, given) => {
    const known = pkg.settings.filter(({ id }) => Object.hasOwn(given.settings, id))
    if (known.length !== Object.keys(given.settings).length) return refuse('setting-wrong')
    if (!known.every((setting) => settingFits(setting, given.settings[setting.id]))) return refuse('setting-wrong')
    const before = (id: string) => settings[id] ?? pkg.settings.find((setting) => setting.id === id)?.default
    const changed = known.filter(({ id }) => before(id) !== given.settings[id]).map(({ id }) => id)
    return decide({ settings: { ...settings, ...given.settings }, changed })
  },
  save: (tx, service, { settings }) => store.saveSettings(tx, service, settings),
  tell: ({ changed, settings }, { pkg }) => ({
    package: pkg.manifest.id,
    changed,
    // Numbers and choices; a text may be somebody's number.
    values: Object.fromEntries(
      changed.filter((id) => typeof settings[id] !== 'string').map((id) => [id, settings[id]]),
    ),
  }),
  scope: ({ agency }) => agency,
}

/** The service takes no new cases from now on; those that are open go on to their end. */
export const retireService: Action<store.Service, Record<string, never>, { retired: Date }, 'no-new-cases'> = {
  name: 'services.service-retired',
  find: store.holdService,
  may: may.retireService,
  input: nothing,
  decide: ({ retired }, _, { now }) => (retired ? refuse('no-new-cases') : decide({ retired: now })),
  save: (tx, service, { retired }) => store.saveRetirement(tx, service, retired),
  tell: (_, { pkg }) => ({ package: pkg.manifest.id }),
  scope: ({ agency }) => agency,
}

/** A retired service takes new cases again. */
export const reopenService: Action<store.Service, Record<string, never>, Record<string, never>, 'service-open'> = {
  name: 'services.service-reopened',
  find: store.holdService,
  may: may.retireService,
  input: nothing,
  decide: ({ retired }) => (retired ? decide({}) : refuse('service-open')),
  save: (tx, service) => store.saveRetirement(tx, service, null),
  tell: (_, { pkg }) => ({ package: pkg.manifest.id }),
  scope: ({ agency }) => agency,
}

type Candidate = store.Service & {
  person: { id: string; name: string } | undefined
  posts: readonly { person: string; role: string; area: string }[]
}

/** Give somebody a role of the package, for an area or for the whole agency. */
export const giveRole = (
  email: string,
): Action<
  Candidate,
  z.output<typeof roleForm>,
  { person: string; role: string; area: string },
  'person-unknown' | 'role-unknown' | 'role-held'
> => ({
  name: 'services.role-given',
  find: async (tx, actor, id) => {
    const service = await store.holdService(tx, actor, id)
    if (!service) return undefined
    return { ...service, person: await posts.findPersonByEmail(tx, email.trim()), posts: await posts.listPosts(tx, id) }
  },
  may: may.giveRole,
  input: roleForm,
  decide: ({ pkg, person, posts }, { role, area }) => {
    if (!person) return refuse('person-unknown')
    if (!pkg.roles.some(({ id }) => id === role)) return refuse('role-unknown')
    if (posts.some((post) => post.person === person.id && post.role === role && post.area === area))
      return refuse('role-held')
    return decide({ person: person.id, role, area })
  },
  save: async (tx, service, post, { actor, now }) => {
    await posts.newPost(tx, service, post, { person: actor.id, at: now })
  },
  tell: ({ person, role, area }) => ({ person, role, area }),
  scope: ({ agency }) => agency,
})

type Post = NonNullable<Awaited<ReturnType<typeof posts.holdPost>>>

/** From now on this person knows nothing more of the cases by this role. */
export const endRole: Action<Post, Record<string, never>, { post: string }, 'role-over'> = {
  name: 'services.role-ended',
  find: posts.holdPost,
  may: may.endRole,
  input: z.object({}) as z.ZodType<Record<string, never>>,
  decide: (post) => (post.ended ? refuse('role-over') : decide({ post: post.id })),
  save: (tx, post, _, { actor, now }) => posts.savePostEnd(tx, post, { person: actor.id, at: now }),
  tell: (_, { person, role, area }) => ({ person, role, area }),
  scope: ({ agency }) => agency,
  subject: (_, { service }) => service,
}

/** The list of publishers as a thing that acts are done to: its id in the log. */
export const publishersId = '00000000-0000-7000-8000-000000007020'

/** From now on sealed packages of this key may be installed here. */
export const trustPublisher: Action<
  { known: (key: string) => Promise<boolean> },
  z.output<typeof publisherForm>,
  z.output<typeof publisherForm>,
  'publisher-known'
> = {
  name: 'services.publisher-trusted',
  find: async (tx) => ({ known: (key) => publishers.isPublisher(tx, key) }),
  may: may.trustPublisher,
  input: publisherForm,
  decide: async ({ known }, given) => ((await known(given.key)) ? refuse('publisher-known') : decide(given)),
  save: (tx, _, { key, name }, { actor, now }) =>
    publishers.savePublisher(tx, key, name, { person: actor.id, at: now }),
  tell: ({ key, name }) => ({ key, name }),
  scope: () => null,
}
