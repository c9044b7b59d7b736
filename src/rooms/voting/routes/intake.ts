import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { hashOf, shortHash, signatureHolds } from '@melayani/polling/format'
import { manifestKind } from '@melayani/polling/record'
import { Hono } from 'hono'
import { nobody, perform } from '#platform/action.ts'
import type { Clock } from '#platform/clock.ts'
import type { Db } from '#platform/db.ts'
import type { Files } from '#platform/files.ts'
import { type C, type Env, found } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { type Brought, type TakeRefusal, takeResults } from '../actions/intake.ts'
import { forget, keepStream, manifestOf, placeOf } from '../actions/keeping.ts'
import { receiveFile } from '../actions/record.ts'
import { isByChair, judgeSignatures, type SignedInput, signedShape } from '../actions/signature.ts'
import { openCounting } from '../store/counting.ts'
import { fold } from '../store/node.ts'
import { archiveNamed, type FileKind, findKept, placeOfStation } from '../store/record.ts'
import { type OfficerKey, packagesByHash, resultsKnown } from '../store/result.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()

/** Results in one request: a relay that gathers those of a regency sends them together. */
const mostResults = 200
const largestRequest = 4 * 2 ** 20
/** Bytes of a file: the archive of 3,000 voters in the larger group has about 40 MB. */
const largestFile = 256 * 2 ** 20
/**
 * Of a file for which nothing vouches before it is here: so many bytes, in so many milliseconds, and so many such files at a
 * time. The largest of a usual polling place (3,000 voters) fits; a larger one comes from its station, or after its result.
 */
const ofStrangers = { largest: 64 * 2 ** 20, patience: { stall: 30_000, whole: 5 * 60_000 }, atOnce: 3 }
let strangers = 0

type Refusal = TakeRefusal | 'package-unknown' | 'package-superseded' | 'too-many' | 'not-found' | 'forbidden'
const statuses: Partial<Record<Refusal, 403 | 404 | 409>> = {
  'package-unknown': 404,
  'package-superseded': 409,
  'signer-unknown': 403,
  'signer-twice': 403,
  'signature-wrong': 403,
  'chair-missing': 403,
  'officer-missing': 403,
  'station-missing': 403,
  'station-changed': 409,
  'version-gap': 409,
}

type Answered =
  | { taken: true; hash: string; sheet: string; new: boolean }
  | { taken: false; refused: Refusal; sentence: string }

/**
 * Results arrive, one signed text or a list of them, each judged alone. Sent again they are answered as the first time. A
 * refusal names the rule and says in a sentence what is wrong; nothing is mended on the way.
 */
routes.post('/voting/intake/results', async (c) => {
  const { db, clock } = c.get('ctx')
  const w = words(c.get('view').lang)
  const refused = (refusal: Refusal): Answered => ({ taken: false, refused: refusal, sentence: w[`take-${refusal}`] })
  if (!(await withinResults(c))) return c.json(refused('too-many'), 429)
  const text = await c.req.text()
  if (text.length > largestRequest) return c.json(refused('not-a-result'), 413)
  const given = parsed(text)
  const list = Array.isArray(given) ? given : [given]
  if (list.length === 0 || list.length > mostResults) return c.json(refused('not-a-result'), 422)
  const answers = await takeAll(db, clock, list)
  const said = answers.map((answer) => ('refusal' in answer ? refused(answer.refusal) : answer))
  // Only so often: a page adds what waits, so the levels need not be right at once for the sums to be.
  if (said.some((answer) => answer.taken && answer.new) && ++sinceFold >= foldEvery) {
    sinceFold = 0
    await fold(db)
  }
  if (Array.isArray(given)) return c.json({ results: said }, 200)
  const [only] = said
  if (only!.taken) return c.json(only!, only!.new ? 201 : 200)
  return c.json(only!, statuses[only!.refused] ?? 422)
})

/** At most so many sendings of results an hour from one address. */
export const withinResults = (c: C): Promise<boolean> =>
  withinLimit(c.get('ctx').db, `voting:intake:${c.get('address')}`, 20_000, 3600)

const foldEvery = 100
let sinceFold = 0

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The package that a result names; undefined when it is no result at all. */
const packageIn = ({ text }: SignedInput): string | undefined => {
  const said = parsed(text) as { package?: unknown } | undefined
  return typeof said?.package === 'string' && /^[0-9a-f]{64}$/.test(said.package) ? said.package : undefined
}
const hashesOf = ({ text }: SignedInput) => ({ hash: hashOf(text), sheet: shortHash(hashOf(text)) })

type Took = { taken: true; hash: string; sheet: string; new: boolean } | { refusal: Refusal }

/** The packages that are named; those that nobody expects yet are expected from now on. */
async function packagesOf(db: Db, clock: Clock, hashes: readonly string[]) {
  const packages = await packagesByHash(db, hashes)
  const waits = [...packages.values()].filter(({ officers, superseded }) => !officers && !superseded)
  const unopened = new Set(waits.map(({ election }) => election))
  if (unopened.size === 0) return packages
  await db.transaction().execute(async (tx) => {
    for (const election of unopened) await openCounting(tx, clock.now(), election)
  })
  return packagesByHash(db, hashes)
}

/** Find the polling place of each by the package that it names, and take what is not here yet. */
export async function takeAll(db: Db, clock: Clock, list: readonly unknown[]): Promise<Took[]> {
  const inputs = list.map((one) => signedShape.safeParse(one).data)
  const named = inputs.map((input) => (input ? packageIn(input) : undefined))
  const packages = await packagesOf(db, clock, [...new Set(named.filter((hash) => hash !== undefined))])
  const known = await resultsKnown(
    db,
    inputs.flatMap((input) => (input ? [hashOf(input.text)] : [])),
  )
  const out: Took[] = []
  const items: (Brought & { at: number; officers: readonly OfficerKey[] })[] = []
  for (const [at, input] of inputs.entries()) {
    const of = named[at] === undefined ? undefined : packages.get(named[at])
    if (!input || named[at] === undefined) out[at] = { refusal: 'not-a-result' }
    else if (!of) out[at] = { refusal: 'package-unknown' }
    else if (of.superseded) out[at] = { refusal: 'package-superseded' }
    else if (known.has(hashOf(input.text))) out[at] = { taken: true, ...hashesOf(input), new: false }
    else items.push({ at, id: of.tps, raw: input, officers: of.officers ?? [] })
  }
  const report = await takeResults({ db, clock }, items)
  for (const [i, outcome] of report.entries()) {
    const { at, raw } = items[i]!
    const done = outcome.kind === 'done' || (outcome.kind === 'refused' && outcome.refusal === 'received-already')
    if (done) out[at] = { taken: true, ...hashesOf(raw), new: outcome.kind === 'done' }
    else
      out[at] = {
        refusal:
          outcome.kind === 'refused' ? outcome.refusal : outcome.kind === 'invalid' ? 'not-a-result' : outcome.kind,
      }
  }
  return out
}

/**
 * A file of a polling place: its archive, which a signed result names by its hash, the photograph of a plano, which its chair
 * signed, or a record, which its station or its own signatures vouch for. Streamed to the disk; refused before its bytes are read when nobody knows it.
 */
routes.put('/voting/intake/records/:sha256', async (c) => {
  const sha256 = c.req.param('sha256')
  if (!/^[0-9a-f]{64}$/.test(sha256)) return c.json({ refused: 'not-a-hash' }, 404)
  const body = c.req.raw.body
  const stream = body ? Readable.fromWeb(body as ReadableStream) : undefined
  const took = await takeFile(c, sha256, Number(c.req.header('content-length') ?? 0), stream)
  if ('refused' in took) return c.json(took, fileStatuses[took.refused])
  return c.json({ taken: true, kind: took.kind }, took.new ? 201 : 200)
})

const fileStatuses = {
  'too-many': 429,
  'file-too-large': 413,
  'file-empty': 422,
  'file-differs': 422,
  'file-unknown': 403,
  'file-stalled': 408,
} as const
export type FileRefusal = keyof typeof fileStatuses

/** Keep a file of `size` bytes, as far as that is known, that is called by its hash. `here`: nobody waits for its bytes. */
export async function takeFile(
  c: C,
  sha256: string,
  size: number,
  body: AsyncIterable<Uint8Array> | undefined,
  here = false,
): Promise<{ kind: FileKind; new: boolean } | { refused: FileRefusal }> {
  const { db, clock } = c.get('ctx')
  const files = c.get('files')
  if (!(await withinLimit(db, `voting:files:${c.get('address')}`, 2000, 3600))) return { refused: 'too-many' }
  const known = await findKept(db, sha256)
  if (known) return { kind: known.kind, new: false }
  if (size > largestFile) return { refused: 'file-too-large' }
  if (!body) return { refused: 'file-empty' }
  const named = await archiveNamed(db, sha256)
  const plano = named ? undefined : await planoFor(c, db, sha256)
  const station = named ?? plano ?? (await signedFor(c, db))
  // A record says itself who signed it, which is known when it is here; strangers may try that a few times.
  if (!station && !(await withinLimit(db, `voting:strangers:${c.get('address')}`, 60, 3600)))
    return { refused: 'too-many' }
  const strange = !station && !here
  if (strange && strangers >= ofStrangers.atOnce) return { refused: 'too-many' }
  const kept = !strange ? await keepStream(files, sha256, body, largestFile) : await keepStrange(files, sha256, body)
  if ('refusal' in kept) return { refused: kept.refusal }
  const of = station ?? (await placeOfRecord(db, placeOf(files, sha256)))
  // A photograph is one that the chair signed as such; a station alone vouches for none.
  if (!of || isJpeg(kept.start) !== (plano !== undefined)) {
    await forget(files, sha256)
    return { refused: 'file-unknown' }
  }
  const kind: FileKind = named ? 'archive' : plano ? 'plano' : 'record'
  const outcome = await perform(receiveFile, { db, clock, actor: nobody }, of.tps, { sha256, kind, size: kept.size })
  if (outcome.kind !== 'done') found(outcome.kind === 'refused' ? outcome : undefined)
  return { kind, new: outcome.kind === 'done' }
}

async function keepStrange(files: Files, sha256: string, body: AsyncIterable<Uint8Array>) {
  strangers++
  try {
    return await keepStream(files, sha256, body, ofStrangers.largest, ofStrangers.patience)
  } finally {
    strangers--
  }
}

/** The polling place of a record, when its manifest is signed by the chair and the station and names a package that we sealed. */
async function placeOfRecord(db: Db, file: string) {
  const read = await manifestOf(file)
  if (!read || !/^[0-9a-f]{64}$/.test(read.manifest.package)) return undefined
  const of = (await packagesByHash(db, [read.manifest.package])).get(read.manifest.package)
  const signed = signedShape.safeParse(read.signed).data
  return of?.officers && signed && (await judgeSignatures(signed, of.officers, manifestKind)).ok ? of : undefined
}

/** The polling place whose chair signed this photograph (`plano/1`), as the request says beside it. */
async function planoFor(c: C, db: Db, sha256: string) {
  const given = c.req.header('x-plano')
  const read = given && parsed(Buffer.from(given, 'base64url').toString('utf8'))
  const signed = signedShape.safeParse(read).data
  const hash = signed && packageIn(signed)
  const of = hash === undefined ? undefined : (await packagesByHash(db, [hash])).get(hash)
  if (!signed || !of?.officers || (parsed(signed.text) as { photo?: unknown }).photo !== sha256) return undefined
  return (await isByChair(signed, of.officers, 'plano/1')) ? of : undefined
}

const isJpeg = (start: Buffer) => start.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))

/** The polling place whose station signed the request's method and address; its body is known by the hash in the address. */
async function signedFor(c: C, db: Db) {
  const key = c.req.header('x-device') ?? ''
  const signature = c.req.header('x-signature') ?? ''
  const of = /^[0-9a-f]{64}$/.test(key) ? await placeOfStation(db, key) : undefined
  const text = `PUT ${c.req.path}\n`
  return of && signatureHolds('message/1', text, { role: 'device', signer: '', key, signature }) ? of : undefined
}
