import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Desk } from '../src/desk/desk.ts'
import type { Neighbours } from '../src/desk/neighbours.ts'
import { type Act, newSigningKey, type Signature, sign } from '../src/format/index.ts'
import { checkChain, openChain } from '../src/media/chain.ts'
import { MediumLost } from '../src/media/medium.ts'
import { memoryMedium, type Power, powerFailing } from './power.ts'
import { makeTps } from './village.ts'

const made = makeTps({ voters: 6, desks: 2 })
const keys = [newSigningKey(), newSigningKey()]
const names = ['desk-1', 'desk-2']

/** What the other desk has written meanwhile, and sends. */
const others = openChain(
  [
    memoryMedium(
      'elsewhere',
      powerFailing(0, () => true),
    ),
  ],
  'desk-2',
  keys[1]!,
  made.hash,
)
for (const voter of [4, 5]) {
  others.append({ kind: 'check-in', voter, method: 'card-finger' })
  others.append({ kind: 'token-issued', voter })
}

const neighbours: Neighbours = {
  stage: () => 'open',
  queue: () => undefined,
  keyOf: (device) => keys[names.indexOf(device)]?.key,
  devices: () => names,
  ownerOf: (share) => share,
  reached: () => true,
  exchange: async () => true,
  changed: () => {},
}
const openDesk = (power: Power, files: Map<string, Uint8Array>[]) =>
  new Desk({
    media: [memoryMedium('ssd', power, files[0]), memoryMedium('usb', power, files[1])],
    device: 'desk-1',
    number: 1,
    key: keys[0]!,
    package: made.package,
    packageHash: made.hash,
    roll: made.roll,
    rollKey: made.rollKey,
    neighbours,
  })
const two = (desk: Desk, act: Act): Signature[] =>
  [1, 2].map((at) => {
    const { role, name, secret } = made.officers[at]!
    return sign('act/1', desk.chain.textOf(act), { role, signer: name }, secret)
  })
const issued = (desk: Desk, voter: number) => desk.book.of(voter).issued.length

/** A morning at the desk. `done` is what people see on the screen after a restart; a step that is seen is not done again. */
const steps: { done(desk: Desk): boolean; do(desk: Desk): unknown }[] = [
  { done: (desk) => desk.book.of(1).checkIns.length > 0, do: (desk) => desk.letIn(1, 'card-finger') },
  {
    done: (desk) => issued(desk, 1) > 0,
    async do(desk) {
      assert.deepEqual(desk.unfinished, [1])
      assert.equal(await desk.agree(1), 'agreed')
      desk.issue(1)
    },
  },
  { done: (desk) => (desk.logs.have()['desk-2'] ?? 0) >= 2, do: (desk) => desk.absorb(others.lines.slice(0, 2)) },
  {
    done: (desk) => desk.book.of(2).checkIns.length > 0,
    do: (desk) =>
      desk.letIn(2, 'typed-nik', {
        assisted: true,
        by: two(desk, { kind: 'check-in', voter: 2, method: 'typed-nik', assisted: true }),
      }),
  },
  {
    done: (desk) => issued(desk, 2) > 0,
    async do(desk) {
      await desk.agree(2)
      desk.issue(2)
    },
  },
  { done: (desk) => desk.book.counts.turnedAway > 0, do: (desk) => desk.turnAway('already', { voter: 1 }) },
  {
    done: (desk) => desk.book.of(1).returned.length > 0,
    do: (desk) => desk.giveBack(1, two(desk, { kind: 'token-returned', voter: 1 })),
  },
  {
    done: (desk) => issued(desk, 1) > 1,
    do: (desk) =>
      desk.issue(1, { replaces: 'returned', by: two(desk, { kind: 'token-issued', voter: 1, replaces: 'returned' }) }),
  },
  { done: (desk) => (desk.logs.have()['desk-2'] ?? 0) >= 4, do: (desk) => desk.absorb(others.lines) },
]

/** Goes on with the morning; the steps that were told as done, also when the power fails in the next. */
async function morning(desk: Desk, told: Set<number>) {
  for (const [at, step] of steps.entries()) {
    if (!step.done(desk)) await step.do(desk)
    told.add(at)
  }
}

test('the plug is pulled at every write of a desk: what was told is there, nothing is done twice, and the day ends the same', async () => {
  const fresh = () => [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  const whole = powerFailing(0, () => true)
  const desk = openDesk(whole, fresh())
  await morning(desk, new Set())
  const { counts } = desk.book
  assert.deepEqual(counts, { present: 4, issued: 5, returned: 1, assisted: 1, turnedAway: 1 })
  // Seven lines of its own and two times the other desk's, each on two media.
  assert.equal(whole.writes, 18)
  let cuts = 0
  for (let write = 1; write <= whole.writes; write++)
    // Nothing of the interrupted write, or half of it.
    for (const half of [false, true]) {
      const files = fresh()
      const power = powerFailing(write, () => half)
      const told = new Set<number>()
      await morning(openDesk(power, files), told).catch((error) => assert.ok(error instanceof MediumLost))
      assert.equal(power.on, false)
      cuts++
      const again = openDesk(
        powerFailing(0, () => true),
        files,
      )
      for (const at of told)
        assert.equal(steps[at]!.done(again), true, `write ${write}: step ${at} was told and is gone`)
      await morning(again, new Set())
      assert.deepEqual(again.book.counts, counts)
      assert.deepEqual(again.conflicts, [])
      assert.deepEqual(again.unfinished, [])
      assert.deepEqual(files[0], files[1])
      for (const [at, name] of names.entries())
        assert.deepEqual(checkChain(again.logs.rows.get(name)!, keys[at]!.key, made.hash, name), [])
      assert.deepEqual(again.logs.rows.get('desk-2'), others.lines)
    }
  assert.equal(cuts, 36)
})

test('a stick that comes and goes at any write stops nothing', async () => {
  for (let write = 1; write <= 9; write++) {
    const files = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
    const on = powerFailing(0, () => true)
    let writes = 0
    const usb = memoryMedium('usb', on, files[1], () => ++writes === write)
    const desk = new Desk({ ...openDesk(on, files).plan, media: [memoryMedium('ssd', on, files[0]), usb] })
    await morning(desk, new Set())
    assert.deepEqual(desk.chain.media.map(({ state }) => state).filter((state) => state === 'good').length >= 1, true)
    desk.chain.rejoin()
    assert.deepEqual(files[0]!.get('desk-1.log'), files[1]!.get('desk-1.log'))
    assert.equal(openDesk(on, files).book.counts.issued, 5)
  }
})
