import { elsewhere, gridOf, here } from '#platform/grid.ts'
import { may } from './permissions.ts'

const things = {
  'of an agency here': { agency: here.agency },
  "of nobody's": { agency: null },
  elsewhere: { agency: elsewhere.agency },
}

export const grid = gridOf('gallery', may, {
  sayStatus: { things },
  giveContact: { things },
  chooseGoals: { things },
  addToStory: { things },
  assignAgency: 'everywhere',
  sync: 'everywhere',
})
