import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { openCardSimulator, readerPatience } from '../src/desk/card-reader.ts'
import { Counter } from '../src/desk/counter.ts'
import { Desk, type DeskRefusal, Refused } from '../src/desk/desk.ts'
import type { Neighbours } from '../src/desk/neighbours.ts'
import { hashOf, newSigningKey, readInvitation, type Signature, sign, signatureHolds } from '../src/format/index.ts'
import type { Queue, Stage } from '../src/net/index.ts'
import { memoryMedium } from './memory-medium.ts'
import { type MadeTps, makeTps, testNik } from './village.ts'

const made = makeTps({ voters: 9, desks: 3, elsewhere: [{ nik: testNik(2, 1), tps: 2 }] })
const madeTwo = {
  ...made,
  package: { ...made.package, rules: { ...made.package.rules, cutOff: 'two-officers' as const } },
}
const keys = [1, 2, 3].map(() => newSigningKey())
const names = ['desk-1', 'desk-2', 'desk-3']

type Room = {
  desks: Desk[]
  stage: Stage
  queue?: Queue
  stopped: Set<number>
  cut: (from: number, to: number) => boolean
  /** A moment in which anything else may happen. */
  pause: (what: string) => Promise<void>
  loseAnswer: () => boolean
  media: ReturnType<typeof memoryMedium>[][]
}

/** Three desks in one process whose cables are the test's. */
function makeRoom(tps: MadeTps = made): Room {
  const room: Room = {
    desks: [],
    stage: 'open',
    stopped: new Set(),
    cut: () => false,
    pause: async () => {},
    loseAnswer: () => false,
    media: names.map(() => [memoryMedium('ssd'), memoryMedium('usb')]),
  }
  room.desks = names.map((_, at) => openDesk(room, at, tps))
  return room
}

function openDesk(room: Room, at: number, tps: MadeTps = made): Desk {
  const neighbours: Neighbours = {
    stage: () => room.stage,
    queue: () => room.queue,
    keyOf: (device) => keys[names.indexOf(device)]?.key,
    devices: () => names,
    ownerOf: (share) => (room.stopped.has(share) ? undefined : share),
    reached: (desk) => !room.cut(at + 1, desk),
    changed: () => {},
    async exchange(desk) {
      const [own, peer] = [() => room.desks[at]!, () => room.desks[desk - 1]!]
      await room.pause('ask')
      if (room.cut(at + 1, desk)) return false
      peer().absorb(own().logs.beyond(peer().logs.have()))
      if (room.loseAnswer()) return false
      await room.pause('answer')
      if (room.cut(at + 1, desk)) return false
      const rows = peer().logs.beyond(own().logs.have())
      await room.pause('arrive')
      own().absorb(rows)
      return true
    },
  }
  return new Desk({
    media: room.media[at]!,
    device: names[at]!,
    number: at + 1,
    key: keys[at]!,
    package: tps.package,
    packageHash: tps.hash,
    roll: tps.roll,
    rollKey: tps.rollKey,
    neighbours,
    now: () => new Date('2026-11-22T01:07:00Z'),
  })
}

const refusal = (work: () => unknown): DeskRefusal | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}
/** Cards of officers over the next line of a desk. */
const sign2 = (desk: Desk, act: Parameters<Desk['chain']['textOf']>[0], who = [1, 2]): Signature[] =>
  who.map((at) => {
    const { role, name, secret } = made.officers[at]!
    return sign('act/1', desk.chain.textOf(act), { role, signer: name }, secret)
  })

test('a voter is let in once and given one token, and that stays so after a restart', async () => {
  const room = makeRoom()
  const desk = room.desks[0]!
  assert.deepEqual(desk.byNik(made.niks[1]!), { in: 'roll', voter: 2 })
  assert.deepEqual(desk.byNik(testNik(2, 1)), { in: 'elsewhere', tps: 2 })
  assert.deepEqual(desk.byNik(testNik(7, 1)), { in: 'none' })
  assert.equal(
    refusal(() => desk.issue(2)),
    'not-present',
  )
  desk.letIn(2, 'card-finger', { assisted: true })
  assert.equal(
    refusal(() => desk.issue(2)),
    'not-agreed',
  )
  assert.deepEqual(desk.unfinished, [2])
  assert.equal(await desk.agree(2), 'agreed')
  desk.issue(2)
  assert.equal(
    refusal(() => desk.letIn(2, 'card-finger')),
    'already',
  )
  assert.equal(
    refusal(() => desk.issue(2)),
    'token-out',
  )
  const again = openDesk(room, 0)
  assert.equal(again.situation({ in: 'roll', voter: 2 }).present, true)
  assert.equal(
    refusal(() => again.letIn(2, 'card-finger')),
    'already',
  )
  assert.equal(
    refusal(() => again.issue(2)),
    'token-out',
  )
  assert.deepEqual([again.lastIssued, again.unfinished], [2, []])
  assert.deepEqual(again.book.counts, { present: 1, issued: 1, returned: 0, assisted: 1, turnedAway: 0 })
  for (const stage of ['preparing', 'paused', 'closed'] as const) {
    room.stage = stage
    assert.equal(
      refusal(() => again.letIn(3, 'card-finger')),
      'not-open',
    )
  }
})

test('a card that the reader cannot read within its patience is broken, and neither sooner nor without its time (R3)', async (t) => {
  assert.equal(readerPatience, 10_000)
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-ektp-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const reader = openCardSimulator(folder, 40)
  const nik = testNik(1, 1)
  const lay = (latency: number) =>
    writeFileSync(path.join(folder, 'kartu.ektp.json'), JSON.stringify({ nik, name: 'Pemilih 1', latency }))
  lay(40)
  const room = makeRoom()
  const counter = new Counter(room.desks[0]!, reader)
  const read = await counter.readCard()
  assert.ok(read.kind === 'person')
  assert.ok(read.at.readIn! >= 39, 'the time of the reader is part of it')
  lay(41)
  assert.deepEqual(await reader.read(), 'broken')
  counter.clear()
  assert.deepEqual(await counter.readCard(), { kind: 'problem', code: 'broken' })
})

test('every way but card and finger takes two different officers of this polling place', () => {
  const desk = makeRoom().desks[0]!
  for (const method of ['card-photo', 'typed-nik', 'papers'] as const) {
    const act = { kind: 'check-in', voter: 1, method } as const
    assert.equal(
      refusal(() => desk.letIn(1, method)),
      'needs-two',
    )
    assert.equal(
      refusal(() => desk.letIn(1, method, { by: sign2(desk, act, [1]) })),
      'needs-two',
    )
    assert.equal(
      refusal(() => desk.letIn(1, method, { by: sign2(desk, act, [1, 1]) })),
      'needs-two',
    )
    // A technician and a witness are no officers.
    assert.equal(
      refusal(() => desk.letIn(1, method, { by: sign2(desk, act, [1, 3]) })),
      'needs-two',
    )
    assert.equal(
      refusal(() => desk.letIn(1, method, { by: sign2(desk, act, [1, 5]) })),
      'needs-two',
    )
  }
  const other = sign2(desk, { kind: 'check-in', voter: 2, method: 'typed-nik' })
  assert.throws(() => desk.letIn(1, 'typed-nik', { by: other }), /by\.0\.signature/)
  assert.equal(desk.chain.head.seq, 0)
  desk.letIn(1, 'typed-nik', { by: sign2(desk, { kind: 'check-in', voter: 1, method: 'typed-nik' }) })
  assert.equal(desk.chain.entries[0]!.by?.length, 2)
})

test('a returned token and a void ballot each give another token, by two officers, and the numbers tell', async () => {
  const desk = makeRoom().desks[0]!
  desk.letIn(1, 'card-finger')
  await desk.agree(1)
  desk.issue(1)
  const back = { kind: 'token-returned', voter: 1 } as const
  const again = { kind: 'token-issued', voter: 1, replaces: 'returned' } as const
  const instead = { kind: 'token-issued', voter: 1, replaces: 'void' } as const
  assert.equal(
    refusal(() => desk.giveBack(1, [])),
    'needs-two',
  )
  assert.equal(
    refusal(() => desk.issue(1, { replaces: 'returned', by: sign2(desk, again) })),
    'token-out',
  )
  desk.giveBack(1, sign2(desk, back))
  assert.equal(
    refusal(() => desk.giveBack(1, sign2(desk, back))),
    'no-token',
  )
  assert.equal(
    refusal(() => desk.issue(1, { replaces: 'void', by: sign2(desk, instead) })),
    'no-token',
  )
  assert.equal(
    refusal(() => desk.issue(1, { replaces: 'returned' })),
    'needs-two',
  )
  desk.issue(1, { replaces: 'returned', by: sign2(desk, again) })
  desk.issue(1, { replaces: 'void', by: sign2(desk, instead) })
  assert.deepEqual(desk.book.counts, { present: 1, issued: 3, returned: 1, assisted: 0, turnedAway: 0 })
  assert.deepEqual(desk.conflicts, [])
})

test('two desks of one room never both let a voter in, whoever comes first', async () => {
  const room = makeRoom()
  const [one, two] = room.desks as [Desk, Desk]
  // Voter 5 is of desk 2's share and comes to desk 1.
  assert.deepEqual(one.share(5), { decides: 'reached', desk: 2 })
  one.letIn(5, 'card-finger')
  assert.equal(await one.agree(5), 'agreed')
  one.issue(5)
  assert.equal(
    refusal(() => two.letIn(5, 'card-finger')),
    'already',
  )
  // The cable is pulled after two officers let a voter without a card in: even two officers give no token then.
  one.letIn(4, 'typed-nik', { by: sign2(one, { kind: 'check-in', voter: 4, method: 'typed-nik' }) })
  room.cut = () => true
  assert.equal(await one.agree(4), 'silent')
  assert.equal(
    refusal(() => one.issue(4)),
    'not-agreed',
  )
  assert.equal(
    refusal(() => one.issue(4, { by: sign2(one, { kind: 'token-issued', voter: 4 }) })),
    'other-desk',
  )
  room.cut = () => false
  // At the same moment: both write, and the desk of the share wins.
  one.letIn(6, 'card-finger')
  two.letIn(6, 'card-finger')
  assert.equal(await one.agree(6), 'already')
  assert.equal(await two.agree(6), 'agreed')
  two.issue(6)
  assert.equal(
    refusal(() => one.issue(6)),
    'not-agreed',
  )
  await room.desks[2]!.plan.neighbours.exchange(1)
  await room.desks[2]!.plan.neighbours.exchange(2)
  assert.deepEqual(room.desks[2]!.conflicts, [
    {
      kind: 'check-in',
      voter: 6,
      places: [
        { device: 'desk-1', seq: 4 },
        { device: 'desk-2', seq: 1 },
      ],
    },
  ])
})

test('cut off, a desk serves its own share alone; where the rules allow it anyone with two officers, and then it shows', async () => {
  const room = makeRoom()
  room.cut = () => true
  const [one, two] = room.desks as [Desk, Desk]
  assert.equal(
    refusal(() => one.letIn(5, 'card-finger')),
    'other-desk',
  )
  const typed = { kind: 'check-in', voter: 5, method: 'typed-nik' } as const
  assert.equal(
    refusal(() => one.letIn(5, 'typed-nik', { by: sign2(one, typed) })),
    'other-desk',
  )
  one.letIn(1, 'card-finger')
  assert.equal(await one.agree(1), 'agreed')
  // The desk of share 2 was stopped by two officers at the station: two officers let its voters in.
  room.stopped.add(2)
  assert.equal(
    refusal(() => one.letIn(4, 'card-finger')),
    'needs-two',
  )
  one.letIn(4, 'card-finger', { by: sign2(one, { kind: 'check-in', voter: 4, method: 'card-finger' }) })
  assert.equal(await one.agree(4), 'silent')
  one.issue(4)
  assert.equal(
    refusal(() => one.issue(4)),
    'token-out',
  )

  const loose = makeRoom(madeTwo)
  loose.cut = () => true
  const both = loose.desks.slice(0, 2)
  for (const desk of both) {
    if (desk === both[0])
      assert.equal(
        refusal(() => desk.letIn(5, 'card-finger')),
        'needs-two',
      )
    desk.letIn(5, 'card-finger', { by: sign2(desk, { kind: 'check-in', voter: 5, method: 'card-finger' }) })
    assert.equal(await desk.agree(5), desk === both[0] ? 'silent' : 'agreed')
    desk.issue(5)
  }
  loose.cut = () => false
  await both[0]!.plan.neighbours.exchange(2)
  for (const desk of both)
    assert.deepEqual(desk.conflicts, [
      {
        kind: 'token',
        voter: 5,
        places: [
          { device: 'desk-1', seq: 2 },
          { device: 'desk-2', seq: 2 },
        ],
      },
    ])
  assert.deepEqual(two.conflicts, [])
})

test('whatever is cut, delayed, lost or restarted in between, one identity never gets two tokens', async () => {
  const desk = fc.integer({ min: 0, max: 2 })
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ at: desk, voter: fc.constantFrom(2, 5, 8) }) },
    { weight: 2, arbitrary: fc.record({ cut: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }) }) },
    { weight: 1, arbitrary: fc.record({ restart: desk }) },
    { weight: 1, arbitrary: fc.record({ lose: fc.boolean() }) },
  )
  let tokens = 0
  let doubled = 0
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(step, { minLength: 4, maxLength: 16 }), async (scheduler, steps) => {
      const room = makeRoom()
      room.pause = (what) => scheduler.schedule(Promise.resolve(), what).then(() => {})
      let cut = Array.from({ length: 9 }, () => false)
      let lose = false
      room.cut = (from, to) => cut[(from - 1) * 3 + to - 1]!
      room.loseAnswer = () => lose
      const serve = async (at: number, voter: number) => {
        await room.pause('voter')
        const here = room.desks[at]!
        if (refusal(() => here.letIn(voter, 'card-finger')) && !here.unfinished.includes(voter)) return
        const agreement = await here.agree(voter)
        if (agreement === 'agreed') await room.pause('token')
        // A machine that was restarted in between is another one, and knows of no agreement.
        refusal(() => room.desks[at]!.issue(voter))
      }
      for (const each of steps) {
        if ('at' in each) void scheduler.schedule(Promise.resolve(), 'arrival').then(() => serve(each.at, each.voter))
        else
          void scheduler.schedule(Promise.resolve(), 'event').then(() => {
            if ('cut' in each) cut = each.cut
            else if ('lose' in each) lose = each.lose
            else room.desks[each.restart] = openDesk(room, each.restart)
          })
      }
      await scheduler.waitIdle()
      cut = cut.map(() => false)
      lose = false
      room.pause = async () => {}
      for (const [from, to] of [
        [0, 2],
        [1, 2],
        [2, 1],
        [0, 2],
        [1, 1],
      ] as const)
        await room.desks[from]!.plan.neighbours.exchange(to)
      for (const [from, to] of [
        [0, 3],
        [1, 3],
        [2, 1],
        [2, 2],
      ] as const)
        await room.desks[from]!.plan.neighbours.exchange(to)
      const [first, ...rest] = room.desks as [Desk, ...Desk[]]
      for (const other of rest) assert.deepEqual([...other.logs.rows], [...first.logs.rows])
      for (const voter of [2, 5, 8]) {
        const { issued, checkIns } = first.book.of(voter)
        assert.ok(issued.length <= 1, `voter ${voter} has ${issued.length} tokens`)
        tokens += issued.length
        if (checkIns.length > 1) doubled++
      }
    }),
    { numRuns: 100 },
  )
  // The property must have had something to find.
  assert.ok(tokens > 100 && doubled > 3, `${tokens} tokens, ${doubled} doubled check-ins`)
})

test('an invitation finds its line and nothing more; a misread one finds none', () => {
  const election = made.package.election.id
  const code = (tps: number, no: number) =>
    `U1.${election.replaceAll('-', '').slice(-8)}.${tps}.${no}.${hashOf(`melayani/invitation/1\n${election}\n${tps}\n${no}`).slice(0, 4).toUpperCase()}`
  assert.deepEqual(readInvitation(election, ` ${code(1, 7)}\n`), { tps: 1, no: 7 })
  assert.equal(readInvitation(election, code(1, 7).replace('.7.', '.8.')), undefined)
  assert.equal(readInvitation('0199a3a0-0000-7000-8000-000000000002', code(1, 7)), undefined)
  const desk = makeRoom().desks[0]!
  assert.deepEqual(desk.byInvitation(code(1, 7)), { in: 'roll', voter: 7 })
  assert.deepEqual(desk.byInvitation(code(1, 700)), { in: 'none' })
  assert.deepEqual(desk.byInvitation(code(2, 7)), { in: 'elsewhere', tps: 2 })
})

test('a stamp names five minutes, the desk and the package: no voter, no token, and all of one desk and time are equal', () => {
  const [one, two] = makeRoom().desks as [Desk, Desk]
  const stamp = one.stamp()
  assert.equal(one.stamp(), stamp)
  assert.notEqual(two.stamp(), stamp)
  const [, step, number, signature] = /^S\.(\d+)\.(\d+)\.([A-Za-z0-9_-]{86})$/.exec(stamp)!
  assert.equal(Number(step), Math.floor(Date.parse('2026-11-22T01:05:00Z') / 300_000))
  assert.equal(number, '1')
  const signed = Buffer.from(signature!, 'base64url').toString('hex')
  const holds = (key: string) =>
    signatureHolds('stamp/1', `${made.hash}/${step}`, { role: 'device', signer: '', key, signature: signed })
  assert.deepEqual([holds(keys[0]!.key), holds(keys[1]!.key)], [true, false])
})

test('turning away is written with its reason and without a name, and no line of a desk holds a NIK or a token', async () => {
  const desk = makeRoom().desks[0]!
  desk.turnAway('none')
  desk.turnAway('elsewhere', { tps: 2 })
  desk.letIn(1, 'card-finger')
  await desk.agree(1)
  desk.issue(1)
  desk.turnAway('already', { voter: 1 })
  assert.deepEqual(desk.book.turnedAway, [
    ['already', 1],
    ['elsewhere', 1],
    ['none', 1],
  ])
  assert.deepEqual(desk.book.progress, [['2026-11-22T08:00', 1]])
  const text = desk.chain.lines.join('\n')
  for (const secret of [...made.niks, ...made.tokens, ...made.roll.voters.flatMap(({ name, nik }) => [name, nik])])
    assert.equal(text.includes(secret), false)
})
