import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { runningOf } from '#services'
import { heartbeatOf, type Stage } from '../domain/stage.ts'
import { outcomesOf } from './runner.ts'

/** An innovation of somebody else that an agency runs, as its services and letters say. */
export type Adopted = {
  /** Code in the gallery. */
  innovation: string
  name: string
  ownerName: string
  unitName: string | null
  /** The day of the first installation here. */
  since: Date
  version: string
  stage: Stage
}

/** What an agency adopted from others and runs, the earliest first. Four queries at most. */
export async function adoptedBy(db: Db | Tx, agency: string, now: Date): Promise<Adopted[]> {
  const { rows } = await sql<{ service: string; innovation: string; name: string; ownerName: string }>`
    select s.id as service, p.innovation, i.name, coalesce(a.name, i.agency_name) as "ownerName"
    from services.service s join replication.publication p on p.package = s.package
    join gallery.innovation i on i.code = p.innovation left join people.agency a on a.id = p.agency
    where s.agency = ${agency} and s.retired is null and (p.agency <> s.agency or p.unit is distinct from s.unit)
    order by s.id limit 100`.execute(db)
  const services = rows.map(({ service }) => service)
  const running = new Map((await runningOf(db, { services }, now)).map((one) => [one.service, one]))
  const outcomes = await outcomesOf(db, services)
  return rows
    .map(({ service, ...row }) => {
      const one = running.get(service)!
      const { stage } = heartbeatOf({ ...one, outcome: outcomes.get(service) ?? null }, now)
      return { ...row, unitName: one.unitName, since: one.installed, version: one.version, stage }
    })
    .sort((a, b) => a.since.getTime() - b.since.getTime())
}
