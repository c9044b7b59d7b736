import { z } from 'zod'

const number = (least: number, most: number, usual: number) =>
  z.coerce.number<unknown>().min(least).max(most).catch(usual).default(usual)

/** What a plan of queues asks for. It is an address, so that a plan can be sent to somebody; what is no number is the usual one. */
export const queueForm = z.object({
  turnout: number(1, 100, 80),
  curve: z.enum(['slots', 'morning', 'rush']).catch('morning').default('morning'),
  token: z
    .string()
    .optional()
    .transform((value) => value !== undefined),
  wait: number(1, 240, 30),
  late: number(0, 240, 15),
  booth: number(3, 300, 18),
  card: number(1, 120, 10),
  manual: number(5, 600, 75),
  fails: number(0, 100, 5),
})
export type QueueAsked = z.output<typeof queueForm>
