/** The door to the services. Other rooms may use only what is named here. */

export { writeStories } from './actions/bulk.ts'
export { countNightly } from './actions/figures.ts'
export { installLocal } from './actions/local.ts'
export { installPackage } from './actions/service.ts'
export { beginUpgrade } from './actions/upgrade.ts'
export { nationalHolidays } from './domain/holidays.ts'
export {
  type Examined,
  examine,
  hashOf,
  type Install,
  type Installer,
  type InstallRefusal,
  judgeInstall,
  type Offer,
  type Released,
} from './domain/installing.ts'
export type { Files } from './domain/package/archive.ts'
export { badName } from './domain/package/archive.ts'
export { type Kind, kinds, type Package, schemaOf } from './domain/package/format/index.ts'
export { limits } from './domain/package/limits.ts'
export { asLine, type Problem, type Reading, refuses } from './domain/package/problem.ts'
export { asJson, readPackage, readSealed } from './domain/package/read.ts'
export { publicKeyText, sealed } from './domain/package/seal.ts'
export { filesOf } from './domain/package/write.ts'
export type { Story } from './domain/playing.ts'
export { prove, type Rehearsal, rehearse } from './domain/rehearsal.ts'
export { events } from './events/index.ts'
export { crons, jobs } from './jobs.ts'
export { nav } from './nav.ts'
export { routes } from './routes/index.tsx'
export { knowOffersElsewhere, type OfferedElsewhere } from './store/elsewhere.ts'
export { publishedBy, publishedText } from './store/embedding.ts'
export { type Figures, figuresOf } from './store/figures.ts'
export { packageOf, packagesOf } from './store/package.ts'
export { isPublisher, savePublisher } from './store/publisher.ts'
export { type Running, runningOf } from './store/running.ts'
export { findInstaller, holdInstaller, saveInstall, sealOf } from './store/service.ts'
