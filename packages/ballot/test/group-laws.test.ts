import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { groupNames } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { generatorTable } from '../src/trustee/proof.ts'

for (const name of groupNames) {
  const group = openGroup(name)
  const element = fc.bigInt({ min: 0n, max: group.order - 1n }).map((e) => generatorTable(group).power(e))
  const runs = { numRuns: name === 'RFC-3526-2048' ? 3 : 10 }
  const text = group.encode

  test(`${name}: a product of members is a member, whichever two are multiplied first`, () => {
    fc.assert(
      fc.property(element, element, element, (a, b, c) => {
        const product = group.multiply(a, b)
        equal(text(group.decode(text(product))!), text(product))
        equal(text(group.multiply(product, c)), text(group.multiply(a, group.multiply(b, c))))
      }),
      runs,
    )
  })

  test(`${name}: each member has one inverse, and its power q is 1`, () => {
    fc.assert(
      fc.property(element, (a) => {
        const inverse = group.inverse(a)
        equal(text(group.multiply(a, inverse)), text(group.neutral))
        equal(text(group.inverse(inverse)), text(a))
        equal(text(group.multiply(group.power(a, group.order - 1n), a)), text(group.neutral))
      }),
      runs,
    )
  })

  test(`${name}: elements written together have the texts that each has alone, also 1 and none at all`, () => {
    const some = [0n, 1n, 2n, group.order - 1n].map((e) => group.power(group.generator, e))
    const unreduced = some.map((each) => group.multiply(each, some[2]!))
    const all = [...some, ...unreduced]
    deepEqual(group.encodeAll(all), all.map(text))
    deepEqual(group.encodeAll([group.neutral]), [text(group.neutral)])
    deepEqual(group.encodeAll([]), [])
  })
}
