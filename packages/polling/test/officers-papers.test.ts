import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { run as listConsumables } from '../src/stock/main.ts'
import { openStationWorld } from './station-world.ts'

test('what officers take along and sign: the list of consumables on A4 before the day, the report of an incident when two have noted it', async (t) => {
  const world = await openStationWorld({ voters: 2, reserve: 1 })
  t.after(() => rmSync(world.folder, { recursive: true, force: true }))
  const at = (...names: string[]) => path.join(world.folder, ...names)
  await listConsumables(['--package', at('package.json'), '--out', at('stock.pdf'), '--lang', 'en'])
  const pdf = readFileSync(at('stock.pdf'), 'latin1')
  assert.match(pdf, /^%PDF/)
  assert.match(pdf, /\/Lang \(en-GB\)/)

  const reports = () =>
    (existsSync(at('paper')) ? readdirSync(at('paper')) : []).filter((file) => /^incident-/.test(file))
  const note = { what: 'printer', note: 'Kertas macet, dibersihkan.' }
  const two = [world.officer('chair'), world.officer('officer')]
  await world.agree('/incidents', note, two.slice(0, 1))
  assert.deepEqual(reports(), [], 'one officer notes nothing')
  assert.equal((await world.agree('/incidents', note, two)).to, '/incidents')
  for (let tries = 0; reports().length === 0 && tries < 100; tries++) await new Promise((done) => setTimeout(done, 20))
  const [report, ...more] = reports()
  assert.deepEqual(more, [])
  const said = readFileSync(at('paper', report!), 'utf8').replaceAll(/\s+/g, ' ')
  for (const part of ['BERITA ACARA INSIDEN', 'Pencetak bermasalah', note.note, 'Ketua KPPS'])
    assert.ok(said.includes(part), part)
  for (const what of ['toString', 'lain'])
    assert.equal((await world.post('/incidents', { ...note, what })).status, 422, what)
})
