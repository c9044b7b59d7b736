export { type Group, type GroupName, groupNames, type Table } from './group/group.ts'
export { openGroup } from './group/index.ts'
export { platformRandom, type Random, randomScalar } from './random.ts'
