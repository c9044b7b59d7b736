import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { papersOf } from '../src/booth/papers.ts'
import { checkChain } from '../src/media/chain.ts'
import { escPos, type Fault, joinParts, openSimulatedPrinter, slip } from '../src/print/index.ts'
import { noon, type Rig, rig, village } from './booth-rig.ts'

/*
 * Banyuasin 2021, as reported: a slip did not print, and the voter voted a second time. Here the printer fails at every byte of the slip, and
 * of the receipt before it, and in no case is there a second ballot, nor a ballot without its slip.
 */
const root = mkdtempSync(path.join(tmpdir(), 'melayani-banyuasin-'))
after(() => rmSync(root, { recursive: true }))
let count = 0

const state = (voter: ReturnType<Rig['nextVoter']>) => voter.view().state
const whole = (folder: string, kind: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`) && !name.includes('.part'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))

/** One voter at a booth whose printer has this fault; officers repair it, agree, leave; the voter goes on. */
async function vote(fault: Fault) {
  const folder = path.join(root, `${++count}`)
  const printer = openSimulatedPrinter({ folder, faults: [fault] })
  let time = noon
  const one = rig({ now: () => time, printer: { printer, tray: [], fail: () => {}, be: () => {} } })
  const voter = one.nextVoter()
  await voter.take(one.token(0))
  await voter.choose(2)
  await voter.confirm(true, 2)
  let helped = 0
  const help = async () => {
    while (state(voter).endsWith('-help')) {
      assert.ok(++helped < 3)
      // A second token is of no use: this very session is open, and the credential is taken.
      const other = one.nextVoter()
      await other.take(one.token(0))
      assert.equal(state(other), 'waiting')
      printer.set([])
      await one.agreeReprint()
      voter.agreed()
      await voter.left()
    }
  }
  await help()
  assert.equal(state(voter), 'deciding')
  await voter.decide(true)
  await help()
  assert.equal(state(voter), 'checking')
  assert.equal(one.box.counts().cast, 0, 'nothing is cast before the slip was seen')
  time += 3000
  await voter.check(true)
  assert.equal(state(voter), 'thanks')
  return { one, folder, helped }
}

test('Banyuasin 2021 (R38): the printer fails at each byte of the slip; one ballot, one good slip, and a reprint that two officers signed', async () => {
  const paper = slip({ package: village().made.package, choice: 2 })
  const length = escPos(paper).reduce((sum, part) => sum + part.length, 0)
  for (let at = 0; at <= length; at++) {
    const { one, folder, helped } = await vote({ kind: 'jam', kinds: ['slip'], at })
    assert.equal(helped, 1, `byte ${at}`)
    const counts = one.box.counts()
    assert.deepEqual([counts.used, counts.cast, counts.pending, counts.slips], [1, 1, 0, 1], `byte ${at}`)
    assert.equal(one.box.all().length, 1, 'one ballot')
    const slips = whole(folder, 'slip')
    const good = slips.filter((text) => text.includes('CETAK ULANG'))
    assert.equal(good.length, 1, `byte ${at}`)
    assert.ok(good[0]!.includes('Budi Santoso'))
    // Where the jam came after the last line, the first paper is whole too: it is in the officers' hands, and void.
    assert.equal(slips.length, at > length - 4 ? 2 : 1)
    assert.deepEqual(
      one.log.entries.filter(({ act }) => act.kind === 'slip-reprinted').map(({ by }) => by?.length),
      [2],
    )
    if (at % 25 === 0) assert.deepEqual(checkChain(one.log.lines, one.deviceKey, one.made.hash, 'booth-1'), [])
  }
})

test('the same for every other way in which a printer fails, at the slip and at the receipt', async () => {
  for (const kind of ['paper-out', 'cover-open', 'cutter', 'gone'] as const)
    for (const document of ['receipt', 'slip'] as const)
      for (const at of [1, 60, 200]) {
        const { one, folder, helped } = await vote({ kind, kinds: [document], at })
        const what = `${kind} at ${at} of the ${document}`
        assert.equal(helped, 1, what)
        assert.deepEqual([one.box.counts().cast, one.box.counts().slips, one.box.all().length], [1, 1, 1], what)
        const marked = whole(folder, 'slip').filter((text) => text.includes('CETAK ULANG'))
        // A reprint of the receipt is none of the slip's.
        assert.equal(marked.length, document === 'slip' ? 1 : 0, what)
      }
})

test('a printer that prints a second copy is seen by counting: one slip more than votes', async () => {
  const { one, folder } = await vote({ kind: 'second-copy', kinds: ['slip'] })
  assert.equal(whole(folder, 'slip').length, 2)
  assert.equal(one.box.counts().slips, 1)
})

test('the sheet of an opened ballot comes back from its codes as the very record that is published', async () => {
  const made = village().made.package
  const record = JSON.stringify({ version: 1, opening: Array.from({ length: 200 }, (_, at) => at) })
  const sheet = papersOf(made).opening(2, 'k'.repeat(43), record)
  assert.deepEqual(joinParts(sheet.blocks.flatMap((block) => ('qr' in block ? [block.qr] : []))), {
    ok: true,
    kind: 'UJI',
    text: record,
  })
})
