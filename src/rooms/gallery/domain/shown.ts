import type { Family, Status } from './innovation.ts'
import type { Piece } from './query.ts'

/** One part of the story: an answer of the proposal, or what its agency or the secretariat added. `at` is ISO. */
export type Telling = {
  id: string
  from: 'proposal' | 'agency' | 'secretariat'
  question: string
  /** The question in English, where the round gives it. */
  questionEn?: string
  text: string
  lang: 'id' | 'en'
  at: string
  /** Invented for a demonstration. */
  demo?: boolean
}
export type Photo = { file: string; label: string }

/** An innovation as the public reads it. */
export type Innovation = {
  id: string
  code: string
  name: string
  agency_name: string
  agency: string | null
  region_name: string
  province: string | null
  first_year: number | null
  last_year: number | null
  category: string | null
  categories: string[]
  summary: string
  lang: 'id' | 'en'
  translation: string | null
  flags: string[]
  in_seed: boolean
  demo: boolean
  story: Telling[]
  photos: Photo[]
  goals: number[]
  status: Status
  status_on: string | null
  status_reason: string | null
  status_at: Date | null
  status_said: 'agency' | 'secretariat' | null
  contact_office: string | null
  contact_email: string | null
  contact_phone: string | null
  contact_site: string | null
  changed: Date
}

/** One award of its history, in the words of its source. */
export type AwardLine = {
  id: string
  year: number | null
  level: string
  family: Family
  category: string | null
  source: string
  decree: string | null
  /** The round played here that gave it. */
  round: string | null
  flags: string[]
  demo: boolean
}

export type Related = { code: string; name: string; agency: string; lastYear: number | null }

export type Brief = {
  code: string
  name: string
  agency: string
  region: string
  lastYear: number | null
  lang: 'id' | 'en'
  summary: string
  translation: string | null
}

/** One result of a search, with what matched marked. */
export type Found = {
  code: string
  name: Piece[]
  agency: string
  region: string
  province: string | null
  lastYear: number | null
  category: string | null
  status: Status
  flags: string[]
  demo: boolean
  lang: 'id' | 'en'
  summary: Piece[]
  translation: Piece[] | null
  awards: { year: number | null; level: string; family: Family; demo: boolean }[]
}

/** How many there are of one choice of a filter. */
export type Facet = { kind: 'province' | 'year' | 'level' | 'category' | 'status' | 'goal'; value: string; n: number }
