import { elsewhere, gridOf, here } from '#platform/grid.ts'
import { may } from './permissions.ts'

const things = { 'of an agency here': { agency: here.agency }, elsewhere: { agency: elsewhere.agency } }
const cases = { 'in a role of the package': { roles: ['bidan'] }, 'in no role': { roles: [] } }

const pairs = {
  'in a role that knows both and sees all values': { merges: true },
  'in another role': { merges: false },
}

export const grid = gridOf('services', may, {
  installPackage: { things },
  changeSetting: { things },
  giveRole: { things },
  endRole: { things },
  trustPublisher: 'everywhere',
  openCase: { things: cases },
  moveCase: { things: cases },
  withdrawConsent: {
    things: {
      'in a role that sees the person': { seesPerson: true },
      'in a role that does not': { seesPerson: false },
    },
  },
  installLocal: { things },
  upgrade: { things },
  offerImprovement: { things },
  answerImprovement: {
    things: {
      'offered to an agency here': { upstream: here.agency },
      'offered elsewhere': { upstream: elsewhere.agency },
    },
  },
  publishFigures: { things },
  readCount: {
    things: {
      'working in it': { agency: elsewhere.agency, works: true },
      'of an agency here': { agency: here.agency, works: false },
      elsewhere: { agency: elsewhere.agency, works: false },
    },
  },
  handOver: { things },
  setPost: { things },
  seeLedger: { things },
  assignCase: {
    things: { 'in a role that gives cases to it': { assigns: true }, 'in another role': { assigns: false } },
  },
  answerOffer: { things: { 'offered to her': { mine: true }, 'offered to somebody else': { mine: false } } },
  mergeCases: { things: pairs },
  partCases: { things: pairs },
  startDraft: { things },
  editDraft: { things },
  tryDraft: { things },
  publishDraft: { things },
  dropDraft: { things },
  handInReport: {
    things: { 'of a service in which she had a role': { roles: ['bidan'] }, 'of another': { roles: [] } },
  },
  decideHeldReport: { things },
  retireService: { things },
  manageGateway: { things },
  manageLink: { things },
  manageAccount: { things },
  manageHook: { things },
  hearMessage: 'everywhere',
  rateService: { things: { 'of a case that ended': { closed: true }, 'of a case that goes on': { closed: false } } },
  seePhones: {
    things: {
      'of a demo agency': { agency: here.agency, demo: true },
      'of any other': { agency: here.agency, demo: false },
    },
  },
  readWords: { things },
  keepContact: {
    things: { 'the own number': ({ id }) => ({ person: id ?? '' }), 'of somebody else': { person: 'other' } },
  },
})
