import { createHash } from 'node:crypto'
import type { Actor } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { type Book, type Carried, movesOnPhone, trimmed } from '../domain/field.ts'
import { sightOf } from '../domain/held.ts'
import type { Package } from '../domain/package/format/index.ts'
import { type Device, secretFor } from '../store/field.ts'
import { findCases, type Held } from '../store/held.ts'
import { largeRegions, regionsWithin } from '../store/place.ts'
import type { Service } from '../store/service.ts'
import { listCases } from '../store/worklist.ts'
import { reachesOf } from './reach.ts'

/** Cases that a phone carries at most; the most urgent first. */
const most = 300

export type PhoneBook = {
  person: string
  books: Book[]
  /** Releases that the phone has and that still run for it: their books are left out. */
  same: string[]
  cases: Carried[]
  secrets: Record<string, string>
}

/**
 * What somebody needs in the field: the forms of the roles that work offline, the regions, and the cases in which she has a
 * next step, as far as she sees them.
 */
export async function bookOf(
  db: Db,
  actor: Actor & { id: string },
  device: Device,
  have: ReadonlySet<string>,
): Promise<PhoneBook> {
  const { reaches: all, services, posts } = await reachesOf(db, actor.id)
  const large = services.size > 0 ? [...(await largeRegions(db))].join(' ') : ''
  const works: Work[] = []
  for (const service of services.values()) {
    const mine = posts.filter((post) => post.service === service.id)
    const roles = service.pkg.roles.filter((role) => role.offline && mine.some((post) => post.role === role.id))
    if (roles.length === 0) continue
    const held = roles.map(({ id }) => id)
    const areas = mine.filter(({ role }) => held.includes(role)).map(({ area }) => area)
    const regions = service.region ? await regionsOf(db, service.region) : []
    works.push({ service, roles: held, areas, regions, large })
  }
  const reaches = all.filter(({ service: of, role }) =>
    works.some(({ service, roles }) => service.id === of && roles.includes(role)),
  )
  const { rows } = await listCases(db, actor.id, reaches, {}, { size: most })
  const order = new Map(rows.map(({ id }, i) => [id, i]))
  const held = await findCases(
    db,
    actor,
    rows.map(({ id }) => id),
    posts,
  )
  const cases = held
    .sort((a, b) => order.get(a.id)! - order.get(b.id)!)
    .flatMap((one) => carried(one, works.find(({ service }) => service.id === one.service)?.roles ?? []))
  const secrets = Object.fromEntries(works.map(({ service }) => [service.id, secretFor(device, service.id)]))
  const made = works.flatMap((work) => {
    const current = work.service.release.toString('hex')
    const older = held.filter((one) => one.service === work.service.id && one.release.toString('hex') !== current)
    const versions = new Map(older.map((one) => [one.release.toString('hex'), one.pkg]))
    return [
      bookFor(work, work.service.pkg, current, work.service.retired === null),
      ...[...versions].map(([release, pkg]) => bookFor(work, pkg, release, false)),
    ]
  })
  const books = made.filter(({ name }) => !have.has(name))
  const same = made.flatMap(({ name }) => (have.has(name) ? [name] : []))
  return { person: actor.id, books, same, cases, secrets }
}

type Work = Pick<Book, 'regions' | 'large' | 'areas'> & { service: Service; roles: string[] }

function bookFor({ service, roles, ...rest }: Work, pkg: Package, release: string, current: boolean): Book {
  const book = {
    ...rest,
    ...{ service: service.id, release, current, roles, settings: service.settings, zone: service.zone },
    pkg: trimmed(pkg, roles),
    synthetic: service.demo,
  }
  return { ...book, name: createHash('sha256').update(JSON.stringify(book)).digest('hex').slice(0, 16) }
}

/** A case as this person may carry it; nothing where she has no next step in it. */
function carried(held: Held, offline: readonly string[]): Carried[] {
  const { it, pkg } = held
  const roles = held.roles.filter((role) => offline.includes(role))
  const seen = sightOf(pkg, it, roles)
  if (!seen?.state) return []
  const shown: Carried = {
    id: held.id,
    service: held.service,
    release: held.release.toString('hex'),
    number: it.number,
    flow: it.flow,
    state: it.state,
    openedAt: it.openedAt,
    due: held.due?.getTime() ?? null,
    area: held.area,
    data: seen.data,
    consents: it.consents,
    seen: it.history.length,
  }
  return movesOnPhone({ pkg, roles }, shown).length > 0 ? [shown] : []
}

const regionsOf = async (db: Db, region: string) =>
  (await regionsWithin(db, region)).map(({ code, kind, name, within }) => ({
    code: code.replaceAll('.', ''),
    ...{ kind, name, within },
  }))
