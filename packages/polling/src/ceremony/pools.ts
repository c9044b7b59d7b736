import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { openGroup, readElection } from '@melayani/ballot'
import { hashOf } from '../format/index.ts'
import type { Ceremony } from './ceremony.ts'
import { drawPool } from './pool.ts'
import { tokenSheets } from './token-sheets.ts'

/**
 * The folder in which sheets of tokens lie until they are printed and counted. It should be in memory (a tmpfs, as /dev/shm is),
 * because what was once on a disk can be found there again.
 */
export type Prints = { readonly folder: string }

/** Draws the tokens of a polling place and writes their sheets. Their private halves are nowhere else. Gives the file's path. */
export async function printPool(ceremony: Ceremony, { folder }: Prints, tps: string): Promise<string> {
  const place = ceremony.order.tps.find(({ id }) => id === tps)
  if (!place || ceremony.phase() !== 'pools') throw new Error('the keys come before the tokens')
  const earlier = ceremony.state.pools[tps]
  if (earlier?.stage === 'counted') throw new Error('the tokens of this polling place are counted and sealed')
  const { election, mode } = ceremony.order
  const text = ceremony.state.elections[tps]!
  const { tokens, credentials } = drawPool(openGroup(ceremony.order.group), readElection(text).uuid, place.pool)
  const head = { village: election.village, election: election.name, tps: place.number, practice: mode === 'practice' }
  const drawing = (earlier?.drawing ?? 0) + 1
  const file = `token-tps-${place.number}-${drawing}.pdf`
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const sheets = await tokenSheets(head, hashOf(credentials), tokens)
  if (earlier) wipe(path.join(folder, earlier.file))
  writeFileSync(path.join(folder, file), sheets, { mode: 0o600 })
  const pools = { ...ceremony.state.pools, [tps]: { stage: 'printed' as const, credentials, file, drawing } }
  ceremony.keepPools(pools, earlier ? 'tokens-drawn-again' : 'tokens-drawn', `TPS ${place.number}`)
  return path.join(folder, file)
}

/**
 * The tokens were cut apart, counted before all, and sealed: from now on they are the polling place's, and the sheets' file is
 * overwritten and removed. Another number than there are: nothing is done, and the number is given.
 */
export function countPool(
  ceremony: Ceremony,
  { folder }: Prints,
  tps: string,
  counted: number,
): { refused: 'count' | 'not-printed'; expected: number } | undefined {
  const place = ceremony.order.tps.find(({ id }) => id === tps)
  const pool = ceremony.state.pools[tps]
  if (!place || pool?.stage !== 'printed') return { refused: 'not-printed', expected: place?.pool ?? 0 }
  if (counted !== place.pool) return { refused: 'count', expected: place.pool }
  wipe(path.join(folder, pool.file))
  const pools = { ...ceremony.state.pools, [tps]: { ...pool, stage: 'counted' as const } }
  ceremony.keepPools(pools, 'tokens-sealed', `TPS ${place.number}`)
  return undefined
}

/** Files that no drawing knows: of one that was cut off, or whose tokens were counted just before. */
export function wipeLeftovers(ceremony: Ceremony, { folder }: Prints): string[] {
  if (!existsSync(folder)) return []
  const known = new Set(
    Object.values(ceremony.state.pools).flatMap(({ stage, file }) => (stage === 'printed' ? [file] : [])),
  )
  const left = readdirSync(folder).filter((file) => file.startsWith('token-tps-') && !known.has(file))
  for (const file of left) wipe(path.join(folder, file))
  return left
}

/** Whether the sheets of a drawing are still to be had; after a power cut a folder in memory is empty. */
export const sheetsThere = (ceremony: Ceremony, { folder }: Prints, tps: string): boolean => {
  const pool = ceremony.state.pools[tps]
  return pool?.stage === 'printed' && existsSync(path.join(folder, pool.file))
}

/** Overwritten, then removed. On a flash disk the old bytes may live on in spare cells: hence the folder in memory. */
function wipe(file: string): void {
  if (!existsSync(file)) return
  const descriptor = openSync(file, 'r+')
  try {
    writeSync(descriptor, randomBytes(statSync(file).size), 0, undefined, 0)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  unlinkSync(file)
}
