/** How the devices of a polling place speak with each other. */
export { type JoinRequest, join, openPeer, type Peer, type PeerClient, Unreachable, type Vector } from './client.ts'
export { type LogStore, logRoutes } from './log-routes.ts'
export {
  bodyOf,
  type DeviceEnv,
  fromDevices,
  joinHolds,
  type KnownDevice,
  parsed,
  readRun,
  sealRequest,
  signJoin,
} from './message.ts'
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
