import { z } from 'zod'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { isSignedBy, publicKey, readSigned } from './signed.ts'

/** How far an adoption has come, as the room of replication reads it from what was done. */
export const stages = ['installed', 'configured', 'first-case', 'active', 'outcome'] as const
export type Stage = (typeof stages)[number]

/** Fewer than these are not told (as in every public figure). */
export const fewest = 5
export const counted = (n: number): number | null => (n > 0 && n < fewest ? null : n)

const figure = z.object({ n: z.number().nullable(), value: z.number().nullable(), hidden: z.boolean() })
const words = z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().max(400))
const date = z.iso.date()

/** A heartbeat: what one service elsewhere tells the installation it was adopted from. Counts and public figures only. */
export const heartbeat = z.strictObject({
  format: z.literal('melayani.heartbeat/1'),
  from: z.strictObject({
    name: z.string().min(1).max(200),
    address: z
      .string()
      .max(200)
      .regex(/^https?:\/\/[^/\s?#@]+$/),
    key: publicKey,
  }),
  /** The key it is meant for: nobody can hand it on to another installation. */
  to: publicKey,
  sequence: z.int().min(1).max(1_000_000),
  made: z.iso.datetime(),
  service: z.uuid(),
  package: z.string().max(100),
  /** A local version says so: `1.2.0+local.1`. */
  version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:\+local\.\d{1,6})?$/),
  agency: z.strictObject({
    name: z.string().min(1).max(200),
    region: z
      .string()
      .regex(/^[\d.]{2,13}$/)
      .nullable(),
  }),
  stage: z.enum(stages),
  /** Since when nobody has done anything, where that is 90 days or more. */
  asleep: date.nullable(),
  installed: date,
  firstCase: date.nullable(),
  /** None where there were some, but too few to tell. */
  casesLast30: z.int().min(0).nullable(),
  /** The day to whose end the figures are counted. */
  day: date.nullable(),
  figures: z
    .array(z.strictObject({ indicator: z.string().max(50), names: words, whole: figure }))
    .max(60)
    .default([]),
})
export type Heartbeat = z.infer<typeof heartbeat>

/** A heartbeat of more than so many bytes is none. */
export const largest = 64_000

export type HeartbeatRefusal = 'not-a-heartbeat' | 'signature-wrong' | 'not-for-us' | 'made-later'

/** Whether this is a heartbeat meant for us, signed by the key that it names. Whose key that is, is another question. */
export function judgeHeartbeat(
  text: string,
  { own, now }: { own: string; now: Date },
): Decision<Heartbeat, HeartbeatRefusal> {
  const document = text.length > largest ? undefined : readSigned(text)
  const read = document && heartbeat.safeParse(document.content)
  if (!document || !read?.success) return refuse('not-a-heartbeat')
  if (!isSignedBy(read.data.from.key, document)) return refuse('signature-wrong')
  if (read.data.to !== own) return refuse('not-for-us')
  if (Date.parse(read.data.made) > now.getTime() + 10 * 60_000) return refuse('made-later')
  return decide(read.data)
}

/** What is fewer than five is hidden by whoever sends it; what was not is not shown here either. */
export function withSmallHidden({ casesLast30, figures, ...rest }: Heartbeat): Heartbeat {
  const hide = (figure: Heartbeat['figures'][number]['whole']) =>
    figure.hidden || (figure.n !== null && figure.n > 0 && figure.n < fewest)
      ? { n: null, value: null, hidden: true }
      : figure
  return {
    ...rest,
    casesLast30: casesLast30 === null ? null : counted(casesLast30),
    figures: figures.map((each) => ({ ...each, whole: hide(each.whole) })),
  }
}

/** Minutes until the next try of a report that was tried so often: 1, 2, 4 … at most six hours. */
export const waitAfter = (tries: number): number => Math.min(2 ** Math.max(0, tries - 1), 360)
