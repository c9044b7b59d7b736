import { shippedInnovations } from '#competition'

/** A real innovation as its source tells of it. */
export type Innovation = {
  name: string
  agency: string
  region: string
  year: number | null
  category: string
  summary: string
  source: string
}

export const innovations = shippedInnovations as readonly unknown[] as Innovation[]
