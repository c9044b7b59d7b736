import type { ElectionPackage } from '../format/index.ts'
import { choiceName, openingSheet, receipt, slip } from '../print/index.ts'
import type { Papers } from './voter.ts'

/** The papers of booth `number`. The slip is the same whatever language the voter reads: it is counted by hand. */
export const papersOf = (content: ElectionPackage, booth: number): Papers => ({
  receipt: (code) =>
    receipt({ package: content, code, ...(content.centre.address ? { address: content.centre.address } : {}) }),
  slip: (choice, again) => slip({ package: content, booth, choice, ...(again ? { marks: ['reprint'] } : {}) }),
  opening: (choice, code, record) =>
    openingSheet({ package: content, code, record, chosen: choiceName(content, choice) }),
})
