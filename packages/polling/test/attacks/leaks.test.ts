import { deepEqual, equal, ok } from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { blockSize, bytesSource, entries, Order } from '@melayani/ballot/archive'
import { publicHalf } from '../../src/booth/token.ts'
import { hashOf } from '../../src/format/index.ts'
import { readContainer } from '../../src/record/container.ts'
import { verifyRecord } from '../../src/record/index.ts'
import { archiveTime } from '../../src/station/archive.ts'
import { insertCard, testPin } from '../cards.ts'
import { until } from '../desk-rig.ts'
import { credentialOf } from '../tallied.ts'
import { makeTps } from '../village.ts'
import { memoryHolds } from './memory-scan.ts'
import type { RunningStation } from './running-station.ts'
import { openRunningVillage, type RunningVillage } from './running-village.ts'

/**
 * Who voted what, and in which order: after a day of three real processes it is asked of their memory, and of every file on
 * every disk and stick. Paper is left out: slips and receipts lie in the trays of the simulated printers as they would in hands.
 */
const root = mkdtempSync(path.join(tmpdir(), 'melayani-leaks-'))
const made = makeTps({ voters: 4, reserve: 2, desks: 1, booths: 1, rules: { slipSeconds: 0 } })
const day = [
  { no: 3, token: made.tokens[4]!, choice: 1, tests: [2] },
  { no: 1, token: made.tokens[0]!, choice: 2, tests: [] },
  { no: 4, token: made.tokens[5]!, choice: 1, tests: [] },
  { no: 2, token: made.tokens[2]!, choice: 0, tests: [] },
] as const
let village: RunningVillage
let station: RunningStation

before(async () => {
  village = await openRunningVillage(made, root, 4732)
  station = village.station
  await station.openPolls()
  for (const { no, token, choice, tests } of day) await village.vote(no, token, choice, tests)
})
after(async () => {
  await village?.end()
  rmSync(root, { recursive: true, force: true })
})

/** Every way in which the secret half of a token may be written. */
const secrets = day.flatMap(({ token }) => {
  const bare = credentialOf(token)
  return [bare, bare.replaceAll('-', ''), token.replaceAll('-', '')]
})
const names = made.roll.voters.map(({ name }) => name)
const pids = () => ({ station: station.pid(), desk: village.desk.process.pid!, booth: village.booth.pid()! })
const onLinux = process.platform === 'linux' ? false : 'NOT RUN: memory is looked at on Linux only'

test('the polling place closes, counts, and hands over a record that is sound', async () => {
  await station.close()
  await station.anew()
  // The booth tells the station of its last ballot when it next reaches it.
  await until(
    async () => (await station.agree('/boxes/booth-1', { 'cast-booth-1': '4' }, station.two)).to === '/boxes',
    'the station has all ballots of the booth',
  )
  const unused = `${made.package.pool.size - 4}`
  equal((await station.post('/by-hand', { unused, slips: '4', slipsVoid: '0', replaced: '0' })).to, '/sheet')
  await station.agree('/sheet/sign', {}, [station.officer('chair')])
  equal((await station.agree('/tally', {}, station.two)).to, '/cards')
  await station.anew()
  const { at } = station
  for (const id of station.trustees.slice(0, 3)) {
    insertCard(at('cards'), at('reader'), id)
    equal((await station.post('/cards', { pin: testPin })).status, 303)
  }
  insertCard(at('cards'), at('reader'), undefined)
  await station.post('/result/count')
  await station.agree('/result/sign', {}, [station.officer('chair'), station.officer('officer')])
  await station.agree('/result/witness', {}, [station.officer('witness', 1)])
  await station.agree('/hand-over/record', {}, [station.officer('chair')])
  equal((await station.post('/hand-over/usb')).status, 303)
  const record = readFileSync(at('stick/tps-1.record'))
  const { verdict, findings, result } = await verifyRecord(bytesSource(record), {
    centre: made.centre.key,
    committee: made.committee.key,
  })
  deepEqual([verdict, findings], ['sound', []])
  deepEqual([result?.votes, result?.blank, result?.counts.spoiled], [[2, 1, 0], 1, 1])
})

test('station and booth began anew in an empty memory once nothing more could come into their boxes', async () => {
  // At the first start, when the polls had closed, and when the tally was announced.
  equal(station.starts(), 3)
  await until(async () => village.booth.said().split('booth: voters').length === 3, 'the booth has begun anew')
})

test('after the day no process that stayed knows a token’s secret or a choice, and none knows both names and ballots', {
  skip: onLinux,
}, async () => {
  const { station: stationPid, desk, booth } = pids()
  // What a browser sent of a choice; all public halves are in every package, a ballot names its own behind this word.
  const picks = ['pick=1', 'pick=2', 'pick=blank']
  const used = day.map(({ token }) => publicHalf(made.package.ballot.election, credentialOf(token)))
  const ballots = used.map((each) => `"credential":"${each}"`)
  const wanted = [...secrets, ...picks, ...names, ...ballots]
  deepEqual(await memoryHolds(stationPid, wanted), ballots)
  deepEqual(await memoryHolds(booth, wanted), ballots)
  deepEqual(await memoryHolds(desk, wanted), names)
})

/** Every file but paper, cards (sealed, on their owners’ tables), the identity card on the desk and the clock of the test. */
const files = () =>
  ['station', 'desk', 'booth'].flatMap((device) =>
    readdirSync(path.join(root, device), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => path.join(each.parentPath, each.name))
      .filter((file) => !/[/\\](paper|tray|cards|reader|ektp)[/\\]|[/\\]clock$/.test(file))
      .map((file) => ({ device, file, bytes: readFileSync(file) })),
  )

test('no file of any device has a secret, a choice beside a ballot, or a voter beside a ballot', async () => {
  const all = files()
  ok(all.length > 12, `${all.length} files`)
  const archive = readdirSync(path.join(station.folder, 'stick'))
  ok(archive.includes('tps-1.record') && archive.includes('tps-1.restricted'))
  for (const { file, bytes } of all) {
    for (const secret of secrets) equal(bytes.includes(secret), false, file)
    for (const name of [...names, ...made.niks]) equal(bytes.includes(name), false, `${name} in ${file}`)
  }
  // What desks write names voters by number and no ballot; what booths write has ballots and no voter.
  for (const { device, file, bytes } of all) {
    const text = bytes.toString('latin1')
    const ofVoters = /"voter":\d/.test(text)
    const ofBallots = text.includes('"election_uuid"')
    equal(ofVoters && ofBallots, false, file)
    if (device === 'desk') equal(ofBallots, false, file)
    if (device === 'booth') equal(ofVoters, false, file)
  }
  // The booth writes nothing about a session that went well: its log is as long as if nobody had come.
  const log = all.find(({ device, file }) => device === 'booth' && /ssd.*booth-1\.log$/.test(file))
  const kinds = (log?.bytes.toString() ?? '').match(/"kind":"[a-z-]+"/g)
  deepEqual([...new Set(kinds)], ['"kind":"started"', '"kind":"paper-tested"'])
})

test('no file tells a time finer than a quarter of an hour, and none of a disk or stick has a time of its own', () => {
  for (const { file, bytes } of files()) {
    if (file.endsWith('package.json')) continue
    const text = bytes.toString('latin1')
    // A clock with seconds, or the seconds or milliseconds of today since 1970.
    const today = String(Date.now()).slice(0, 5)
    const fine = text.match(new RegExp(`T\\d{2}:\\d{2}:\\d{2}|(?<![\\d.])${today}(\\d{5}|\\d{8})(?!\\d)`, 'g'))
    // All records of an archive bear the midnight of the election’s day.
    const others = (fine ?? []).filter((each) => each !== `${archiveTime(made.package)}`)
    deepEqual(others, [], file)
    for (const [, minutes] of text.matchAll(/"step":"\d{4}-\d\d-\d\dT\d\d:(\d\d)"/g))
      ok(['00', '15', '30', '45'].includes(minutes!), file)
    equal(statSync(file).mtimeMs, 978_307_200_000, file)
  }
})

test('the published archive has its ballots in the order of their hashes, and a slip has no number, time or code', async () => {
  const record = readFileSync(path.join(station.folder, 'stick/tps-1.record'))
  const source = bytesSource(record)
  const { entries: parts } = await readContainer(source)
  const bel = parts.find(({ name }) => name === 'election.bel')!
  const archive = record.subarray(bel.offset + blockSize, bel.offset + blockSize + bel.size)
  const hashes: string[] = []
  for await (const item of entries(bytesSource(new Uint8Array(archive)), new Order()))
    if (item.kind === 'entry' && item.event.type === 'Ballot') hashes.push(item.event.payload!)
  equal(hashes.length, 4)
  deepEqual(hashes, hashes.toSorted())
  const tray = path.join(root, 'booth/tray')
  const papers = (kind: string) =>
    readdirSync(tray)
      .filter((file) => file.startsWith(`${kind}-`) && file.endsWith('.txt'))
      .map((file) => readFileSync(path.join(tray, file), 'utf8'))
  const slips = papers('slip')
  equal(slips.length, 4)
  // Two voters chose the same: their slips are one and the same paper.
  equal(new Set(slips.map((text) => hashOf(text))).size, 3)
  const codes = papers('receipt').map((text) => text.replaceAll(/\s/g, ''))
  for (const slip of slips)
    for (const hash of hashes) {
      const code = Buffer.from(hash, 'hex').toString('base64').slice(0, 43)
      equal(slip.replaceAll(/\s/g, '').includes(code.slice(0, 12)), false)
      equal(codes.filter((text) => text.includes(code.slice(0, 12))).length <= 1, true)
    }
})
