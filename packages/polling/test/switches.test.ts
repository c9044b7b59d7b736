import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { newSigningKey, packageKind, sign } from '../src/format/index.ts'
import { sayDisks } from '../src/media/disks.ts'
import { SwitchesRefused, switchesFor } from '../src/media/switches.ts'
import { printerOf } from '../src/print/index.ts'
import { makeTps } from './village.ts'

const made = makeTps({ voters: 2, reserve: 0 })
const real = { ...made.package, centre: { ...made.package.centre, name: 'Kabupaten Nyata' } }

test('what tests switch on is refused for a real election, and taken for a practice and for the made-up regency', (t) => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'melayani-switches-')), 'tray')
  t.after(() => rmSync(path.dirname(folder), { recursive: true }))
  for (const env of [{ MELAYANI_CUT: '1' }, { MELAYANI_CLOCK: '/tmp/clock' }, { MELAYANI_ONE_DISK: '1' }])
    assert.throws(() => switchesFor(real, env), SwitchesRefused)
  assert.equal(switchesFor(real, {}).cut, undefined)
  // A simulated printer would leave every voter's slip in a file (R56).
  assert.throws(() => printerOf(`sim:${folder}`, real), SwitchesRefused)
  assert.equal(existsSync(folder), false)
  assert.equal(printerOf('/dev/usb/lp9', real).name, '/dev/usb/lp9')
  for (const content of [{ ...real, mode: 'practice' as const }, made.package]) {
    assert.ok(switchesFor(content, { MELAYANI_CUT: '1' }).cut)
    assert.deepEqual(
      [{}, { MELAYANI_ONE_DISK: '1' }].map((env) => switchesFor(content, env).oneDisk),
      [false, true],
    )
    assert.equal(printerOf(`sim:${folder}`, content).name, 'printer')
  }
})

test('each program says so in a sentence and ends before it has written anything', (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-switches-'))
  t.after(() => rmSync(root, { recursive: true }))
  const at = (name: string) => path.join(root, name)
  const [centre, committee] = [newSigningKey(), newSigningKey()]
  const content = {
    ...real,
    centre: { ...real.centre, key: centre.key },
    committee: { ...real.committee, key: committee.key },
  }
  const text = JSON.stringify(content)
  const signatures = [
    sign(packageKind, text, { role: 'centre', signer: content.centre.name }, centre.secret),
    sign(packageKind, text, { role: 'committee', signer: content.committee.name }, committee.secret),
  ]
  writeFileSync(at('package.json'), JSON.stringify({ text, signatures }))
  const common = ['--package', at('package.json'), '--reader', at('reader'), '--port', '0']
  const disks = ['--folder', at('ssd'), '--usb', at('usb'), '--hub', '127.0.0.1:47201']
  const main = path.join(import.meta.dirname, '../src/main.ts')
  const run = (args: string[], env: Record<string, string>) =>
    spawnSync(process.execPath, ['--import', 'tsx', main, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      timeout: 60_000,
    })
  const booth = ['booth', ...common, ...disks, '--printer', `sim:${at('tray')}`]
  const desk = [
    'desk',
    ...common,
    ...disks,
    '--ektp',
    at('ektp'),
    '--printer',
    '/dev/usb/lp9',
    '--lan',
    '127.0.0.1:47202',
  ]
  for (const [args, env, sentence] of [
    [booth, {}, /^A simulated printer \(sim:\)/],
    [desk, { MELAYANI_CUT: '1' }, /^MELAYANI_CUT, MELAYANI_CLOCK and MELAYANI_ONE_DISK are for tests/],
  ] as const) {
    const { status, stderr } = run([...args], env)
    assert.equal(status, 1)
    assert.match(stderr, sentence)
    assert.equal(stderr.trim().split('\n').length, 1, 'a sentence, not a trace')
  }
  assert.deepEqual(
    ['ssd', 'usb', 'tray', 'reader'].filter((name) => existsSync(at(name))),
    [],
  )
  // No medium there, then two folders of one disk, as a mount point without its stick is (R50).
  const station = ['station', ...common, '--media', at('ssd'), '--media', at('usb'), '--printer', '/dev/usb/lp9']
  const paperBooth = [...booth.slice(0, -1), '/dev/usb/lp9']
  for (const args of [station, paperBooth, desk]) {
    const { status, stderr } = run(args, {})
    assert.deepEqual([status, stderr], [1, `${sayDisks({ folder: at('ssd') })}\n`])
  }
  for (const name of ['ssd', 'usb']) mkdirSync(at(name))
  for (const args of [station, paperBooth, desk]) {
    const { status, stderr } = run(args, {})
    assert.deepEqual([status, stderr], [1, `${sayDisks({ folder: at('usb'), on: at('ssd') })}\n`])
  }
  assert.deepEqual(readdirSync(root, { recursive: true }).toSorted(), ['package.json', 'ssd', 'usb'])
})
