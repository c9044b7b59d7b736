import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { type Files, pack, unpack } from './archive.ts'
import { compareVersions } from './format/manifest.ts'
import { type Problem, problem, type Reading } from './problem.ts'

/**
 * A sealed package (`.melayani`): a zip of the package's documents as JSON, `seal.json` with the SHA-256 of each and
 * who publishes it, and `seal.sig`, the Ed25519 signature (RFC 8032) of the publishing agency over the bytes of seal.json.
 */
const seal = z.strictObject({
  format: z.literal('melayani.seal/1'),
  id: z.string().max(100),
  version: z.string().max(30),
  publisher: z.string().min(2).max(200),
  /** The agency's public key: 32 bytes, base64url. */
  key: z.string().regex(/^[\w-]{43}$/),
  files: z.record(z.string().max(100), z.string().regex(/^[0-9a-f]{64}$/)),
})
export type Seal = z.infer<typeof seal>

/** What the reader knows beforehand. */
export type Trust = {
  /** Keys of agencies whose packages may be installed, by key. Whose they are is the installation's business. */
  keys: ReadonlySet<string>
  /** What is installed already, by package. */
  installed?: ReadonlyMap<string, { version: string; key: string; hash: string }>
}

export function publicKeyText(key: KeyObject): string {
  return (createPublicKey(key).export({ format: 'jwk' }) as { x: string }).x
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

type About = { id: string; version: string; publisher: string }

/** Hashes of these documents (JSON files by path), in the order in which a seal names them. */
export function hashesOf(files: Files): Record<string, string> {
  return Object.fromEntries(
    [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, bytes]) => [path, sha256(bytes)]),
  )
}

/** What is signed: the same bytes whoever writes them, so that a signature made elsewhere fits. */
export function sealText(files: Files, about: About, key: string): Uint8Array {
  const text: Seal = { format: 'melayani.seal/1', ...about, key, files: hashesOf(files) }
  return new TextEncoder().encode(`${JSON.stringify(text, undefined, 2)}\n`)
}

/** The sealed file of these documents, signed with the agency's private key. */
export function sealed(files: Files, about: About, key: KeyObject): Uint8Array {
  const bytes = sealText(files, about, publicKeyText(key))
  return packed(files, bytes, sign(null, bytes, key).toString('base64url'))
}

/** The sealed file with a signature that was made where the key is; undefined where it does not fit. */
export function sealedWith(files: Files, about: About, key: string, signature: string): Uint8Array | undefined {
  const bytes = sealText(files, about, key)
  const text = new TextEncoder().encode(signature)
  return readSeal(bytes) && signed(bytes, text, key) ? packed(files, bytes, signature) : undefined
}

const packed = (files: Files, seal: Uint8Array, signature: string) =>
  pack(new Map([...files, ['seal.json', seal], ['seal.sig', new TextEncoder().encode(signature)]]))

/**
 * The documents of a sealed file, when it is whole, signed by a key that is trusted, and not older than what is
 * installed. What the documents say is not looked at here; see read.ts.
 */
export function unseal(bytes: Uint8Array, trust: Trust): Reading<{ files: Files; seal: Seal; hash: string }> {
  const unpacked = unpack(bytes)
  if (!unpacked.ok) return unpacked
  const files = unpacked.value
  const stop = (rule: string, says: string, file = '') => ({
    ok: false as const,
    problems: [problem(rule, says, file)],
  })
  const sealBytes = files.get('seal.json')
  const signature = files.get('seal.sig')
  if (!sealBytes || !signature) return stop('unsealed', 'there is no seal.json or no seal.sig in it')
  const read = readSeal(sealBytes)
  if (!read) return stop('seal-broken', 'is not a seal', 'seal.json')
  if (!signed(sealBytes, signature, read.key))
    return stop('signature-wrong', 'the signature is not that of the key in the seal', 'seal.sig')
  if (!trust.keys.has(read.key))
    return stop('publisher-unknown', `${read.publisher} is not among the trusted publishers`, 'seal.json')
  files.delete('seal.json')
  files.delete('seal.sig')
  const found = differences(files, read)
  if (found.length > 0) return { ok: false, problems: found }
  const hash = sha256(sealBytes)
  const old = trust.installed?.get(read.id)
  if (old && old.key !== read.key)
    return stop('publisher-changed', 'this package was published with another key before', 'seal.json')
  const order = old && compareVersions(read.version, old.version)
  if (order !== undefined && order < 0)
    return stop('version-downgraded', `version ${old!.version} is installed, and this is ${read.version}`, 'seal.json')
  if (order === 0 && hash !== old!.hash)
    return stop('version-reused', `version ${read.version} was published with another content`, 'seal.json')
  return { ok: true, value: { files, seal: read, hash }, problems: [] }
}

function readSeal(bytes: Uint8Array): Seal | undefined {
  try {
    const result = seal.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    return result.success && /^\d+\.\d+\.\d+$/.test(result.data.version) ? result.data : undefined
  } catch {
    return undefined
  }
}

function signed(bytes: Uint8Array, signature: Uint8Array, key: string): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' })
    const raw = Buffer.from(Buffer.from(signature).toString('latin1'), 'base64url')
    return raw.length === 64 && verify(null, bytes, publicKey, raw)
  } catch {
    return false
  }
}

function differences(files: Files, { files: hashes }: Seal): Problem[] {
  const found: Problem[] = []
  for (const [path, bytes] of files) {
    if (!Object.hasOwn(hashes, path))
      found.push(problem('unlisted-file', 'is in the package but not in the seal', path))
    else if (sha256(bytes) !== hashes[path])
      found.push(problem('file-tampered', 'is not the file that was signed', path))
    if (!path.endsWith('.json')) found.push(problem('unknown-file', 'a sealed package holds JSON only', path))
  }
  for (const path of Object.keys(hashes))
    if (!files.has(path)) found.push(problem('file-missing', 'was signed, and is not in the package', path))
  return found
}
