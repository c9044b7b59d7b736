import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { groupNames } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { belenios2048, ed25519Order, rfc3526 } from '../src/group/parameters.ts'
import { powerModulo } from '../src/scalar.ts'

for (const name of groupNames) {
  const group = openGroup(name)
  const runs = { numRuns: name === 'RFC-3526-2048' ? 3 : 8 }
  const exponent = fc.bigInt({ min: 0n, max: group.order - 1n })
  const power = group.table(group.generator).power
  const same = (a: unknown, b: unknown) => equal(group.encode(a), group.encode(b))

  test(`${name}: powers of the generator obey the laws of a group of order q`, () => {
    fc.assert(
      fc.property(exponent, exponent, (a, b) => {
        same(group.multiply(power(a), power(b)), power((a + b) % group.order))
        same(group.multiply(power(a), group.inverse(power(a))), group.neutral)
        same(group.power(power(a), b), power((a * b) % group.order))
        same(group.multiply(power(a), group.neutral), power(a))
        same(group.multiply(power(a), power(b)), group.multiply(power(b), power(a)))
      }),
      runs,
    )
  })

  test(`${name}: the exponents 0, 1 and q - 1 give 1, g and the inverse of g, by power and by table`, () => {
    for (const raise of [power, (e: bigint) => group.power(group.generator, e)]) {
      same(raise(0n), group.neutral)
      same(raise(1n), group.generator)
      same(group.multiply(raise(group.order - 1n), group.generator), group.neutral)
    }
  })

  test(`${name}: combine is base^a · other^b, also with an exponent of 0`, () => {
    const base = power(12345n)
    const other = power(678n)
    const table = group.table(base)
    for (const [a, b] of [
      [0n, 0n],
      [0n, 5n],
      [7n, 0n],
      [group.order - 1n, group.order - 2n],
    ] as const)
      same(table.combine(a, other, b), group.multiply(group.power(base, a), group.power(other, b)))
  })

  test(`${name}: texts and members correspond one to one`, () => {
    fc.assert(
      fc.property(exponent, (a) => {
        const text = group.encode(power(a))
        const back = group.decode(text)
        equal(back !== undefined && group.encode(back), text)
      }),
      runs,
    )
    const texts = [1n, 2n, 3n].map((e) => group.encode(power(e)))
    deepEqual(
      group
        .decodeAll([...texts, 'x', texts[1]!.toUpperCase() + (name === 'Ed25519' ? '' : ' ')])
        .map((e) => e !== undefined),
      [true, true, true, false, false],
    )
  })
}

for (const [name, { p, q, g }] of [
  ['BELENIOS-2048', belenios2048],
  ['RFC-3526-2048', rfc3526],
] as const) {
  const group = openGroup(name)

  test(`${name}: g has order q, q divides p - 1, both sizes are those of the specification`, () => {
    equal((p - 1n) % q, 0n)
    equal(powerModulo(g, q, p), 1n)
    equal(p.toString(2).length, 2048)
    equal(q.toString(2).length, name === 'BELENIOS-2048' ? 256 : 2047)
  })

  test(`${name}: what is no member, or is not spelled canonically, is not let in`, () => {
    const outside = [2n, 3n, 5n, 7n].map((x) => (x * x * g) % p).find((x) => powerModulo(x, q, p) !== 1n)
    const text = group.encode(group.generator)
    const refused = [
      '0',
      `${p}`,
      `${p + g}`,
      `${p - 1n}`,
      `0${text}`,
      `+${text}`,
      `-${text}`,
      ` ${text}`,
      `0x${g.toString(16)}`,
      '',
      '1_0',
    ]
    for (const wrong of refused) equal(group.decode(wrong), undefined, wrong.slice(0, 20))
    if (name === 'BELENIOS-2048') equal(group.decode(`${outside}`), undefined)
    equal(group.decode(`${p - g}`), undefined, '-g has twice the order')
  })

  test(`${name}: public credentials are sorted as numbers`, () => {
    deepEqual(['10', '9', '123', '122'].sort(group.compare), ['9', '10', '122', '123'])
  })
}

test('Ed25519: the text is the encoding of RFC 8032 in reverse, the neutral element 00…01', () => {
  const group = openGroup('Ed25519')
  equal(group.encode(group.generator), `6${'6'.repeat(61)}58`.slice(0, 64))
  equal(group.encode(group.neutral), `${'0'.repeat(63)}1`)
  equal(group.order, ed25519Order)
})

test('Ed25519: points of small order, off the curve, y of p or more and the second spelling of x = 0 are not let in', () => {
  const group = openGroup('Ed25519')
  const p = 2n ** 255n - 19n
  const hex = (y: bigint, sign = 0n) => (y + (sign << 255n)).toString(16).padStart(64, '0')
  // A point of order 8 is q times a point that has a component outside the subgroup.
  let torsion = ed25519.Point.ZERO
  for (let y = 2n; torsion.is0() || torsion.double().double().is0(); y++) {
    try {
      torsion = ed25519.Point.fromBytes(
        Uint8Array.from(hex(y).match(/../g)!.reverse(), (b) => Number.parseInt(b, 16)),
      ).multiplyUnsafe(ed25519Order - 1n)
      torsion = torsion.add(
        ed25519.Point.fromBytes(Uint8Array.from(hex(y).match(/../g)!.reverse(), (b) => Number.parseInt(b, 16))),
      )
    } catch {
      // That y is not on the curve.
    }
  }
  for (let times = 1n; times < 8n; times++) {
    const small = torsion.multiplyUnsafe(times)
    equal(group.decode(bytesToHex(small.toBytes().reverse())), undefined, `${times} times the point of order 8`)
    equal(group.decode(bytesToHex(small.add(ed25519.Point.BASE).toBytes().reverse())), undefined)
  }
  for (const wrong of [hex(p), hex(p + 1n), hex(1n, 1n), hex(p - 1n, 1n), hex(2n ** 255n - 1n)])
    equal(group.decode(wrong), undefined, wrong)
})

test('Ed25519: public credentials are sorted by the bytes from the last to the first of the text', () => {
  const { compare } = openGroup('Ed25519')
  const [a, b, c] = ['01', '00', '10'].map((first) => first.padEnd(62, '0'))
  deepEqual([`${a}02`, `${b}03`, `${c}01`].sort(compare), [`${c}01`, `${a}02`, `${b}03`])
  equal(compare(`${a}02`, `${a}02`), 0)
})
