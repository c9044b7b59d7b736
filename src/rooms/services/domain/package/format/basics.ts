import { z } from 'zod'
import { limits } from '../limits.ts'

/** Names that FEEL or JavaScript already give a meaning; no field, setting or rule may take them. */
const taken = new Set(
  `and or not if then else for in return some every satisfies between instance of function null true false date time
   duration count sum min max mean median mode all any list abs floor ceiling string number contains now today case
   days hours years months setting rule consent item estimated minutes constructor prototype`.split(/\s+/),
)

/** A name inside the package. It can stand in a FEEL expression, so: small letters, digits, underscores. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,49}$/, 'a name has small letters, digits and underscores, and begins with a letter')
  .refine((text) => !taken.has(text), 'this word has a meaning already')
  .meta({ description: 'A name: small letters, digits, underscores.' })

/** Words for people, by language (ISO 639): `{ id: 'Laporan', en: 'Report' }`. */
export const words = z
  .record(z.string().regex(/^[a-z]{2,3}$/), z.string().min(1).max(limits.text))
  .meta({ description: 'The same words in every language of the package.' })

/** A FEEL expression (OMG DMN 1.5, section 10): `umur >= 35 and not("sesar" in tanda)`. */
export const feel = z
  .string()
  .min(1)
  .meta({ description: 'A FEEL expression over the fields, setting.…, rule.…, case.…, now and today.' })

/** A condition may also be written true or false. */
export const condition = z.union([z.boolean(), feel])

export const day = z.iso.date().meta({ description: 'YYYY-MM-DD' })

/**
 * How a fact is known. `sourced`: with a public source. `ours`: a default of the platform, because nothing public was
 * found. `unverified`: quoted, not checked. All but the first are shown as "default, set by the platform".
 */
export const known = z.enum(['sourced', 'ours', 'unverified'])

/** `PT15M`, `P3D`, `P1DT2H`: an ISO 8601 duration of days, hours, minutes, seconds. */
export const duration = z
  .string()
  .regex(/^P(?=\d|T\d)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/, 'a duration such as PT15M or P3D')

export type Words = z.infer<typeof words>
