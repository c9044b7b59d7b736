import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Choice } from '../src/booth/voter.ts'
import { type Files, newFiles, noFailure, noon, type Rig, rig, trayPrinter } from './booth-rig.ts'
import { powerFailing } from './power.ts'

/** What one voter, and the officers for this voter, do: the index of the token, then one line per press. */
type Voter = ReturnType<Rig['nextVoter']>
type Day = (
  one: Rig,
  at: (press: () => Promise<unknown>) => Promise<void>,
  voter: (token: number) => Promise<Voter>,
) => Promise<void>

const select = async (at: Parameters<Day>[1], voter: Voter, choice: Choice) => {
  await at(() => voter.choose(choice))
  await at(() => voter.confirm(true, choice))
}
/** Every way in which a session can go, one voter each: cast; UJI and cast; slip wrong; reprint; ended by officers. */
const day: Day = async (one, at, voter) => {
  const first = await voter(0)
  await select(at, first, 2)
  await at(() => first.decide(true))
  await at(() => first.check(true))
  const second = await voter(1)
  await select(at, second, 1)
  await at(() => second.decide(false))
  await at(() => second.again())
  await select(at, second, 'blank')
  await at(() => second.decide(true))
  await at(() => second.check(true))
  const third = await voter(2)
  await select(at, third, 3)
  await at(() => third.decide(true))
  await at(() => third.check(false))
  const fourth = await voter(3)
  await select(at, fourth, 1)
  one.fail({ status: 'jam', out: 'part' })
  await at(() => fourth.decide(true))
  await at(() => one.agreeReprint())
  fourth.agreed()
  await at(() => fourth.left())
  await at(() => fourth.check(true))
  const fifth = await voter(4)
  await select(at, fifth, 2)
  await at(async () => {
    one.agreeVoid()
    await fifth.endByOfficers()
  })
}

class Dead extends Error {}

/** Runs the day until power fails, and gives what was told to whom: tokens whose voters saw "terima kasih" or "dibatalkan". */
async function until(files: Files, at: number, sectors: (sector: number) => boolean) {
  const power = powerFailing(at, sectors)
  const printer = trayPrinter()
  let time = noon
  const thanked = new Set<number>()
  const ended = new Set<number>()
  let voting: { token: number; voter: Voter } | undefined
  let handed = 0
  try {
    const one = rig({ files, power, printer, now: () => time })
    const press = async (work: () => Promise<unknown>) => {
      await work()
      time += 5000
      if (!power.on) throw new Dead()
      const now = voting?.voter.view().state
      if (now === 'thanks') thanked.add(voting!.token)
      if (now === 'voided') ended.add(voting!.token)
    }
    await day(one, press, async (token) => {
      const voter = one.nextVoter()
      handed = printer.tray.filter(({ kind }) => kind === 'slip').length
      voting = { token, voter }
      await press(() => voter.take(one.token(token)))
      return voter
    })
    voting = undefined
  } catch (error) {
    if (power.on) throw error
  }
  const slips = printer.tray.filter(({ kind }) => kind === 'slip').length
  return { writes: power.writes, cut: !power.on, thanked, ended, voting, slipInHand: slips > handed, slips }
}

test('at every write of every kind of session: power cut, started again, the open session is named, and every ballot counts once', async () => {
  const { writes, thanked, ended } = await until(newFiles(), Number.POSITIVE_INFINITY, () => true)
  assert.deepEqual([...thanked], [0, 1, 3])
  assert.deepEqual([...ended], [2, 4])
  assert.equal(writes > 60, true, `${writes} writes`)
  let named = 0
  const choices = [() => false, () => true, (sector: number) => sector % 2 === 0]
  for (let at = 1; at <= writes; at++) {
    const sectors = choices[at % choices.length]!
    const files = newFiles()
    const told = await until(files, at, sectors)
    assert.equal(told.cut, true)
    const again = rig({ files, now: () => noon + 3_600_000 })
    const { unresolved, stopped } = again.keeper.standing()
    const where = `write ${at} of ${writes}`
    assert.equal(stopped, undefined, where)
    assert.equal(unresolved.length <= 1, true, where)
    const slotOf = (token: number) =>
      again.box.all().find(({ credential, state }) => credential === again.credential(token) && state !== 'spoiled')
    // Who was told "stored" is stored; who was told "void" is void; nobody else is cast but, perhaps, the one who was interrupted.
    for (const token of told.thanked) assert.equal(slotOf(token)!.state, 'cast', where)
    for (const token of told.ended) assert.equal(slotOf(token)!.state, 'void', where)
    for (const token of [0, 1, 2, 3, 4])
      if (!told.thanked.has(token) && token !== told.voting?.token) assert.notEqual(slotOf(token)?.state, 'cast', where)
    if (unresolved.length > 0) {
      named++
      const [session] = unresolved
      assert.equal(slotOf(told.voting!.token)!.id, session!.id, where)
      // The booth takes nobody before it is resolved.
      const next = again.nextVoter()
      await next.take(again.token(5))
      assert.deepEqual(next.view().notice, { code: 'unresolved' }, where)
      assert.deepEqual(await again.keeper.resolve(session!.id, 'cast', again.by({ kind: 'resolved', as: 'cast' })), {
        ok: session!.state === 'pending',
        ...(session!.state === 'pending' ? {} : { why: 'unresolved' }),
      })
      if (session!.state === 'open')
        await again.keeper.resolve(session!.id, 'void', again.by({ kind: 'resolved', as: 'void' }))
    }
    assert.deepEqual(again.keeper.standing().unresolved, [], where)
    const counts = again.box.counts()
    assert.equal(counts.used, counts.cast + counts.void, where)
    assert.equal(counts.slips, counts.cast, where)
    assert.equal(counts.pending, 0, where)
    // The day goes on, and a token that was used stays used.
    const next = again.nextVoter()
    if (told.voting && slotOf(told.voting.token)) {
      await next.take(again.token(told.voting.token))
      assert.deepEqual(next.view().notice, { code: 'used' }, where)
    }
    await next.take(again.token(6))
    assert.equal(next.view().state, 'choosing', where)
  }
  assert.equal(named > 30, true, `${named} sessions were named`)
})

test('resolved by what is in hand: as many ballots are cast as there are good slips, whatever moment the cut met', async () => {
  const { writes } = await until(newFiles(), Number.POSITIVE_INFINITY, () => true)
  for (let at = 5; at <= writes; at += 3) {
    const files = newFiles()
    const told = await until(files, at, () => at % 2 === 0)
    const again = rig({ files })
    const [session] = again.keeper.standing().unresolved
    if (session) {
      const as = session.state === 'pending' && told.slipInHand ? 'cast' : 'void'
      assert.equal((await again.keeper.resolve(session.id, as, again.by({ kind: 'resolved', as }))).ok, true)
    }
    const { cast, slips } = again.box.counts()
    assert.equal(cast, slips)
    // Of the third voter the slip is out and was called wrong: officers put it to the void ones.
    const wrong = told.ended.has(2) || told.voting?.token === 2 ? 1 : 0
    assert.equal(told.slips - cast <= wrong, true, `write ${at}: ${told.slips} slips, ${cast} cast`)
    assert.equal(cast <= told.slips, true)
  }
})

test('the printer stops at any moment of any paper: never a ballot without its slip, never two (R38)', async () => {
  for (const out of ['nothing', 'part', 'whole'] as const)
    for (const status of ['jam', 'paper-out', 'cover-open', 'cutter', 'off'] as const)
      for (const reprint of [true, false]) {
        const printer = trayPrinter()
        let time = noon
        const one = rig({ printer, now: () => time, power: noFailure() })
        const voter = one.nextVoter()
        await voter.take(one.token(0))
        await voter.choose(1)
        await voter.confirm(true, 1)
        printer.fail({ status, out })
        await voter.decide(true)
        time += 60_000
        await voter.check(true)
        assert.equal(voter.view().state, 'slip-help')
        assert.equal(one.box.counts().cast, 0)
        if (reprint) {
          await one.agreeReprint()
          voter.agreed()
          await voter.left()
          time += 3000
          await voter.check(true)
        } else {
          one.agreeVoid()
          await voter.endByOfficers()
        }
        const { cast, void: ended, slips, slipsVoid, reprints } = one.box.counts()
        const paper = out === 'nothing' ? 0 : 1
        assert.deepEqual([cast, ended, slips, slipsVoid], reprint ? [1, 0, 1, 0] : [0, 1, 0, paper])
        assert.equal(reprints, reprint ? paper : 0)
        const voted = one.nextVoter()
        await voted.take(one.token(0))
        assert.deepEqual(voted.view().notice, { code: 'used' }, 'there is no second ballot')
      }
})
