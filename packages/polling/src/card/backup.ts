import { platformRandom } from '@melayani/ballot'
import { drawCredential, readCredential, withCheck } from '@melayani/ballot/cast'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { hashOf, roles } from '../format/index.ts'
import type { Medium } from '../media/medium.ts'
import { readContent } from './card-file.ts'
import { type OpenFileCard, writeCard } from './file-card.ts'
import { pinFault } from './pin.ts'
import { openText, sealText, usualWork, type Work } from './seal.ts'

/**
 * A trustee's card once more, for the day on which it breaks (R71). The file is worth nothing without a code of 128 bits that is
 * printed once and sealed in an envelope; file and envelope are kept by two different people. Whoever holds both holds the card:
 * they are brought together before witnesses only, and the report says so.
 */
const backup = z.strictObject({
  form: z.literal('melayani-card-backup/1'),
  id: z.string().min(1),
  name: z.string().min(1),
  role: z.enum(roles),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  tps: z.string().optional(),
  candidate: z.number().int().positive().optional(),
  /** Names the code without giving it away: beside it on the paper in the envelope. */
  code: z.string(),
  sealed: z.string(),
})
type Backup = z.infer<typeof backup>

const about = ({ id, name, role, key, tps, candidate }: Omit<Backup, 'sealed' | 'code' | 'form'>) =>
  JSON.stringify(['melayani-card-backup/1', id, name, role, key, tps ?? null, candidate ?? null])
/** The code has 128 random bits: a slow hash would add nothing. */
const keyOf = (code: string) => sha256(utf8ToBytes(`melayani/card-backup/1\n${code}`))
const markOf = (code: string) => hashOf(`melayani/card-backup-mark/1\n${code}`).slice(0, 8)

/** The backup of an open card, and the code for the envelope: 24 characters that check themselves. */
export function backupCard(card: OpenFileCard): { readonly text: string; readonly code: string } {
  const code = withCheck(drawCredential(platformRandom))
  const face = {
    id: card.id,
    name: card.name,
    role: card.role,
    key: card.key,
    ...(card.tps === undefined ? {} : { tps: card.tps }),
    ...(card.candidate === undefined ? {} : { candidate: card.candidate }),
  }
  const sealed = sealText(keyOf(code), JSON.stringify(card.content()), about(face))
  const text = JSON.stringify({ form: 'melayani-card-backup/1', ...face, code: markOf(code), sealed })
  return { text, code }
}

export type RestoreFault = 'form' | 'code' | 'other-code' | 'broken'

/**
 * Writes a card again from its backup under a new PIN. It remembers only what the card had opened when the backup was made:
 * what was opened later must be known from the reports, as for every copy. Throws on a PIN with a fault, and where there is a
 * card.
 */
export function restoreCard(
  medium: Medium,
  file: string,
  text: string,
  typed: string,
  pin: string,
  work: Work = usualWork,
): { readonly fault: RestoreFault } | undefined {
  if (pinFault(pin)) throw new RangeError(`a PIN that is ${pinFault(pin)}`)
  if (medium.read(file)) throw new Error(`there is a card in ${file} already`)
  let held: Backup
  try {
    held = backup.parse(JSON.parse(text))
  } catch {
    return { fault: 'form' }
  }
  const read = readCredential(typed)
  if (!('credential' in read) || typed.replaceAll(/[\s-]/g, '').length !== 24) return { fault: 'code' }
  const code = withCheck(read.credential)
  if (markOf(code) !== held.code) return { fault: 'other-code' }
  const content = openText(keyOf(code), held.sealed, about(held))
  if (content === undefined) return { fault: 'broken' }
  const { id, name, role, key, tps, candidate } = held
  const holder = { id, name, role, key, ...(tps ? { tps } : {}), ...(candidate ? { candidate } : {}) }
  writeCard(medium, file, holder, readContent(content), pin, work)
  return undefined
}
