/** How the devices of a polling place speak with each other. */
export { type JoinRequest, join, openPeer, type Peer, type PeerClient, Unreachable, type Vector } from './client.ts'
export { type LogStore, logRoutes } from './log-routes.ts'
export { answerHolds, type DeviceEnv, fromDevice, type KnownDevice, signedHeaders } from './message.ts'
export {
  type Certificate,
  certificateKind,
  deviceFingerprint,
  devicesOf,
  type HubState,
  type Queue,
  readCertificate,
  readState,
  type Stage,
  signAsStation,
  stateKind,
  usedMark,
} from './state.ts'
