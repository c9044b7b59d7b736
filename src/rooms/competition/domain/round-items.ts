import { isList, type Json } from './paths.ts'
import { child, keyOf, put } from './round-document.ts'

type Named = { key: string; label: { id: string; en: string }; kind: string }

/** Lists that may become empty; every other one keeps at least one item. */
const mayBeEmpty = ['head', 'foot', 'select.topLevels', 'select.priorities']

/** A document without one item, and without what spoke of it; null when it is the last one of a list that needs one. */
export function removed(document: Json, item: string): Json | null {
  const steps = item.split('.')
  const key = steps.at(-1)!
  const list = steps.slice(0, -1)
  const items = list.reduce<Json | undefined>(child, document)
  if (items === undefined || items === null || typeof items !== 'object' || !isList(items)) return document
  const left = items.filter((each) => keyOf(each) !== key)
  if (left.length === 0 && !mayBeEmpty.includes(list.join('.'))) return null
  const next = put(document, list, left)
  if (item.startsWith('groups.') && steps.length === 2) return withoutGroup(next as Rough, key)
  if (item.startsWith('categories.')) return withoutCategory(next as Rough, key)
  return next
}

type Rough = { [name: string]: Json }
const without = (record: Json | undefined, key: string): Json =>
  Object.fromEntries(Object.entries((record ?? {}) as Rough).filter(([name]) => name !== key))

function withoutGroup(document: Rough, group: string): Json {
  const select = document.select as Rough
  return {
    ...document,
    quotas: without(document.quotas, group),
    select: {
      ...select,
      byGroup: without(select.byGroup, group),
      topLevels: (select.topLevels as readonly Rough[]).filter((level) => level.group !== group),
    },
    clusters: (document.clusters as readonly Rough[]).map((cluster) =>
      cluster.quota === null ? cluster : { ...cluster, quota: without(cluster.quota, group) },
    ),
  }
}

function withoutCategory(document: Rough, category: string): Json {
  return {
    ...document,
    groups: (document.groups as readonly Rough[]).map((group) => ({
      ...group,
      ageExceptions: (group.ageExceptions as readonly Rough[]).filter((each) => each.category !== category),
    })),
  }
}

/** A document with one more item at the end of a list, filled in as far as nobody needs to be asked. */
export function added(document: Json, list: string, named: Named): Json {
  const steps = list.split('.')
  const items = steps.reduce<Json | undefined>(child, document)
  if (items === undefined || items === null || typeof items !== 'object' || !isList(items)) return document
  const next = put(document, steps, [...items, newItem(list, named, items)]) as Rough
  if (list !== 'groups') return next
  const select = next.select as Rough
  return {
    ...next,
    quotas: { ...(next.quotas as Rough), [named.key]: null },
    select: { ...select, byGroup: { ...(select.byGroup as Rough), [named.key]: null } },
  }
}

function newItem(list: string, { key, label, kind }: Named, items: readonly Json[]): Json {
  const item: Rough = { key, label }
  if (list === 'categories' || list === 'select.priorities') return item
  // A new group asks what the first one asks, until somebody changes it.
  if (list === 'groups') return { ...(items[0] as Rough), ...item, excludedBy: [], needsOneOf: [], source: null }
  if (list === 'clusters') return { ...item, agencyKinds: [kind], quota: null, nomineeFactor: 2 }
  if (list === 'select.topLevels') return { ...item, group: null, count: null }
  if (list === 'interview.sheet') return { ...item, weight: 0 }
  if (list === 'stages') return { ...item, kind, ...stageParts[kind] }
  return { ...item, help: label, kind, required: false, public: false, scored: false, ...questionParts[kind] }
}

const stageParts: Record<string, Rough> = {
  'ministry-feasibility': { weight: 0, reviewersPerProposal: 2 },
  scoring: { weight: 0 },
  panel: { membersPerProposal: 2 },
  interview: { weight: 0, online: true },
  'field-verification': { online: false, minPanel: 1, minEvaluators: 1, proposals: null },
  'public-rating': { weight: 0, minRatings: 0 },
}
const questionParts: Record<string, Rough> = {
  file: { evidence: { required: true, accept: ['pdf'], maxMb: 2, max: 1 } },
}
