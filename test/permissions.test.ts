import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Actor } from '#platform/action.ts'
import { cast, gridOf, here } from '#platform/grid.ts'
import { describePermissions, loadGrids, permissionsFile } from '../tools/grids.ts'

describe('the house: who may do what', () => {
  it('is what docs/permissions.md says (npm run generate writes it)', async () => {
    assert.equal(await describePermissions(), readFileSync(permissionsFile, 'utf8'))
  })

  it('gives a national admin without a second factor no more than somebody signed in without a role', async () => {
    const stronger = (await loadGrids()).flatMap(({ room, lines }) =>
      lines
        .filter(({ cell }) => cell(cast['national admin without factor']) !== cell(cast['signed in, no role']))
        .map(({ verb, state }) => `${room}.${verb} ${state}`),
    )
    assert.deepEqual(stronger, [])
  })

  it('tells yes, no and not now apart', () => {
    const isUnit = (actor: Actor, thing: { unit: string; state: string }) =>
      actor.offices.some(({ unit }) => unit === thing.unit)
    const { lines } = gridOf(
      'x',
      { send: isUnit, look: () => true },
      {
        send: {
          things: { draft: { unit: here.unit, state: 'draft' }, sent: { unit: here.unit, state: 'sent' } },
          possible: ({ state }) => state === 'draft',
        },
        look: 'everywhere',
      },
    )
    const told = lines.map(({ verb, state, cell }) => [verb, state, cell(cast.unit), cell(cast['other unit'])])
    assert.deepEqual(told, [
      ['send', 'draft', 'yes', 'no'],
      ['send', 'sent', 'not now', 'no'],
      ['look', '', 'yes', 'yes'],
    ])
  })
})
