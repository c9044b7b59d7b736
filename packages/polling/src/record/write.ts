import { hashOf, type Signature } from '../format/index.ts'
import { firstEntry, lastEntry, writeContainer } from './container.ts'
import { manifestKind, type RecordManifest } from './manifest.ts'

/**
 * The public record of one polling place as bytes. `entries` in the order of `entryNames`, then the results and planos by
 * version. `sign` is called once with the kind and text of the manifest: the station and the chair sign it.
 */
export function writeRecord(
  about: Omit<RecordManifest, 'format' | 'entries'>,
  entries: readonly { readonly name: string; readonly body: Uint8Array }[],
  sign: (kind: string, text: string) => readonly Signature[],
): Uint8Array {
  const manifest: RecordManifest = {
    format: 'melayani-record/1',
    ...about,
    entries: entries.map(({ name, body }) => ({ name, size: body.length, sha256: hashOf(body) })),
  }
  const text = JSON.stringify(manifest)
  const signed = JSON.stringify({ text, signatures: sign(manifestKind, text) })
  const bytes = (body: string) => new TextEncoder().encode(body)
  return writeContainer([
    { name: firstEntry.name, body: bytes(firstEntry.body) },
    ...entries,
    { name: lastEntry, body: bytes(signed) },
  ])
}
