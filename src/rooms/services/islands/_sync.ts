import type { Report } from '../domain/field.ts'
import type { Objection } from '../domain/form.ts'

/** Sending what was captured. It knows neither the screen nor where things lie, so that it can be tried against a bad line. */

export type Media = { hash: string; kind: string; bytes: Uint8Array<ArrayBuffer> }
export type Receipt = { case: string; number: string; received: string; counted: string; off: number }
export type Result =
  | { kind: 'done'; taken: Receipt }
  | { kind: 'held'; reason: string }
  | { kind: 'refused'; refusal: string; objections: Objection[] }

export type Outbox = {
  device: string
  /** The oldest that wait, in the order of their capture. */
  waiting: (most: number, beyond: ReadonlySet<string>) => Promise<Report[]>
  media: (report: string) => Promise<Media[]>
  /** What the server said of one. Before this has happened it counts as not sent. */
  settle: (report: string, result: Result) => Promise<void>
}
export type Ask = (address: string, init: RequestInit) => Promise<Response>

/** Reports of one request: small enough that a bad line loses little. */
const chunk = 25

/**
 * Send all that waits, as far as the line goes. Only what the server has acknowledged is settled; all else waits for the
 * next time and is sent again under the same id. `sign-in`: the session is over, nothing was lost.
 */
export async function sendAll(
  outbox: Outbox,
  ask: Ask,
  now: () => number,
  progress: (settled: number) => void = () => {},
): Promise<'sent' | 'cut-off' | 'sign-in'> {
  let settled = 0
  /** Not settled by an answer, for whatever reason: not asked again in this round. */
  const tried = new Set<string>()
  for (;;) {
    const reports = await outbox.waiting(chunk, tried)
    if (reports.length === 0) return tried.size > 0 ? 'cut-off' : 'sent'
    try {
      for (const report of reports)
        for (const file of await outbox.media(report.id)) {
          const answer = await sendFile(ask, report.service, file)
          if (answer === 401) return 'sign-in'
        }
      const answer = await ask('/services/field/reports', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ device: outbox.device, now: now(), reports }),
      })
      if (answer.status === 401) return 'sign-in'
      if (!answer.ok) return 'cut-off'
      const said = (await answer.json()) as { answers: ({ id: string } & Result)[] }
      for (const { id, ...result } of said.answers) {
        // Its file was lost on the way: both are sent again, later.
        if (result.kind === 'refused' && result.refusal === 'media-missing') continue
        await outbox.settle(id, result)
        progress(++settled)
      }
      for (const { id } of reports) tried.add(id)
      for (const { id, ...result } of said.answers)
        if (!(result.kind === 'refused' && result.refusal === 'media-missing')) tried.delete(id)
    } catch {
      return 'cut-off'
    }
  }
}

/** A file, whole. The server knows it by its hash, so that sending it twice is sending it once. */
async function sendFile(ask: Ask, service: string, { hash, kind, bytes }: Media): Promise<number> {
  const answer = await ask(`/services/field/media/${hash}?service=${service}&kind=${kind}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  })
  if (answer.status >= 500 || answer.status === 409 || answer.status === 429) throw new Error('later')
  await answer.arrayBuffer()
  return answer.status
}
