import { createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import type { Context } from '#platform/action.ts'
import { accept, nobody } from '#platform/action.ts'
import type { Files } from '#platform/files.ts'
import type { Report } from '../domain/field.ts'
import { type Box, reportForm } from '../forms.ts'
import { type Device, findServices, secretFor } from '../store/field.ts'
import { postsIn } from '../store/held.ts'
import { addMedia, type MediaKind } from '../store/media.ts'
import { holdForLater } from './field.ts'

/**
 * What a phone encrypted for a service: AES-256-GCM with the key that HKDF-SHA-256 makes of the secret (no salt, info
 * `melayani field`); the tag is at the end. undefined when it was not made with this secret.
 */
export function unbox(secret: string, { iv, data }: Box): Buffer | undefined {
  try {
    const key = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', 'melayani field', 32))
    const all = Buffer.from(data, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'))
    decipher.setAuthTag(all.subarray(-16))
    return Buffer.concat([decipher.update(all.subarray(0, -16)), decipher.final()])
  } catch {
    return undefined
  }
}

export type SealedAnswer = { kind: 'held' } | { kind: 'keep' } | { kind: 'unreadable' }

/**
 * Take what a phone hands in without being able to read it any more: opened here, and held for the local admin. Whoever
 * still has a role in the service is told to keep it: signed in again, the phone can read and send it.
 */
export async function receiveSealed(
  context: Omit<Context, 'once'>,
  files: Files,
  device: Device,
  sealed: { id: string; service: string; now: number; box: Box; media: readonly Box[] },
): Promise<SealedAnswer> {
  const { db, clock } = context
  const actor = { ...nobody, id: device.person }
  const [service] = await findServices(db, [sealed.service])
  if (service && (await postsIn(db, actor, service.id)).length > 0) return { kind: 'keep' }
  const secret = secretFor(device, sealed.service)
  const text = unbox(secret, sealed.box)?.toString('utf8')
  const read = reportForm.safeParse(text ? (JSON.parse(text) as { report?: unknown }).report : undefined)
  if (!service || !read.success || read.data.id !== sealed.id || read.data.service !== sealed.service)
    return { kind: 'unreadable' }
  const report = read.data as Report
  for (const each of sealed.media) {
    const content = unbox(secret, each)
    if (!content) continue
    // One byte says what it is, then the file itself.
    const kind = (['photo', 'voice', 'signature'] as const)[content[0]!] as MediaKind | undefined
    const bytes = content.subarray(1)
    const sha256 = createHash('sha256').update(bytes).digest()
    if (kind)
      await addMedia(
        db,
        files,
        { agency: service.agency, service: service.id },
        { ...{ kind, bytes, sha256 }, name: `${kind}`, person: device.person, at: clock.now() },
      )
  }
  const content = () => JSON.stringify({ report, now: sealed.now })
  const outcome = await accept(
    holdForLater(device, report.id),
    { ...context, actor },
    {
      key: `held:${report.id}`,
      id: report.service,
      raw: { reason: report.case ? 'case-elsewhere' : 'role-over', captured: report.at, role: report.role, content },
    },
  )
  return outcome.kind === 'done' ? { kind: 'held' } : { kind: 'unreadable' }
}
