import { type Agent, request } from 'node:http'
import { shippedRounds } from '#competition'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { newToken } from '#platform/password.ts'
import { builders } from './world.ts'

/** Somebody of a unit with a draft of their own, signed in, typing. */
export type Writer = {
  cookie: string
  person: string
  agency: string
  proposal: string
  question: string
  revision: number
}

/** `n` writers in ten agencies, in a round that is open for so many hours. */
export async function furnishWriters(db: Db, n: number, hours = 100_000): Promise<Writer[]> {
  const make = builders(db)
  const round = await make.aRound(shippedRounds()[0]!)
  const far = new Date(Date.now() + hours * 3_600_000)
  const now = new Date()
  const national = await make.aPerson('national-admin')
  await db
    .insertInto('competition.extension')
    .values({ id: newId(), round, until: far, reason: 'uji', by: national, at: now })
    .execute()
  const agencies: string[] = []
  for (let i = 0; i < 10; i++) agencies.push(await make.anAgency({ name: `Pemerintah Kabupaten ${newId()}` }))
  const writers: Writer[] = []
  for (let i = 0; i < n; i++) {
    const agency = agencies[i % agencies.length]!
    const unit = await make.aUnit(agency)
    const person = await make.aPerson('unit', { agency, unit }, `Penulis ${i}`)
    const { token, stored } = newToken()
    await db
      .insertInto('people.session')
      .values({
        id: newId(),
        person,
        token: stored,
        started: now,
        seen: now,
        expires: far,
        factor: null,
        address: 'test',
        agent: 'test',
      })
      .execute()
    const proposal = await make.aProposal({ agency, unit, round }, { answers: {} })
    writers.push({ cookie: `sesi=${token}`, person, agency, proposal, question: 'ringkasan', revision: 0 })
  }
  return writers
}

export type Reply = { status: number; body: unknown; location?: string | undefined }

/** Save a text as the editor's autosave does. Fails when the connection breaks. */
export function save(url: string, agent: Agent, writer: Writer, value: string): Promise<Reply> {
  const body = JSON.stringify({ value, revision: writer.revision })
  return send(
    url,
    agent,
    'PUT',
    `/competition/proposals/${writer.proposal}/answers/${writer.question}`,
    writer.cookie,
    body,
  )
}

export function send(
  url: string,
  agent: Agent,
  method: string,
  address: string,
  cookie: string,
  body: string,
  type = 'application/json',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}${address}`,
      {
        method,
        agent,
        headers: {
          cookie,
          'content-type': type,
          'content-length': Buffer.byteLength(body),
          'sec-fetch-site': 'same-origin',
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        // A reply that was cut off is no acknowledgement.
        response.on('aborted', () => reject(new Error('cut off')))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          try {
            resolve({
              status: response.statusCode!,
              location: response.headers.location,
              body: /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : text,
            })
          } catch (error) {
            reject(error as Error)
          }
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
