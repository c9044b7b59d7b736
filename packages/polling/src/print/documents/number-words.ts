import type { PaperLang } from '../paper.ts'

const idOnes = [
  'nol',
  'satu',
  'dua',
  'tiga',
  'empat',
  'lima',
  'enam',
  'tujuh',
  'delapan',
  'sembilan',
  'sepuluh',
  'sebelas',
]

function indonesian(value: number): string {
  const rest = (unit: number) => (value % unit ? ` ${indonesian(value % unit)}` : '')
  const times = (unit: number) => Math.floor(value / unit)
  if (value < 12) return idOnes[value]!
  if (value < 20) return `${idOnes[value - 10]} belas`
  if (value < 100) return `${idOnes[times(10)]} puluh${rest(10)}`
  if (value < 200) return `seratus${rest(100)}`
  if (value < 1000) return `${idOnes[times(100)]} ratus${rest(100)}`
  if (value < 2000) return `seribu${rest(1000)}`
  if (value < 1_000_000) return `${indonesian(times(1000))} ribu${rest(1000)}`
  return `${indonesian(times(1_000_000))} juta${rest(1_000_000)}`
}

const enOnes = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ')
const enTens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

function english(value: number): string {
  const times = (unit: number) => Math.floor(value / unit)
  if (value < 20) return enOnes[value]!
  if (value < 100) return `${enTens[times(10)]}${value % 10 ? `-${enOnes[value % 10]}` : ''}`
  if (value < 1000) return `${enOnes[times(100)]} hundred${value % 100 ? ` and ${english(value % 100)}` : ''}`
  const unit = value < 1_000_000 ? 1000 : 1_000_000
  const rest = value % unit
  const name = unit === 1000 ? 'thousand' : 'million'
  return `${english(times(unit))} ${name}${rest ? ` ${rest < 100 ? 'and ' : ''}${english(rest)}` : ''}`
}

/** A whole number below a thousand million as it is read aloud: "seratus dua puluh satu". */
export const numberInWords = (lang: PaperLang, value: number): string =>
  lang === 'id' ? indonesian(value) : english(value)
