export const languages = ['id', 'en'] as const
export type Lang = (typeof languages)[number]

/** The language of a command: as it was asked for, else as the terminal has it. */
export const languageFrom = (given: string | undefined): Lang =>
  (given ?? process.env.LANG ?? '').startsWith('en') ? 'en' : 'id'

/** Puts values into the {places} of a sentence. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place))

const whole = { id: new Intl.NumberFormat('id-ID'), en: new Intl.NumberFormat('en-GB') }

/** 1.234 in Indonesian, 1,234 in English. */
export const sayNumber = (lang: Lang, value: number): string => whole[lang].format(value)
