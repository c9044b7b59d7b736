import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { newSigningKey } from '../src/format/index.ts'
import { openBox } from '../src/media/box.ts'
import { openChain } from '../src/media/chain.ts'
import { type DiskOf, diskOf, openDisks, sayDisks } from '../src/media/disks.ts'
import { MediumLost } from '../src/media/medium.ts'
import { boxPlan } from '../src/media/slot-size.ts'
import { makeTps } from './village.ts'

/** Two folders, and a table that says on which disk each of them is at the moment. */
function table(t: TestContext, where: Record<string, string>) {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-disks-'))
  t.after(() => rmSync(root, { recursive: true }))
  const at = (name: string) => path.join(root, name)
  for (const name of Object.keys(where)) mkdirSync(at(name))
  const disk: DiskOf = (folder) => {
    const found = where[path.basename(folder)]
    if (!found) throw new Error('ENOENT')
    return found
  }
  const open = (...names: string[]) =>
    openDisks(
      names.map((name) => ({ name, folder: at(name) })),
      { disk },
    )
  return { at, where, open }
}

test('a mount point without its stick is a folder of the other medium’s disk: it holds nothing, and it is said', (t) => {
  const { at, open } = table(t, { ssd: 'sda', usb: 'sda' })
  const { media, fault } = open('ssd', 'usb')
  assert.deepEqual(fault, { folder: at('usb'), on: at('ssd') })
  const [ssd, usb] = media
  ssd!.replace('a', Uint8Array.of(1))
  for (const use of [() => usb!.replace('a', Uint8Array.of(1)), () => usb!.read('a')]) assert.throws(use, MediumLost)
  assert.deepEqual([readdirSync(at('ssd')), readdirSync(at('usb'))], [['a'], []])
  assert.match(sayDisks(fault), /pasang flash disk pada folder itu.*\n.*mount the stick at that folder/)
})

test('a folder that is not there is not made', (t) => {
  const { at, open } = table(t, { ssd: 'sda' })
  const { media, fault } = open('ssd', 'usb')
  assert.deepEqual(fault, { folder: at('usb') })
  assert.throws(() => media[1]!.replace('a', Uint8Array.of(1)), MediumLost)
  assert.deepEqual(readdirSync(path.dirname(at('usb'))), ['ssd'])
})

test('a stick that is pulled out leaves a bare folder: nothing is written there, it is not taken back, and mounted again it is', (t) => {
  const { at, open, where } = table(t, { ssd: 'sda', usb: 'sdb', other: 'sda' })
  const { media, fault, more } = open('ssd', 'usb')
  assert.equal(fault, undefined)
  const made = makeTps({ voters: 2, reserve: 0 })
  const chain = openChain(media, 'booth-1', newSigningKey(), made.hash, { zone: 'Asia/Jakarta' })
  const box = openBox(media, boxPlan(made.package, made.hash))
  const states = () => [...chain.media.map(({ state }) => state), ...box.media().map(({ held }) => held)]
  chain.append({ kind: 'polls-opened' })
  assert.deepEqual(readdirSync(at('usb')).toSorted(), ['booth-1.log', 'box'])

  where.usb = 'sda'
  for (const file of readdirSync(at('usb'))) rmSync(path.join(at('usb'), file))
  chain.append({ kind: 'polls-paused' })
  box.put('c1')
  assert.throws(() => box.attach(media[1]!), MediumLost)
  chain.rejoin()
  assert.deepEqual(states(), ['good', 'lost', true, false])
  assert.deepEqual(readdirSync(at('usb')), [])
  // Nor is what is carried away written beside what stays.
  assert.throws(() => more('stick', at('other')).replace('record', Uint8Array.of(1)), MediumLost)

  // The kernel gives it another name.
  where.usb = 'sdc'
  chain.rejoin()
  box.attach(media[1]!)
  assert.deepEqual(states(), ['good', 'good', true, true])
})

test('another stick in its place takes no end of a log without its beginning', (t) => {
  const { at, open } = table(t, { ssd: 'sda', usb: 'sdb' })
  const { media } = open('ssd', 'usb')
  const chain = openChain(media, 'booth-1', newSigningKey(), 'a'.repeat(64), { zone: 'Asia/Jakarta' })
  chain.append({ kind: 'polls-opened' })
  rmSync(path.join(at('usb'), 'booth-1.log'))
  chain.append({ kind: 'polls-paused' })
  assert.deepEqual(
    chain.media.map(({ state }) => state),
    ['good', 'lost'],
  )
  assert.deepEqual(readdirSync(at('usb')), [])
  chain.rejoin()
  assert.deepEqual(
    chain.media.map(({ state }) => state),
    ['good', 'good'],
  )
})

test('two folders of one file system are on one disk', (t) => {
  const { at } = table(t, { ssd: '', usb: '' })
  assert.equal(diskOf(at('ssd')), diskOf(at('usb')))
  assert.throws(() => diskOf(at('none')), /ENOENT/)
  if (process.platform === 'linux') assert.notEqual(diskOf('/proc'), diskOf(at('ssd')))
})
