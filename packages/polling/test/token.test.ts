import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { platformRandom } from '@melayani/ballot'
import { drawCredential, withCheck } from '@melayani/ballot/cast'
import fc from 'fast-check'
import { readToken, tokenText } from '../src/format/index.ts'

const pool = 'a1b2c3d4'.repeat(8)

test('a token is read as it was written, scanned or typed in any grouping', () => {
  const credential = drawCredential(platformRandom)
  const text = tokenText(pool, withCheck(credential))
  equal(text.length, 38)
  deepEqual(readToken(text), { pool: 'a1b2c3d4', credential })
  deepEqual(readToken(` ${text}\n`), { pool: 'a1b2c3d4', credential })
  const typed = withCheck(credential).replaceAll('-', '')
  deepEqual(readToken(typed), { credential })
  deepEqual(readToken(withCheck(credential)), { credential })
  deepEqual(readToken(typed.match(/.{4}/g)!.join(' ')), { credential })
})

test('one wrong letter is never another token', () => {
  const text = tokenText(pool, withCheck(drawCredential(platformRandom)))
  const alphabet = [...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz']
  fc.assert(
    fc.property(fc.integer({ min: 14, max: 37 }), fc.constantFrom(...alphabet), (at, letter) => {
      fc.pre(text[at] !== letter)
      deepEqual(readToken(text.slice(0, at) + letter + text.slice(at + 1)), { fault: 'check' })
    }),
  )
})

test('what is no token says why', () => {
  const credential = drawCredential(platformRandom)
  const faults = [
    '',
    'S.5949.1.abc',
    'MLY2.a1b2c3d4.x',
    `MLY1.a1b2c3d4.${credential}`,
    credential,
    `${withCheck(credential).slice(0, -1)}0`,
  ].map(readToken)
  deepEqual(faults, [
    { fault: 'length' },
    { fault: 'form' },
    { fault: 'form' },
    { fault: 'length' },
    { fault: 'length' },
    { fault: 'character', at: 24 },
  ])
})
