import { numbersFrom } from '../prose.ts'

/** Chance that is the same on every machine: everything invented of people and their days comes from one seed. */
export function chanceFrom(seed: number) {
  const random = numbersFrom(seed)
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  return {
    random,
    /** A whole number between two, both included. */
    whole,
    pick: <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!,
    shuffled<T>(list: readonly T[]): T[] {
      const all = [...list]
      for (let i = all.length - 1; i > 0; i--) {
        const j = whole(0, i)
        ;[all[i], all[j]] = [all[j]!, all[i]!]
      }
      return all
    },
  }
}
export type Chance = ReturnType<typeof chanceFrom>

const given = {
  p: [
    'Sari',
    'Dewi',
    'Siti',
    'Wati',
    'Rina',
    'Tutik',
    'Yuni',
    'Lestari',
    'Nur',
    'Ani',
    'Endang',
    'Ratna',
    'Sulis',
    'Mega',
  ],
  l: [
    'Budi',
    'Agus',
    'Slamet',
    'Joko',
    'Dwi',
    'Eko',
    'Hadi',
    'Imam',
    'Rudi',
    'Wahyu',
    'Bayu',
    'Rizal',
    'Tono',
    'Yusuf',
  ],
}
const syllables = ['wa', 'lu', 'ra', 'ni', 'ke', 'so', 'ma', 'ti', 'pu', 'le', 'da', 'ro', 'gi', 'ne', 'ba', 'si']

/** A first name that is common and a second that nobody bears: put together from syllables. */
export function inventedName({ pick }: Chance, sex: 'p' | 'l'): string {
  const second = pick(syllables) + pick(syllables) + pick(syllables)
  return `${pick(given[sex])} ${second[0]!.toUpperCase()}${second.slice(1)}`
}

/** A NIK of province 99, which there is not: region of the village's district, birth date (day + 40 for women), serial. */
export function inventedNik(village: string, born: string, sex: 'p' | 'l', serial: number): string {
  const [year, month, day] = born.split('-') as [string, string, string]
  const dd = String(Number(day) + (sex === 'p' ? 40 : 0)).padStart(2, '0')
  return `99${village.slice(2, 6)}${dd}${month}${year.slice(2)}${String(1 + (serial % 9999)).padStart(4, '0')}`
}

/** A number in a range that no network gives out. */
export const inventedPhone = ({ whole }: Chance): string => `0800000${whole(10000, 99999)}`

export const day = 86_400_000
export const hour = 3_600_000
/** The local day (WIB) of a moment. */
export const dayOf = (at: number): string => new Date(at + 7 * hour).toISOString().slice(0, 10)
/** A moment of a local day: `clock` in hours. */
export const atHour = (at: number, clock: number): number => Date.parse(`${dayOf(at)}T00:00:00+07:00`) + clock * hour
