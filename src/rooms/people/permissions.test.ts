import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cast } from '#platform/grid.ts'
import { grid } from './permissions.grid.ts'

/** Who may do a verb in each state, by the names of the cast. */
function who(verb: string): Record<string, string[]> {
  const lines = grid.lines.filter((line) => line.verb === verb)
  assert.ok(lines.length > 0, verb)
  return Object.fromEntries(
    lines.map(({ state, cell }) => [
      state,
      Object.entries(cast)
        .filter(([, actor]) => cell(actor) === 'yes')
        .map(([name]) => name),
    ]),
  )
}

const national = ['national admin']
const ownAdmins = ['local admin', 'deputy']
const everybody = Object.keys(cast).filter((name) => name !== 'public')

describe('people: who may do what', () => {
  it('the secretariat keeps the list of agencies, and reads the record and the letters', () => {
    for (const verb of [
      'seeAgencies',
      'addAgency',
      'changeAgency',
      'importAgencies',
      'seeTeam',
      'seeAudit',
      'seeOutbox',
    ])
      assert.deepEqual(who(verb), { '': national }, verb)
  })

  it('an agency is seen by its own admins and the secretariat; its units are its admins’ own', () => {
    assert.deepEqual(who('seeAgency'), { '': [...ownAdmins, ...national] })
    assert.deepEqual(who('addUnit'), { '': ownAdmins })
    assert.deepEqual(who('importUnits'), { '': ownAdmins })
    assert.deepEqual(who('renameUnit'), { '': ownAdmins })
  })

  it('the secretariat invites to national offices and local admins; the local admin its deputy; both admins their units', () => {
    assert.deepEqual(who('invite'), {
      'national-admin': national,
      'local-admin': national,
      deputy: ['local admin'],
      unit: ownAdmins,
      evaluator: national,
      panel: national,
    })
  })

  it('invitations are sent again by whoever may invite to that office, and withdrawn by the secretariat too', () => {
    assert.deepEqual(who('resendInvitation'), {
      ...who('invite'),
      'local-admin, hand-over': ['local admin', ...national],
    })
    assert.deepEqual(who('revokeInvitation'), {
      'national-admin': national,
      'local-admin': national,
      deputy: ['local admin', ...national],
      unit: [...ownAdmins, ...national],
      evaluator: national,
      panel: national,
      'local-admin, hand-over': ['local admin', ...national],
    })
  })

  it('the secretariat ends every office; a local admin those it fills', () => {
    assert.deepEqual(who('endRole'), {
      'national-admin': national,
      'local-admin': national,
      deputy: ['local admin', ...national],
      unit: [...ownAdmins, ...national],
      evaluator: national,
      panel: national,
    })
  })

  it('the office of local admin is handed over by its holder or the secretariat, not by the deputy', () => {
    assert.deepEqual(who('handOver'), { '': ['local admin', ...national] })
  })

  it('everybody signed in keeps the own account; only the secretariat clears a second factor, and not its own', () => {
    for (const verb of ['changeOwnPassword', 'changeOwnFactor', 'changeOwnProfile', 'closeOwnAccount', 'endSession'])
      assert.deepEqual(who(verb), { own: everybody, "somebody else's": [] }, verb)
    assert.deepEqual(who('clearFactor'), { own: [], "somebody else's": national })
  })

  it('an account is looked after by whoever fills all its offices, and by the secretariat', () => {
    const expected = {
      ...who('invite'),
      deputy: ['local admin', ...national],
      unit: [...ownAdmins, ...national],
      'unit and deputy': ['local admin', ...national],
      'unit here and elsewhere': national,
      'no office': national,
    }
    for (const verb of ['closeAccount', 'replacePassword']) assert.deepEqual(who(verb), expected, verb)
  })

  it('every verb of the room is named here', () => {
    const named =
      'seeAgencies addAgency changeAgency importAgencies seeTeam seeAudit seeOutbox seeAgency addUnit renameUnit invite resendInvitation revokeInvitation endRole handOver changeOwnPassword changeOwnFactor endSession clearFactor changeOwnProfile closeOwnAccount closeAccount replacePassword importUnits'
    assert.deepEqual([...new Set(grid.lines.map(({ verb }) => verb))].sort(), named.split(' ').sort())
  })
})
