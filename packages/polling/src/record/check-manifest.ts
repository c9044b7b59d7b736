import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { blockSizeOf, type Entry, firstEntry, lastEntry } from './container.ts'
import type { RecordContext } from './context.ts'
import { entryNames, versionEntry } from './entries.ts'
import { manifestKind, type RecordManifest } from './manifest.ts'
import { manifestShape } from './shapes.ts'

/** Entries stand in the order of `entryNames`, then by version; each once, none unknown. */
export function checkNames(context: RecordContext, entries: readonly Entry[]): void {
  const last = entries.at(-1)
  context.require('record.missing', last?.name === lastEntry, last?.name, '', lastEntry)
  let before = -1
  for (const { name } of entries.slice(1).filter(({ name }) => name !== lastEntry)) {
    const place = placeOf(name)
    context.require('record.name', place > before, name)
    before = Math.max(before, place)
  }
  const late = entries.slice(0, -1).some(({ name }) => name === lastEntry)
  context.require(
    'record.name',
    !late && entries.filter(({ name }) => name === firstEntry.name).length === 1,
    lastEntry,
  )
  for (const name of [
    'package.json',
    'station.json',
    'zero.json',
    'heads.json',
    'spoiled.json',
    'incidents.json',
    'logs.json',
    'reconciliation.json',
    'objections.json',
    'result-1.json',
  ])
    context.require('record.missing', context.entries.has(name), undefined, '', name)
}

/** Where a name stands in the one permitted order; -1 for none. */
function placeOf(name: string): number {
  const listed = (entryNames as readonly string[]).indexOf(name)
  if (listed >= 0) return listed
  const version = versionOf(name)
  if (version === undefined) return -1
  return entryNames.length + 3 * version + (name.startsWith('result') ? 0 : name.endsWith('.jpg') ? 1 : 2)
}

/** The version of the result to which an entry belongs; undefined for the others. */
function versionOf(name: string): number | undefined {
  const match = versionEntry.exec(name)
  return match ? Number(match[1] ?? match[2]) : undefined
}

/** The manifest as it was written, and each entry the one it names, by size and SHA-256. Its signatures are checked later. */
export async function readManifest(
  context: RecordContext,
  entries: readonly Entry[],
): Promise<RecordManifest | undefined> {
  const signed = await context.signed(lastEntry)
  const manifest = signed && context.parse(lastEntry, 'text', signed.text, manifestShape)
  if (!signed || !manifest) return undefined
  // One spelling only: a space or an escape more would be a byte that no signature covers.
  const bytes = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await context.bytes(lastEntry))
  context.require('manifest.text', bytes === JSON.stringify(signed), lastEntry)
  const first = await context.bytes(firstEntry.name)
  context.require('manifest.entry', new TextDecoder().decode(first) === firstEntry.body, firstEntry.name)
  // A result or plano of a version that the manifest does not know would be looked at by nobody.
  for (const { name } of entries) context.require('record.name', (versionOf(name) ?? 0) <= manifest.version, name)
  const listed = entries.slice(1, -1)
  context.require('manifest.entry', listed.length === manifest.entries.length, lastEntry, 'entries')
  for (const [i, wanted] of manifest.entries.entries()) {
    const entry = listed[i]
    if (!context.require('manifest.entry', entry?.name === wanted.name, entry?.name, `entries.${i}`, wanted.name))
      continue
    context.counts.entries++
    context.require('manifest.entry', entry!.size === wanted.size, entry!.name, 'size')
    context.require('manifest.entry', (await hashEntry(context, entry!)) === wanted.sha256, entry!.name, 'sha256')
  }
  return manifest
}

/** After package and station were read, since these say whose keys count. */
export async function checkManifestSignatures(context: RecordContext, manifest: RecordManifest): Promise<void> {
  const signed = await context.signed(lastEntry)
  if (signed) context.vouched('manifest.signature', manifestKind, signed, ['device', 'chair'], lastEntry)
  const { package: content } = context
  if (!content) return
  const same =
    manifest.package === context.packageHash &&
    manifest.mode === content.mode &&
    manifest.election === content.election.id &&
    manifest.tps === content.tps.id
  context.require('package.other', same, lastEntry)
}

/** A megabyte at a time: an archive may be larger than memory likes. */
export async function hashEntry({ source }: RecordContext, { offset, size }: Entry): Promise<string> {
  const hash = sha256.create()
  for (let at = 0; at < size; ) {
    const part = await source.read(offset + blockSizeOf + at, Math.min(1024 * 1024, size - at))
    if (part.length === 0) break
    hash.update(part)
    at += part.length
  }
  return bytesToHex(hash.digest())
}
