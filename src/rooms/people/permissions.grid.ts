import { elsewhere, gridOf, here } from '#platform/grid.ts'
import { roleNames } from './domain/office.ts'
import { may } from './permissions.ts'

const accounts = {
  own: (actor: { id: string | null }) => ({ id: actor.id ?? '' }),
  "somebody else's": { id: elsewhere.person },
}
/** Every office there is, where it belongs: the nation's have no agency. */
const offices = Object.fromEntries(
  roleNames.map((role) => [
    role,
    { role, agency: ['local-admin', 'deputy', 'unit'].includes(role) ? here.agency : null },
  ]),
)
const caredFor = Object.fromEntries(
  Object.entries(offices).map(([name, office]) => [name, { id: elsewhere.person, offices: [office] }]),
)
/** Somebody's account by the offices it holds: one, several of one agency or of two, none. */
const cared = {
  ...caredFor,
  'unit and deputy': { id: elsewhere.person, offices: [offices.unit!, offices.deputy!] },
  'unit here and elsewhere': {
    id: elsewhere.person,
    offices: [offices.unit!, { role: 'unit' as const, agency: elsewhere.agency }],
  },
  'no office': { id: elsewhere.person, offices: [] },
}
const invitations = {
  ...Object.fromEntries(Object.entries(offices).map(([name, office]) => [name, { ...office, hand_over: null }])),
  'local-admin, hand-over': { role: 'local-admin' as const, agency: here.agency, hand_over: 'x' },
}

export const grid = gridOf('people', may, {
  changeOwnPassword: { things: accounts },
  changeOwnProfile: { things: accounts },
  closeOwnAccount: { things: accounts },
  closeAccount: { things: cared },
  replacePassword: { things: cared },
  changeOwnFactor: { things: accounts },
  clearFactor: { things: accounts },
  endSession: {
    things: { own: (actor) => ({ person: actor.id ?? '' }), "somebody else's": { person: elsewhere.person } },
  },
  seeAgencies: 'everywhere',
  seeAgency: { things: { '': { id: here.agency } } },
  addAgency: 'everywhere',
  changeAgency: 'everywhere',
  importAgencies: 'everywhere',
  addUnit: { things: { '': { id: here.agency } } },
  importUnits: { things: { '': { id: here.agency } } },
  renameUnit: { things: { '': { agency: here.agency } } },
  invite: { things: offices },
  resendInvitation: { things: invitations },
  revokeInvitation: { things: invitations },
  endRole: { things: offices },
  handOver: { things: { '': { agency: here.agency } } },
  seeTeam: 'everywhere',
  seeAudit: 'everywhere',
  seeOutbox: 'everywhere',
})
