import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { before, test } from 'node:test'
import { openGroup } from '@melayani/ballot'
import { hashOf, shortHash, sign } from '../src/format/index.ts'
import type { ReconciliationSheet } from '../src/record/index.ts'
import { tallyOf, writeArchive } from '../src/station/archive.ts'
import { judgeRequest, readTallyOrder, type TallyRequest, writeTallyOrder } from '../src/trustee/answer.ts'
import { insertCard, testPin } from './cards.ts'
import { castSlots, deskRows, openDay, type StationWorld, two } from './station-world.ts'
import { makeTps } from './village.ts'

let world: StationWorld
let request: TallyRequest
let ballots: readonly string[]
before(async () => {
  const day = await openDay({ rules: { smallGroup: 3 } })
  world = day.world
  await world.tell(day.desk, '/hub/log', { lines: deskRows(world, day.desk, [1, 2, 3, 4]) })
  const { slots, sent } = castSlots(world, [1, 0, 2, 1])
  ballots = slots.map(({ ballot }) => ballot!)
  await world.tell(day.booth, '/hub/box', { box: 'x', slots: sent })
  world.clock.now = `${world.made.package.election.date}T06:30:00Z`
  await world.agree('/close', {}, two(world))
  await world.agree('/boxes/booth-1', { 'cast-booth-1': '4' }, two(world))
  await world.post('/by-hand', { unused: '6', slips: '4', slipsVoid: '0', replaced: '0' })
  await world.agree('/sheet/sign', {}, [world.officer('chair')])
  await world.get('/tally')
  await world.agree('/tally', {}, two(world))
  request = readTallyOrder(await world.get('/cards/order.json'))!
})

/** What a station that lies could ask instead: another tally, announced as it is, over these ballots. */
function lie(of: readonly string[], archiveOf = of): TallyRequest {
  const { package: content } = world.made
  const group = openGroup('Ed25519')
  const closed = tallyOf(content, group, of)
  const order = { ...request.order, tally: closed.text, announced: { ...request.order.announced, tally: closed.hash } }
  const archive = writeArchive(content, archiveOf, tallyOf(content, group, archiveOf))
  return readTallyOrder(writeTallyOrder({ ...request, order, archive }))!
}
const judge = (given: TallyRequest, { package: content, hash } = world.made) => judgeRequest(given, { content, hash })
/** The sheet once more with other content, signed by the chair's card. */
const sheetOf = (change: Partial<ReconciliationSheet>, role = 'chair') => {
  const text = JSON.stringify({ ...JSON.parse(request.sheet.text), ...change })
  const who = world.made.officers.find((each) => each.role === role)!
  return { text, signatures: [sign('reconciliation/1', text, { role: who.role, signer: who.name }, who.secret)] }
}

test('T25: the key holder outside judges all ballots and their product, and how many they are', async () => {
  assert.deepEqual(await judge(request), { ballots: 4 })
  assert.deepEqual(await judge(request, makeTps({ voters: 6, reserve: 4 })), { fault: 'election' })
})

test('T25: the tally of one ballot, or of a few, is not opened, whatever is read aloud', async () => {
  // The hash that is announced and compared is true of what is asked.
  assert.deepEqual(await judge(lie(ballots.slice(0, 1))), { fault: 'few' })
  assert.deepEqual(await judge(lie(ballots.slice(0, 2))), { fault: 'few' })
  // All ballots are shown, and one is asked for.
  assert.deepEqual(await judge(lie(ballots.slice(0, 1), ballots)), { fault: 'tally' })
  // As many as a small group, but fewer than the chair has signed.
  assert.deepEqual(await judge(lie(ballots.slice(0, 3))), { fault: 'sheet' })
  // Filled up with a ballot that is none.
  const [first, second] = ballots
  const broken = second!.replace(/"response":"(\d+)/, (_, digits) => `"response":"${BigInt(digits) + 1n}`)
  assert.deepEqual(await judge(lie([first!, broken, ...ballots.slice(2)])), { fault: 'archive' })
})

test('T25: a sheet that the chair has not signed, of another package or of another number, is no sheet', async () => {
  const { counts } = JSON.parse(request.sheet.text) as ReconciliationSheet
  for (const sheet of [
    sheetOf({ counts: { ...counts, cast: 5 } }),
    sheetOf({ package: hashOf('another') }),
    sheetOf({}, 'officer'),
    { ...request.sheet, text: `${request.sheet.text} ` },
    { text: 'x', signatures: request.sheet.signatures },
  ])
    assert.deepEqual(await judge({ ...request, sheet }), { fault: 'sheet' })
  assert.deepEqual(await judge({ ...request, sheet: sheetOf({}) }), { ballots: 4 })
})

test('the program asks for the number on paper before it asks for a PIN, and shows it nowhere', async () => {
  const at = (name: string) => path.join(world.folder, name)
  const main = path.join(import.meta.dirname, '../src/main.ts')
  insertCard(at('cards'), at('reader'), world.trustees[0]!)
  const run = (order: TallyRequest, lines: readonly string[]) => {
    writeFileSync(at('order.json'), writeTallyOrder(order))
    const files = ['--order', at('order.json'), '--package', at('package.json'), '--reader', at('reader')]
    const child = spawn(process.execPath, ['--import', 'tsx', main, 'trustee', ...files, '--lang', 'en'])
    let [out, err] = ['', '']
    child.stdout.on('data', (bytes) => {
      out += bytes
    })
    child.stderr.on('data', (bytes) => {
      err += bytes
    })
    child.stdin.end(lines.map((line) => `${line}\n`).join(''))
    return new Promise<{ code: number | null; out: string; err: string }>((done) =>
      child.once('close', (code) => done({ code, out, err })),
    )
  }
  const few = await run(lie(ballots.slice(0, 1)), ['1', testPin])
  assert.deepEqual([few.code, few.out, /too few ballots/.test(few.err)], [1, '', true])
  const other = await run(request, ['300', testPin])
  assert.equal(other.code, 1)
  assert.match(other.err, /This request holds 4 ballots, not 300\. It is not opened/)
  assert.equal(other.out.includes(shortHash(request.order.announced.tally)), true)
  assert.equal(existsSync(at('order.jawaban.json')), false)
  const good = await run(request, ['4', testPin])
  assert.equal(good.code, 0)
  assert.deepEqual(good.out.trim().split('\n').slice(1), [
    `Hash of the tally as read out at the polling place: ${shortHash(request.order.announced.tally)}`,
    'Telephone the chair. Go on only if the hash is the same.',
    `Answer for the station: ${at('order.jawaban.json')}`,
  ])
  insertCard(at('cards'), at('reader'), undefined)
  const form = new FormData()
  form.append('answer', new File([readFileSync(at('order.jawaban.json'))], 'jawaban.json'))
  assert.equal((await world.app.request('/cards/answer', { method: 'POST', body: form })).status, 303)
  assert.deepEqual(world.station.state().decrypted, [1])
})
