import { hash } from 'node:crypto'
import type { TextHash } from '../verify/text-hash.ts'

/** Node's own SHA-256 in one call. */
export const nodeTextHash: TextHash = (text, form) =>
  form === 'hex' ? hash('sha256', text, 'hex') : hash('sha256', text, 'base64').slice(0, 43)
