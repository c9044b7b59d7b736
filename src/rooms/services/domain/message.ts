import { limits } from './package/limits.ts'

/**
 * Words that tell an illness, a pregnancy's risk or a status to whoever reads over a shoulder. Not a dictionary: what the
 * programmes at hand must not say by SMS. Matched as whole words, without regard to case.
 */
const healthWords = [
  ...[
    'risiko tinggi',
    'resiko tinggi',
    'risti',
    'hiv',
    'aids',
    'odha',
    'pms',
    'ims',
    'sifilis',
    'gonore',
    'tbc',
    'tb paru',
  ],
  ...[
    'tuberkulosis',
    'kusta',
    'kanker',
    'tumor',
    'diabetes',
    'kencing manis',
    'hipertensi',
    'darah tinggi',
    'preeklamsia',
  ],
  ...['preeklampsia', 'eklampsia', 'anemia', 'keguguran', 'aborsi', 'hepatitis', 'epilepsi', 'depresi', 'skizofrenia'],
  ...[
    'gangguan jiwa',
    'odgj',
    'poli jiwa',
    'narkoba',
    'rehabilitasi',
    'kspr',
    'skor',
    'diagnosis',
    'diagnosa',
    'sungsang',
  ],
  ...['high risk', 'cancer', 'miscarriage', 'abortion', 'syphilis', 'tuberculosis', 'mental illness', 'score'],
]
const pattern = new RegExp(`(?<![\\p{L}])(?:${healthWords.join('|')})(?![\\p{L}])`, 'iu')

/** The first word in a text that tells an illness. */
export function healthWord(text: string): string | undefined {
  return pattern.exec(text.replace(/\s+/g, ' '))?.[0]
}

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extended = '^{}\\[~]|€'

/** How long an SMS is, and how long one may be: 160 in the GSM 03.38 alphabet (ten signs count twice), else 70. */
export function smsLength(text: string): { length: number; most: number } {
  let length = 0
  for (const sign of text) {
    if (basic.includes(sign)) length += 1
    else if (extended.includes(sign)) length += 2
    else return { length: [...text].reduce((sum, s) => sum + s.length, 0), most: limits.smsOtherScript }
  }
  return { length, most: limits.sms }
}

/** Put values into a text. Each is cut to the length that was reckoned with; signs of another alphabet become plain. */
export function fill(text: string, values: Record<string, { value: unknown; max: number }>, sms: boolean): string {
  return text.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const given = values[name]
    const plain = given === undefined || given.value === null || given.value === undefined ? '-' : String(given.value)
    const letters = sms
      ? [...plain.normalize('NFKD').replace(/\p{M}/gu, '')].map((s) => (basic.includes(s) ? s : '?')).join('')
      : plain
    return letters.slice(0, given?.max ?? 0)
  })
}
