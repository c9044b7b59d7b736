import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { openReader } from '../src/card/index.ts'
import { openCardSimulator } from '../src/desk/card-reader.ts'
import { readPackage, readToken } from '../src/format/index.ts'
import { practiceApp } from '../src/practice/app.tsx'
import { openTable } from '../src/practice/table.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'melayani-practice-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const table = openTable(folder, 4)
const at = (...names: string[]) => path.join(folder, ...names)

test('a practice is of mode practice, its package reads, and no secret lies outside the cards', () => {
  const read = readPackage(JSON.parse(readFileSync(at('package.json'), 'utf8')))
  assert.equal(read.ok && read.package.mode, 'practice')
  const kept = JSON.parse(readFileSync(at('practice.json'), 'utf8'))
  assert.deepEqual(
    ['trusteeSecrets', 'centre', 'committee'].filter((each) => each in kept.made),
    [],
  )
})

test('a card is in one reader at a time, and is what that reader then reads', () => {
  const [first, second] = table.people
  table.insert('station', first!.id)
  table.insert('booth-1', first!.id)
  assert.deepEqual([table.inReader('station'), table.inReader('booth-1')], [undefined, first!.id])
  assert.equal(openReader(at('booth-1', 'reader')).card()?.name, first!.name)
  table.insert('booth-1', second!.id)
  table.insert('booth-1', undefined)
  assert.equal(table.inReader('booth-1'), undefined)
  assert.equal(readdirSync(at('cards')).filter((file) => file.endsWith('.card.json')).length, table.people.length)
})

test('tokens are drawn blindly, each once, also after the practice was gone on with, until the box is empty', () => {
  const drawn = [table.drawToken(), openTable(folder, 4).drawToken()]
  const again = openTable(folder, 4)
  while (again.tokensLeft() > 0) drawn.push(again.drawToken())
  assert.equal(again.drawToken(), undefined)
  assert.equal(new Set(drawn).size, 5)
  assert.deepEqual(
    drawn.map((text) => 'credential' in readToken(text!)),
    [true, true, true, true, true],
  )
})

test('the page puts an identity card on the reader, and says what to do when the number is none', async () => {
  const app = practiceApp(table, [{ name: 'station', as: 'station', screens: ['http://127.0.0.1:1/'] }])
  const post = (address: string, form: Record<string, string>) =>
    app.request(address, { method: 'POST', body: new URLSearchParams(form), headers: { cookie: 'lang=en' } })
  assert.equal((await post('/ektp', { voter: '3', act: 'lay' })).status, 303)
  const card = await openCardSimulator(at('desk-1', 'ektp')).read()
  assert.equal(typeof card === 'object' && card.name, 'Pemilih 3')
  const wrong = await post('/ektp', { voter: '5', act: 'lay' })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /Type a voter’s number from 1 to 4/)
  assert.equal((await post('/ektp', { act: 'take' })).status, 303)
  assert.equal(await openCardSimulator(at('desk-1', 'ektp')).read(), 'absent')
  assert.equal((await post('/reader/station', { card: 'nobody' })).status, 404)
})
