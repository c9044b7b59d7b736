import type { Db, Tx } from '#platform/db.ts'
import { rolesIn } from '../domain/held.ts'
import type { Role } from '../domain/package/format/role.ts'
import { sight } from '../domain/sight.ts'
import type { Account } from './account.ts'
import { asHeld, cases, type Held } from './held.ts'

/**
 * A case of the account's service that its role knows of. A role that knows only of its own cases has those that programs
 * opened in it.
 */
async function through(db: Db | Tx, account: Account, id: string, hold: boolean): Promise<Held | undefined> {
  const query = cases(db)
    .where('c.id', '=', id)
    .where('c.agency', '=', account.agency)
    .where('c.service', '=', account.service)
  const row = await (hold ? query.forUpdate('c') : query).executeTakeFirst()
  if (!row) return undefined
  const held = await asHeld(db, row, hold)
  const role = held.pkg.roles.find((one) => one.id === account.role)
  const own = row.opened_by === null && row.code === null && row.opened_as === account.role
  const knows =
    role?.reach === 'own'
      ? own && sight(held.pkg, held.it, role.id) !== undefined
      : rolesIn(held.pkg, held.it, held, null, [{ role: account.role, area: account.area }]).length > 0
  return knows ? { ...held, roles: [account.role] } : undefined
}
export const findForAccount = (db: Db, account: Account, id: string) => through(db, account, id, false)
export const holdForAccount = (tx: Tx, account: Account, id: string) => through(tx, account, id, true)

/** Cases within reach of an account in these flows, in the order of their ids. One query. */
export async function listForAccount(
  db: Db,
  { agency, service, area, role }: Account,
  {
    flows,
    reach,
    state,
    closed,
    after,
    limit,
  }: {
    flows: readonly string[]
    reach: Role['reach']
    state: string | undefined
    closed: boolean
    after: string | undefined
    limit: number
  },
) {
  if (flows.length === 0) return []
  let query = db
    .selectFrom('services.case')
    .select(['id', 'number', 'flow', 'state', 'area', 'opened', 'closed', 'due', 'revision', 'release'])
    .where('agency', '=', agency)
    .where('service', '=', service)
    .where('flow', 'in', [...flows])
    .where('closed', closed ? 'is not' : 'is', null)
    .orderBy('id')
    .limit(limit)
  if (reach === 'area' && area) query = query.where('area', 'like', `${area}%`)
  if (reach === 'own')
    query = query.where('opened_as', '=', role).where('opened_by', 'is', null).where('code', 'is', null)
  if (state) query = query.where('state', '=', state)
  if (after) query = query.where('id', '>', after)
  return query.execute()
}
