/** The door to the people room. Other rooms may use only what is named here. */

export { inviteTeam } from './actions/team.ts'
export {
  type Agency,
  type AgencyKind,
  agencyKinds,
  type Region,
  type RegionKind,
  regionKinds,
  type Unit,
} from './domain/agency.ts'
export { type RoleName, roleNames } from './domain/office.ts'
export { events } from './events.ts'
export { gate, nav } from './gate.ts'
export { crons, jobs } from './jobs.ts'
export { RegionField } from './pages/region.tsx'
export {
  administered,
  isEvaluator,
  isHeadOf,
  isLocalAdminOf,
  isNational,
  isPanel,
  isUnitOf,
  unitsOf,
} from './permissions.ts'
export { routes } from './routes/index.tsx'
export {
  findAccounts,
  findAgenciesNamed,
  findAgencyNamed,
  findRegionNamed,
  listPeopleWithRole,
} from './store/lookup.ts'
export { findRegion, findRegionsNamed, searchRegions } from './store/region.ts'
export { readerOf, touchSession } from './store/session.ts'
export { words as peopleWords } from './text/index.ts'
