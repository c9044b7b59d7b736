import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { type Cut, type Medium, openMedium } from '../media/medium.ts'
import { readCardFile } from './card-file.ts'
import { type Clock, FileCard } from './file-card.ts'

/**
 * The simulator of a card reader: a folder. The file in it whose name ends in `.card.json` is the card that is inserted;
 * moving it out pulls the card. Two at once are like two cards pushed into one slot: none is read.
 */
export type Reader = {
  readonly folder: string
  /** Where a new card is written, into an empty reader. */
  readonly medium: Medium
  readonly state: () => 'empty' | 'card' | 'several' | 'unreadable'
  readonly card: () => FileCard | undefined
}

const suffix = '.card.json'

export function openReader(folder: string, { cut, clock = Date.now }: { cut?: Cut; clock?: Clock } = {}): Reader {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const medium = openMedium(`reader ${path.basename(folder)}`, folder, cut)
  const inserted = () => {
    try {
      return readdirSync(folder).filter((file) => file.endsWith(suffix))
    } catch {
      // The folder is a stick that was pulled out.
      return []
    }
  }
  const look = () => {
    const files = inserted()
    if (files.length !== 1) return files.length === 0 ? 'empty' : 'several'
    const bytes = medium.read(files[0]!)
    const face = bytes && readCardFile(bytes)
    return face ? new FileCard(medium, files[0]!, face, clock) : 'unreadable'
  }
  return {
    folder,
    medium,
    state: () => {
      const found = look()
      return typeof found === 'string' ? found : 'card'
    },
    card: () => {
      const found = look()
      return typeof found === 'string' ? undefined : found
    },
  }
}
