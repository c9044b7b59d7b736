import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

/** What the chip of an identity card tells. Kept in memory while the voter stands at the desk, and written nowhere. */
export type CitizenCard = {
  readonly nik: string
  readonly name: string
  /** JPEG in base64. */
  readonly photo?: string
}

/**
 * A reader of e-KTP. Behind it, in a real one, are the contactless interface (ISO 14443 A/B), the security module (SAM) that
 * only Dukcapil issues and that opens the chip, and the finger sensor whose print the module compares with the one in the
 * chip: 1:1, and no print leaves the reader.
 */
export interface CardReader {
  readonly name: string
  /** `broken`: something lies there and does not answer as a card in time. */
  read(): Promise<CitizenCard | 'absent' | 'broken'>
  /** Compares a finger with the card that was read last. `gone`: that card lies there no more. */
  finger(): Promise<'match' | 'no-match' | 'gone'>
}

/** A reader that takes longer than this has a card it cannot read (R3: ten seconds for the photograph). Milliseconds. */
export const readerPatience = 10_000

const suffix = '.ektp.json'
const cardFile = z.object({
  nik: z.string().regex(/^999999\d{10}$/),
  name: z.string(),
  photo: z.string().optional(),
  /** The chip does not answer. */
  broken: z.literal(true).optional(),
  /** Milliseconds until the chip, or the finger sensor, has an answer. */
  latency: z.number().min(0).optional(),
  /** So many first tries of the finger fail. */
  failures: z.number().int().min(0).optional(),
})

/**
 * The simulator: a folder, and the file in it that ends in `.ektp.json` is the card on the reader. It reads only numbers of the
 * region 999999, which does not exist, so that nobody feeds it a real card's data.
 */
export function openCardSimulator(folder: string, patience = readerPatience): CardReader {
  let laid: { file: string; tries: number } | undefined
  const look = () => {
    try {
      const files = readdirSync(folder).filter((file) => file.endsWith(suffix))
      // Two cards on one reader disturb each other.
      return files.length === 0 ? undefined : files.length > 1 ? 'several' : files[0]!
    } catch {
      return undefined
    }
  }
  const contentOf = (file: string) => {
    try {
      return cardFile.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
    } catch {
      return undefined
    }
  }
  return {
    name: 'simulator',
    async read() {
      laid = undefined
      const file = look()
      if (!file) return 'absent'
      const card = file === 'several' ? undefined : contentOf(file)
      await wait(Math.min(card?.latency ?? 0, patience))
      if (!card || card.broken || (card.latency ?? 0) > patience) return 'broken'
      laid = { file, tries: 0 }
      const { nik, name, photo } = card
      return { nik, name, ...(photo ? { photo } : {}) }
    },
    async finger() {
      const card = laid && look() === laid.file ? contentOf(laid.file) : undefined
      if (!card || !laid) return 'gone'
      await wait(Math.min(card.latency ?? 0, patience))
      return laid.tries++ < (card.failures ?? 0) ? 'no-match' : 'match'
    },
  }
}
