import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { placesAfter, type Shape } from './place.ts'

describe('voting: polling places after the set-ups of real villages (R20)', () => {
  it('are as many, with as many desks and booths and as many colours, as the village of that set-up had', () => {
    const planned = (shape: Shape, voters: number, votersPerTps = 500) => {
      const places = placesAfter(shape, voters, votersPerTps, 'Lapangan')
      assert.deepEqual(
        places.map(({ number }) => number),
        places.map((_, at) => at + 1),
      )
      return {
        places: places.length,
        each: [...new Set(places.map(({ desks, booths, mobile }) => `${desks} ${booths} ${mobile}`))].join(),
        colours: new Set(places.map(({ colour }) => colour)).size,
        where: [...new Set(places.map(({ place }) => place))].slice(0, 2),
      }
    }
    const one = { places: 1, colours: 1, where: ['Lapangan'] }
    assert.deepEqual(planned('babakan', 10_374), { ...one, places: 3, each: '3 5 0', colours: 3 })
    assert.deepEqual(planned('kebonbimo', 2_462), { ...one, each: '2 5 0' })
    const sleman = { places: 21, each: '1 1 0', colours: 8, where: ['Lapangan 1', 'Lapangan 2'] }
    assert.deepEqual(planned('sleman', 10_374), sleman)
    assert.deepEqual(planned('sleman', 10_000), { ...sleman, places: 20 })
    assert.deepEqual(planned('sleman', 500), { ...one, each: '1 1 0' })
    assert.deepEqual(planned('sleman', 501), { ...sleman, places: 2, colours: 2 })
    // The bound is the profile's.
    assert.deepEqual(planned('sleman', 1_000, 300), { ...sleman, places: 4, colours: 4 })
  })
})
