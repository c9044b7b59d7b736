import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { writeSecret } from '@melayani/ballot/trustee'
import { type CardContent, type Work, writeCard } from '../card/index.ts'
import { electionFingerprint } from '../format/index.ts'
import { openMedium } from '../media/medium.ts'
import type { MadeTps } from './make-tps.ts'

export const practicePin = '260817'
/** Quick, and therefore only where nothing is at stake. */
export const quickWork: Work = { log2: 10, r: 8, p: 1 }

/**
 * A card for each officer of a made polling place, in `folder` as `<id>.card.json`, all under `practicePin`. The chair's opens the
 * roll; chair, supervisor and witnesses, in this order, hold the threshold keys, as many as there are; the outside trustee's is
 * `kabupaten.card.json`. Gives the ids in the order of the owners of keys.
 */
export function writePracticeCards(made: MadeTps, folder: string): { trustees: string[] } {
  const medium = openMedium('cards', folder)
  const elections = [electionFingerprint(made.package.ballot.election)]
  const inside = ['chair', 'supervisor', 'witness', 'officer'].flatMap((role) =>
    made.officers.filter((officer) => officer.role === role),
  )
  const holders = inside.slice(0, made.trusteeSecrets.length - 1)
  const keysOf = (owner: number) => {
    const secret = made.trusteeSecrets[owner - 1]
    return secret ? [{ secret: writeSecret(secret), elections }] : []
  }
  const empty = { keys: [], opened: [], dealing: {} }
  for (const { secret: signing, key, id, name, role, candidate } of made.officers) {
    const at = holders.findIndex((each) => each.id === id)
    const content: CardContent = {
      ...empty,
      signing,
      ...(role === 'chair' ? { rollKey: made.rollKey } : {}),
      keys: at < 0 ? [] : keysOf(at + 2),
    }
    const holder = { id, name, role, key, tps: made.package.tps.id, ...(candidate ? { candidate } : {}) }
    writeCard(medium, `${id}.card.json`, holder, content, practicePin, quickWork)
  }
  const outside = { id: 'kabupaten', name: 'Kabupaten', role: 'committee', key: made.committee.key } as const
  writeCard(
    medium,
    'kabupaten.card.json',
    outside,
    { ...empty, signing: made.committee.secret, keys: keysOf(1) },
    practicePin,
    quickWork,
  )
  return { trustees: ['kabupaten', ...holders.map(({ id }) => id)] }
}

/** Puts the card of one person into a reader, and the one that was in it back. */
export function insertCard(cards: string, reader: string, id: string | undefined): void {
  mkdirSync(reader, { recursive: true })
  pullCards(cards, reader)
  if (id) renameSync(path.join(cards, `${id}.card.json`), path.join(reader, `${id}.card.json`))
}

function pullCards(cards: string, reader: string): void {
  for (const file of existsSync(reader) ? readdirSync(reader) : [])
    if (file.endsWith('.card.json')) renameSync(path.join(reader, file), path.join(cards, file))
}
