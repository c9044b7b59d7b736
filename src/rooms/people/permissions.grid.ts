import { elsewhere, gridOf } from '#platform/grid.ts'
import { may } from './permissions.ts'

export const grid = gridOf('people', may, {
  changeOwnPassword: {
    things: { own: (actor) => ({ id: actor.id ?? '' }), "somebody else's": { id: elsewhere.person } },
  },
  endSession: {
    things: { own: (actor) => ({ person: actor.id ?? '' }), "somebody else's": { person: elsewhere.person } },
  },
})
