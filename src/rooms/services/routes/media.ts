import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { type C, type Env, type Form, fileAnswer, found, idParam } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { withoutMetadata } from '#platform/photo.ts'
import { hashesIn } from '../domain/field.ts'
import type { Form as AskedForm, PlainField } from '../domain/package/format/form.ts'
import { findCase } from '../store/held.ts'
import { addMedia, findMedia, knownMedia, type MediaKind } from '../store/media.ts'
import { findService } from '../store/service.ts'
import { postsOf } from '../store/worklist.ts'
import { signedIn } from './parts.ts'
import { seenOf } from './shown.ts'

export const routes = new Hono<Env>()

const kinds: readonly string[] = ['photo', 'voice', 'signature']
/** A phone's recording at its most generous: 128 kbit/s. */
const voiceRate = 16
/** Larger than any field may ask for (5000 kB). */
const largest = 6 * 1024 * 1024

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest()

/** A file from a phone, whole; the same one again is the same one. Only for those who work in the service. */
routes.put('/services/field/media/:hash', async (c) => {
  const { db, actor } = c.get('ctx')
  if (!isHash(c.req.param('hash'))) return c.notFound()
  if (!actor.id) return c.json({ kind: 'sign-in' }, 401)
  const id = c.req.query('service')
  const service = isId(id) ? await findService(db, id) : undefined
  const posts = await postsOf(db, actor.id)
  const kind = c.req.query('kind') ?? ''
  if (!service || !posts.some((post) => post.service === service.id)) return c.json({ kind: 'not-yours' }, 403)
  if (!kinds.includes(kind)) return c.json({ kind: 'wrong' }, 400)
  // Cut off on the way: nothing is kept, and the phone sends it again.
  const bytes = Buffer.from(await c.req.arrayBuffer().catch(() => new ArrayBuffer(0)))
  const sha256 = hashOf(bytes)
  if (sha256.toString('hex') !== c.req.param('hash')) return c.json({ kind: 'cut-off' }, 409)
  if (bytes.length > largest) return c.json({ kind: 'too-large' }, 413)
  // The phone has drawn the picture anew; one that still tells of its camera did not come from it.
  if (kind !== 'voice' && !withoutMetadata(bytes).equals(bytes)) return c.json({ kind: 'not-plain' }, 422)
  const stored = await addMedia(
    db,
    c.get('files'),
    { agency: service.agency, service: service.id },
    {
      ...{ bytes, sha256, person: actor.id, at: c.get('view').now },
      kind: kind as MediaKind,
      name: nameOf(kind, bytes),
    },
  )
  return 'refusal' in stored ? c.json({ kind: stored.refusal }, 422) : c.json({ kind: 'kept' })
})

/** A text has no mark of its own, so its name says what it is. */
const nameOf = (kind: string, bytes: Buffer) =>
  kind === 'signature' && bytes[0] !== 0x89 && bytes[0] !== 0xff ? 'tanda-tangan.txt' : kind

/** A file of a case: for whoever sees its hash among the values. */
routes.get('/services/cases/:case/media/:hash', async (c) => {
  const { db } = c.get('ctx')
  const held = found(await findCase(db, signedIn(c), idParam(c, 'case')))
  const hash = c.req.param('hash')
  if (!isHash(hash)) return c.notFound()
  if (!hashesIn(seenOf(held)).includes(hash)) return c.notFound()
  const file = found(await findMedia(db, held, hash))
  return fileAnswer(c, file)
})

type Media = PlainField & { type: MediaKind }
const isMedia = (field: { type: string }): field is Media => kinds.includes(field.type)

/** Every field of a form that asks for a file, with the name that it has on a page. */
function mediaFields(form: AskedForm, typed: Form): { name: string; field: Media }[] {
  return form.fields.flatMap((field) => {
    if (isMedia(field)) return [{ name: field.id, field }]
    if (field.type !== 'group') return []
    const rows = Object.keys(typed).flatMap((key) => {
      const row = key.startsWith(`${field.id}.`) ? Number(key.split('.')[1]) : Number.NaN
      return Number.isInteger(row) && row >= 0 && row < field.atMost ? [row] : []
    })
    const last = Math.min(field.atMost, Math.max(field.atLeast, ...rows, 0) + 2)
    return Array.from({ length: last }, (_, i) =>
      field.fields.filter(isMedia).map((column) => ({ name: `${field.id}.${i}.${column.id}`, field: column })),
    ).flat()
  })
}

/**
 * The files of a form as a page sends it are kept, and stand in the form by hash and size from then on, so that a page that
 * comes back with a problem has not lost them. What is no such file stands as `?` and is refused by the engine. Without a
 * place nothing is kept: a trial judges the file and lets it go.
 */
export async function withMedia(
  c: C,
  place: { agency: string; service: string } | null,
  form: AskedForm | undefined,
  typed: Form,
): Promise<Form> {
  const fields = form ? mediaFields(form, typed) : []
  if (fields.length === 0) return typed
  const body = await c.req.parseBody({ all: true })
  const kept: Form = { ...typed }
  for (const { name, field } of fields) {
    const file = [body[`${name}.file`] ?? []].flat().find((part): part is File => part instanceof File && part.size > 0)
    const drawn = [typed[`${name}.drawn`] ?? ''].flat()[0] ?? ''
    const written = [typed[`${name}.typed`] ?? ''].flat()[0]?.trim() ?? ''
    const bytes = file
      ? Buffer.from(await file.arrayBuffer())
      : field.type !== 'signature'
        ? undefined
        : drawn.startsWith('data:image/png;base64,')
          ? Buffer.from(drawn.slice(22), 'base64')
          : written && typed[`${name}.confirm`]
            ? Buffer.from(`${written}\n${c.get('view').now.toISOString()}\n`)
            : undefined
    if (!bytes || bytes.length > largest) {
      if (bytes) kept[name] = '?'
      continue
    }
    const plain = field.type === 'voice' ? bytes : withoutMetadata(bytes)
    const sha256 = hashOf(plain)
    const stored =
      place &&
      (await addMedia(c.get('ctx').db, c.get('files'), place, {
        ...{ kind: field.type, bytes: plain, sha256, person: c.get('ctx').actor.id, at: c.get('view').now },
        name: nameOf(field.type, plain),
      }))
    kept[name] =
      stored && 'refusal' in stored
        ? '?'
        : `${sha256.toString('hex')}:${sizeOf(field, plain, typed[`${name}.seconds`])}`
  }
  if (!place) return kept
  // A hash that came with the form stands for a file that is here.
  const named = fields.map(({ name }) => name).filter((name) => kept[name])
  const hashes = named.map((name) => String(kept[name]).split(':')[0]!)
  const known = await knownMedia(
    c.get('ctx').db,
    place,
    hashes.filter((hash) => /^[0-9a-f]{64}$/.test(hash)),
  )
  for (const [i, name] of named.entries()) if (!known.has(hashes[i]!)) kept[name] = '?'
  return kept
}

/** Kilobytes; of a recording its seconds, as measured in the browser, or as long as so many bytes can be. */
function sizeOf(field: Media, bytes: Buffer, measured: Form[string] | undefined): number {
  const kilobytes = Math.ceil(bytes.length / 1024)
  if (field.type !== 'voice') return kilobytes
  const least = Math.max(1, Math.ceil(kilobytes / voiceRate))
  const said = Number([measured ?? ''].flat()[0])
  return said > 0 ? Math.max(least, Math.ceil(said)) : least
}
