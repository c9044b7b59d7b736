import { z } from 'zod'
import { pointsField } from './panel-reading.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most)

export const scheduleForm = z
  .object({
    firstDay: z.iso.date(),
    lastDay: z.iso.date(),
    weekend: z.string().optional(),
    from: time,
    to: time,
    pause: number(0, 240),
    rooms: number(1, 20),
    members: number(1, 50),
    place: z.string().trim().min(3).max(500),
  })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay, { message: 'days-disordered', path: ['lastDay'] })
  .refine(({ from, to }) => from < to, { message: 'times-disordered', path: ['to'] })

export const moveInterviewForm = z.object({
  day: z.iso.date(),
  time,
  room: number(1, 20),
  place: z.string().trim().min(3).max(500),
})

export const attendanceForm = z.object({ attendance: z.string().trim().min(3).max(2000) })

/** Points by criterion: fields `points-<criterion>`. */
export const sheetForm = (criteria: readonly string[]) =>
  z.object({
    ...Object.fromEntries(criteria.map((key) => [`points-${key}`, pointsField])),
    note: z.string().trim().max(8000).default(''),
    done: z.string().optional(),
  }) as z.ZodType<Record<string, number | null | string | undefined>>
