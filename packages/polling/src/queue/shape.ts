import { curves } from './arrival.ts'
import { type Devices, openPlan, type Setting, usualSetting } from './plan.ts'

/**
 * Shapes of polling places that were seen, to begin a plan with. `devices` is what stood there; turnout and hours are ours
 * where no report names them.
 */
export type Shape = { readonly setting: Setting; readonly devices: Devices; readonly source: string }

export const shapes = {
  /** 300–500 voters, one booth (Sleman 2020: 49 villages, 1,102 polling places). */
  sleman: {
    setting: { ...usualSetting, roll: 500 },
    devices: { desks: 1, booths: 1 },
    source: 'R20, Sleman 2020',
  },
  /** One polling place with five booths (Kebonbimo). */
  kebonbimo: {
    setting: { ...usualSetting, roll: 2462 },
    devices: { desks: 3, booths: 5 },
    source: 'R20, Kebonbimo',
  },
  /** One of three polling places on one field: three readers, tokens at a table of their own, five booths (Babakan 2017). */
  babakan: {
    setting: { ...usualSetting, roll: 3458, tokenTable: true },
    devices: { desks: 3, booths: 5 },
    source: 'R20, Babakan 2017',
  },
  /** 3,000 voters from 07.00 to 14.00, all of them (a vendor's claim). */
  vendor: {
    setting: { ...usualSetting, roll: 3000, turnout: 1, minutes: 420, curve: curves.slots, tokenTable: true },
    devices: { desks: 3, booths: 5 },
    source: 'R19',
  },
  /** Three devices for 3,948 voters: about three hours late (Pemalang 2018). The defaults are held against this report. */
  pemalang: {
    setting: { ...usualSetting, roll: 3948 },
    devices: { desks: 3, booths: 3 },
    source: 'R43, Pemalang',
  },
} as const satisfies Record<string, Shape>
export type ShapeName = keyof typeof shapes

export const planOf = (name: ShapeName) => openPlan(shapes[name].setting)
