import { z } from 'zod'
import { feel, name, words } from './basics.ts'

const indicator = z.strictObject({
  id: name,
  names: words,
  kind: z.enum(['count', 'share', 'median', 'p90']),
  unit: z.string().max(20).optional(),
  flow: name.optional().meta({ description: 'Cases of this flow; none: the main one.' }),
  /** Which cases. */
  over: feel.optional(),
  /** share: which of these; median and p90: the number of each case. */
  value: feel.optional(),
  /** Cells by the values of a field (village, sex). */
  by: name.optional(),
  /** Which way is good. */
  better: z.enum(['more', 'less', 'neither']).default('neither'),
  /** The value that is to be reached; `better` says from which side. Adopters that reach it are shown so. */
  target: z.number().optional().meta({ description: 'Sasaran: the value to be reached.' }),
  public: z.boolean().default(true),
})
export const indicators = z.strictObject({ indicators: z.array(indicator).max(60) })

export type Indicator = z.infer<typeof indicator>
