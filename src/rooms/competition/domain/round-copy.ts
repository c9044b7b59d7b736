import type { Calendar, Rules, Words } from './round.ts'

/**
 * A round for another year that begins as a copy. Its dates move by whole years; extensions and the legal basis belong to
 * the old year and stay there; what rested on a published text of the old year is now a choice, and says so.
 * A copy for the same year keeps everything.
 */
export function copyRules(source: Rules, as: { key: string; year: number; name: Words }): Rules {
  const copy: Rules = { ...structuredClone(source), ...as, version: 1 }
  const years = as.year - source.year
  if (years === 0) return copy
  const from: Words = {
    id: `Disalin dari ${source.name.id}.`,
    en: `Copied from ${source.name.en}.`,
  }
  const dates: Words = {
    id: `Tanggal disalin dari ${source.name.id} dan digeser ${years} tahun; belum ditetapkan.`,
    en: `Dates copied from ${source.name.en} and moved by ${years} years; not decided yet.`,
  }
  const outside = (path: string) => path.split('.')[0] !== 'calendar' && path !== 'year' && path !== 'legalBasis'
  const copied = Object.keys(source.sources)
    .filter(outside)
    .map((path) => [path, from])
  const kept = Object.entries(source.settings).filter(([path]) => outside(path))
  return {
    ...copy,
    legalBasis: [],
    calendar: { ...moved(source.calendar, years), extensions: [] },
    settings: { ...Object.fromEntries(kept), ...Object.fromEntries(copied), calendar: dates },
    sources: {},
  }
}

function moved(calendar: Calendar, years: number): Calendar {
  const entries = Object.entries(calendar).map(([name, value]) => [
    name,
    typeof value === 'string' ? movedDate(value, years) : value,
  ])
  return Object.fromEntries(entries) as Calendar
}

/** The same day and hour of another year; 29 February becomes the 28th where there is none. */
function movedDate(moment: string, years: number): string {
  const year = Number(moment.slice(0, 4)) + years
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const rest = moment.slice(4)
  return `${year}${!leap && rest.startsWith('-02-29') ? rest.replace('-02-29', '-02-28') : rest}`
}
