import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { boothProgram } from './booth-program.ts'
import { rig } from './booth-rig.ts'
import { until } from './desk-rig.ts'
import { hubDouble } from './hub-double.ts'
import { makeTps } from './village.ts'

/*
 * The slips come out of the booth's printer, and no sensor tells a roll that lies the wrong way round (R42): its paper is white and the printer
 * says that all is well. Two honest voters who report such a slip would end the booth.
 */
test('no token is taken before two officers have found the paper readable, and none after it ran out or was opened', async () => {
  const one = rig({ paper: false })
  const take = async () => {
    const { ok, ...why } = await one.keeper.answer({
      ask: 'take',
      credential: one.credential(0),
      stamp: one.stamp(),
    })
    return ok ? 'taken' : why
  }
  const officersSay = (readable: boolean) => one.keeper.paperTested(readable, one.by(one.keeper.paperAct(readable)))
  assert.deepEqual([one.keeper.standing().paper, await take()], ['untested', { why: 'paper' }])
  officersSay(false)
  assert.deepEqual([one.keeper.standing().paper, await take()], ['unreadable', { why: 'paper' }])
  officersSay(true)
  one.keeper.paperChanged()
  assert.deepEqual([one.keeper.standing().paper, await take()], ['untested', { why: 'paper' }])
  // Said once, however often the printer says it.
  one.keeper.paperChanged()
  officersSay(true)
  assert.deepEqual([one.keeper.standing().paper, await take()], ['readable', 'taken'])
  assert.deepEqual(
    one.log.entries.map(({ act, by }) => [act.kind, by?.length ?? 0]),
    [
      ['paper-tested', 2],
      ['paper-tested', 2],
      ['paper-changed', 0],
      ['paper-tested', 2],
    ],
  )
  // After a restart the log still knows.
  assert.equal(rig({ files: one.files, paper: false }).keeper.standing().paper, 'readable')
})

test('a slip is not printed again on a roll that nobody has looked at', async () => {
  const one = rig()
  const voter = one.nextVoter()
  await voter.take(one.token(0))
  await voter.choose(1)
  await voter.confirm(true, 1)
  one.fail({ status: 'paper-out', out: 'part' })
  await voter.decide(true)
  one.keeper.paperChanged()
  assert.equal(one.keeper.reprintAct(), undefined)
  one.keeper.paperTested(true, one.by(one.keeper.paperAct(true)))
  assert.deepEqual(one.keeper.reprintAct(), { kind: 'slip-reprinted' })
})

test('at a running booth: a reversed roll prints a white test without a fault, officers say so, and no voter begins until it was turned', async (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-paper-'))
  const made = makeTps({ voters: 3, reserve: 0, rules: { slipSeconds: 0 } })
  const hub = await hubDouble(made, 0)
  const booth = boothProgram(made, root, hub, 4790)
  t.after(async () => {
    await booth.kill()
    await hub.close()
    rmSync(root, { recursive: true, force: true })
  })
  await booth.start()
  const page = async (address: string) => {
    const answer = await fetch(address).catch(() => undefined)
    return answer ? answer.text() : ''
  }
  const shows = (address: string, text: string) =>
    until(async () => (await page(address)).includes(text), `${address} shows ${text}`)
  const barred = 'Kertas printer belum diuji'
  await shows(booth.voters, barred)
  booth.faults([{ kind: 'wrong-paper' }])
  await booth.testPaper(false)
  assert.deepEqual(booth.papers('self-test'), [''])
  await shows(booth.officers, 'Tidak terbaca. Balik atau ganti gulungan')
  await shows(booth.voters, barred)
  // A token that is sent all the same opens nothing.
  await fetch(`${booth.voters}token`, { method: 'POST', body: new URLSearchParams({ token: hub.token(0) }) })
  await shows(booth.voters, barred)
  booth.faults([])
  await booth.testPaper()
  assert.deepEqual(
    booth
      .papers('self-test')
      .map((text) => text.includes('UJI KERTAS'))
      .toSorted(),
    [false, true],
  )
  await shows(booth.voters, 'id="token"')
  // The cover is opened, and shut again over whatever roll.
  booth.faults([{ kind: 'cover-open' }])
  await shows(booth.voters, barred)
  booth.faults([])
  await shows(booth.voters, barred)
  await booth.testPaper()
  await shows(booth.voters, 'id="token"')
})
