import { deepEqual, equal, match } from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { newSigningKey } from '../src/format/index.ts'
import { openMedium } from '../src/media/medium.ts'
import { boxSecretOf, openBox } from '../src/seal/sealed-box.ts'
import { isSealed, openSealed, readIdentity, writeIdentity } from '../src/station/identity.ts'
import { startStation } from './attacks/running-station.ts'
import { until } from './desk-rig.ts'
import { makeTps } from './village.ts'

const folderOf = (t: TestContext) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-stick-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('the stick alone is not the station: any two officers’ cards give its key back, one card, one twice, or a witness’s do not', (t) => {
  const root = folderOf(t)
  const made = makeTps()
  const people = ['chair', 'officer', 'officer', 'witness'].map((role) => ({
    role: role as 'chair',
    ...newSigningKey(),
  }))
  const officers = people.map(({ role, key }, at) => ({ id: `${at}`, name: `${at}`, role, key }))
  const disk = (name: string) => openMedium(name, path.join(root, name))
  const keys = { centre: made.centre.key, committee: made.committee.key }
  const identity = writeIdentity([disk('ssd'), disk('usb')], { officers }, made.signed, keys)
  deepEqual(readIdentity([disk('ssd'), disk('usb')]), identity)
  const onStick = readdirSync(path.join(root, 'usb')).map((file) => readFileSync(path.join(root, 'usb', file), 'utf8'))
  equal(onStick.length, 1)
  equal(onStick.join().includes(identity.signing.secret), false)

  const opens = (disk_: string, ...cards: readonly number[]) => {
    const media = [disk(disk_), disk('usb')]
    const kept = readIdentity(media)!
    if (!isSealed(kept)) return 'open'
    const sealed = openSealed(media, kept)
    const taken = cards.map((at) => {
      const { secret, key } = people[at]!
      return sealed.take({ key, unseal: (text, about) => openBox(boxSecretOf(secret), text, about) })
    })
    const given = sealed.identity(...cards.map((at) => people[at]!.key))
    if (given) deepEqual(given, identity)
    return taken.concat(given !== undefined)
  }
  deepEqual(
    [opens('a', 0), opens('a', 1, 1), opens('a', 0, 3), opens('a', 3, 1), opens('a', 0, 1), opens('a', 0, 1)],
    [[true, false], [true, true, false], [true, false, false], [false, true, false], [true, true, true], 'open'],
  )
  deepEqual(
    [opens('b', 2, 1), opens('c', 2, 0)],
    [
      [true, true, true],
      [true, true, true],
    ],
  )
})

test('the disk of a station dies in the middle of the day: with the stick and two officers it goes on as the same station', async (t) => {
  const root = folderOf(t)
  const made = makeTps({ voters: 2, reserve: 0, desks: 1, booths: 1 })
  const station = await startStation(made, root, 47130)
  t.after(() => station.kill())
  const key = async () => (await (await fetch(`http://${station.hub}/hub/join/${'0'.repeat(64)}`)).json()) as object
  const before = await key()
  await station.kill()
  rmSync(station.at('ssd'), { recursive: true })
  await station.start()
  match(await station.get('/?lang=en'), /The first medium does not have the station’s key/)
  await station.agree('/unseal', {}, [station.officer('witness'), station.officer('chair')])
  match(await station.get('/?lang=en'), /The first medium does not have the station’s key/)
  await station.agree('/unseal', {}, station.two)
  await until(async () => station.said().split('station: hub').length === 3, 'the station has a hub again')
  deepEqual(await key(), before)
  // The new disk has the key now: no card is asked for again.
  await station.kill()
  await station.start()
  deepEqual(await key(), before)
})
