import shipped from '../data/holidays.json' with { type: 'json' }
import type { Holidays } from './calendar.ts'

/** National holidays and cuti bersama as far as a decree has set them. A year is added when its decree is out. */
export function nationalHolidays(): Holidays {
  return {
    until: shipped.until,
    days: new Map(shipped.days.map(([day, name, kind]) => [day!, { name: name!, jointLeave: kind !== undefined }])),
  }
}
