import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { newToken } from '#platform/password.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import type { Agency } from '../domain/agency.ts'
import { checkUnits, type PlannedPerson, type UnitRow } from '../domain/unit-import.ts'
import { nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import { holdAgency } from '../store/agency.ts'
import * as imports from '../store/import.ts'
import { addUnits } from '../store/unit.ts'
import { sendInvitations } from './invitation.ts'

/** Keep the rows of an uploaded table of units until they are confirmed. The file itself is not kept. */
export const checkUnitImport: Action<
  Agency,
  { file: string; rows: UnitRow[] },
  { id: string; file: string; rows: Unsaid<UnitRow[]> },
  never
> = {
  name: 'people.import-checked',
  find: holdAgency,
  may: may.importUnits,
  input: z.object({ file: z.string().max(200), rows: z.custom<UnitRow[]>(Array.isArray) }),
  decide: (_, { file, rows }) => decide({ id: newId(), file, rows: new Unsaid(rows) }),
  save: (tx, agency, { id, file, rows }, { now, actor }) =>
    imports.addImport(tx, { id, file, by: actor.id!, rows: rows.value, agency: agency.id }, now),
  tell: ({ rows }) => ({ rows: rows.value.length }),
  scope: (agency) => agency.id,
  subject: ({ id }) => id,
}

type Held = NonNullable<Awaited<ReturnType<typeof imports.holdUnitImport>>>
type Invited = PlannedPerson & { id: string; unitId: string; unitName: string }
type Written = { units: { id: string; name: string }[]; invited: number; people: Unsaid<Invited[]> }

/** Write all units of a checked table and invite their people: all of it, or nothing. */
export const confirmUnitImport: Action<
  Held,
  Record<string, never>,
  Written,
  'import-done' | 'import-broken' | 'import-nothing-new'
> = {
  name: 'people.units-imported',
  find: imports.holdUnitImport,
  may: (actor, { agency }) => may.importUnits(actor, { id: agency }),
  input: nothing as z.ZodType<Record<string, never>>,
  decide: (held, _, { now }) => {
    if (held.done) return refuse('import-done')
    const checked = checkUnits(held.rows, held, now)
    if (checked.problems.length > 0) return refuse('import-broken')
    if (checked.units.length + checked.people.length === 0) return refuse('import-nothing-new')
    const units = checked.units.map((name) => ({ id: newId(), name }))
    const byName = new Map([...held.units, ...units].map((unit) => [unit.name.toLowerCase(), unit]))
    const people = checked.people.map((person) => {
      const unit = byName.get(person.unit.toLowerCase())!
      return { ...person, id: newId(), unitId: unit.id, unitName: unit.name }
    })
    return decide({ units, invited: people.length, people: new Unsaid(people) })
  },
  save: async (tx, held, { units, people }, { now, actor }) => {
    const { agency, agencyName } = held
    await addUnits(
      tx,
      units.map((unit) => ({ ...unit, agency })),
      now,
    )
    const invitations = people.value.map(({ id, name, email, unitId: unit, unitName }) => ({
      ...{ id, name, email, agency, unit, unitName, agencyName },
      role: 'unit' as const,
      lang: 'id' as const,
      hand_over: null,
      secret: new Unsaid(newToken()),
    }))
    await sendInvitations(tx, invitations, { now, by: actor.id })
    await imports.endImport(tx, held.id, now)
  },
  tell: ({ units, invited }) => ({ units: units.length, invited }),
  scope: ({ agency }) => agency,
  also: ({ units, people }, { agency, id: from }) => [
    ...units.map(({ id, name }) => ({
      name: 'people.unit-added',
      subject: id,
      scope: agency,
      particulars: { unit: name, import: from },
    })),
    ...people.value.map(({ id, unitId }) => ({
      name: 'people.person-invited',
      subject: id,
      scope: agency,
      particulars: { role: 'unit', unit: unitId, import: from },
    })),
  ],
}
