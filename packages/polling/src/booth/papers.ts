import type { ElectionPackage } from '../format/index.ts'
import { choiceName, escPos, JpegError, openingSheet, receipt, slip } from '../print/index.ts'
import type { Papers } from './voter.ts'

/** Numbers of the candidates whose slip cannot be drawn: their photograph is of a form that no printer of ours reads. */
export const undrawable = (content: ElectionPackage): number[] =>
  content.candidates.flatMap(({ number }) => {
    try {
      escPos(slip({ package: content, choice: number }))
      return []
    } catch (error) {
      if (!(error instanceof JpegError)) throw error
      return [number]
    }
  })

/** The papers of a booth. The slip is the same whatever language the voter reads: it is counted by hand. */
export const papersOf = (content: ElectionPackage): Papers => ({
  receipt: (code) =>
    receipt({ package: content, code, ...(content.centre.address ? { address: content.centre.address } : {}) }),
  slip: (choice, again) => slip({ package: content, choice, ...(again ? { marks: ['reprint'] } : {}) }),
  opening: (choice, code, record) =>
    openingSheet({ package: content, code, record, chosen: choiceName(content, choice) }),
})
