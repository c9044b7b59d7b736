import { z } from 'zod'
import { publicKey } from './domain/signed.ts'

export const nothing = z.object({}) as z.ZodType<Record<string, never>>

/** An address as people type it, to the origin of an installation. */
export const addressForm = z.object({
  address: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .transform((typed) => (/^\w+:\/\//.test(typed) ? typed : `https://${typed}`))
    .refine((typed) => URL.canParse(typed), 'address-wrong')
    .transform((typed) => new URL(typed).origin),
})
/** The key that was shown with its fingerprint when somebody said yes. */
export const subscriptionForm = z.object({ address: z.url().max(200), key: publicKey })
