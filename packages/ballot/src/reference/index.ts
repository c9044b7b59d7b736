export type { Fault } from './findings.ts'
export { type ReferenceReport, type Stage, verifyReference } from './verify.ts'
