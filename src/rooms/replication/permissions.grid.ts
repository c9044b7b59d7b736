import { elsewhere, gridOf, here } from '#platform/grid.ts'
import { may } from './permissions.ts'

const agencies = { 'of an agency here': { agency: here.agency }, elsewhere: { agency: elsewhere.agency } }
const copied = {
  'copied here': { agency: here.agency, owner: elsewhere.agency, coached: false },
  'copied from here': { agency: elsewhere.agency, owner: here.agency, coached: false },
  'in the area of a coach': { agency: elsewhere.agency, owner: null, coached: true },
}
const hubs = {
  'of the own agency': { agency: here.agency, coached: false },
  'coached by this person': { agency: null, coached: true },
  "of nobody's": { agency: null, coached: false },
}

export const grid = gridOf('replication', may, {
  publishPackage: { things: { ...agencies, "of nobody's": { agency: null } } },
  adoptPackage: { things: agencies },
  registerInterest: { things: agencies },
  seeProcess: { things: copied },
  verifyInterest: { things: copied },
  signAgreement: { things: copied },
  approveReplication: { things: copied },
  beginImplementation: { things: copied },
  certifyReplication: { things: copied },
  declineReplication: { things: copied },
  endReplication: { things: copied },
  answerQuestion: { things: agencies },
  seeOwn: 'everywhere',
  seeOverview: { things: { ...hubs, 'the whole nation': { agency: null, coached: false } } },
  addHub: 'everywhere',
  giveCoach: 'everywhere',
  endCoach: 'everywhere',
  seeSurvey: { things: hubs },
  fillSurvey: { things: hubs },
  verifySurvey: 'everywhere',
})
