import { deepEqual, equal, ok } from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { readBallot } from '@melayani/ballot'
import { newSigningKey, type SigningKey } from '../../src/format/index.ts'
import { type Slot, writeSlot } from '../../src/media/slot.ts'
import { join, openPeer } from '../../src/net/index.ts'
import { tallied } from '../tallied.ts'
import { makeTps } from '../village.ts'
import { textsInMemory } from './memory-scan.ts'
import { startStation } from './running-station.ts'

/**
 * Who can read a machine's memory must not learn in which order people voted (T15): with the desks' lists, which name voters in the
 * order in which they came, that would say whose ballot is whose.
 */
const onLinux = process.platform === 'linux' ? false : 'NOT RUN: memory is looked at on Linux only'
const count = 20

/**
 * The longest run of ballots that lie one after the other in memory as they came, forwards or backwards, with what is said twice in
 * one place taken once. Of 20 in an order that is drawn, a run of 7 comes about once in a million times.
 */
function longestRun(places: readonly number[]): number {
  const once = places.filter((each, at) => each !== places[at - 1])
  let longest = 0
  for (const step of [1, -1]) {
    let run = 1
    for (let at = 1; at < once.length; at++) {
      run = once[at] === once[at - 1]! + step ? run + 1 : 1
      longest = Math.max(longest, run)
    }
  }
  return longest
}

/** What memory says of the order in which these were cast: the longest run, by what names a slot and by what names a ballot. */
async function orderIn(pid: number, cast: readonly Slot[]) {
  const ids = cast.map(({ id }) => id)
  const credentials = cast.map(({ credential }) => `"credential":"${credential}"`)
  const found = await textsInMemory(pid, [...ids, ...credentials])
  const runs = [ids, credentials].map((names) =>
    longestRun(found.map((text) => names.indexOf(text)).filter((at) => at >= 0)),
  )
  return { longest: Math.max(...runs), slots: new Set(found.filter((text) => ids.includes(text))).size }
}

const shuffled = <T>(list: readonly T[]): T[] => {
  const left = [...list]
  return list.map(() => left.splice(randomInt(left.length), 1)[0]!)
}

test('the measure sees an order where there is one, and none in twenty ballots that were shuffled', () => {
  const order = Array.from({ length: count }, (_, at) => at)
  deepEqual(
    [longestRun(order), longestRun(order.toReversed()), longestRun(order.flatMap((at) => [at, at]))],
    [20, 20, 20],
  )
  ok(longestRun(shuffled(order)) < 7)
})

test('while the polls are open the station’s memory tells in which order the ballots came; after the close nothing does, and nothing is lost', {
  skip: onLinux,
}, async (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-order-'))
  const made = makeTps({ voters: count + 1, reserve: 0, desks: 1, booths: 1, candidates: ['Ani', 'Budi'] })
  const station = await startStation(made, path.join(root, 'station'), 47110)
  t.after(async () => {
    await station.kill()
    rmSync(root, { recursive: true, force: true })
  })
  const admitted = async (as: 'desk' | 'booth') => {
    const key: SigningKey = newSigningKey()
    const { station: hubKey } = await join(station.hub, { as, package: made.hash }, key)
    await station.admit()
    return openPeer({ address: station.hub, key: hubKey }, `${as}-1`, key)
  }
  await admitted('desk')
  const booth = await admitted('booth')
  await station.openPolls()

  const votes = Array.from({ length: count + 1 }, (_, at) => at % 3)
  const { ballots } = tallied(made, votes)
  const slots = shuffled(ballots).map(
    (ballot): Slot => ({
      id: randomBytes(16).toString('hex'),
      state: 'cast',
      slip: 'printed',
      reprints: 0,
      credential: readBallot(ballot).credential,
      ballot,
    }),
  )
  const cast = slots.slice(0, count)
  const late = slots.slice(count)
  const send = (some: readonly Slot[]) =>
    booth.giveSlots(
      'x',
      some.map((slot) => Buffer.from(writeSlot(made.hash, slot)).toString('base64')),
    )
  for (const slot of cast) await send([slot])
  const during = await orderIn(station.pid(), cast)
  t.diagnostic(`while open: a run of ${during.longest}`)
  ok(during.longest >= 7, `${during.longest}`)

  // Somebody has typed an objection when the polls close: the station waits until the witness has signed it.
  const pid = station.pid()
  const objection = await station.post('/objections', { text: 'Saksi tidak boleh melihat bilik.' })
  await station.close()
  ok(objection.to.startsWith('/act/'))
  equal((await station.get('/')).includes('http-equiv="refresh" content="2"'), false)
  equal((await station.post(`${objection.to}/cancel`)).status, 303)
  // The stick with the package was pulled out long ago.
  renameSync(station.at('package.json'), station.at('away.json'))
  await station.anew()
  deepEqual([station.starts(), station.pid()], [2, pid])
  const after = await orderIn(pid, cast)
  t.diagnostic(`after the close: a run of ${after.longest}`)
  equal(after.slots, count)
  ok(after.longest < 7, `${after.longest}`)

  // Nobody has to join or to be trusted again, and what was sent before is known.
  await send(slots)
  const { devices, counts } = await statesOf(station)
  deepEqual([devices, counts], [['desk-1', 'booth-1'], `${count + 1}`])
  equal(late.length, 1)

  // Power fails: the new start is one with an empty memory as well, and none more is due.
  await station.kill()
  await station.start()
  await new Promise((done) => setTimeout(done, 700))
  equal((await fetch('http://127.0.0.1:47110/')).status, 200)
  equal(station.starts(), 3)
})

async function statesOf(station: Awaited<ReturnType<typeof startStation>>) {
  const page = await station.get('/')
  const list = await station.get('/devices')
  return {
    devices: [...list.matchAll(/action="\/devices\/stop\/([a-z0-9-]+)"/g)].map(([, device]) => device!),
    counts: /Suara elektronik<\/dt><dd class="number">(\d+)</.exec(page)?.[1],
  }
}
