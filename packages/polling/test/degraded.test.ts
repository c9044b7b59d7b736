import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withCheck } from '@melayani/ballot/cast'
import { hashOf, makeStamp, readStamp, readToken, stampText, tokenText } from '../src/format/index.ts'
import { type Greys, qrBitmap } from '../src/print/bitmap.ts'
import { qrParts } from '../src/print/index.ts'
import { type Damage, damages, framed, photographed, seen } from './damage.ts'
import { findZbar, readCodes, withoutZbar } from './zbar.ts'

const zbar = findZbar()
const skip = zbar ? false : withoutZbar

// Always the same ones: how much damage a code bears differs a little with what it says.
const credential = withCheck('2vYxQ-7KpMhR-9aBcD-4eFgHj')
const small = {
  token: tokenText(hashOf('pool'), credential),
  stamp: stampText(
    makeStamp('desk-1', { secret: '07'.repeat(32), key: '' }, hashOf('package'), Date.UTC(2026, 10, 22, 3)),
  ),
  result: 'https://pilkades.contoh.example/pilkades/hasil/0199a3a0/tps/3',
}
const long = Array.from({ length: 200 }, (_, at) => hashOf(`${at}`)).join('')
const part = qrParts('UJI', long)[0]!

/**
 * How much of each damage the codes of token, stamp and result survive for certain, in the units of test/damage.ts; then an amount at which
 * some code is lost, where there is one. What is lost is lost: it is never read as something else.
 */
const limits: Record<Damage, { survives: number; beyond?: number }> = {
  blur: { survives: 2, beyond: 8 },
  noise: { survives: 20, beyond: 110 },
  scratch: { survives: 4, beyond: 32 },
  // Half a quarter of a millimetre, for it goes through the squares by which a reader finds the code.
  corner: { survives: 1, beyond: 8 },
  stripes: { survives: 2, beyond: 12 },
  faded: { survives: 90, beyond: 97 },
  stain: { survives: 20, beyond: 30 },
  stretched: { survives: 50 },
  far: { survives: 5, beyond: 1 },
  turned: { survives: 45 },
}
const kinds = Object.keys(damages) as Damage[]

test('R41: codes of token, stamp and result are read after blur, noise, scratches, dead dots, fading, stains, stretching, distance and a turn', {
  skip,
}, () => {
  const pictures = new Map<string, Greys>()
  for (const [name, text] of Object.entries(small))
    for (const kind of kinds)
      for (const [word, amount] of Object.entries(limits[kind]))
        pictures.set(`${name}.${kind}.${word}`, photographed(qrBitmap(text), kind, amount))
  const read = readCodes(zbar!, pictures)
  const lost: string[] = []
  for (const name of pictures.keys()) {
    const [code, kind, amount] = name.split('.') as [keyof typeof small, Damage, string]
    const text = read.get(name)
    if (amount === 'survives') assert.equal(text, small[code], `${code}: ${kind} ${limits[kind].survives}`)
    // Magetan 2023: a code that cannot be read must never become another one.
    else if (text === undefined) lost.push(kind)
    else assert.equal(text, small[code], `${code}: ${kind} beyond its limit was read as something else`)
  }
  for (const kind of kinds)
    if (limits[kind].beyond) assert.ok(lost.includes(kind), `${kind}: the damage is so great that some code is lost`)
})

test('R41: a large code of an opened ballot bears less, and is read straight, sharp and from near', { skip }, () => {
  const bitmap = qrBitmap(part)
  const borne: [Damage, number][] = [
    ['blur', 1],
    ['noise', 20],
    ['scratch', 16],
    ['corner', 1],
    ['stripes', 5],
    ['faded', 90],
    ['stain', 25],
    ['stretched', 30],
    ['far', 6],
  ]
  const pictures = new Map(borne.map(([kind, amount]) => [kind, photographed(bitmap, kind, amount)]))
  const read = readCodes(zbar!, pictures)
  for (const [kind] of borne) assert.equal(read.get(kind), part, kind)
})

test('every letter that our codes can hold is read by a reader that is not ours', { skip }, () => {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$%*+-./:_~'
  const texts = ['A', alphabet, alphabet.repeat(4), ...qrParts('HASIL', 'Pemilihan – 2026 é')]
  const pictures = new Map(texts.map((text, at) => [`${at}`, framed(seen(qrBitmap(text)))]))
  assert.deepEqual([...readCodes(zbar!, pictures).values()], texts)
})

test('R41: what no scanner reads is typed: the 24 characters are all that a token needs, and a slip of the finger is named', () => {
  assert.deepEqual(readToken(credential), { credential: credential.slice(0, 25) })
  const letters = credential.replaceAll('-', '')
  let swaps = 0
  for (let at = 1; at < letters.length; at++) {
    if (letters[at] === letters[at - 1]) continue
    const swapped = letters.slice(0, at - 1) + letters[at] + letters[at - 1] + letters.slice(at + 1)
    assert.deepEqual(readToken(swapped), { fault: 'check' })
    swaps++
  }
  assert.ok(swaps > 15)
  for (const alike of ['0', 'O', 'I', 'l'])
    assert.deepEqual(
      readToken(alike + letters.slice(1)),
      { fault: 'character', at: 1 },
      'letters that look alike are in no token',
    )
  assert.ok(readStamp(small.stamp))
  assert.equal(readStamp(small.stamp.slice(0, -1)), undefined)
})
