import { elsewhere, gridOf, here } from '#platform/grid.ts'
import { may } from './permissions.ts'

const things = { 'of an agency here': { agency: here.agency }, elsewhere: { agency: elsewhere.agency } }

export const grid = gridOf('exchange', may, {
  offerPackage: { things },
  endOffer: { things },
  adopt: { things },
  makeReport: { things },
  subscribe: 'everywhere',
  endSubscription: 'everywhere',
  confirmPeer: 'everywhere',
  receiveHeartbeat: 'everywhere',
})
