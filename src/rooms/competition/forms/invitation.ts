import { z } from 'zod'

/** One thing invited, as the page found it: an agency, an innovation of the register, or an innovation and its agency. */
export const inviteForm = z
  .object({
    group: z.string().min(1),
    agency: z.uuid().nullable(),
    agencyName: z.string().min(1),
    innovation: z.uuid().nullable(),
    name: z.string().min(1).nullable(),
  })
  .refine(({ agency, innovation }) => agency !== null || innovation !== null, 'required')
export type InviteForm = z.output<typeof inviteForm>

export const withdrawalForm = z.object({ reason: z.string().trim().min(10).max(2000) })
