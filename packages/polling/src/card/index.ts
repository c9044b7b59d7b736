/** Cards of officers and trustees, their reader, and the proof of a decryption that stands in the record. */
export { backupCard, type RestoreFault, restoreCard } from './backup.ts'
export { type Card, type CardDecryption, CardGone, type CardRefusal, isOpen, type OpenCard } from './card.ts'
export type { CardContent } from './card-file.ts'
export { type CardHolder, FileCard, makeFileCard, type OpenFileCard, writeCard } from './file-card.ts'
export { type PinFault, pinFault, triesBeforeLock, triesBeforeWait } from './pin.ts'
export { openReader, type Reader } from './reader.ts'
export { usualWork, type Work } from './seal.ts'
export { type ProvedBoard, proveStronger, type StrongerRule, strongerFaults } from './stronger.ts'
