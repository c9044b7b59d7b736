/**
 * The numbers of persons and households (UU 24/2013; PP 37/2007 art 37; PP 40/2019). Neither has a check digit: only the
 * civil registry can say whether one exists. What is wrong by the rule is an error; what may have another reason (a moved
 * person, a corrected birth date, an old region code) is a warning.
 */
export type Sex = 'female' | 'male'

export type Nik = {
  ok: boolean
  errors: ('digits' | 'day' | 'month' | 'date' | 'serial' | 'synthetic')[]
  warnings: ('province' | 'region' | 'sex' | 'birth-date' | 'too-young')[]
  /** Where the person was first registered: `35.10.16`. */
  region?: string
  birthDate?: string
  sex?: Sex
  serial?: string
}

export type NikQuestion = {
  today: string
  declared?: { sex?: Sex | undefined; birthDate?: string | undefined; holdsCard?: boolean }
  /** Whether a region code of 2 or 6 digits (`35`, `351016`) is or was in use; without it regions are not judged. */
  knowsRegion?: (code: string) => boolean
  /** Province 99 belongs to nobody, so that made-up persons can never be real ones. */
  allowSynthetic?: boolean
}

/** `PPKKCC DDMMYY SSSS`; women have 40 added to the day. Of two centuries the newest that is possible is taken. */
export function readNik(text: string, { today, declared, knowsRegion, allowSynthetic = false }: NikQuestion): Nik {
  const found = /^(\d{6})(\d{2})(\d{2})(\d{2})(\d{4})$/.exec(text)
  if (!found) return { ok: false, errors: ['digits'], warnings: [] }
  const [, region, dd, mm, yy, serial] = found as unknown as [string, string, string, string, string, string]
  const errors: Nik['errors'] = []
  const warnings: Nik['warnings'] = []
  const sex: Sex = Number(dd) > 40 ? 'female' : 'male'
  const day = sex === 'female' ? Number(dd) - 40 : Number(dd)
  if (day < 1 || day > 31) errors.push('day')
  if (Number(mm) < 1 || Number(mm) > 12) errors.push('month')
  const dates =
    errors.length > 0 ? [] : centuries(day, mm, yy).filter((date) => date <= today && ageOn(date, today) <= 120)
  if (errors.length === 0 && dates.length === 0) errors.push('date')
  if (serial === '0000') errors.push('serial')
  const synthetic = region.startsWith('99')
  if (synthetic && !allowSynthetic) errors.push('synthetic')
  if (errors.length > 0) return { ok: false, errors, warnings }

  const birthDate = dates.find((date) => date === declared?.birthDate) ?? dates[0]!
  if (knowsRegion && !synthetic) {
    if (!knowsRegion(region.slice(0, 2))) warnings.push('province')
    else if (!knowsRegion(region)) warnings.push('region')
  }
  if (declared?.sex && declared.sex !== sex) warnings.push('sex')
  if (declared?.birthDate && declared.birthDate !== birthDate) warnings.push('birth-date')
  if (declared?.holdsCard && ageOn(birthDate, today) < 17) warnings.push('too-young')
  const dotted = `${region.slice(0, 2)}.${region.slice(2, 4)}.${region.slice(4)}`
  return { ok: true, errors, warnings, region: dotted, birthDate, sex, serial }
}

export type Kk = { ok: boolean; errors: ('digits' | 'date' | 'serial')[]; region?: string; recordedOn?: string }

/**
 * Number of a family card: region of issue, day of recording (nothing is added for women), serial. It names one version of
 * a household, never a person: a new head, a divorce or a move to another district brings a new number.
 */
export function readKk(text: string, today: string): Kk {
  const found = /^(\d{6})(\d{2})(\d{2})(\d{2})(\d{4})$/.exec(text)
  if (!found) return { ok: false, errors: ['digits'] }
  const [, region, dd, mm, yy, serial] = found as unknown as [string, string, string, string, string, string]
  const recordedOn = centuries(Number(dd), mm, yy).find((date) => date <= today)
  const errors: Kk['errors'] = []
  if (!recordedOn) errors.push('date')
  if (serial === '0000') errors.push('serial')
  if (errors.length > 0 || !recordedOn) return { ok: false, errors }
  return { ok: true, errors, region: `${region.slice(0, 2)}.${region.slice(2, 4)}.${region.slice(4)}`, recordedOn }
}

/** As it may be shown: `3510********0001`. */
export function masked(number: string): string {
  return number.length < 9
    ? '*'.repeat(number.length)
    : `${number.slice(0, 4)}${'*'.repeat(number.length - 8)}${number.slice(-4)}`
}

/** Full years between two days. */
export function ageOn(birthDate: string, day: string): number {
  return Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0)
}

function centuries(day: number, mm: string, yy: string): string[] {
  return ['20', '19', '18']
    .map((century) => `${century}${yy}-${mm}-${String(day).padStart(2, '0')}`)
    .filter((date) => isDay(date))
}

/** Whether there is such a day: no 29 February in 2001. */
export function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
}
