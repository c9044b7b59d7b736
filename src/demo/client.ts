import type { Clock } from '#platform/clock.ts'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { newToken } from '#platform/password.ts'

/** The product as a function from request to response. */
export type Web = { request: (address: string, init?: RequestInit) => Response | Promise<Response> }

/**
 * Somebody who uses the product through its addresses, in this process: the demo is played and tests are told with it.
 * Without a person it is the public.
 */
export async function clientFor(
  { web, db, clock }: { web: Web; db: Db; clock: Clock },
  person?: string,
  options: { lang?: 'id' | 'en'; secondFactor?: boolean } = {},
) {
  const { token, stored } = newToken()
  const now = clock.now()
  // Its session outlives a story in which the clock jumps by months; `wake` keeps it in use.
  const expires = new Date(now.getTime() + 400 * 86_400_000)
  if (person) {
    const factor = options.secondFactor === false ? null : now
    await db
      .insertInto('people.session')
      .values({
        id: newId(),
        person,
        token: stored,
        started: now,
        seen: now,
        expires,
        factor,
        address: 'local',
        agent: 'local',
      })
      .execute()
  }
  const cookie = [person && `sesi=${token}`, options.lang && `bahasa=${options.lang}`].filter(Boolean).join('; ')
  const send = async (method: string, address: string, body?: BodyInit, headers: Record<string, string> = {}) =>
    web.request(address, {
      method,
      ...(body !== undefined && { body }),
      headers: { cookie, 'sec-fetch-site': 'same-origin', ...headers },
    })
  const touch = (change: { seen: Date } | { ended: Date }) =>
    db.updateTable('people.session').set(change).where('token', '=', stored).execute()
  return {
    cookie,
    send,
    get: (address: string, headers?: Record<string, string>) => send('GET', address, undefined, headers),
    /** A typed form. A list becomes a repeated field. */
    post: (address: string, form: Record<string, string | readonly string[]> = {}) => {
      const body = new URLSearchParams()
      for (const [key, value] of Object.entries(form))
        for (const each of [value].flat()) body.append(key, each as string)
      return send('POST', address, body)
    },
    json: (method: string, address: string, body: unknown) =>
      send(method, address, JSON.stringify(body), { 'content-type': 'application/json' }),
    /** Keep the session in use after the clock has jumped. */
    wake: () => touch({ seen: clock.now() }),
    leave: () => touch({ ended: clock.now() }),
  }
}

export type Client = Awaited<ReturnType<typeof clientFor>>
