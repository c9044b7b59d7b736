import { getCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import type { Actor } from '#platform/action.ts'
import { type C, found, idParam } from '#platform/http.ts'
import { seal, unseal } from '#platform/secret.ts'
import { findService, type Service } from '../store/service.ts'

/** Whoever is not signed in is asked to. */
export function signedIn(c: C): Actor & { id: string } {
  const { actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  return { ...actor, id: actor.id }
}

/** The service of the address, for those who may. */
export async function managed(c: C, may: (actor: Actor, service: Service) => boolean): Promise<Service> {
  const service = found(await findService(c.get('ctx').db, idParam(c, 'service')))
  if (!may(signedIn(c), service)) throw new HTTPException(403)
  return service
}

/** What stands in a cookie of ours, encrypted; undefined when it is not ours or too old. */
export function openSealed(c: C, name: string): Record<string, string> | undefined {
  try {
    const { until, ...rest } = JSON.parse(unseal(getCookie(c, name) ?? '')) as Record<string, string>
    return Number(until) > c.get('view').now.getTime() ? rest : undefined
  } catch {
    return undefined
  }
}

export function keepSealed(c: C, name: string, content: Record<string, string>, seconds: number) {
  const until = String(c.get('view').now.getTime() + seconds * 1000)
  setCookie(c, name, seal(JSON.stringify({ ...content, until })), {
    path: '/services',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: seconds,
  })
}

/** What is shown once: on the page after the act, and never again. */
export function keepOnce(c: C, of: string, shown: string) {
  keepSealed(c, 'sekali', { of, shown: unseal(shown) }, 300)
}
export function takeOnce(c: C): { of: string; shown: string } | undefined {
  const kept = openSealed(c, 'sekali')
  setCookie(c, 'sekali', '', { path: '/services', maxAge: 0 })
  return kept?.of && kept.shown ? { of: kept.of, shown: kept.shown } : undefined
}
