/** The door to the people room. Other rooms may use only what is named here. */

export { type Agency, type AgencyKind, agencyKinds, type RoleName, roleNames, type Unit } from './domain.ts'
export { gate, nav } from './gate.ts'
export { administered, isEvaluator, isLocalAdminOf, isNational, isPanel, isUnitOf, unitsOf } from './permissions.ts'
export { routes } from './routes.tsx'
export { findAgencyNamed, findRegionNamed, listPeopleWithRole } from './store/lookup.ts'
export { readerOf, touchSession } from './store/session.ts'
export { words as peopleWords } from './text/index.ts'
