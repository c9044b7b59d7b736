import { countNightly, figuresOf } from '#services'
import type { World } from './world.ts'

/** The figures of a service as they are published after its first month; addresses of their pages. */
export async function furnishFigures({ db }: World, service: string) {
  await countNightly(db, new Date('2026-04-01T00:20:00+07:00'))
  const { address } = (await figuresOf(db, service))!
  const all = `/services/${service}/figures`
  return [
    { as: 'public', address: all },
    { as: 'public', address },
    { as: 'local admin', address: all },
    { as: 'local admin', address: `${all}/inside` },
    { as: 'midwife', address: `${all}/inside` },
  ]
}
