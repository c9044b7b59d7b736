import { deepEqual, equal, match } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { bytesSource } from '@melayani/ballot/archive'
import { verifyRecord } from '../src/record/index.ts'
import { tallyFile } from '../src/station/closing.ts'
import { insertCard, testPin } from './cards.ts'
import { castSlots, deskRows, openDay, type StationWorld, two } from './station-world.ts'

/** Polls that are closed and a sheet that is signed, while a booth still holds the last of three ballots back. */
async function openSheet() {
  const day = await openDay()
  const { world, desk, booth } = day
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3]) })
  const { sent } = castSlots(world, [1, 2, 1])
  await world.tell(booth, '/hub/box', { box: 'x', slots: sent.slice(0, 2) })
  world.clock.now = `${world.made.package.election.date}T06:30:00Z`
  await world.agree('/close', {}, two(world))
  await world.agree('/boxes/booth-1', { 'cast-booth-1': '2' }, two(world))
  await world.post('/by-hand', { unused: '7', slips: '3', slipsVoid: '0', replaced: '0' })
  for (const law of ['slips', 'issued'])
    await world.agree(`/sheet/explain/${law}`, { [`note-${law}`]: 'Satu suara belum terkirim.' }, two(world))
  equal((await world.agree('/sheet/sign', {}, [world.officer('chair')])).to, '/')
  const late = async () => equal((await world.tell(booth, '/hub/box', { box: 'x', slots: sent.slice(2) })).status, 200)
  return { world, late }
}
const stored = ({ station }: StationWorld) => station.files.text(tallyFile)

/** The rest of the day, with the last ballot. */
async function finish(world: StationWorld) {
  await world.agree('/boxes/booth-1', { 'cast-booth-1': '3' }, two(world))
  equal((await world.agree('/sheet/sign', {}, [world.officer('chair')])).to, '/')
  await world.agree('/tally', {}, two(world))
  equal(typeof world.station.state().tally, 'string')
  const [cards, reader] = ['cards', 'reader'].map((name) => path.join(world.folder, name)) as [string, string]
  for (const id of world.trustees.slice(0, 3)) {
    insertCard(cards, reader, id)
    await world.post('/cards', { pin: testPin })
  }
  insertCard(cards, reader, undefined)
  await world.post('/result/count')
  await world.agree('/result/sign', {}, two(world))
  await world.agree('/hand-over/record', {}, [world.officer('chair')])
  await world.post('/hand-over/usb')
  const { findings, result } = await verifyRecord(
    bytesSource(readFileSync(path.join(world.folder, 'stick/tps-1.record'))),
  )
  deepEqual([findings, result?.votes, result?.counts.cast, result?.reconciled], [[], [2, 1, 0], 3, true])
}

test('a ballot that comes after the sheet was signed makes the sheet out of date: box and sheet are done again, and it counts', async () => {
  const { world, late } = await openSheet()
  match(await world.get('/?lang=en'), /<a class="button main" href="\/tally">/)
  await late()
  match(await world.get('/?lang=id'), /Masih ada yang masuk sesudah lembar rekonsiliasi ditandatangani/)
  const page = await world.get('/?lang=en')
  match(page, /Something has come in since the reconciliation sheet was signed/)
  match(page, /<a class="button main" href="\/boxes">/)
  match(await world.get('/sheet?lang=en'), /Something has come in since the reconciliation sheet was signed/)
  // Nothing is announced, and the chair signs no new sheet before the box was compared.
  equal((await world.agree('/tally', {}, two(world))).to, '/sheet')
  equal((await world.agree('/sheet/sign', {}, [world.officer('chair')])).status, 409)
  equal(world.station.state().tally, undefined)
  await finish(world)
})

test('a ballot that comes while the officers sign the announcement, and somebody who looks at the page, brick nothing', async () => {
  const { world, late } = await openSheet()
  await world.get('/tally')
  equal(stored(world), undefined)
  const begun = await world.post('/tally')
  equal(begun.to.startsWith('/act/'), true)
  await late()
  await world.get('/tally')
  for (const id of two(world)) {
    insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), id)
    await world.post(begun.to, { pin: testPin })
  }
  deepEqual([world.station.state().tally, stored(world)], [undefined, undefined])
  await finish(world)
})
