import { elsewhere, gridOf, here } from '#platform/grid.ts'
import { may } from './permissions.ts'

const agencies = { 'of an agency here': { agency: here.agency }, elsewhere: { agency: elsewhere.agency } }
const elections = {
  'of an agency here': { agency: here.agency, member: null },
  elsewhere: { agency: elsewhere.agency, member: null },
  'of the own committee': { agency: elsewhere.agency, member: 'member' as const },
  'of the committee that this person chairs': { agency: elsewhere.agency, member: 'chair' as const },
}

export const grid = gridOf('voting', may, {
  openWave: { things: agencies },
  addElection: { things: agencies },
  changeRules: { things: agencies },
  appointCommittee: { things: agencies },
  seeOwn: 'everywhere',
  seeOffice: { things: elections },
  keepCandidate: { things: elections },
  drawNumbers: { things: elections },
  confirmDraw: { things: elections },
  confirmProof: { things: elections },
  keepPlace: { things: elections },
  keepOfficer: { things: elections },
  answerReadiness: { things: elections },
  signReadiness: { things: elections },
  orderCeremony: { things: elections },
  takeCeremony: { things: elections },
  makePackages: { things: agencies },
  sealPackages: { things: elections },
  recordDestruction: { things: elections },
  takePackage: { things: elections },
  bringResult: 'everywhere',
  readPhoto: 'everywhere',
  typeSheet: { things: elections },
  settleVersions: { things: elections },
  enterTieFact: { things: elections },
  keepRoll: { things: elections },
  fixRoll: { things: elections },
  signRoll: { things: elections },
  noteDelivery: { things: elections },
  fileObjection: 'everywhere',
  answerObjection: { things: elections },
  decideObjection: { things: agencies },
  keepAudit: { things: elections },
  countSlips: { things: elections },
  endAudit: { things: elections },
})
