import assert from 'node:assert/strict'
import { test } from 'node:test'
import { platformRandom, readBallot } from '@melayani/ballot'
import { checkOpening, drawCredential, withCheck } from '@melayani/ballot/cast'
import fc from 'fast-check'
import type { BoothDevice } from '../src/booth/device.ts'
import { officersApp } from '../src/booth/officers-app.tsx'
import { nextState, type SessionEvent, type SessionState, sessionTable } from '../src/booth/states.ts'
import { makeStamp, newSigningKey, type Signature, stampText } from '../src/format/index.ts'
import { checkChain } from '../src/media/chain.ts'
import { JpegError } from '../src/print/index.ts'
import { Acts } from '../src/screen/index.ts'
import { noon, type Rig, rig, trayPrinter, village } from './booth-rig.ts'

const text = (paper: { blocks: readonly object[] }) => JSON.stringify(paper.blocks)
const state = (voter: ReturnType<Rig['nextVoter']>) => voter.view().state

test('a voter: token, choice, YA, receipt, MASUKKAN, slip, confirmed; one ballot is cast and checks out', async () => {
  let time = noon
  const one = rig({ now: () => time })
  const voter = one.nextVoter()
  await voter.take(one.token(0))
  assert.equal(state(voter), 'choosing')
  assert.equal(one.box.all()[0]!.state, 'open')
  await voter.choose(2)
  await voter.confirm(true, 2)
  assert.equal(state(voter), 'deciding')
  assert.equal(one.box.all()[0]!.state, 'pending')
  await voter.decide(true)
  assert.equal(state(voter), 'checking')
  assert.equal(one.box.all()[0]!.slip, 'printed')
  await voter.check(true)
  assert.equal(state(voter), 'checking', 'not before three seconds have passed')
  time += 3000
  await voter.check(true)
  assert.equal(state(voter), 'thanks')
  const [slot] = one.box.all()
  assert.equal(slot!.state, 'cast')
  assert.equal(readBallot(slot!.ballot!).credential, one.credential(0))
  assert.deepEqual(
    one.tray.map(({ kind }) => kind),
    ['receipt', 'slip'],
  )
  assert.equal(text(one.tray[1]!).includes('Budi Santoso'), true)
  assert.equal(text(one.tray[0]!).includes('Budi Santoso'), false)
  assert.equal(voter.view().picked, undefined)
  assert.equal(JSON.stringify(one.noted()), '[]')
})

test('UJI opens the ballot that was promised, it never counts, and the same token votes again', async () => {
  const one = rig()
  const voter = one.nextVoter()
  await voter.take(one.token(1))
  for (const pick of [3, 1] as const) {
    await voter.choose(pick)
    await voter.confirm(true, pick)
    await voter.decide(false)
    assert.equal(state(voter), 'opened')
    await voter.again()
  }
  await voter.choose('blank')
  await voter.confirm(true, 'blank')
  await voter.decide(true)
  await voter.check(false)
  assert.equal(state(voter), 'voided')
  const spoiled = one.box.all().filter(({ state }) => state === 'spoiled')
  const chosen = spoiled.map((slot) => {
    const { election_hash } = readBallot(slot.ballot!)
    const record = { version: 1, election: election_hash, ballot: slot.ballot!, opening: JSON.parse(slot.opening!) }
    const verdict = checkOpening(one.made.package.ballot.election, JSON.stringify(record))
    return verdict.faults.length === 0 && 'chosen' in verdict ? verdict.chosen[0] : verdict.faults
  })
  assert.deepEqual(chosen.map(String).toSorted(), ['1. Sari Wulandari', '3. Made Artana'])
  assert.deepEqual(one.box.counts(), {
    used: 1,
    cast: 0,
    void: 1,
    spoiled: 2,
    pending: 0,
    slips: 0,
    slipsVoid: 1,
    reprints: 0,
  })
  assert.deepEqual(
    one.noted().map(({ act }) => act.kind),
    ['slip-reported'],
  )
})

test('any path of choosing and TIDAK ends, after YA, in one ballot: of what was chosen last (R7)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(1, 2, 3, 'blank' as const), { minLength: 1, maxLength: 6 }),
      async (picks) => {
        const one = rig()
        const voter = one.nextVoter()
        await voter.take(one.token(0))
        for (const [at, pick] of picks.entries()) {
          await voter.choose(pick)
          await voter.confirm(at === picks.length - 1, pick)
        }
        await voter.decide(true)
        assert.equal(one.box.all().length, 1)
        const slip = text(one.tray[1]!)
        const last = picks.at(-1)!
        const names = ['Pilihan kosong', 'Sari Wulandari', 'Budi Santoso', 'Made Artana']
        assert.deepEqual(
          names.map((name) => slip.includes(name)),
          names.map((_, at) => at === (last === 'blank' ? 0 : last)),
        )
      },
    ),
    { numRuns: 25 },
  )
})

test('an old page, a second press and a candidate who is not there change nothing', async () => {
  const one = rig()
  const voter = one.nextVoter()
  await voter.choose(1)
  assert.equal(state(voter), 'waiting')
  await voter.take(one.token(0))
  await voter.choose(4)
  assert.equal(state(voter), 'choosing')
  await voter.choose(1)
  await voter.confirm(false, 1)
  await voter.choose(2)
  await voter.confirm(true, 1)
  assert.deepEqual([state(voter), voter.view().notice], ['confirming', { code: 'confirm-changed' }])
  await Promise.all([voter.confirm(true, 2), voter.confirm(true, 2), voter.confirm(true, 2)])
  await Promise.all([voter.decide(true), voter.decide(false)])
  await voter.choose(3)
  await voter.again()
  assert.equal(state(voter), 'checking')
  assert.deepEqual(
    one.tray.map(({ kind }) => kind),
    ['receipt', 'slip'],
  )
})

test('each way in which a token can be wrong has a message of its own, and opens nothing (R5, R6, T22)', async () => {
  const other = newSigningKey()
  const desk2 = stampText(makeStamp('desk-1', other, village().made.hash, noon))
  const ofPool = (one: Rig, pool: string) => `MLY1.${pool}.${one.made.tokens[0]!.replaceAll('-', '')}`
  // Of none of this village's pools, and typed, so that nothing but the roll of credentials can tell.
  const stranger = withCheck(drawCredential(platformRandom))
  const cases: [string, (one: Rig) => string, (Parameters<typeof rig>[0] & { tps?: number })?][] = [
    ['unreadable', () => 'https://example.org'],
    ['unreadable', (one) => one.made.tokens[0]!.slice(0, -3)],
    ['mistyped', (one) => one.made.tokens[0]!.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))],
    ['other-place', (one) => ofPool(one, '33333333'), { tps: 3 }],
    ['other-election', (one) => ofPool(one, '00000000')],
    ['unknown', (one) => `${stranger} ${stampText(one.stamp())}`],
    ['stamp-false', (one) => `${one.made.tokens[0]} ${desk2}`],
    ['stamp-expired', (one) => one.token(0), { now: () => noon }],
    ['not-open', (one) => one.token(0), { stage: 'paused' }],
    ['not-open', (one) => one.token(0), { stage: 'closed' }],
  ]
  for (const [code, token, plan] of cases) {
    let time = noon
    const one = rig({ ...plan, now: () => time })
    const voter = one.nextVoter()
    const given = token(one)
    if (code === 'stamp-expired') time += 41 * 60_000
    await voter.take(given)
    const { tps } = plan ?? {}
    assert.deepEqual(voter.view().notice, { code, ...(tps && { tps }) }, `${code}: ${given}`)
    assert.equal(state(voter), 'waiting')
    assert.equal(one.box.all().length, 0)
  }
})

test('a token opens one ballot: while its session is open, after it was cast, and after it was made void', async () => {
  let time = noon
  const one = rig({ now: () => time })
  const first = one.nextVoter()
  await first.take(one.token(0))
  const second = one.nextVoter()
  await second.take(one.token(1))
  assert.deepEqual(second.view().notice, { code: 'unresolved' })
  await first.choose(1)
  await first.confirm(true, 1)
  await first.decide(true)
  time += 3000
  await first.check(true)
  const third = one.nextVoter()
  await third.take(one.token(0))
  assert.deepEqual(third.view().notice, { code: 'used' })
  await third.take(one.token(2))
  await third.choose(1)
  await third.confirm(true, 1)
  await third.decide(true)
  await third.check(false)
  const fourth = one.nextVoter()
  await fourth.take(one.token(2))
  assert.deepEqual(fourth.view().notice, { code: 'used' })
  assert.deepEqual(one.box.counts(), {
    used: 2,
    cast: 1,
    void: 1,
    spoiled: 0,
    pending: 0,
    slips: 1,
    slipsVoid: 1,
    reprints: 0,
  })
})

test('two slips that voters call wrong stop the booth for good, also after it was started again', async () => {
  const one = rig()
  for (const at of [0, 1]) {
    const voter = one.nextVoter()
    await voter.take(one.token(at))
    await voter.choose(1)
    await voter.confirm(true, 1)
    await voter.decide(true)
    await voter.check(false)
  }
  assert.equal(one.keeper.standing().stopped, 'two-slips')
  const again = rig({ files: one.files })
  const voter = again.nextVoter()
  await voter.take(again.token(2))
  assert.deepEqual(voter.view().notice, { code: 'stopped' })
  assert.equal(again.keeper.switched(true, again.by(again.keeper.switchAct(true))), false)
  assert.equal(again.keeper.standing().stopped, 'two-slips')
})

test('a slip that jams is printed again after two officers agreed and left; its paper counts as void', async () => {
  const printer = trayPrinter()
  let time = noon
  const one = rig({ printer, now: () => time })
  const voter = one.nextVoter()
  await voter.take(one.token(0))
  await voter.choose(2)
  printer.fail({ status: 'jam', out: 'nothing' })
  await voter.confirm(true, 2)
  assert.equal(state(voter), 'receipt-help')
  assert.deepEqual(one.keeper.standing().current!.help, { what: 'receipt', paper: false, agreed: false })
  await one.agreeReprint()
  voter.agreed()
  assert.equal(state(voter), 'receipt-again')
  assert.equal(one.tray.length, 0, 'nothing is printed while officers stand there')
  await voter.left()
  printer.fail({ status: 'paper-out', out: 'part' })
  await voter.decide(true)
  assert.equal(state(voter), 'slip-help')
  await one.agreeReprint()
  voter.agreed()
  await voter.left()
  time += 3000
  await voter.check(true)
  assert.equal(state(voter), 'thanks')
  assert.equal(text(one.tray[1]!).includes('CETAK ULANG'), true)
  assert.deepEqual(one.box.counts(), {
    used: 1,
    cast: 1,
    void: 0,
    spoiled: 0,
    pending: 0,
    slips: 1,
    slipsVoid: 0,
    reprints: 1,
  })
  assert.deepEqual(
    one.noted().map(({ act, by }) => [act.kind, by?.length]),
    [
      ['incident', 2],
      ['slip-reprinted', 2],
    ],
  )
  assert.deepEqual(checkChain(one.log.lines, one.deviceKey, one.made.hash, 'booth-1'), [])
})

test('a printer that fails without a word for it leaves nobody stuck: officers are called, and end the session or print again', async () => {
  let time = noon
  const printer = trayPrinter()
  const { print } = printer.printer
  const one = rig({ printer, now: () => time })
  for (const [token, error, paper] of [
    [0, new JpegError('a rare form of JPEG'), false],
    [1, new Error('no space left'), true],
  ] as const) {
    const voter = one.nextVoter()
    await voter.take(one.token(token))
    await voter.choose(2)
    await voter.confirm(true, 2)
    printer.printer.print = () => Promise.reject(error)
    await voter.decide(true)
    assert.equal(state(voter), 'slip-help')
    assert.deepEqual(one.keeper.standing().current?.help, { what: 'slip', paper, agreed: false })
    printer.printer.print = print
    await one.agreeReprint()
    voter.agreed()
    await voter.left()
    time += 3000
    await voter.check(true)
    assert.equal(state(voter), 'thanks')
  }
  assert.equal(one.box.counts().cast, 2)
})

/** How a session comes into each state in which officers can end it; `alone` takes the second copy away, `crossing` signs while it is asked. */
const moments: Partial<Record<SessionState, (one: Rig, voter: ReturnType<Rig['nextVoter']>) => Promise<unknown>>> = {
  choosing: async () => {},
  confirming: (_, voter) => voter.choose(1),
  sealing: async (one, voter) => {
    await voter.choose(1)
    one.pull('usb')
    await voter.confirm(true, 1)
  },
  'receipt-help': async (one, voter) => {
    await voter.choose(1)
    one.fail({ status: 'jam', out: 'part' })
    await voter.confirm(true, 1)
  },
  'receipt-again': async (one, voter) => {
    await moments['receipt-help']!(one, voter)
    await one.agreeReprint()
    voter.agreed()
  },
  deciding: async (_, voter) => {
    await voter.choose(1)
    await voter.confirm(true, 1)
  },
  opening: async (one, voter) => {
    await moments.deciding!(one, voter)
    one.pull('usb')
    await voter.decide(false)
  },
  opened: async (one, voter) => {
    await moments.deciding!(one, voter)
    await voter.decide(false)
  },
  'slip-help': async (one, voter) => {
    await moments.deciding!(one, voter)
    one.fail({ status: 'jam', out: 'part' })
    await voter.decide(true)
  },
  'slip-again': async (one, voter) => {
    await moments['slip-help']!(one, voter)
    await one.agreeReprint()
    voter.agreed()
  },
  marking: async (one, voter) => {
    await moments.deciding!(one, voter)
    one.pull('usb')
    await voter.decide(true)
  },
  checking: async (_, voter) => {
    await moments.deciding!(_, voter)
    await voter.decide(true)
  },
}

test('a session that officers end is void in every state in which one can be ended, and the voter has no second ballot', async () => {
  const endable = Object.entries(sessionTable).flatMap(([name, { on }]) => (on.void ? [name] : []))
  // The last one only while the keeper does not know yet that the voter pressed: see the next test.
  assert.deepEqual([...Object.keys(moments), 'recording'].toSorted(), endable.toSorted())
  for (const [name, come] of Object.entries(moments)) {
    const one = rig({ reachable: () => false })
    const voter = one.nextVoter()
    await voter.take(one.token(0))
    await come(one, voter)
    assert.equal(state(voter), name)
    const lines = one.log.entries.length
    assert.equal(one.agreeVoid(), true, name)
    assert.equal(one.agreeVoid(), false, `${name}: it is ended once`)
    assert.deepEqual([one.keeper.standing().current!.over, one.keeper.voidAct()], ['void', undefined])
    await voter.endByOfficers()
    if (one.box.media().some(({ held }) => !held)) {
      assert.equal(state(voter), 'voiding', name)
      one.plugIn('usb')
      await voter.retry()
    }
    assert.equal(state(voter), 'voided', name)
    assert.deepEqual(
      one.log.entries.slice(lines).map(({ act }) => act.kind),
      ['session-void'],
    )
    const paper = ['slip-help', 'marking', 'checking'].includes(name)
    const ended = one.box.all().filter(({ state }) => state !== 'spoiled')
    assert.deepEqual(
      ended.map(({ state, slip }) => [state, slip]),
      [['void', paper ? 'void' : 'none']],
      name,
    )
    const slots = one.box.all().length
    await one.nextVoter().take(one.token(0))
    assert.equal(one.box.all().length, slots)
  }
})

test('a vote that is cast, though only in one place, can no longer be ended: nothing is noted, and it stays cast', async () => {
  let time = noon
  const one = rig({ reachable: () => false, now: () => time })
  const voter = one.nextVoter()
  await voter.take(one.token(0))
  await moments.checking!(one, voter)
  one.pull('usb')
  time += 3000
  await voter.check(true)
  assert.deepEqual([state(voter), voter.view().notice], ['recording', { code: 'copies' }])
  assert.deepEqual([one.keeper.standing().current!.over, one.keeper.voidAct()], ['cast', undefined])
  const lines = one.log.entries.length
  assert.equal(one.agreeVoid(), false)
  assert.equal(one.log.entries.length, lines)
  one.plugIn('usb')
  await voter.retry()
  assert.equal(state(voter), 'thanks')
  const { cast, void: ended } = one.box.counts()
  assert.deepEqual({ cast, ended }, { cast: 1, ended: 0 })
})

test('the last press of the voter and the officers’ signatures cross: what the log has first holds', async () => {
  for (const what of ['slip', 'cast', 'spoil', 'store'] as const) {
    let time = noon
    let crossed = 0
    const one: Rig = rig({
      now: () => time,
      asking: ({ ask }) => {
        if (ask !== what) return
        crossed++
        assert.equal(one.agreeVoid(), true)
        void voter.endByOfficers()
      },
    })
    const voter = one.nextVoter()
    await voter.take(one.token(0))
    await voter.choose(1)
    await voter.confirm(true, 1)
    await voter.decide(what !== 'spoil')
    time += 3000
    await voter.check(true)
    assert.equal(crossed, 1)
    assert.equal(state(voter), 'voided', what)
    assert.deepEqual(
      one.box
        .all()
        .map(({ state }) => state)
        .toSorted(),
      what === 'spoil' ? ['spoiled', 'void'] : ['void'],
      what,
    )
    assert.deepEqual(
      one.log.entries.map(({ act }) => act.kind),
      ['paper-tested', 'session-void'],
    )
  }
})

test('what officers sign is for the voter in the booth when they began: not for the next one, though the line is the same', async () => {
  let time = noon
  const printer = trayPrinter()
  const one = rig({ printer, now: () => time })
  const jammed = async (token: number) => {
    const voter = one.nextVoter()
    await voter.take(one.token(token))
    await moments['slip-help']!(one, voter)
    return { voter, id: one.keeper.standing().current!.id }
  }
  const first = await jammed(0)
  await one.agreeReprint()
  const reprint = { kind: 'slip-reprinted' } as const
  assert.equal(await one.keeper.agreeReprint(first.id, reprint, one.by(reprint)), false, 'agreed once')
  first.voter.agreed()
  await first.voter.left()
  const act = { kind: 'session-void' } as const
  const text = one.log.textOf(act)
  time += 3000
  await first.voter.check(true)
  const { voter } = await jammed(1)
  assert.equal(one.log.textOf(act), text, 'a session leaves no line')
  const lines = one.log.entries.length
  assert.equal(one.keeper.agreeVoid(first.id, one.by(act)), false)
  assert.equal(await one.keeper.agreeReprint(first.id, reprint, one.by(reprint)), false)
  const receipt = { kind: 'incident', what: 'receipt-reprinted', note: '' } as const
  const { id } = one.keeper.standing().current!
  assert.equal(await one.keeper.agreeReprint(id, receipt, one.by(receipt)), false, 'signed for the other paper')
  assert.equal(one.log.entries.length, lines)
  assert.deepEqual([state(voter), one.keeper.standing().current!.help!.agreed], ['slip-help', false])
})

test('a reprint that is signed while the second copy is missing is printed; the vote waits for the copy, and nobody is stuck', async () => {
  let time = noon
  const one = rig({ reachable: () => false, now: () => time })
  const voter = one.nextVoter()
  await voter.take(one.token(0))
  await moments['slip-help']!(one, voter)
  one.pull('usb')
  assert.equal(await one.agreeReprint(), true)
  voter.agreed()
  await voter.left()
  assert.deepEqual([state(voter), voter.view().notice], ['marking', { code: 'copies' }])
  one.plugIn('usb')
  await voter.retry()
  time += 3000
  await voter.check(true)
  assert.equal(state(voter), 'thanks')
  const { cast, slips, reprints } = one.box.counts()
  assert.deepEqual({ cast, slips, reprints }, { cast: 1, slips: 1, reprints: 1 })
})

test('the officers’ page begins an act for the voter in the booth; the second PIN, typed when the next one sits there, ends nobody’s session', async () => {
  let time = noon
  const one = rig({ now: () => time })
  const orders: string[] = []
  const acts = new Acts(() => one.made.package.officers)
  const device = {
    keeper: one.keeper,
    log: one.log,
    box: one.box,
    failure: () => undefined,
    paperTest: () => undefined,
    hub: { reached: () => true },
    status: () => ({ stage: 'open', media: one.box.media(), standing: one.keeper.standing() }),
    agreeVoid: (id: string, by: readonly Signature[]) => one.keeper.agreeVoid(id, by) && orders.push('void') > 0,
  } as unknown as BoothDevice
  const app = officersApp({
    package: one.made.package,
    packageHash: one.made.hash,
    number: () => 1,
    reader: { card: () => undefined },
    acts,
    standing: () => ({ at: 'working', device }),
    trust: () => {},
    kiosk: 0,
    voterPage: () => '/',
  })
  const begin = async () => {
    const to = (await app.request('/end', { method: 'POST' })).headers.get('location')!
    return acts.get(to.slice('/act/'.length))?.act
  }
  const agreed = () =>
    one.by({ kind: 'session-void' }).map((signature) => ({
      id: signature.signer,
      name: signature.signer,
      role: 'officer' as const,
      signatures: [signature],
    }))
  assert.equal(await begin(), undefined, 'nobody is in the booth')
  const first = one.nextVoter()
  await first.take(one.token(0))
  const act = (await begin())!
  const lines = one.log.entries.length
  await moments.checking!(one, first)
  time += 3000
  await first.check(true)
  const second = one.nextVoter()
  await second.take(one.token(1))
  const done = await act.run(agreed())
  assert.equal('refusal' in done && done.refusal('en'), 'That session is over.')
  assert.deepEqual([orders, one.log.entries.length, state(second)], [[], lines, 'choosing'])
  const again = (await begin())!
  assert.deepEqual([await again.run(agreed()), orders], [{ to: '/' }, ['void']])
  // Where it is too late, the page says why and offers nothing.
  const shown = await (await app.request('/?lang=en')).text()
  assert.match(shown, /This session was ended; its vote does not count/)
  assert.doesNotMatch(shown, /action="\/end"/)
  await second.endByOfficers()
  const third = one.nextVoter()
  await third.take(one.token(2))
  assert.match(await (await app.request('/?lang=en')).text(), /action="\/end"/)
})

test('with one medium the station holds the second copy; with neither nothing goes on, and nothing is lost (R44, R50, R55)', async () => {
  const alone = rig({ reachable: () => false })
  await alone.nextVoter().take(alone.token(0))
  assert.equal(alone.box.all()[0]!.state, 'open', 'both media are there: no station is needed')

  let reachable = true
  let time = noon
  const given: Uint8Array[] = []
  const one = rig({ reachable: () => reachable, given, now: () => time })
  const voter = one.nextVoter()
  await voter.take(one.token(0))
  one.pull('usb')
  await voter.choose(1)
  await voter.confirm(true, 1)
  assert.equal(state(voter), 'deciding')
  assert.equal(given.length, 1)
  reachable = false
  await voter.decide(true)
  assert.deepEqual([state(voter), voter.view().notice], ['marking', { code: 'copies' }])
  await voter.retry()
  assert.equal(state(voter), 'marking')
  one.plugIn('usb')
  await voter.retry()
  assert.equal(state(voter), 'checking')
  one.pull('usb')
  time += 3000
  await voter.check(true)
  assert.equal(state(voter), 'recording')
  reachable = true
  await voter.retry()
  assert.equal(state(voter), 'thanks')
  reachable = false
  const next = one.nextVoter()
  await next.take(one.token(1))
  assert.deepEqual(next.view().notice, { code: 'copies' })
  assert.equal(one.box.all().length, 1, 'without a second copy no session begins')
})

test('a source of randomness that repeats itself closes the booth, whatever it was before a restart (T27)', async () => {
  const one = rig()
  const voter = one.nextVoter()
  await voter.take(one.token(0))
  await voter.choose(1)
  await voter.confirm(true, 1)
  const ballot = one.box.all()[0]!.ballot!
  await voter.decide(true)
  await voter.check(false)
  const again = rig({ files: one.files })
  assert.equal(
    (await again.keeper.answer({ ask: 'take', credential: again.credential(3), stamp: again.stamp() })).ok,
    true,
  )
  const repeated = JSON.stringify({ ...JSON.parse(ballot), credential: again.credential(3) })
  assert.deepEqual(await again.keeper.answer({ ask: 'store', ballot: repeated }), { ok: false, why: 'repeated' })
  assert.equal(again.keeper.standing().stopped, 'repeated')
  assert.equal(rig({ files: one.files }).keeper.standing().stopped, 'repeated')
})

test('the table has no state without a way out but the ends, and every state can be reached', () => {
  const reached = new Set<SessionState>(['waiting'])
  for (let grown = true; grown; ) {
    grown = false
    for (const from of [...reached])
      for (const event of Object.keys(sessionTable[from].on) as SessionEvent[]) {
        const to = nextState(from, event)!
        if (!reached.has(to)) grown = true
        reached.add(to)
      }
  }
  assert.deepEqual([...reached].toSorted(), Object.keys(sessionTable).toSorted())
  const ends = Object.entries(sessionTable).flatMap(([name, { on }]) => (Object.keys(on).length === 0 ? [name] : []))
  assert.deepEqual(ends.toSorted(), ['thanks', 'voided'])
})
