import type { Db } from '#platform/db.ts'
import type { Package } from '../domain/package/format/index.ts'
import { toldKinds } from '../store/duplicate.ts'
import { listServices, type Service } from '../store/service.ts'
import { postsOf, type Reach } from '../store/worklist.ts'

export type Reaching = Reach & { role: string; post: string; kinds: string[] }

/** Of which cases somebody knows, by her posts, and the services that these are in. Three queries at most. */
export async function reachesOf(
  db: Db,
  person: string,
): Promise<{ reaches: Reaching[]; services: Map<string, Service>; posts: Awaited<ReturnType<typeof postsOf>> }> {
  const posts = await postsOf(db, person)
  const services = new Map(
    (await listServices(db, [...new Set(posts.map(({ service }) => service))])).map((one) => [one.id, one]),
  )
  const reaches = posts.flatMap(({ id: post, service, role: id, area, except }): Reaching[] => {
    const pkg: Package | undefined = services.get(service)?.pkg
    const role = pkg?.roles.find((one) => one.id === id)
    if (!pkg || !role) return []
    const flows = pkg.flows.filter(({ only }) => only.length === 0 || only.includes(id)).map((flow) => flow.id)
    const all = role.reach === 'all'
    return [
      {
        ...{ service, post, role: id, own: role.reach === 'own', area: all ? '' : area, except: all ? [] : except },
        ...{ flows, kinds: toldKinds(pkg, id) },
      },
    ]
  })
  return { reaches, services, posts }
}
