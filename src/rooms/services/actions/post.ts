import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { covers } from '../domain/held.ts'
import type { Package } from '../domain/package/format/index.ts'
import { handOverForm, postForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { waitingWith } from '../store/charge.ts'
import * as store from '../store/post.ts'
import { findService } from '../store/service.ts'

type HandingOver = {
  agency: string
  pkg: Package
  post: store.FullPost
  others: store.FullPost[]
  to: { id: string; name: string } | undefined
  waits: number
}
type Over = { service: string; area: string; ends: boolean; to: store.FullPost | { person: string }; person: string }

/** An area goes from one who works there to another, with everything that waits in it: at once, and in one event. */
export const handOver = (
  email: string,
  area: string,
): Action<
  HandingOver,
  z.output<typeof handOverForm>,
  Over,
  'role-over' | 'hand-over-no-area' | 'hand-over-outside' | 'hand-over-gone' | 'person-unknown' | 'hand-over-same'
> => ({
  name: 'services.area-handed-over',
  find: async (tx, actor, id) => {
    const held = await store.holdPosts(tx, actor, id)
    const service = held && (await findService(tx, held.post.service))
    if (!held || !service) return undefined
    const to = await store.findPersonByEmail(tx, email.trim())
    return { ...held, agency: held.post.agency, pkg: service.pkg, to, waits: await waitingWith(tx, id, area) }
  },
  may: may.handOver,
  input: handOverForm,
  decide: ({ post, others, pkg, to }, { area }) => {
    if (post.ended) return refuse('role-over')
    if (pkg.roles.find(({ id }) => id === post.role)?.reach !== 'area') return refuse('hand-over-no-area')
    if (!area.startsWith(post.area)) return refuse('hand-over-outside')
    if (!covers(post, area)) return refuse('hand-over-gone')
    if (!to) return refuse('person-unknown')
    if (to.id === post.person) return refuse('hand-over-same')
    const own = others.filter(({ person, role }) => person === to.id && role === post.role)
    const target = own.find((other) => covers(other, area)) ?? { person: to.id }
    return decide({ service: post.service, area, ends: area === post.area, to: target, person: to.id })
  },
  save: async (tx, { post }, { area, ends, to }, { actor, now }) => {
    await store.saveHandOver(tx, { post, area, ends, to }, { person: actor.id, at: now })
  },
  tell: ({ area, person }, { post, waits }) => ({ role: post.role, area, from: post.person, to: person, cases: waits }),
  scope: ({ agency }) => agency,
  subject: ({ service }) => service,
})

/** How many open cases somebody takes, and from where she sets out. */
export const setPost: Action<
  { agency: string; post: store.FullPost },
  z.output<typeof postForm>,
  z.output<typeof postForm> & { service: string },
  'role-over'
> = {
  name: 'services.post-set',
  find: async (tx, actor, id) => {
    const held = await store.holdPosts(tx, actor, id)
    return held && { agency: held.post.agency, post: held.post }
  },
  may: may.setPost,
  input: postForm,
  decide: ({ post }, given) => (post.ended ? refuse('role-over') : decide({ ...given, service: post.service })),
  save: (tx, { post }, { capacity, lat, lon }) => store.savePostRoom(tx, post, { capacity, lat, lon }),
  tell: ({ capacity }, { post }) => ({ person: post.person, role: post.role, area: post.area, capacity }),
  scope: ({ agency }) => agency,
  subject: ({ service }) => service,
}
