import { z } from 'zod'
import { name, words } from './basics.ts'

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
const hours = z.array(z.tuple([hour, hour])).max(4)

/** When time counts. Holidays are not in the package: the installation knows them, year by year, with their decree. */
export const calendar = z.strictObject({
  id: name,
  names: words,
  /** `always`: every second. `working`: working days, or only the opening hours of working days. */
  kind: z.enum(['always', 'working']),
  /** Opening hours by weekday; none: Monday to Friday, the whole day. */
  hours: z
    .strictObject({
      mon: hours.default([]),
      tue: hours.default([]),
      wed: hours.default([]),
      thu: hours.default([]),
      fri: hours.default([]),
      sat: hours.default([]),
      sun: hours.default([]),
    })
    .optional(),
  holidays: z.boolean().default(true).meta({ description: 'Closed on national holidays.' }),
  jointLeave: z.boolean().default(true).meta({ description: 'Closed on cuti bersama.' }),
})
export const calendars = z.strictObject({ calendars: z.array(calendar).min(1).max(20) })

export type Calendar = z.infer<typeof calendar>
