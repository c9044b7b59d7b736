import type { Signed } from '../format/index.ts'
import type { ZeroReport } from '../record/index.ts'
import { readJson } from './files.ts'
import type { Station } from './station.ts'

export const zeroFile = 'zero.json'

/**
 * The zero report (R33, R37): what this polling place has before the first voter. Number, name and photograph's hash of each
 * candidate stand in it, so that witnesses compare them with the drawn numbers once more on paper.
 */
export const zeroReport = ({ content, hash, software, boxes, state }: Station, tokens: number): ZeroReport => ({
  package: hash,
  software,
  roll: { count: content.roll.count, additional: content.roll.additional, hash: content.roll.hash },
  tokens,
  candidates: content.candidates.map(({ number, name, photoHash }) => ({
    number,
    name,
    ...(photoHash ? { photoHash } : {}),
  })),
  boxes: state()
    .devices.filter(({ as }) => as === 'booth')
    .map(({ device }) => {
      if (boxes.open(device).all().length > 0) throw new Error(`the box of ${device} is not empty`)
      return { device, ballots: 0 as const }
    }),
})

export const readZero = ({ files }: Station): Signed | undefined => readJson<Signed>(files, zeroFile)
