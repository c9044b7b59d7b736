import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Line } from '../src/format/index.ts'
import { later, mayClose, mayCloseQueue, mayOpen, nextExtension, nextStep, quorumOf } from '../src/station/law.ts'
import { type StationState, stateOf } from '../src/station/state.ts'
import { makeTps } from './village.ts'

const { package: plain } = makeTps({ voters: 9, reserve: 1 })
const { package: sleman } = makeTps({ voters: 9, reserve: 1, rules: { quorum: [2, 3], extensions: [60, 60] } })
const date = plain.election.date
const devices = (['desk', 'booth'] as const).map((as) => ({ device: `${as}-1`, as, number: 1, key: 'a'.repeat(64) }))
const open: StationState = { ...stateOf([], plain), stage: 'open', devices, zero: 'b'.repeat(64) }
const at = (time: string, state = open, day = date) => ({ state, clock: { time, date: day } })

test('the polls open on the day, from the hour, with a desk, a booth, empty boxes and a zero report, and not otherwise', () => {
  const ready: StationState = { ...open, stage: 'preparing' }
  assert.equal(mayOpen(plain, at('07:00', ready), 0), undefined)
  assert.equal(mayOpen(plain, at('06:59', ready), 0), 'early')
  assert.equal(mayOpen(plain, at('07:00', ready, '2026-11-21'), 0), 'date')
  assert.equal(mayOpen(plain, at('07:00', ready), 1), 'ballots-inside')
  assert.equal(mayOpen(plain, at('07:00', { ...ready, devices: [devices[1]!] }), 0), 'no-desk')
  assert.equal(mayOpen(plain, at('07:00', { ...ready, devices: [devices[0]!] }), 0), 'no-booth')
  const { zero: _, ...without } = ready
  assert.equal(mayOpen(plain, at('07:00', without), 0), 'zero-missing')
  assert.equal(mayOpen(plain, at('07:00', { ...ready, stage: 'closed' }), 0), 'stage')
})

test('without a quorum the polls close at the hour, or when the whole roll has come', () => {
  assert.equal(mayClose(plain, at('12:59'), 8), 'early')
  assert.equal(mayClose(plain, at('13:00'), 0), undefined)
  assert.equal(mayClose(plain, at('09:00'), 9), undefined)
  assert.equal(mayClose(plain, at('00:30', open, '2026-11-23'), 0), undefined)
  assert.equal(mayClose(plain, at('13:00', { ...open, stage: 'closed' }), 9), 'stage')
  assert.equal(nextExtension(plain, at('13:00'), 0), 'no-quorum-rule')
})

test('the last queue is closed at the hour and not before, with no more people than have not come yet', () => {
  assert.equal(mayCloseQueue(plain, at('12:59'), 4, 2), 'early')
  assert.equal(mayCloseQueue(plain, at('13:00'), 4, 2), undefined)
  assert.equal(mayCloseQueue(plain, at('13:00'), 4, 0), undefined)
  assert.equal(mayCloseQueue(plain, at('13:00'), 4, 5), undefined)
  assert.equal(mayCloseQueue(plain, at('13:00'), 4, 6), 'queue-many')
  assert.equal(mayCloseQueue(plain, at('13:00', { ...open, stage: 'closed' }), 4, 2), 'stage')
  assert.equal(mayCloseQueue(plain, at('13:30', { ...open, until: '14:00' }), 4, 2), 'early')
})

test('two thirds of nine are six: below it the polls are extended twice, and then it counts whatever the turnout', () => {
  assert.equal(quorumOf(sleman), 6)
  assert.equal(mayClose(sleman, at('13:00'), 6), undefined)
  assert.equal(mayClose(sleman, at('13:00'), 5), 'not-extended')
  assert.equal(nextExtension(sleman, at('12:59'), 5), 'early')
  assert.equal(nextExtension(sleman, at('13:00'), 5), 60)
  assert.equal(nextExtension(sleman, at('13:00'), 6), 'quorum-reached')
  const once = { ...open, until: '14:00', extensions: 1 }
  assert.equal(mayClose(sleman, at('13:30', once), 5), 'early')
  assert.equal(nextExtension(sleman, at('14:00', once), 5), 60)
  const twice = { ...open, until: '15:00', extensions: 2 }
  assert.equal(nextExtension(sleman, at('15:00', twice), 5), 'no-extension-left')
  assert.equal(mayClose(sleman, at('15:00', twice), 0), undefined)
})

test('a later hour is later by so many minutes, and never on another day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 600 }), (from, minutes) => {
      const time = (total: number) =>
        `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`
      assert.equal(later(time(from), minutes), time(Math.min(from + minutes, 1439)))
    }),
  )
})

test('the log alone says what stage it is; a device that comes back under its name replaces what it was', () => {
  const line = (act: Line['act'], at: number): Line => ({ seq: at + 1, prev: '', device: 'station', step: '', act })
  const acts: Line['act'][] = [
    { kind: 'device-joined', device: 'booth-1', as: 'booth', number: 1, key: 'a' },
    { kind: 'device-stopped', device: 'booth-1', reason: 'panas' },
    { kind: 'device-joined', device: 'booth-2', as: 'booth', number: 2, key: 'b' },
    { kind: 'polls-opened' },
    { kind: 'polls-paused' },
    { kind: 'polls-resumed' },
    { kind: 'queue-closed', standing: 4 },
    { kind: 'polls-extended', until: '14:00', reason: 'quorum' },
    { kind: 'difference-explained', law: 'pool', left: 10, right: 9, note: 'satu token: sobek' },
    { kind: 'decrypted', owner: 3 },
    { kind: 'decrypted', owner: 1 },
    { kind: 'decrypted', owner: 3 },
  ]
  const state = stateOf(acts.map(line), plain)
  assert.deepEqual([state.stage, state.until, state.extensions, state.decrypted], ['open', '14:00', 1, [1, 3]])
  // An extension opens the queue again; the next one is another.
  assert.equal(state.queue, undefined)
  const again = stateOf([...acts, { kind: 'queue-closed' as const, standing: 2 }].map(line), plain)
  assert.deepEqual(again.queue, { standing: 2, round: 2 })
  assert.deepEqual(state.differences, [{ law: 'pool', left: 10, right: 9, note: 'satu token: sobek' }])
  assert.deepEqual(
    state.devices.map(({ device, stopped }) => [device, stopped]),
    [
      ['booth-1', 'panas'],
      ['booth-2', undefined],
    ],
  )
})

test('of the whole day there is one next step', () => {
  const step = (state: Partial<StationState>, more = {}) =>
    nextStep({ state: { ...open, ...state }, pending: 0, countedByHand: false, opened: false, ...more })
  const complete = devices.map((each) => ({ ...each, complete: stateOf([], plain) as never }))
  const { zero: _, ...noZero } = open
  assert.deepEqual(
    [
      nextStep({
        state: { ...noZero, stage: 'preparing', devices: [] },
        pending: 0,
        countedByHand: false,
        opened: false,
      }),
      nextStep({ state: { ...noZero, stage: 'preparing' }, pending: 0, countedByHand: false, opened: false }),
      step({ stage: 'preparing' }),
      step({}),
      step({ queue: { standing: 3, round: 1 } }),
      step({ stage: 'closed' }),
      step({ stage: 'closed', devices: complete }, { pending: 1 }),
      step({ stage: 'closed', devices: complete }),
      step({ stage: 'closed', devices: complete }, { countedByHand: true }),
      step({ stage: 'closed', devices: complete, reconciled: { hash: '', holds: true } }, { countedByHand: true }),
      step({ stage: 'closed', tally: 'c' }),
      step({ stage: 'closed', tally: 'c' }, { opened: true }),
      step({ stage: 'closed', tally: 'c', results: ['d'] }),
      step({ stage: 'closed', results: ['d'], handedOver: [{ how: 'usb', hash: 'e' }] }),
    ],
    [
      'join',
      'zero',
      'open',
      'vote',
      'queue',
      'boxes',
      'pending',
      'by-hand',
      'reconcile',
      'tally',
      'cards',
      'result',
      'hand-over',
      'done',
    ],
  )
})
