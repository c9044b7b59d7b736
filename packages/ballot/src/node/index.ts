export { type FileSource, openFileSource } from './file-source.ts'
export { Locked } from './lock.ts'
export { ArchiveStore, DamagedArchive, type Receipt, type StoreOptions, type TornTail } from './store.ts'
