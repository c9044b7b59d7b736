import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { type Agency, judgeRegion, type RegionKind, type Unit } from '../domain/agency.ts'
import { isNational } from '../domain/office.ts'
import { agencyForm, unitForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as agencies from '../store/agency.ts'
import * as units from '../store/unit.ts'

type AgencyInput = z.output<typeof agencyForm>
type Described = Omit<Agency, 'id' | 'demo'>
type AgencyRefusal = 'code-taken' | 'name-taken' | 'region-needed' | 'region-not-that-kind' | 'region-not-here'
type Taken = readonly { id: string; code: string; name: string }[]

/** The wanted code and name are looked up while agencies are locked; the region is found before by the route. */
function judgeAgency(input: AgencyInput, region: { kind: RegionKind } | null, taken: Taken, own?: string) {
  const others = taken.filter((other) => other.id !== own)
  if (others.some((other) => other.code.toLowerCase() === input.code.toLowerCase())) return refuse('code-taken')
  if (others.some((other) => other.name.toLowerCase() === input.name.toLowerCase())) return refuse('name-taken')
  const fits = judgeRegion(input.kind, region)
  return fits.ok ? decide({ code: input.code, kind: input.kind, name: input.name, region: input.region }) : fits
}

async function whatIsTaken(tx: Tx, wanted: { code: string; name: string }): Promise<Taken> {
  await agencies.lockAgencies(tx)
  return agencies.takenBy(tx, { codes: [wanted.code.trim()], names: [wanted.name.trim().replace(/\s+/g, ' ')] })
}

/** Add one agency. `wanted` is what was typed, so that what it collides with can be held. */
export const addAgency = (
  wanted: { code: string; name: string },
  region: { kind: RegionKind } | null,
): Action<Taken, AgencyInput, Described & { id: string }, AgencyRefusal> => ({
  name: 'people.agency-added',
  find: async (tx, actor, id) => (id === actor.id && isNational(actor) ? whatIsTaken(tx, wanted) : undefined),
  may: may.addAgency,
  input: agencyForm,
  decide: (taken, input) => {
    const judged = judgeAgency(input, region, taken)
    return judged.ok ? decide({ ...judged.change, id: newId() }) : judged
  },
  save: (tx, _, agency, { now }) => agencies.addAgencies(tx, [agency], now),
  tell: ({ code, kind, name }) => ({ code, kind, agency: name }),
  scope: () => null,
  subject: ({ id }) => id,
})

export const editAgency = (
  wanted: { code: string; name: string },
  region: { kind: RegionKind } | null,
): Action<Agency & { taken: Taken }, AgencyInput, Described, AgencyRefusal | 'no-change'> => ({
  name: 'people.agency-changed',
  find: async (tx, actor, id) => {
    const taken = await whatIsTaken(tx, wanted)
    const agency = await agencies.holdAgency(tx, actor, id)
    return agency && { ...agency, taken }
  },
  may: may.changeAgency,
  input: agencyForm,
  decide: (agency, input) => {
    const judged = judgeAgency(input, region, agency.taken, agency.id)
    if (!judged.ok) return judged
    const fields = ['code', 'kind', 'name', 'region'] as const
    return fields.every((field) => agency[field] === judged.change[field]) ? refuse('no-change') : judged
  },
  save: (tx, agency, change) => agencies.saveAgency(tx, agency.id, change),
  tell: (change, before) => ({ agency: change.name, before: before.name, code: change.code, region: change.region }),
  scope: (agency) => agency.id,
})

export const addUnit: Action<Agency & { names: readonly string[] }, z.output<typeof unitForm>, Unit, 'unit-taken'> = {
  name: 'people.unit-added',
  find: async (tx, actor, id) => {
    const agency = await agencies.holdAgency(tx, actor, id)
    return agency && { ...agency, names: (await units.listUnits(tx, id)).map((unit) => unit.name) }
  },
  may: may.addUnit,
  input: unitForm,
  decide: (agency, { name }) =>
    isAmong(name, agency.names) ? refuse('unit-taken') : decide({ agency: agency.id, id: newId(), name }),
  save: (tx, _, unit, { now }) => units.addUnit(tx, unit, now),
  tell: ({ name }) => ({ unit: name }),
  scope: (agency) => agency.id,
  subject: (unit) => unit.id,
}

export const renameUnit: Action<
  Unit & { others: readonly string[] },
  z.output<typeof unitForm>,
  { name: string },
  'unit-taken' | 'no-change'
> = {
  name: 'people.unit-renamed',
  find: units.holdUnit,
  may: may.renameUnit,
  input: unitForm,
  decide: (unit, { name }) => {
    if (unit.name === name) return refuse('no-change')
    return isAmong(name, unit.others) ? refuse('unit-taken') : decide({ name })
  },
  save: (tx, unit, { name }) => units.renameUnit(tx, unit, name),
  tell: ({ name }, unit) => ({ unit: name, before: unit.name }),
  scope: (unit) => unit.agency,
}

const isAmong = (name: string, names: readonly string[]) =>
  names.some((other) => other.toLowerCase() === name.toLowerCase())
