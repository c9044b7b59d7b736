import assert from 'node:assert/strict'
import { test } from 'node:test'
import { qrBitmap } from '../src/print/bitmap.ts'
import { noon, rig, village } from './booth-rig.ts'
import { photographed } from './damage.ts'
import { findZbar, readCodes, withoutZbar } from './zbar.ts'

/*
 * Magetan 2023, as reported: a barcode could not be read, the voter was sent away and the machine said "invalid". Here a token is so damaged
 * that no scanner reads it; its 24 characters are typed, the voter votes, and neither the code nor the typing opens a second ballot.
 */
const zbar = findZbar()

test('Magetan 2023 (R41): of a token that is damaged too much a scanner reads nothing, never another token', {
  skip: zbar ? false : withoutZbar,
}, () => {
  const { made } = village()
  const pictures = new Map(
    made.tokens.slice(0, 6).map((token, at) => [`${at}`, photographed(qrBitmap(`MLY1.${token}`), 'corner', 12)]),
  )
  assert.deepEqual([...readCodes(zbar!, pictures)], [])
})

test('Magetan 2023 (R41, R5): what is half read says so; the typed characters open the ballot, once', async () => {
  let time = noon
  const one = rig({ now: () => time })
  const voter = one.nextVoter()
  const [whole, stamp] = one.token(0).split(/\s+(?=S\.)/) as [string, string]
  const letters = whole.replaceAll('-', '')
  for (const half of [
    letters.slice(0, -3),
    `${letters.slice(0, -1)}~`,
    letters.toLowerCase(),
    'http://contoh.example',
  ]) {
    await voter.take(half)
    assert.match(voter.view().notice!.code, /^(unreadable|mistyped)$/, half)
    assert.equal(voter.view().state, 'waiting')
  }
  await voter.take(letters.match(/.{1,4}/g)!.join(' '))
  assert.equal(voter.view().notice, undefined)
  assert.equal(voter.view().wants, 'stamp')
  await voter.take(stamp)
  assert.equal(voter.view().state, 'choosing')
  await voter.choose(1)
  await voter.confirm(true, 1)
  await voter.decide(true)
  time += 3000
  await voter.check(true)
  assert.equal(one.box.counts().cast, 1)
  const again = one.nextVoter()
  await again.take(one.token(0))
  assert.deepEqual([again.view().state, again.view().notice?.code], ['waiting', 'used'])
  assert.equal(one.box.counts().cast, 1)
})
