import { sql } from 'kysely'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { seal } from '#platform/secret.ts'
import type { Effect } from '../domain/moving.ts'

type Of = { agency: string; id: string; service: string }

/** What a case tells other services, as rows. The values that go with it are encrypted. */
export const tellingRows = ({ agency, id, service }: Of, effects: readonly Effect[]) =>
  effects.flatMap((effect) =>
    effect.kind === 'told'
      ? [
          {
            agency,
            id: newId(),
            service,
            case: id,
            event: effect.event,
            content: effect.telling ? seal(JSON.stringify(effect.telling)) : null,
            at: new Date(effect.at),
          },
        ]
      : [],
  )

/** Put them into the queue of the worker, as deep as their case. */
export async function addTellings(tx: Tx, rows: ReturnType<typeof tellingRows>): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into services.telling (agency, id, service, "case", event, content, depth, at)
    select v.agency, v.id, v.service, v."case", v.event, v.content, c.depth, v.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as v (agency uuid, id uuid, service uuid, "case" uuid, event text, content text, at timestamptz)
    join services."case" c on c.agency = v.agency and c.id = v."case"`.execute(tx)
}
