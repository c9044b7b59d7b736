import { z } from 'zod'
import { hashOf, type Signed, type SigningKey, sign, signatureHolds, signedShape } from '../format/index.ts'

/** A device that two officers have admitted, signed by the station: kind `device/1`. */
export type Certificate = {
  /** hashOf the package's text. */
  readonly package: string
  /** "desk-1", "booth-2". */
  readonly device: string
  readonly as: 'desk' | 'booth'
  readonly number: number
  readonly key: string
  /** Where it listens, "192.168.7.12:4801"; a booth that serves nobody has none. */
  readonly address?: string
  readonly mobile?: true
}
export const certificateKind = 'device/1'

export type Stage = 'preparing' | 'open' | 'paused' | 'closed'

/** People who stood in the queue at the closing hour. `round` counts queues: each extension ends one. */
export type Queue = { readonly standing: number; readonly round: number }

/** What the station says to all devices: kind `state/1`. */
export type HubState = {
  readonly package: string
  readonly stage: Stage
  /** Local closing time "HH:MM", as extended. */
  readonly until: string
  /** After the closing hour: only those who stand in this queue are let in; booths take their tokens as before. */
  readonly queue?: Queue
  /** Texts of the Signed certificates (JSON). */
  readonly devices: readonly string[]
  /** Devices that were stopped: nothing they write from now on is taken. */
  readonly stopped: readonly string[]
  /** A number that only grows, so that an older state never replaces a newer one. */
  readonly at: number
}
export const stateKind = 'state/1'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const certificateShape = z.object({
  package: hash,
  device: z.string().regex(/^(desk|booth)-[1-9]\d{0,3}$/),
  as: z.enum(['desk', 'booth']),
  number: z.number().int().min(1),
  key: hash,
  address: z.string().max(200).optional(),
  mobile: z.literal(true).optional(),
}) satisfies z.ZodType<Certificate>
const stateShape = z.object({
  package: hash,
  stage: z.enum(['preparing', 'open', 'paused', 'closed']),
  until: z.string(),
  queue: z.object({ standing: z.number().int().min(0), round: z.number().int().min(1) }).optional(),
  devices: z.array(z.string()).max(1000),
  stopped: z.array(z.string()).max(1000),
  at: z.number().int().min(0),
}) satisfies z.ZodType<HubState>

/** A document of the station's. */
export function signAsStation(kind: string, content: object, key: SigningKey): Signed {
  const text = JSON.stringify(content)
  return { text, signatures: [sign(kind, text, { role: 'device', signer: 'station' }, key.secret)] }
}

/** The content when the station's signature holds, it is of this package and has the right form. */
function readOf<T extends { package: string }>(
  kind: string,
  shape: z.ZodType<T>,
  given: unknown,
  stationKey: string,
  packageHash: string,
): T | undefined {
  const signed = signedShape.safeParse(given)
  if (!signed.success) return undefined
  const { text, signatures } = signed.data
  if (!signatures.some((each) => each.key === stationKey && signatureHolds(kind, text, each))) return undefined
  try {
    const content = shape.safeParse(JSON.parse(text))
    return content.success && content.data.package === packageHash ? content.data : undefined
  } catch {
    return undefined
  }
}

export const readCertificate = (given: unknown, stationKey: string, packageHash: string): Certificate | undefined =>
  readOf(certificateKind, certificateShape, given, stationKey, packageHash)

export const readState = (given: unknown, stationKey: string, packageHash: string): HubState | undefined =>
  readOf(stateKind, stateShape, given, stationKey, packageHash)

/** The certificates that a state carries; one that does not hold is left out. */
export const devicesOf = (state: HubState, stationKey: string): Certificate[] =>
  state.devices.flatMap((text) => {
    try {
      return readCertificate(JSON.parse(text), stationKey, state.package) ?? []
    } catch {
      return []
    }
  })

/** What two people compare on two screens before a device is admitted. */
export const deviceFingerprint = (key: string): string => hashOf(`device ${key}`)

/** A token that was used, as devices tell each other: the first half of the hash of its public credential. */
export const usedMark = (credential: string): string => hashOf(credential).slice(0, 32)
