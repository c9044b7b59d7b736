import { type Decision, decide, refuse } from '#platform/result.ts'
import { isOver, type State } from './process.ts'

export type Party = { agency: string; unit: string | null }

/**
 * Nobody replicates what is their own: the same unit is refused, and so is the same agency where it is not known which
 * units are meant. Another unit of the owner's agency is an expansion (perluasan) and is marked as one.
 */
export function judgeParties(
  owner: { agency: string | null; unit: string | null },
  adopter: Party,
): Decision<{ expansion: boolean }, 'self-replication'> {
  if (owner.agency !== adopter.agency) return decide({ expansion: false })
  if (owner.unit === null || adopter.unit === null || owner.unit === adopter.unit) return refuse('self-replication')
  return decide({ expansion: true })
}

/** Licences (SPDX) under which anybody may copy and change: adopting needs nobody's approval. */
const open = new Set([
  'CC0-1.0',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'MIT',
  'BSD-3-Clause',
  'Apache-2.0',
  'EUPL-1.2',
  'MPL-2.0',
  'GPL-3.0-or-later',
  'AGPL-3.0-or-later',
])
export const isOpenLicence = (licence: string) => open.has(licence)

/** Whether a package may be installed now, with the replication that is under way for it. */
export function judgeLicence(licence: string, state: State | null): Decision<null, 'approval-needed'> {
  if (isOpenLicence(licence)) return decide(null)
  return state === 'approved' || state === 'implementing' || state === 'certified'
    ? decide(null)
    : refuse('approval-needed')
}

/** The state of a replication once the package is installed for it. */
export const afterInstall = (state: State): State => (state === 'approved' ? 'implementing' : state)

export type Publishing = {
  innovation: { agency: string | null; published: { package: string; agency: string } | null }
  /** What the agency runs, one of which is to be published. */
  service: {
    agency: string
    unit: string | null
    package: string
    origin: { agency: string; region?: string | undefined }
  }
  agency: { name: string; region: string | null }
  units: readonly string[]
  /** The innovation for which this package is published already. */
  publishedFor: string | null
  code: string
}
export type PublishRefusal = 'unit-unknown' | 'origin-elsewhere' | 'package-of-another' | 'other-package'

/**
 * Whether an agency may publish a package for an innovation: it is the agency's own, the package says so too, and neither
 * belongs to another already. `unit`: which of its units owns the innovation.
 */
export function judgePublication(at: Publishing, unit: string | null): Decision<null, PublishRefusal> {
  if (unit !== null && !at.units.includes(unit)) return refuse('unit-unknown')
  if (at.service.unit !== null && at.service.unit !== unit) return refuse('unit-unknown')
  if (!comesFrom(at.service.origin, at.agency)) return refuse('origin-elsewhere')
  if (at.publishedFor !== null && at.publishedFor !== at.code) return refuse('package-of-another')
  const before = at.innovation.published
  if (before && before.package !== at.service.package) return refuse('other-package')
  return decide(null)
}

/** Whether a package says of itself that it comes from this agency: by its region, or else by its name. */
function comesFrom(origin: Publishing['service']['origin'], agency: Publishing['agency']): boolean {
  if (origin.region && agency.region) return `${origin.region}.`.startsWith(`${agency.region}.`)
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/^pemerintah\s+/, '')
      .trim()
  return plain(origin.agency) === plain(agency.name)
}

export { isOver }
