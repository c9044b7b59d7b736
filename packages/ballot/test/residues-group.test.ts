import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openGroup } from '../src/group/index.ts'
import { belenios2048, rfc3526 } from '../src/group/parameters.ts'
import { openResidueKernel } from '../src/kernel/residues.ts'
import { modulo, powerModulo } from '../src/scalar.ts'
import { elementsOfSmallOrder } from './small-order.ts'

const kernels = [
  [belenios2048, await openResidueKernel('BELENIOS-2048')],
  [rfc3526, await openResidueKernel('RFC-3526-2048')],
] as const

for (const [group, kernel] of kernels) {
  const { name, p, q, g } = group
  const isLong = name === 'RFC-3526-2048'
  const runs = { numRuns: isLong ? 3 : 15 }
  const exponent = fc.oneof(
    fc.bigInt({ min: 0n, max: q - 1n }),
    fc.constantFrom(0n, 1n, 2n, 31n, 32n, 33n, q - 2n, q - 1n),
  )
  const power = (e: bigint) => kernel.power(kernel.generator, e)
  const same = (a: Float64Array, b: Float64Array) => {
    equal(kernel.encode(a), kernel.encode(b))
    equal(kernel.equal(a, b), true)
  }
  const isText = (element: Float64Array, expected: bigint) => equal(kernel.encode(element), expected.toString())

  test(`${name}: powers are those of BigInt, with the exponents 0, 1, q - 1 and any other, by power and by table`, () => {
    const table = kernel.table(kernel.generator)
    fc.assert(
      fc.property(exponent, (e) => {
        const expected = powerModulo(g, e, p)
        isText(power(e), expected)
        isText(table.power(e), expected)
      }),
      { ...runs, examples: [[0n], [1n], [q - 1n]] },
    )
    // By then the table has been used so often that it is filled.
    for (let i = 0; i < 20; i++) isText(table.power(BigInt(i)), powerModulo(g, BigInt(i), p))
    for (const e of [0n, 1n, 63n, 64n, 65n, q - 1n]) isText(table.power(e), powerModulo(g, e, p))
  })

  test(`${name}: the kernel obeys the laws of a group of order q`, () => {
    fc.assert(
      fc.property(exponent, exponent, exponent, (a, b, c) => {
        const [x, y, z] = [power(a), power(b), power(c)]
        same(kernel.multiply(x, y), power(modulo(a + b, q)))
        same(kernel.multiply(x, y), kernel.multiply(y, x))
        same(kernel.multiply(kernel.multiply(x, y), z), kernel.multiply(x, kernel.multiply(y, z)))
        same(kernel.multiply(x, kernel.neutral), x)
        same(kernel.multiply(x, kernel.inverse(x)), kernel.neutral)
        same(kernel.power(x, b), power(modulo(a * b, q)))
        equal(kernel.equal(x, kernel.multiply(x, kernel.generator)), false)
      }),
      { ...runs, numRuns: isLong ? 2 : 10 },
    )
  })

  test(`${name}: combine is base^a · other^b, before the table is filled and after`, () => {
    const [base, other] = [power(12345n), power(678n)]
    const table = kernel.table(base)
    const cases = [
      [0n, 0n],
      [0n, 5n],
      [7n, 0n],
      [q - 1n, q - 2n],
      [1n << 200n, 3n],
    ] as const
    for (let round = 0; round < 4; round++)
      for (const [a, b] of cases)
        isText(table.combine(a, other, b), powerModulo(g, modulo(12345n * a + 678n * b, q), p))
  })

  test(`${name}: with more tables than there is room for, each still gives its own base's powers`, () => {
    const tables = Array.from({ length: 10 }, (_, i) => kernel.table(power(BigInt(i + 2))))
    for (let use = 0; use < (isLong ? 14 : 18); use++)
      tables.forEach((table, i) => {
        if (!isLong || use < 2 || use > 11) isText(table.power(BigInt(use)), powerModulo(g, BigInt((i + 2) * use), p))
        else table.power(0n)
      })
  })

  const counts = isLong ? [0, 1, 2, 9, 20] : [0, 1, 2, 3, 8, 9, 100]
  test(`${name}: the product of ${counts.join(', ')} powers is that of BigInt, also with equal bases and 1`, () => {
    for (const count of counts) {
      const logs = Array.from({ length: count }, (_, i) => (i % 5 === 4 ? 0n : BigInt(i + 1) ** 40n % q))
      const exponents = logs.map((_, i) => (i % 7 === 3 ? 0n : modulo(-(BigInt(i) ** 50n), q)))
      const sum = logs.reduce((all, log, i) => all + log * exponents[i]!, 0n)
      isText(kernel.powers(logs.map(power), exponents), powerModulo(g, modulo(sum, q), p))
    }
  })

  test(`${name}: what the kernel decodes and what it refuses is what the slow group decodes and refuses`, () => {
    const slow = openGroup(name)
    const member = powerModulo(g, 424242n, p).toString()
    const half = (1n << 51n) ** 20n
    const texts = ['1', g.toString(), member]
    const refused = [
      ...[
        '',
        '0',
        '-1',
        '+1',
        '01',
        `0${member}`,
        ` ${member}`,
        `${member} `,
        `${member}\n`,
        `+${member}`,
        '1e3',
        '0x1',
      ],
      ...[p, p + 1n, p - 1n, p + 4n, 10n ** 617n, 2n ** 2048n - 1n, half].map(String),
      ...[member.replace(/.$/, '٣'), member.replace('1', '１'), '½', 'ab', `${'9'.repeat(616)}`],
      // Another member's text with a prefix that a reader might drop.
      (BigInt(member) + p).toString(),
    ].filter((text) => slow.decode(text) === undefined)
    equal(refused.length > 20, true)
    for (const text of texts) equal(kernel.encode(kernel.decode(text)!), text)
    for (const text of refused) equal(kernel.decode(text), undefined, text)
    const all = [...texts, ...refused, ...texts]
    deepEqual(
      kernel.decodeAll(all).map((element) => element && kernel.encode(element)),
      [...texts, ...refused.map(() => undefined), ...texts],
    )
    equal(kernel.decode('1'.repeat(100_000)), undefined)
  })

  test(`${name}: elements of small order, and members multiplied by them, are refused`, () => {
    const member = powerModulo(g, 99n, p)
    const small = elementsOfSmallOrder(group)
    deepEqual([...small.keys()], isLong ? [2] : [2, 3, 6])
    for (const [order, element] of small) {
      equal(powerModulo(element, BigInt(order), p), 1n)
      notEqual(element, 1n)
      equal(kernel.decode(element.toString()), undefined)
      equal(kernel.decode(((element * member) % p).toString()), undefined)
    }
  })
}

test('a few hundred elements are decoded together, and the false among them are found alone', () => {
  const [, kernel] = kernels[0]
  const { p } = belenios2048
  const good: string[] = []
  let element = kernel.generator
  for (let i = 0; i < 400; i++) {
    good.push(kernel.encode(element))
    element = kernel.multiply(element, kernel.generator)
  }
  deepEqual(kernel.encodeAll(kernel.decodeAll(good) as Float64Array[]), good)
  const [second, third] = [2, 3].map((order) => elementsOfSmallOrder(belenios2048).get(order)!)
  const texts = [...good]
  // Two of order 2 that would cancel one another, and one of order 3.
  for (const at of [7, 390]) texts[at] = ((BigInt(good[at]!) * second!) % p).toString()
  texts[200] = ((BigInt(good[200]!) * third!) % p).toString()
  const found = kernel.decodeAll(texts)
  deepEqual(
    found.flatMap((one, at) => (one ? [] : [at])),
    [7, 200, 390],
  )
  deepEqual(
    found.flatMap((one) => (one ? [kernel.encode(one)] : [])),
    good.filter((_, at) => ![7, 200, 390].includes(at)),
  )
})

test('a source of randomness that gives too little is refused, not trusted', async () => {
  const kernel = await openResidueKernel('BELENIOS-2048', () => new Uint8Array(16))
  const texts = new Array<string>(200).fill(kernel.encode(kernel.generator))
  let message = ''
  try {
    kernel.decodeAll(texts)
  } catch (error) {
    message = (error as Error).message
  }
  equal(message, '3200 random bytes were asked for, 16 came.')
})
