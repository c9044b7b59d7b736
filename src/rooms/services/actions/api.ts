import { createHmac } from 'node:crypto'
import type { Action } from '#platform/action.ts'
import { canonicalJson } from '#platform/canonical.ts'
import { decide, refuse } from '#platform/result.ts'
import type { Objection } from '../domain/form.ts'
import { areaOf } from '../domain/record.ts'
import type { Account } from '../store/account.ts'
import { holdForAccount } from '../store/api.ts'
import { placeOf } from '../store/place.ts'
import { holdService } from '../store/service.ts'
import { moveCase, openCase } from './case.ts'

/** An act of a program is told with its name; the log has no person for it. */
const byAccount = (account: Account) => (particulars: Record<string, unknown>) => ({
  ...particulars,
  account: account.name,
})

/**
 * What a key was used for, so that it is not used for something else (IETF draft Idempotency-Key, fingerprint). Under the
 * key itself, of which only a hash is kept: nobody finds the answers by trying.
 */
export const fingerprintOf = (key: string, body: unknown): string =>
  createHmac('sha256', key).update(canonicalJson(body)).digest('hex')
/** None with acts that were done before fingerprints were kept. */
type Marked = { fingerprint?: string }

type Open = ReturnType<typeof openCase>
type RefusalOf<A> = A extends Action<infer _T, infer _I, infer _C, infer R> ? R : never

/** Open a case in the role of an account, within its area. */
export function openAs(account: Account, fingerprint: string, heard: (objections: Objection[]) => void) {
  const open = openCase('member', heard)
  const say = byAccount(account)
  type Opening = Parameters<Open['decide']>[0]
  const action: Action<
    Opening,
    Parameters<Open['decide']>[1],
    Parameters<Open['save']>[2] & Marked,
    RefusalOf<Open> | 'outside-area'
  > = {
    ...open,
    find: async (tx, actor) => {
      const service = await holdService(tx, actor, account.service)
      return service && { ...service, roles: [account.role], here: await placeOf(tx, service) }
    },
    decide: async (opening, input, at) => {
      const decided = await open.decide(opening, input, at)
      const bound = opening.pkg.roles.some(({ id, reach }) => id === account.role && reach === 'area')
      const area = decided.ok ? areaOf(opening.pkg, decided.change.done.value.it) : ''
      if (!decided.ok) return decided
      if (bound && !area.startsWith(account.area)) return refuse('outside-area')
      return decide({ ...decided.change, fingerprint })
    },
    tell: (change, thing) => say(open.tell(change, thing)),
  }
  return action
}

type Move = ReturnType<typeof moveCase>
type Held = Parameters<Move['decide']>[0]

/** Make a move in the role of an account; `revision`: only while the case has not changed since. */
export function moveAs(
  account: Account,
  fingerprint: string,
  revision: number | undefined,
  heard: (objections: Objection[]) => void,
) {
  const move = moveCase('member', heard)
  const say = byAccount(account)
  type Change = Parameters<Move['save']>[2] & Marked
  const action: Action<Held, Parameters<Move['decide']>[1], Change, RefusalOf<Move> | 'changed'> = {
    ...move,
    find: (tx, _, id) => holdForAccount(tx, account, id),
    decide: async (held, input, at) => {
      if (revision !== undefined && held.revision !== revision) return refuse('changed')
      const decided = await move.decide(held, input, at)
      return decided.ok ? decide({ ...decided.change, fingerprint }) : decided
    },
    tell: (change, thing) => say(move.tell(change, thing)),
  }
  return action
}
