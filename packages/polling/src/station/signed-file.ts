import type { Signature, Signed } from '../format/index.ts'
import { type Files, readJson } from './files.ts'

/** Adds signatures to a stored document; one who has signed already is not there twice. */
export function addSignatures(files: Files, name: string, more: readonly Signature[]): void {
  const signed = readJson<Signed>(files, name)
  if (!signed) throw new Error(`${name} is not there`)
  const fresh = more.filter(({ key }) => !signed.signatures.some((each) => each.key === key))
  if (fresh.length > 0)
    files.put(name, JSON.stringify({ text: signed.text, signatures: [...signed.signatures, ...fresh] }))
}
