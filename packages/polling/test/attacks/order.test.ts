import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { openGroup } from '@melayani/ballot'
import { openBox } from '../../src/media/box.ts'
import { readPlace } from '../../src/media/box-file.ts'
import { boxPlan } from '../../src/media/slot-size.ts'
import { tallyOf, writeArchive } from '../../src/station/archive.ts'
import { noFailure } from '../booth-rig.ts'
import { memoryMedium } from '../power.ts'
import { tallied } from '../tallied.ts'
import { makeTps } from '../village.ts'

const made = makeTps({ voters: 4, reserve: 0, candidates: ['Ani', 'Budi'] })
const { ballots } = tallied(made, [1, 2, 1, 0])
const credentials = JSON.parse(made.package.ballot.credentials) as string[]

test('R63: the published archive is the same to the byte, in whatever order the ballots were cast', () => {
  const group = openGroup('Ed25519')
  const archives = permutations([0, 1, 2, 3]).map((order) => {
    const cast = order.map((at) => ballots[at]!)
    // The tally is a product: it too knows no order.
    const closed = tallyOf(made.package, group, cast.slice(0, 2))
    return { hash: closed.hash, set: order.slice(0, 2).toSorted().join() }
  })
  // Six pairs, each in two orders and with two orders of the rest: one tally for each pair.
  equal(archives.length, 24)
  equal(new Set(archives.map(({ hash, set }) => `${set} ${hash}`)).size, 6)
  const closed = tallyOf(made.package, group, ballots)
  const written = permutations([0, 1, 2, 3]).map((order) =>
    Buffer.from(
      writeArchive(
        made.package,
        order.map((at) => ballots[at]!),
        closed,
      ),
    ).toString('base64'),
  )
  equal(new Set(written).size, 1)
})

test('T15: where the ballots lie in the box is as likely for either order, and nothing else in it differs', () => {
  const plan = { ...boxPlan(made.package, made.hash), slots: 6 }
  const rounds = 1_500
  /** Casts two ballots in this order; gives their places, and what their headers say besides. */
  const cast = (order: readonly [number, number]) => {
    const files = new Map<string, Uint8Array>()
    const box = openBox([memoryMedium('ssd', noFailure(), files)], plan)
    for (const at of order) {
      const { id } = box.put(credentials[at]!)
      box.move(id, { state: 'pending', ballot: ballots[at]! })
      box.move(id, { slip: 'printed' })
      box.move(id, { state: 'cast' })
    }
    const [bytes] = [...files.values()]
    const places = Array.from({ length: plan.slots }, (_, place) => readPlace(box.id, plan, bytes!, place))
    const placeOf = (at: number) =>
      places.findIndex((each) => each.is === 'slot' && each.slot.credential === credentials[at])
    const said = places
      .flatMap((each) => (each.is === 'slot' ? [JSON.stringify([each.turn, each.slot.state, each.slot.reprints])] : []))
      .toSorted()
    return { places: `${placeOf(0)},${placeOf(1)}`, said: said.join() }
  }
  const tables = (
    [
      [0, 1],
      [1, 0],
    ] as const
  ).map((order) => {
    const seen = new Map<string, number>()
    const said = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const each = cast(order)
      seen.set(each.places, (seen.get(each.places) ?? 0) + 1)
      said.add(each.said)
    }
    return { seen, said: [...said] }
  })
  // Turns and states are those of a ballot's life, the same for the first and the second.
  deepEqual(tables[0]!.said, tables[1]!.said)
  equal(tables[0]!.said.length, 1)
  // 30 pairs of places, each as likely as the others: by chi square with 29 degrees of freedom, 80 once in a million runs.
  for (const { seen } of tables) {
    equal(seen.size, 30)
    ok(chiSquare([...seen.values()], rounds / 30) < 80)
  }
  // And the two orders against each other.
  const pairs = [...tables[0]!.seen.keys()]
  const apart = pairs.reduce((sum, pair) => {
    const [a, b] = tables.map(({ seen }) => seen.get(pair) ?? 0) as [number, number]
    return sum + (a - b) ** 2 / (a + b)
  }, 0)
  ok(apart < 80, `${apart}`)
  // The measure sees an order where there is one: places taken one after the other.
  const sorted = [rounds, ...Array.from({ length: 29 }, () => 0)]
  ok(chiSquare(sorted, rounds / 30) > 1000)
})

const chiSquare = (counts: readonly number[], expected: number) =>
  counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)

function permutations(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]]
  return list.flatMap((first) => permutations(list.filter((each) => each !== first)).map((rest) => [first, ...rest]))
}
