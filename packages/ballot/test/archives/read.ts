import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const readFixture = (name: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(join(import.meta.dirname, `${name}.bel`)))

export type Secrets = { credentials: string[]; singles: string[]; seeds: string[] }

/** All secrets of an archive that `list.ts` marks so. */
export const readSecrets = (name: string): Secrets =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${name}.secrets.json`), 'utf8'))
