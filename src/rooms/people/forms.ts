import { z } from 'zod'
import { agencyKinds } from './domain/agency.ts'
import { readPhone } from './domain/profile.ts'

const line = (most: number) =>
  z
    .string()
    .trim()
    .transform((text) => text.replace(/\s+/g, ' '))
    .pipe(z.string().min(1).max(most))

export const personName = line(120)
export const email = z.string().trim().toLowerCase().min(1).max(200).pipe(z.email())
export const language = z.enum(['id', 'en']).default('id')
export const reason = z.string().trim().min(1).max(500)

/** `region` is a code here; the route finds it from what was typed. */
export const agencyForm = z.object({
  code: line(40).pipe(z.string().regex(/^[A-Za-z0-9.-]+$/)),
  kind: z.enum(agencyKinds as [string, ...string[]]).transform((kind) => kind as (typeof agencyKinds)[number]),
  name: line(200),
  region: z.string().nullable(),
})
export const unitForm = z.object({ name: line(200) })
export const inviteForm = z.object({ name: personName, email, lang: language, unit: z.string().optional() })
export const reasonForm = z.object({ reason })
export const handOverForm = z
  .object({
    to: z.string().optional(),
    name: z.string().optional(),
    email: z.string().optional(),
    lang: language,
    reason,
  })
  .transform((form, at) => {
    if (!form.to) {
      at.addIssue({ code: 'custom', message: 'hand-over-choose', path: ['to'] })
      return z.NEVER
    }
    if (form.to !== 'new') return { deputy: form.to, invite: null, reason: form.reason }
    const person = z.object({ name: personName, email }).safeParse(form)
    if (!person.success) {
      for (const issue of person.error.issues) at.issues.push(issue as never)
      return z.NEVER
    }
    return { deputy: null, invite: { ...person.data, lang: form.lang }, reason: form.reason }
  })

/** A telephone number may be left out; what is typed must be one. */
const phone = z
  .string()
  .trim()
  .max(40)
  .optional()
  .transform((typed, at) => {
    if (!typed) return null
    const number = readPhone(typed)
    if (number) return number
    at.addIssue({ code: 'custom', message: 'phone-wrong' })
    return z.NEVER
  })
const lang = z.enum(['id', 'en'])
const sure = z.unknown().refine((ticked) => ticked === 'ya', 'closing-sure')

export const profileForm = z.object({ name: personName, lang, phone })
export const emailForm = z.object({ email, password: z.string().min(1) })
export const closeOwnForm = z.object({ password: z.string().min(1), sure })
export const closeForm = z.object({ reason, sure })
export const acceptForm = z.object({ name: personName, password: z.string().min(1), lang: lang.optional(), phone })
export const codeForm = z.object({ code: z.string().trim().min(1).max(40) })
export const nothing = z.object({})
