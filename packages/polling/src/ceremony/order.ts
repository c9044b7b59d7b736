import { groupNames } from '@melayani/ballot'
import { z } from 'zod'
import { hashOf } from '../format/index.ts'

const words = z.string().trim().min(1).max(200)
const hexKey = z.string().regex(/^[0-9a-f]{64}$/)

/** What the centre asks a key ceremony to make, one for a village's election. */
const order = z.object({
  format: z.literal('melayani-ceremony-order/1'),
  mode: z.enum(['real', 'practice']),
  election: z.object({ id: words, name: words, village: words }),
  group: z.enum(groupNames),
  /** X25519 key of the centre: the rolls' keys, which the ceremony draws, go back sealed for it. */
  centre: z.object({ name: words, box: hexKey }),
  candidates: z
    .array(z.object({ number: z.number().int().positive(), name: words, emptyBox: z.literal(true).optional() }))
    .min(2)
    .max(20),
  /** `pool`: tokens to be made, the roll and its reserve. `rollKey`: of a roll that is fixed already; else the ceremony draws one. */
  tps: z
    .array(
      z.object({
        id: words,
        number: z.number().int().positive(),
        pool: z.number().int().min(1).max(20_000),
        rollKey: hexKey.optional(),
      }),
    )
    .min(1),
  /**
   * Who holds keys. `officer`: by id, for a trustee who is an officer and has one card for both. `outside`: holds a key of their
   * own without which nothing opens. `tps`: of this polling place only; a trustee without serves at all of them.
   */
  trustees: z
    .array(
      z.object({ name: words, officer: words.optional(), outside: z.literal(true).optional(), tps: words.optional() }),
    )
    .min(2),
  /** Of those inside, at each polling place. */
  threshold: z.object({ needed: z.number().int().min(1), of: z.number().int().min(1) }),
  officers: z
    .array(
      z.object({
        id: z.string().regex(/^[\w-]{1,80}$/),
        name: words,
        role: z.enum(['committee', 'chair', 'officer', 'operator', 'witness', 'supervisor']),
        candidate: z.number().int().positive().optional(),
        tps: words.optional(),
      }),
    )
    .min(1),
})
export type CeremonyOrder = Readonly<z.infer<typeof order>>

export type OrderFault = { readonly rule: OrderFaultRule; readonly at: string }
export type OrderFaultRule =
  | 'order.form'
  | 'order.candidates' // not numbered 1, 2, 3 …
  | 'order.tps' // a polling place stands twice
  | 'order.officers' // an id stands twice, or at a polling place that is none
  | 'order.trustees' // a trustee of no such officer or polling place, or named twice there
  | 'order.outside' // nobody from outside must help
  | 'order.threshold' // another number of trustees inside than `of`, or more needed than there are
  | 'order.chair' // not exactly one chair at a polling place

/** The order, or all that stands against holding a ceremony with it. `hash` names its text. */
export function readOrder(
  text: string,
): { ok: true; order: CeremonyOrder; hash: string } | { ok: false; faults: OrderFault[] } {
  let read: CeremonyOrder
  try {
    const parsed = order.safeParse(JSON.parse(text))
    if (!parsed.success)
      return {
        ok: false,
        faults: parsed.error.issues.map((issue) => ({ rule: 'order.form', at: issue.path.join('.') })),
      }
    read = parsed.data
  } catch {
    return { ok: false, faults: [{ rule: 'order.form', at: '' }] }
  }
  const faults = orderFaults(read)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, order: read, hash: hashOf(text) }
}

const twice = (list: readonly (string | number)[]) => new Set(list).size < list.length

function orderFaults(read: CeremonyOrder): OrderFault[] {
  const faults: OrderFault[] = []
  const refuse = (rule: OrderFaultRule, at: string, wrong: boolean) => {
    if (wrong) faults.push({ rule, at })
  }
  const places = new Set(read.tps.map(({ id }) => id))
  for (const [at, { number }] of read.candidates.entries())
    refuse('order.candidates', `candidates.${at}`, number !== at + 1)
  refuse('order.tps', 'tps', twice(read.tps.map(({ id }) => id)) || twice(read.tps.map(({ number }) => number)))
  refuse('order.officers', 'officers', twice(read.officers.map(({ id }) => id)))
  for (const [at, { tps, candidate }] of read.officers.entries()) {
    refuse('order.officers', `officers.${at}.tps`, tps !== undefined && !places.has(tps))
    refuse('order.officers', `officers.${at}.candidate`, candidate !== undefined && candidate > read.candidates.length)
  }
  const cards: string[] = []
  for (const [at, trustee] of read.trustees.entries()) {
    const officer = officerOf(read, trustee)
    refuse('order.trustees', `trustees.${at}.officer`, trustee.officer !== undefined && officer === undefined)
    refuse('order.trustees', `trustees.${at}.tps`, trustee.tps !== undefined && !places.has(trustee.tps))
    cards.push(`${trustee.tps ?? ''}|${officer?.id ?? trustee.name}`)
  }
  refuse('order.trustees', 'trustees', twice(cards))
  // A person with a key of their own and a part of another would count twice.
  const idOf = (each: CeremonyOrder['trustees'][number]) => officerOf(read, each)?.id ?? each.name
  const outside = new Set(read.trustees.filter((each) => each.outside).map(idOf))
  const both = read.trustees.some((each) => !each.outside && outside.has(idOf(each)))
  refuse('order.trustees', 'trustees', both)
  refuse('order.outside', 'trustees', !read.trustees.some(({ outside }) => outside))
  for (const [at, { id }] of read.tps.entries()) {
    const inside = read.trustees.filter((each) => !each.outside && (each.tps === undefined || each.tps === id))
    const { needed, of } = read.threshold
    refuse('order.threshold', `tps.${at}`, inside.length !== of || needed > of)
    const chairs = read.officers.filter(({ role, tps }) => role === 'chair' && tps === id)
    refuse('order.chair', `tps.${at}`, chairs.length !== 1)
  }
  return faults
}

/** The officer that a trustee is: by id, else the one of the same name at the same polling place. */
export const officerOf = (
  { officers }: Pick<CeremonyOrder, 'officers'>,
  { name, officer, tps }: CeremonyOrder['trustees'][number],
): CeremonyOrder['officers'][number] | undefined =>
  officer === undefined
    ? officers.find((each) => each.name === name && (each.tps === undefined || each.tps === tps))
    : officers.find((each) => each.id === officer)
