import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { sealRestricted, writeRestricted } from '../src/record/index.ts'
import { insertCard, testPin, writeTestCards } from './cards.ts'
import { type MadeRecord, makeRecord } from './recorded.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'melayani-record-'))
const at = (name: string) => path.join(folder, name)
after(() => rmSync(folder, { recursive: true, force: true }))
let made: MadeRecord
before(() => {
  made = makeRecord()
  writeFileSync(at('a.record'), made.bytes)
})
const main = path.join(import.meta.dirname, '../src/main.ts')
function program(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main, ...args], {
    encoding: 'utf8',
    input: `${testPin}\n`,
  })
  return { status, lines: stdout.trim().split('\n'), stderr }
}
const tps = (...args: string[]) => program('record', ...args)

test('the command says PASS or REFUSED with the place, in both languages, and its exit code says the same', () => {
  const sound = tps('verify', at('a.record'), '--lang', 'en', '--centre', made.makers.centre.key)
  assert.equal(sound.status, 0)
  assert.match(sound.lines.at(-1)!, /^PASS/)
  assert.deepEqual(sound.lines.slice(1, 5), [
    '  1. Sari Wulandari: 2',
    '  2. Budi Santoso: 1',
    '  3. Made Artana: 1',
    '  Blank: 1',
  ])
  const bytes = made.bytes.slice()
  const where = Buffer.from(bytes).indexOf('\\"votes\\":[2')
  bytes[where + 11]! ^= 1
  writeFileSync(at('b.record'), bytes)
  const refused = tps('verify', at('b.record'), '--lang', 'id')
  assert.equal(refused.status, 1)
  assert.match(refused.lines.at(-1)!, /^DITOLAK/)
  assert.equal(
    refused.lines.some((line) => /result-1\.json · bita \d+/.test(line)),
    true,
  )
  assert.equal(tps('verify', at('missing.record')).status, 2)
})

test('the logs open with the supervisor’s card, and with no other card, no other record, and not without one', () => {
  const { makers, rows, sealed } = made
  writeFileSync(at('a.restricted'), sealRestricted(makers.package, makers.hash, writeRestricted(rows, sealed)))
  writeFileSync(at('other.record'), makeRecord().bytes)
  writeTestCards(makers, at('cards'))
  mkdirSync(at('reader'))
  const logs = (record: string, role: string | undefined) => {
    insertCard(at('cards'), at('reader'), makers.officers.find((each) => each.role === role)?.id)
    return tps('logs', at(record), at('a.restricted'), '--reader', at('reader'), '--lang', 'en')
  }
  const read = logs('a.record', 'supervisor')
  assert.deepEqual([read.status, read.lines.slice(-2)], [0, ['1 commitments of hourly heads opened', 'sound']])
  for (const [record, role] of [
    ['a.record', 'chair'],
    ['other.record', 'supervisor'],
  ] as const) {
    const refused = logs(record, role)
    assert.equal(refused.status, 2)
    assert.match(refused.stderr, /does not open with this card/)
  }
  assert.equal(logs('a.record', undefined).status, 2)
  assert.equal(tps('logs', at('a.record'), at('a.restricted')).status, 2)
})

test('entries come out as files, and the challenged ballots are judged with the package alone', () => {
  assert.equal(tps('extract', at('a.record'), at('out')).status, 0)
  assert.deepEqual(readdirSync(at('out')).sort(), [...made.entries.keys(), 'MELAYANI-RECORD', 'manifest.json'].sort())
  assert.deepEqual(new Uint8Array(readFileSync(at('out/election.bel'))), made.entries.get('election.bel'))
  const check = (file: string) => program('check-uji', '--package', at('out/package.json'), '--lang', 'en', at(file))
  const said = check('out/spoiled.json')
  assert.deepEqual(
    [said.status, said.lines.slice(0, 2)],
    [0, ['RIGHT: the booth had encrypted this choice.', '  2. Budi Santoso']],
  )
  const [opening] = JSON.parse(readFileSync(at('out/spoiled.json'), 'utf8'))
  writeFileSync(at('opening.json'), opening.replace('"m":1', '"m":0'))
  assert.equal(check('opening.json').status, 1)
})
