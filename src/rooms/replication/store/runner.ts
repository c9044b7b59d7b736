import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { type Running, runningOf } from '#services'
import type { State } from '../domain/process.ts'
import type { Known, Runner } from '../domain/shown.ts'
import { type Answer, heartbeatOf } from '../domain/stage.ts'

type Copy = {
  id: string
  innovation: string
  agency: string
  agencyName: string
  unit: string | null
  unitName: string | null
  region: string | null
  demo: boolean
  expansion: boolean
  learntFrom: string | null
  state: State
  since: Date
  service: string | null
}

/** When each of these services met its first target. One query. */
export async function outcomesOf(db: Db | Tx, services: readonly string[]): Promise<Map<string, Date>> {
  if (services.length === 0) return new Map()
  const rows = await db
    .selectFrom('replication.outcome')
    .select('service')
    .select((eb) => eb.fn.min('reached').as('reached'))
    .where('service', 'in', [...services])
    .groupBy('service')
    .execute()
  return new Map(rows.map(({ service, reached }) => [service, reached]))
}

type Said = { service: string; answer: Answer; words: string | null; until: string | null; answered: Date }

/** What was answered last for each of these services. One query. */
async function answersOf(db: Db | Tx, services: readonly string[]): Promise<Map<string, Said>> {
  if (services.length === 0) return new Map()
  const { rows } = await sql<Said>`
    select distinct on (service) service, answer, words, until, answered from replication.question
    where service = any(${[...services]}::uuid[]) and answer is not null order by service, answered desc`.execute(db)
  return new Map(rows.map((row) => [row.service, row]))
}

/**
 * Everybody who runs each of these innovations or copies it, the owner first, then by when they began. A service without
 * letters counts as much as one with them: it is there. Seven queries at most, however many innovations.
 */
export async function runnersOf(db: Db | Tx, known: readonly Known[], now: Date): Promise<Map<string, Runner[]>> {
  const codes = known.map(({ code }) => code)
  if (codes.length === 0) return new Map()
  const { rows: copies } = await sql<Copy>`
    select c.id, c.innovation, c.agency, a.name as "agencyName", c.unit, u.name as "unitName", a.region, a.demo, c.expansion,
      c.learnt_from as "learntFrom", c.state, c.since, c.service
    from replication.process c join people.agency a on a.id = c.agency left join people.unit u on u.agency = c.agency and u.id = c.unit
    where c.innovation = any(${codes}) order by c.since, c.id`.execute(db)
  const packages = known.flatMap(({ publication }) => publication?.package ?? [])
  const running = await runningOf(db, { packages }, now)
  const ids = running.map(({ service }) => service)
  const outcomes = await outcomesOf(db, ids)
  const answers = await answersOf(db, ids)
  const alive = (one: Running) => ({
    heart: heartbeatOf({ ...one, outcome: outcomes.get(one.service) ?? null }, now),
    question: stillSaid(answers.get(one.service), one.lastCase),
  })
  return new Map(
    known.map(({ code, publication }) => {
      const services = running.filter((one) => one.package === publication?.package)
      const taken = new Set<string>()
      const own = copies
        .filter(({ innovation }) => innovation === code)
        .map((copy): Runner => {
          const over = copy.state === 'declined' || copy.state === 'ended'
          const one = services.find(({ service, agency, unit }) =>
            copy.service ? service === copy.service : !over && agency === copy.agency && unit === copy.unit,
          )
          if (one) taken.add(one.service)
          return {
            ...shown(copy),
            process: copy.id,
            state: copy.state,
            ...(one ? { ...of(one), ...alive(one) } : unborn),
          }
        })
      const others = services
        .filter(({ service }) => !taken.has(service))
        .map((one): Runner => {
          // What the agency runs as a whole is the owner's, whichever unit the innovation is of.
          const owner = one.agency === publication?.agency && (one.unit === null || one.unit === publication.unit)
          const expansion = !owner && one.agency === publication?.agency
          const about = { ...shown(one), process: null, state: null, learntFrom: null, owner, expansion }
          return { ...about, ...of(one), ...alive(one), since: one.installed }
        })
      const first = others.filter(({ owner }) => owner)
      const rest = [...own, ...others.filter(({ owner }) => !owner)]
      return [code, [...first, ...rest.sort((a, b) => a.since.getTime() - b.since.getTime())]]
    }),
  )
}

/** The services of these runners that still run. */
export const servicesOf = (runners: readonly Runner[]): string[] =>
  runners.flatMap(({ service, retired }) => (service && !retired ? [service] : []))

const shown = (from: Copy | (Running & { since?: Date; expansion?: boolean; learntFrom?: string | null })) => ({
  agency: from.agency,
  agencyName: from.agencyName,
  unit: from.unit,
  unitName: from.unitName,
  region: from.region,
  demo: from.demo,
  owner: false,
  expansion: from.expansion ?? false,
  learntFrom: from.learntFrom ?? null,
  since: from.since ?? new Date(0),
})
const of = ({ service, version, casesLast30, lastCase, retired }: Running) => ({
  service,
  version,
  casesLast30,
  lastCase,
  retired,
})
const unborn = {
  service: null,
  version: null,
  casesLast30: 0,
  lastCase: null,
  retired: null,
  heart: null,
  question: null,
}

/** An answer holds until somebody does something again. */
const stillSaid = (said: Said | undefined, lastCase: Date | null): Runner['question'] =>
  said && !(lastCase && lastCase > said.answered) ? { answer: said.answer, words: said.words, until: said.until } : null
