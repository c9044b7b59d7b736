import type { Case } from './case.ts'
import type { Package } from './package/format/index.ts'
import type { Assign } from './package/format/role.ts'
import { allFields } from './package/names.ts'

export type Point = { lat: number; lon: number }
/** Somebody who could be given a case. `open`: open cases she is in charge of in this role. */
export type Candidate = {
  post: string
  person: string
  name: string
  area: string
  open: number
  capacity: number | null
  place: Point | null
}
/** Her place in the order, and why: the way to the case where both places are known, and whether she takes no more. */
export type Ranked = Candidate & { km: number | null; minutes: number | null; full: boolean }

/** Roads are longer than the straight line, and a motorcycle does 40 km/h: defaults of the platform (services.md, P4). */
const detour = 1.4
const speed = 40

/** Kilometres on the globe (haversine, radius 6371 km). */
export function kilometres(a: Point, b: Point): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Where a case is: the first place that its forms asked for. */
export function placeOfCase(pkg: Package, it: Case): Point | null {
  for (const { id, type } of allFields(pkg)) {
    const value = type === 'gps' ? (it.data[id] as Partial<Point> | undefined) : undefined
    if (value && typeof value.lat === 'number' && typeof value.lon === 'number')
      return { lat: value.lat, lon: value.lon }
  }
  return null
}

/**
 * Who is asked first. Whoever takes no more comes last. By area: the smallest area; by load: the fewest open cases; nearest: the
 * shortest way, and whose place is not known after those, by area. What is alike is settled by load, then by name.
 */
export function rank(by: Assign['by'], candidates: readonly Candidate[], point: Point | null): Ranked[] {
  const ranked = candidates.map((one): Ranked => {
    const km = point && one.place ? kilometres(one.place, point) * detour : null
    return {
      ...one,
      km,
      minutes: km === null ? null : (km / speed) * 60,
      full: one.capacity !== null && one.open >= one.capacity,
    }
  })
  const area = (a: Ranked, b: Ranked) => b.area.length - a.area.length
  const load = (a: Ranked, b: Ranked) => a.open - b.open
  const near = (a: Ranked, b: Ranked) => (a.km ?? Infinity) - (b.km ?? Infinity) || 0
  const orders = { area: [area, load], load: [load, area], nearest: [near, area, load] }[by]
  return ranked.sort((a, b) => {
    if (a.full !== b.full) return a.full ? 1 : -1
    for (const order of orders) {
      const difference = order(a, b)
      if (difference !== 0 && !Number.isNaN(difference)) return difference
    }
    return a.name < b.name ? -1 : a.name > b.name ? 1 : a.post < b.post ? -1 : 1
  })
}

/** The next to be asked: the first who takes more and has not been asked yet. */
export const nextOf = (ranked: readonly Ranked[], asked: ReadonlySet<string>): Ranked | undefined =>
  ranked.find(({ full, post }) => !full && !asked.has(post))

/** The roles whose cases somebody in these roles may give to one person. */
export const assignableBy = (pkg: Package, roles: readonly string[]) =>
  pkg.roles.filter(({ assign }) => assign?.roles.some((role) => roles.includes(role)))
