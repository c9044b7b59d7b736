/** What all who take part in an election need. Booths, trustees, archives and verifiers have entrances of their own. */
export * from './election.ts'
export * from './format/index.ts'
export { type Group, type GroupName, groupNames, type Table } from './group/group.ts'
export { openGroup } from './group/index.ts'
export { kernelsOnce, openKernel } from './kernel/open.ts'
export { platformRandom, type Random, randomScalar } from './random.ts'
export { type CountedBallot, encryptedTally, lastOfEach, openTally, type Tallied, type Tallying } from './tally.ts'
export { followBallot, hashOfTrackingCode } from './track.ts'
