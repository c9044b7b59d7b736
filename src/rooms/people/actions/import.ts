import { z } from 'zod'
import type { Action, Actor } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { newToken } from '#platform/password.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { checkRows, type ImportRow, type PlannedAgency } from '../domain/import.ts'
import { isNational } from '../domain/office.ts'
import { nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as agencies from '../store/agency.ts'
import * as imports from '../store/import.ts'
import { sendInvitations } from './invitation.ts'

/** Keep the rows of an uploaded table until they are confirmed. The file itself is not kept. */
export const checkImport: Action<
  Actor,
  { file: string; rows: ImportRow[] },
  { id: string; file: string; rows: Unsaid<ImportRow[]> },
  never
> = {
  name: 'people.import-checked',
  find: async (_, actor, id) => (id === actor.id && isNational(actor) ? actor : undefined),
  may: may.importAgencies,
  input: z.object({ file: z.string().max(200), rows: z.custom<ImportRow[]>(Array.isArray) }),
  decide: ({ id: _ }, { file, rows }) => decide({ id: newId(), file, rows: new Unsaid(rows) }),
  save: (tx, by, { id, file, rows }, { now }) => imports.addImport(tx, { id, file, by: by.id!, rows: rows.value }, now),
  tell: ({ rows }) => ({ rows: rows.value.length }),
  scope: () => null,
  subject: ({ id }) => id,
}

type Held = NonNullable<Awaited<ReturnType<typeof imports.holdImport>>>
type Planned = PlannedAgency & { id: string; invitation: string }
type Written = { agencies: number; invited: number; planned: Unsaid<Planned[]> }

/** Write all agencies of a checked table and invite their local admins: all of it, or nothing. */
export const confirmImport: Action<
  Held,
  Record<string, never>,
  Written,
  'import-done' | 'import-broken' | 'import-nothing'
> = {
  name: 'people.agencies-imported',
  find: imports.holdImport,
  may: may.importAgencies,
  input: nothing as z.ZodType<Record<string, never>>,
  decide: (held) => {
    if (held.done) return refuse('import-done')
    const checked = checkRows(held.rows, held.registered)
    if (checked.problems.length > 0) return refuse('import-broken')
    if (checked.agencies.length === 0) return refuse('import-nothing')
    const invited = checked.agencies.filter((agency) => agency.admin).length
    const planned = checked.agencies.map((agency) => ({ ...agency, id: newId(), invitation: newId() }))
    return decide({ agencies: planned.length, invited, planned: new Unsaid(planned) })
  },
  save: async (tx, held, { planned }, { now, actor }) => {
    const list = planned.value
    await agencies.addAgencies(
      tx,
      list.map(({ id, code, kind, name, region }) => ({ id, code, kind, name, region })),
      now,
    )
    const invitations = list.flatMap(({ id: agency, invitation, name: agencyName, admin }) =>
      admin
        ? {
            ...admin,
            id: invitation,
            lang: 'id' as const,
            role: 'local-admin' as const,
            agency,
            unit: null,
            hand_over: null,
            secret: new Unsaid(newToken()),
            agencyName,
            unitName: null,
          }
        : [],
    )
    await sendInvitations(tx, invitations, { now, by: actor.id })
    await imports.endImport(tx, held.id, now)
  },
  tell: ({ agencies, invited }) => ({ agencies, invited }),
  scope: () => null,
  // One act, all or nothing; but each agency's history begins with its own birth.
  also: ({ planned }, { id: from }) =>
    planned.value.flatMap(({ id, code, kind, name, admin, invitation }) => [
      {
        name: 'people.agency-added',
        subject: id,
        scope: null,
        particulars: { code, kind, agency: name, import: from },
      },
      ...(admin
        ? [
            {
              name: 'people.person-invited',
              subject: invitation,
              scope: id,
              particulars: { role: 'local-admin', import: from },
            },
          ]
        : []),
    ]),
}
